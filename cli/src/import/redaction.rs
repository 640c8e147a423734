//! Secrets in captures: cookies, credentials and tokens. They are replaced before anything else looks at a capture, so no
//! output can have them.

use url::Url;

use super::{
    Options,
    capture::{End, Exchange, Headers},
};

/// What replaces a secret. It may stand in a URL.
const REDACTED: &str = "redacted";

/// The length from which a value of letters and digits looks like a token.
const TOKEN_LENGTH: usize = 20;

/// Words in the names of headers and parameters whose values are secrets.
const SECRET_WORDS: [&str; 19] = [
    "token",
    "secret",
    "passw",
    "pwd",
    "apikey",
    "api-key",
    "api_key",
    "auth",
    "session",
    "signature",
    "jwt",
    "credential",
    "csrf",
    "xsrf",
    "cookie",
    "otp",
    "bearer",
    "saml",
    "ticket",
];

/// Whole names of parameters and headers whose values are secrets.
const SECRET_NAMES: [&str; 7] = ["key", "sig", "sid", "code", "pass", "pin", "x-key"];

/// Beginnings of the names of headers whose values decide about CORS, and are no secrets.
const PUBLIC_HEADERS: [&str; 6] =
    ["access-control-", "cross-origin-", "sec-fetch-", "sec-ch-", "www-authenticate", "timing-allow-origin"];

/// Headers whose whole value is a URL.
const URL_HEADERS: [&str; 3] = ["location", "content-location", "referer"];

/// Schemes of URLs in which any number of slashes stands before the host.
const SPECIAL_SCHEMES: [&str; 5] = ["http", "https", "ws", "wss", "ftp"];

/// Where a parameter can begin in the value of another one.
const BETWEEN_PARAMETERS: [char; 8] = ['?', '#', '&', ';', ',', '/', '=', ' '];

/// How often a name may be percent-encoded.
const MAX_ENCODINGS: usize = 3;

/// What a person says about a capture, without secrets.
pub(super) fn redacted_options(options: &Options) -> Options {
    let redacted = |url: &Option<String>| url.as_deref().map(redacted_url);
    Options { page: redacted(&options.page), url: redacted(&options.url), ..options.clone() }
}

/// Replaces all secrets of an exchange.
pub(super) fn redact(exchange: &mut Exchange) {
    let request = &mut exchange.request;
    request.url = redacted_url(&request.url);
    request.page = request.page.as_deref().map(redacted_url);
    redact_headers(&mut request.headers);
    if let Some(response) = &mut exchange.response {
        redact_headers(&mut response.headers);
    }
    if let End::Failed { text, .. } = &mut exchange.end {
        *text = redacted_text(text);
    }
}

fn redact_headers(headers: &mut Headers) {
    headers.map_values(|name, value| {
        let name = name.to_ascii_lowercase();
        if PUBLIC_HEADERS.iter().any(|public| name.starts_with(public)) {
            value.to_owned()
        } else if is_secret_name(&name) {
            REDACTED.to_owned()
        } else if URL_HEADERS.contains(&name.as_str()) {
            redacted_url(value)
        } else {
            redacted_text(value)
        }
    });
}

/// A text whose URLs have no secrets: its words are handled one by one.
pub(super) fn redacted_text(text: &str) -> String {
    let mut redacted = String::with_capacity(text.len());
    for word in text.split_inclusive([' ', '\t', '\n', '\'', '"', '`', '<', '>', '‘', '’']) {
        let url = word.trim_end_matches([' ', '\t', '\n', '\'', '"', '`', '<', '>', '‘', '’', ',', ')', ';']);
        let (_, rest) = word.split_at(url.len());
        if url.contains(['?', '#', '@', ';']) {
            redacted.push_str(&redacted_url(url));
        } else {
            redacted.push_str(url);
        }
        redacted.push_str(rest);
    }
    redacted
}

/// A URL, absolute or relative, without user information and without the values of secret parameters.
pub(super) fn redacted_url(url: &str) -> String {
    let (path, parameters) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let mut redacted = String::with_capacity(url.len());
    for parameter in without_user_information(path).split_inclusive(['/', ';']) {
        match parameter.split_once('=').filter(|(name, _)| is_secret_parameter(name)) {
            Some((name, value)) => {
                let (_, end) = value.split_at(value.trim_end_matches(['/', ';']).len());
                redacted.extend([name, "=", REDACTED, end]);
            }
            None => redacted.push_str(parameter),
        }
    }
    let parameters = parameters.strip_prefix('?').inspect(|_| redacted.push('?')).unwrap_or(parameters);
    for parameter in parameters.split_inclusive(['&', '#']) {
        let text = parameter.trim_end_matches(['&', '#']);
        let (_, end) = parameter.split_at(text.len());
        redacted.extend([&redacted_parameter(text), end]);
    }
    redacted
}

/// A parameter without its value, if that is a secret, or if a part of it is.
fn redacted_parameter(text: &str) -> String {
    let mut signs = equals_signs(text);
    let secret = signs.by_ref().find(|(name, _)| is_secret_parameter(name));
    let value = secret.map(|(_, value)| value).or_else(|| {
        let value = equals_signs(text).next().map_or(text, |(_, value)| value);
        let mut parts = value.split(['?', ';', ',', '\'', '(', ')']);
        (looks_like_token(value) || parts.any(looks_like_token)).then_some(value)
    });
    match value {
        None | Some("") => text.to_owned(),
        Some(value) => format!("{}{REDACTED}", text.strip_suffix(value).unwrap_or_default()),
    }
}

/// What stands before and after each equals sign, percent-encoded or not. Before it, there is no more than to the last sign.
fn equals_signs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut before = text;
    let mut start = 0;
    text.match_indices(['=', '%']).filter_map(move |(at, sign)| {
        let (_, after) = text.split_at(at.saturating_add(1));
        let encoded =
            || after.trim_start_matches("25").strip_prefix(['3']).and_then(|it| it.strip_prefix(['D', 'd']));
        let value = if sign == "=" { after } else { encoded()? };
        let (name, _) = before.split_at(at.saturating_sub(start));
        start = text.len().saturating_sub(value.len());
        before = value;
        Some((name, value))
    })
}

/// Returns whether the end of this text is the name of a parameter whose value is a secret.
fn is_secret_parameter(text: &str) -> bool {
    let mut name = text.to_owned();
    for _ in 0..MAX_ENCODINGS {
        name = percent_decoded(&name);
    }
    let name = name.rsplit(BETWEEN_PARAMETERS).next().unwrap_or_default();
    is_secret_name(&name.to_ascii_lowercase())
}

fn percent_decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let byte = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte.filter(u8::is_ascii).zip(part.get(2..)) {
            Some((byte, rest)) => {
                decoded.push(char::from(byte));
                decoded.push_str(rest);
            }
            None => decoded.extend(["%", part]),
        }
    }
    decoded
}

/// A URL up to its path, with other words in place of its user name and password. Whether there is one decides about CORS, so
/// something must stay.
fn without_user_information(url: &str) -> String {
    let redacted = |text: &str| if text.is_empty() { "" } else { REDACTED };
    let (before, rest) = url.split_at(authority_start(url));
    let (authority, path) = rest.split_at(rest.find(['/', '\\']).unwrap_or(rest.len()));
    let text = match authority.rsplit_once('@') {
        None => url.to_owned(),
        Some((information, host)) => match information.split_once(':') {
            Some((user, password)) => {
                format!("{before}{}:{}@{host}{path}", redacted(user), redacted(password))
            }
            None => format!("{before}{}@{host}{path}", redacted(information)),
        },
    };
    // Parsers skip some characters, and find an authority where none seems to be.
    let Ok(mut parsed) = Url::parse(&text) else { return text };
    let (user, password) = (redacted(parsed.username()), parsed.password().map(redacted));
    if (user, password.unwrap_or_default()) == (parsed.username(), parsed.password().unwrap_or_default()) {
        return text;
    }
    // These fail only for URLs without a host, which have no user information.
    let _ = parsed.set_username(user);
    let _ = parsed.set_password(password);
    parsed.into()
}

/// Where the host of a URL begins, or the user information before it; the length of the URL if it has none.
fn authority_start(url: &str) -> usize {
    let is_slash = |character| matches!(character, '/' | '\\');
    let without_slashes = |rest: &str| url.len().saturating_sub(rest.trim_start_matches(is_slash).len());
    let after_scheme = url.match_indices(':').find_map(|(at, _)| {
        let (before, rest) = url.split_at(at);
        let scheme = before.rsplit(|character: char| !character.is_ascii_alphanumeric()).next()?;
        let is_special = SPECIAL_SCHEMES.iter().any(|special| scheme.eq_ignore_ascii_case(special));
        is_special.then(|| without_slashes(rest.strip_prefix(':').unwrap_or(rest)))
    });
    let is_relative = || url.starts_with(is_slash) && url.chars().nth(1).is_some_and(is_slash);
    let other = || url.find("//").map(|at| at.saturating_add(2));
    after_scheme.or_else(|| is_relative().then(|| without_slashes(url))).or_else(other).unwrap_or(url.len())
}

fn is_secret_name(name: &str) -> bool {
    SECRET_NAMES.contains(&name) || SECRET_WORDS.iter().any(|word| name.contains(word))
}

/// Returns whether a value is long and of letters and digits, as keys, hashes and signed tokens are.
fn looks_like_token(value: &str) -> bool {
    value.len() >= TOKEN_LENGTH
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~+/=%".contains(&byte))
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_urls_are_replaced_and_nothing_else() {
        for (url, expected) in [
            ("https://a.test/x?page=2&sort=name#top", "https://a.test/x?page=2&sort=name#top"),
            ("https://me:pw@a.test/x", "https://redacted:redacted@a.test/x"),
            ("https://me@a.test", "https://redacted@a.test"),
            ("https://@a.test/", "https://@a.test/"),
            ("//:pw@a.test?x", "//:redacted@a.test?x"),
            ("https://a.test/@user/x", "https://a.test/@user/x"),
            ("/cb?code=4%2F0&state=1#access_token=abc", "/cb?code=redacted&state=1#access_token=redacted"),
            ("?X-Amz-Signature=0a&x=", "?X-Amz-Signature=redacted&x="),
            ("/?q=eyJhbGciOiJIUzI1NiJ9.e30.x1", "/?q=redacted"),
            ("/?0123456789abcdef01234567", "/?redacted"),
            ("/?token=", "/?token="),
            ("https:/u:SEKRIT@a.test/", "https:/redacted:redacted@a.test/"),
            ("https:\\\\u:SEKRIT@a.test/", "https:\\\\redacted:redacted@a.test/"),
            ("https:u:SEKRIT@a.test/", "https:redacted:redacted@a.test/"),
            ("https:///u:SEKRIT@a.test/", "https:///redacted:redacted@a.test/"),
            ("ht\ntps:/u:SEKRIT@a.test/", "https://redacted:redacted@a.test/"),
            ("/\\u:SEKRIT@a.test/", "/\\redacted:redacted@a.test/"),
            ("https://a.test/p?token=a,SEKRIT&x=1", "https://a.test/p?token=redacted&x=1"),
            ("/p?token=a?SEKRIT;SEKRIT'SEKRIT)SEKRIT#x", "/p?token=redacted#x"),
            ("/p?a=1;token=SEKRIT", "/p?a=1;token=redacted"),
            ("/p?%74oken=SEKRIT", "/p?%74oken=redacted"),
            ("/p?%2574oken=SEKRIT", "/p?%2574oken=redacted"),
            ("/p?access_tok%65n=SEKRIT", "/p?access_tok%65n=redacted"),
            ("/p?token%3DSEKRIT", "/p?token%3Dredacted"),
            ("/p?to=%2Fx%3Ftoken%253DSEKRIT", "/p?to=%2Fx%3Ftoken%253Dredacted"),
            ("/p#/route?key=SEKRIT", "/p#/route?key=redacted"),
            ("/p?SAMLResponse=SEKRIT&pin=SEKRIT", "/p?SAMLResponse=redacted&pin=redacted"),
            ("/p?ticket=SEKRIT&bearer=SEKRIT&shipping=1", "/p?ticket=redacted&bearer=redacted&shipping=1"),
            ("/p;jsessionid=SEKRIT/q;v=1?x", "/p;jsessionid=redacted/q;v=1?x"),
        ] {
            assert_eq!(redacted_url(url), expected);
        }
        assert_eq!(redacted_text("at 'https://a.test/?key=1', no"), "at 'https://a.test/?key=redacted', no");
    }

    #[test]
    fn secrets_in_headers_are_replaced_and_what_decides_about_cors_stays() {
        let lines = [
            ("Cookie", "a=1", REDACTED),
            ("Authorization", "Bearer x", REDACTED),
            ("X-Api-Key", "1", REDACTED),
            ("Set-Cookie", "a=1; SameSite=None", REDACTED),
            ("Access-Control-Allow-Headers", "authorization, x-csrf-token", "authorization, x-csrf-token"),
            ("Location", "https://a.test/?token=1", "https://a.test/?token=redacted"),
            ("Location", "https:/u:a@a.test/?token=1,2 3", "https:/redacted:redacted@a.test/?token=redacted"),
            ("WWW-Authenticate", "Basic realm=x", "Basic realm=x"),
            ("Content-Type", "text/html; charset=utf-8", "text/html; charset=utf-8"),
        ];
        let mut headers: Headers = lines.iter().map(|(name, value, _)| (*name, *value)).collect();
        redact_headers(&mut headers);
        assert!(headers.iter().map(|(_, value)| value).eq(lines.iter().map(|(_, _, expected)| *expected)));
    }
}
