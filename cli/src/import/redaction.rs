//! Secrets in captures: cookies, credentials and tokens. They are replaced before anything else looks at a capture, so no
//! output can have them.

use super::{
    Options,
    capture::{End, Exchange, Headers},
};
use crate::redaction::{REDACTED, is_secret_name, redacted_text, redacted_url};

/// Beginnings of the names of headers whose values decide about CORS, and are no secrets.
const PUBLIC_HEADERS: [&str; 6] =
    ["access-control-", "cross-origin-", "sec-fetch-", "sec-ch-", "www-authenticate", "timing-allow-origin"];

/// Schemes of HTTP authentication, behind which a secret follows.
const SECRET_SCHEMES: [&str; 5] = ["apikey", "basic", "bearer", "digest", "token"];

/// Headers whose whole value is a URL.
const URL_HEADERS: [&str; 3] = ["location", "content-location", "referer"];

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
        } else if is_secret_name(&name) || has_secret_scheme(value) {
            REDACTED.to_owned()
        } else if URL_HEADERS.contains(&name.as_str()) {
            redacted_url(value)
        } else {
            redacted_text(value)
        }
    });
}

/// Returns whether a value is a secret because of the word before it, in whatever header it is.
fn has_secret_scheme(value: &str) -> bool {
    let scheme = value.split_once(' ').map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| SECRET_SCHEMES.contains(&scheme.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("X-Forwarded-Access", "Bearer SEKRIT", REDACTED),
            ("X-User", "id=1; session=SEKRIT; lang=en", "id=1; session=redacted; lang=en"),
            ("X-Author", "me", "me"),
            ("WWW-Authenticate", "Basic realm=x", "Basic realm=x"),
            ("Content-Type", "text/html; charset=utf-8", "text/html; charset=utf-8"),
        ];
        let mut headers: Headers = lines.iter().map(|(name, value, _)| (*name, *value)).collect();
        redact_headers(&mut headers);
        assert!(headers.iter().map(|(_, value)| value).eq(lines.iter().map(|(_, _, expected)| *expected)));
    }
}
