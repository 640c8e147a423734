//! Secrets in captures: cookies, credentials and tokens. They are replaced before anything else looks at a capture, so no
//! output can have them.

use super::capture::{End, Exchange, Headers};

/// What replaces a secret. It may stand in a URL.
const REDACTED: &str = "redacted";

/// The length from which a value of letters and digits looks like a token.
const TOKEN_LENGTH: usize = 20;

/// Words in the names of headers and parameters whose values are secrets.
const SECRET_WORDS: [&str; 16] = [
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
];

/// Whole names of parameters and headers whose values are secrets.
const SECRET_NAMES: [&str; 6] = ["key", "sig", "sid", "code", "pass", "x-key"];

/// Beginnings of the names of headers whose values decide about CORS, and are no secrets.
const PUBLIC_HEADERS: [&str; 6] =
    ["access-control-", "cross-origin-", "sec-fetch-", "sec-ch-", "www-authenticate", "timing-allow-origin"];

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
        } else {
            redacted_text(value)
        }
    });
}

/// A text whose URLs have no secrets: its words are handled one by one.
pub(super) fn redacted_text(text: &str) -> String {
    let mut redacted = String::with_capacity(text.len());
    for word in text.split_inclusive([' ', '\t', '\n', '\'', '"', ',', '<', '>', '(', ')', '‘', '’', ';'])
    {
        if word.contains(['?', '#', '@']) {
            redacted.push_str(&redacted_url(word));
        } else {
            redacted.push_str(word);
        }
    }
    redacted
}

/// A URL, absolute or relative, without user information and without the values of secret parameters.
pub(super) fn redacted_url(url: &str) -> String {
    let (path, parameters) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let mut redacted = without_user_information(path);
    for parameter in parameters.split_inclusive(['?', '#', '&', ';', ' ', '\'', '"', ',', ')']) {
        let text = parameter.trim_end_matches(['?', '#', '&', ';', ' ', '\'', '"', ',', ')']);
        let (_, separator) = parameter.split_at(text.len());
        match text.split_once('=') {
            Some((name, value)) if is_secret_name(&name.to_ascii_lowercase()) || looks_like_token(value) => {
                redacted.extend([name, "=", if value.is_empty() { "" } else { REDACTED }]);
            }
            None if looks_like_token(text) => redacted.push_str(REDACTED),
            _ => redacted.push_str(text),
        }
        redacted.push_str(separator);
    }
    redacted
}

/// A URL up to its path, with other words in place of its user name and password. Whether there is one decides about CORS, so
/// something must stay.
fn without_user_information(url: &str) -> String {
    let Some((before, rest)) = url.split_once("//") else { return url.to_owned() };
    let (authority, path) = rest.split_at(rest.find(['/', '\\']).unwrap_or(rest.len()));
    let Some((information, host)) = authority.rsplit_once('@') else { return url.to_owned() };
    let redacted = |text: &str| if text.is_empty() { "" } else { REDACTED };
    let information = match information.split_once(':') {
        Some((user, password)) => format!("{}:{}", redacted(user), redacted(password)),
        None => redacted(information).to_owned(),
    };
    format!("{before}//{information}@{host}{path}")
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
            ("WWW-Authenticate", "Basic realm=x", "Basic realm=x"),
            ("Content-Type", "text/html; charset=utf-8", "text/html; charset=utf-8"),
        ];
        let mut headers: Headers = lines.iter().map(|(name, value, _)| (*name, *value)).collect();
        redact_headers(&mut headers);
        assert!(headers.iter().map(|(_, value)| value).eq(lines.iter().map(|(_, _, expected)| *expected)));
    }
}
