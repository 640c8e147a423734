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

/// The value of a header without what may be a secret: user names and passwords, credentials, the values of cookies, and in a
/// `Location` the values of the query and the fragment, because logins put tokens there.
pub(crate) fn shown_value<'a>(name: &HeaderName, value: &'a [u8]) -> Cow<'a, [u8]> {
    match *name {
        LOCATION => hide_parameters(&hide_credentials(value)),
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

/// A URL or a path in which the values of parameters in the query are hidden, and the fragment.
fn hide_parameters(url: &[u8]) -> Cow<'static, [u8]> {
    let (url, fragment) = split_before(url, b'#');
    let (path, query) = split_before(url, b'?');
    let query: Vec<_> = query.split(|byte| *byte == b'&').map(hide_parameter).collect();
    let fragment: &[u8] = if fragment.len() > 1 { b"#***" } else { fragment };
    Cow::Owned([path, &query.join(&b'&'), fragment].concat())
}

/// The bytes before a byte, and the rest.
fn split_before(bytes: &[u8], byte: u8) -> (&[u8], &[u8]) {
    bytes.split_at(bytes.iter().position(|other| *other == byte).unwrap_or(bytes.len()))
}

/// A parameter without its value. What has no name has only a value.
fn hide_parameter(parameter: &[u8]) -> Cow<'_, [u8]> {
    match parameter {
        [] | [b'?'] => parameter.into(),
        [b'?', value @ ..] if !value.contains(&b'=') => Cow::Owned([b"?", HIDDEN].concat()),
        _ => hide_after(parameter, b'='),
    }
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
            ("location", "https://u:p@b.test/?a=1", "https://***@b.test/?a=***"),
            ("location", "/x?token=abc&a=&b&=c#t", "/x?token=***&a=***&***&=***#***"),
            ("location", "/x?token&a=1?b", "/x?***&a=***"),
            ("location", "/x#a?token=b", "/x#***"),
            ("location", "/x?#", "/x?#"),
            ("location", "/x", "/x"),
            ("location", "", ""),
            ("x-a", "token=1", "token=1"),
        ] {
            let name = HeaderName::from_static(name);
            let found = shown_value(&name, value.as_bytes()).into_owned();
            assert_eq!(String::from_utf8(found).unwrap(), shown, "{value}");
        }
    }
}
