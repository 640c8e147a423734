//! Secrets in headers, which no message, no verdict and no `Debug` output shows.

use std::{borrow::Cow, fmt};

use http::{
    HeaderName,
    header::{AUTHORIZATION, COOKIE, LOCATION, PROXY_AUTHORIZATION, SET_COOKIE},
};

use super::url_credentials::hide_credentials;
use crate::header_list::HeaderList;

/// The replacement for a secret.
const HIDDEN: &[u8] = b"***";

/// The names of query parameters whose values look like secrets, in lower case. A name that ends with one of them after `-` or
/// `_` counts as well.
const SECRET_PARAMETERS: [&str; 14] = [
    "apikey",
    "auth",
    "code",
    "credential",
    "jwt",
    "key",
    "password",
    "passwd",
    "secret",
    "session",
    "sid",
    "sig",
    "signature",
    "token",
];

/// The value of a header without what may be a secret: user names and passwords, credentials, the values of cookies, and values
/// in the query of a `Location` that look like tokens.
pub(crate) fn shown_value<'a>(name: &HeaderName, value: &'a [u8]) -> Cow<'a, [u8]> {
    match *name {
        LOCATION => hide_tokens(hide_credentials(value)),
        AUTHORIZATION | PROXY_AUTHORIZATION => hide_after(value, b' '),
        COOKIE => Cow::Borrowed(HIDDEN),
        SET_COOKIE => hide_cookie(value),
        _ => value.into(),
    }
}

/// The value up to a byte, and the rest hidden. A value without the byte is hidden as a whole.
fn hide_after(value: &[u8], byte: u8) -> Cow<'static, [u8]> {
    let shown = value.iter().position(|other| *other == byte).map_or(0, |at| at.saturating_add(1));
    Cow::Owned([value.split_at(shown).0, HIDDEN].concat())
}

/// A `Set-Cookie` without the value of the cookie. Its attributes say who gets the cookie.
fn hide_cookie(line: &[u8]) -> Cow<'static, [u8]> {
    let pair = line.iter().position(|byte| *byte == b';').unwrap_or(line.len());
    let (pair, attributes) = line.split_at(pair);
    Cow::Owned([&hide_after(pair, b'='), attributes].concat())
}

/// A URL or a path in which the values of query parameters that look like secrets are hidden.
fn hide_tokens(url: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    let Some(query) = url.iter().position(|byte| *byte == b'?') else { return url };
    let end = url.iter().position(|byte| *byte == b'#').unwrap_or(url.len());
    if end < query {
        return url;
    }
    let (before, rest) = url.split_at(query.saturating_add(1));
    let (query, fragment) = rest.split_at(end.saturating_sub(before.len()));
    let parameters: Vec<_> = query.split(|byte| *byte == b'&').map(hide_parameter).collect();
    Cow::Owned([before, &parameters.join(&b'&'), fragment].concat())
}

fn hide_parameter(parameter: &[u8]) -> Cow<'_, [u8]> {
    let name = parameter.split(|byte| *byte == b'=').next().unwrap_or_default();
    if name.len() < parameter.len() && is_secret_parameter(name) {
        return hide_after(parameter, b'=');
    }
    parameter.into()
}

fn is_secret_parameter(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET_PARAMETERS.iter().any(|secret| {
        let rest = name.strip_suffix(secret.as_bytes());
        rest.is_some_and(|rest| matches!(rest.last(), None | Some(b'-' | b'_')))
    })
}

/// The headers of a response; `Debug` shows no secret.
#[derive(Clone)]
pub(crate) struct PrivateHeaders(pub(crate) HeaderList);

impl fmt::Debug for PrivateHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = HeaderList::new();
        for (name, value) in self.0.iter() {
            shown.push_valid(name.clone(), shown_value(name, value));
        }
        fmt::Debug::fmt(&shown, f)
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::shown_value;

    #[test]
    fn secrets_are_hidden_and_the_rest_is_shown() {
        for (name, value, shown) in [
            ("authorization", "Bearer abc", "Bearer ***"),
            ("authorization", "abc", "***"),
            ("proxy-authorization", "Basic YQ==", "Basic ***"),
            ("cookie", "a=b; c=d", "***"),
            ("set-cookie", "sid=abc=; Path=/; SameSite=Lax", "sid=***; Path=/; SameSite=Lax"),
            ("set-cookie", "abc", "***"),
            ("set-cookie", "abc; Secure", "***; Secure"),
            ("set-cookie", "", "***"),
            ("location", "https://u:p@b.test/?a=1", "https://***@b.test/?a=1"),
            ("location", "/x?token=abc&a=1#t", "/x?token=***&a=1#t"),
            (
                "location",
                "/x?X-Amz-Signature=ab&access_token=c&tokens=d&token",
                "/x?X-Amz-Signature=***&access_token=***&tokens=d&token",
            ),
            ("location", "/x#a?token=b", "/x#a?token=b"),
            ("location", "/x?", "/x?"),
            ("location", "/login?next=/a", "/login?next=/a"),
            ("x-a", "token=1", "token=1"),
        ] {
            let name = HeaderName::from_static(name);
            let found = shown_value(&name, value.as_bytes()).into_owned();
            assert_eq!(String::from_utf8(found).unwrap(), shown, "{value}");
        }
    }
}
