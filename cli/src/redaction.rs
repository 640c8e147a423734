//! Secrets in texts and URLs, which other words replace: what its name calls a secret, and what looks like a token.

use url::Url;

/// What replaces a secret. It may stand in a URL.
pub(crate) const REDACTED: &str = "redacted";

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

/// Schemes of URLs in which any number of slashes stands before the host.
const SPECIAL_SCHEMES: [&str; 5] = ["http", "https", "ws", "wss", "ftp"];

/// Where a parameter can begin in the value of another one.
const BETWEEN_PARAMETERS: [char; 8] = ['?', '#', '&', ';', ',', '/', '=', ' '];

/// What is between the parts of a path, and between the parameters in one.
const PARTS_OF_PATH: [char; 3] = ['/', ';', ','];

/// How often a name may be percent-encoded.
const MAX_ENCODINGS: usize = 3;

/// A text whose URLs have no secrets: its words are handled one by one.
pub(crate) fn redacted_text(text: &str) -> String {
    let mut redacted = String::with_capacity(text.len());
    for word in text.split_inclusive([' ', '\t', '\n', '\'', '"', '`', '<', '>', '‘', '’']) {
        let url = word.trim_end_matches([' ', '\t', '\n', '\'', '"', '`', '<', '>', '‘', '’', ',', ')', ';']);
        let (_, rest) = word.split_at(url.len());
        if url.contains(['?', '#', '@', ';', '=']) || url.contains("://") || url.starts_with('/') {
            redacted.push_str(&redacted_url(url));
        } else if is_json_web_token(url) {
            redacted.push_str(REDACTED);
        } else {
            redacted.push_str(url);
        }
        redacted.push_str(rest);
    }
    redacted
}

/// A URL, absolute or relative, without user information and without the values of secret parameters.
pub(crate) fn redacted_url(url: &str) -> String {
    let (path, parameters) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let mut redacted = String::with_capacity(url.len());
    let path = without_user_information(path);
    let (host, path) = path.split_at(path_start(&path));
    redacted.push_str(host);
    let mut before = "";
    for part in path.split_inclusive(PARTS_OF_PATH) {
        let text = part.trim_end_matches(PARTS_OF_PATH);
        let (_, end) = part.split_at(text.len());
        match text.split_once('=').filter(|(name, _)| is_secret_parameter(name)) {
            Some((name, _)) => redacted.extend([name, "=", REDACTED, end]),
            None if is_json_web_token(text) || is_of_secret(before, text) => redacted.extend([REDACTED, end]),
            None => redacted.push_str(part),
        }
        before = if text.contains('=') { "" } else { text };
    }
    let parameters = parameters.strip_prefix('?').inspect(|_| redacted.push('?')).unwrap_or(parameters);
    for parameter in parameters.split_inclusive(['&', '#']) {
        let text = parameter.trim_end_matches(['&', '#']);
        let (_, end) = parameter.split_at(text.len());
        redacted.extend([&redacted_parameter(text), end]);
    }
    redacted
}

/// Returns whether a part of a path is a secret because of the part before it, as in `/token/1a2b`. Words and versions are names
/// of what the server does, as in `/auth/v1/login`.
fn is_of_secret(before: &str, part: &str) -> bool {
    let is_version =
        part.strip_prefix('v').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    let is_word = !part.bytes().any(|byte| byte.is_ascii_digit()) && part.len() < TOKEN_LENGTH;
    let before = without_authors(&before.to_ascii_lowercase());
    !is_version && !is_word && SECRET_WORDS.iter().any(|word| before.contains(word))
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

/// Where the path of a URL begins.
fn path_start(url: &str) -> usize {
    let start = authority_start(url);
    let (_, rest) = url.split_at(start);
    match rest.find(['/', '\\']) {
        _ if rest.is_empty() => 0,
        Some(length) => start.saturating_add(length),
        None => url.len(),
    }
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

/// Returns whether the name of a header or a parameter, in lower case, is that of a secret.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let name = without_authors(name);
    SECRET_NAMES.contains(&name.as_str()) || SECRET_WORDS.iter().any(|word| name.contains(word))
}

/// A name in lower case without `author`, which is not about authorization.
fn without_authors(name: &str) -> String {
    name.replace("authori", "auth-i").replace("author", "")
}

/// Returns whether a text is a JSON Web Token, whose first part is JSON in Base64.
fn is_json_web_token(text: &str) -> bool {
    text.starts_with("eyJ") && text.contains('.') && looks_like_token(text)
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
            ("/p;a=1,token=SEKRIT,b=2", "/p;a=1,token=redacted,b=2"),
            ("https://a.test/token/SEKRIT1/x", "https://a.test/token/redacted/x"),
            ("/reset-password/SEKRITSEKRITSEKRITSEKRIT", "/reset-password/redacted"),
            ("/x/eyJhbGciOiJIUzI1NiJ9.e30.x1", "/x/redacted"),
            ("https://token.a.test/1/auth/v1/login", "https://token.a.test/1/auth/v1/login"),
            ("/oauth2/authorize/authors/7?author=7", "/oauth2/authorize/authors/7?author=7"),
        ] {
            assert_eq!(redacted_url(url), expected);
        }
        for (text, expected) in [
            ("at 'https://a.test/?key=1', no", "at 'https://a.test/?key=redacted', no"),
            ("at https://a.test/token/SEKRIT1.", "at https://a.test/token/redacted"),
            ("user=1 token=SEKRIT, x=2", "user=1 token=redacted, x=2"),
            ("is eyJhbGciOiJIUzI1NiJ9.e30.x1, no", "is redacted, no"),
            ("AuthClient/2.0 text/html", "AuthClient/2.0 text/html"),
        ] {
            assert_eq!(redacted_text(text), expected);
        }
    }
}
