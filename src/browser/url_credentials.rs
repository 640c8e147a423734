//! User names and passwords in URLs, which no message and no `Debug` output shows.
//!
//! Fetch uses them only in an authentication fetch (HTTP-network-or-cache fetch, step 8.21.2.3), which the
//! embedder makes: see [`Exchange::url_credentials`](crate::browser::Exchange::url_credentials).

use std::{borrow::Cow, fmt, ops::Deref};

use url::Url;

/// The replacement for the user name and password in a string that is not a URL.
const HIDDEN: &[u8] = b"***";

/// Returns whether a URL [includes credentials](https://url.spec.whatwg.org/#include-credentials).
pub(crate) fn includes_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some_and(|password| !password.is_empty())
}

/// The URL without its user name and password. A URL whose host was emptied loses its port, too.
pub(crate) fn without_credentials(mut url: Url) -> Url {
    if !url.authority().contains('@') {
        return url;
    }
    if url.host_str().is_none_or(str::is_empty) {
        // The setters below refuse a URL without a host. Removing the host removes the user name and
        // password, too.
        url.set_host(Some("host")).expect("a host that could be emptied can be set");
        url.set_host(None).expect("a host that could be emptied can be removed");
        return url;
    }
    let invariant = "a URL that has a user name or password, and a host, takes others";
    url.set_username("").expect(invariant);
    url.set_password(None).expect(invariant);
    url
}

/// The serialized URL without its user name and password.
pub(crate) fn serialized_without_credentials(url: &str) -> Cow<'_, str> {
    match Url::parse(url) {
        Ok(parsed) if url.contains('@') && includes_credentials(&parsed) => {
            String::from(without_credentials(parsed)).into()
        }
        _ => url.into(),
    }
}

/// A string that a page or a server gave as a URL, without what may be its user name and password.
///
/// Everything between its scheme and its last `@`, or its last `%40` (an encoded `@`), is hidden. For a URL
/// with a user name or password, that includes the beginning of the path if there is an `@` in it.
pub(crate) fn hide_credentials(text: &[u8]) -> Cow<'_, [u8]> {
    let encoded = text.windows(3).rposition(|bytes| bytes == b"%40");
    let Some(at) = text.iter().rposition(|byte| *byte == b'@').max(encoded) else { return text.into() };
    if has_no_credentials(text) {
        return text.into();
    }
    let (before, rest) = text.split_at(at);
    let scheme = match before.iter().position(|byte| !is_of_scheme(*byte)) {
        Some(end) if before.get(end) == Some(&b':') => end.saturating_add(1),
        _ => 0,
    };
    let (scheme, before) = before.split_at(scheme);
    let slashes = before.iter().take_while(|byte| matches!(byte, b'/' | b'\\')).count();
    Cow::Owned([scheme, before.split_at(slashes).0, HIDDEN, rest].concat())
}

/// Returns whether the string certainly has no user name and password, because it is a URL without them or a
/// path.
fn has_no_credentials(text: &[u8]) -> bool {
    // URL parsers skip tabs and line breaks everywhere, and blanks in front.
    let mut bytes = text.iter().filter(|byte| **byte > b' ');
    if bytes.next() == Some(&b'/') && !matches!(bytes.next(), Some(b'/' | b'\\')) {
        return true;
    }
    let url = str::from_utf8(text).ok().and_then(|text| Url::parse(text).ok());
    url.is_some_and(|url| url.has_host() && !includes_credentials(&url))
}

/// Returns whether a byte may be in a scheme, or before or between its letters, where URL parsers skip it.
fn is_of_scheme(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | 0..=b' ')
}

/// The user name and password of a URL, percent-encoded as in the URL.
///
/// See [`Exchange::url_credentials`](crate::browser::Exchange::url_credentials). `Debug` shows neither.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct UrlCredentials<'a> {
    /// The user name; it may be empty.
    pub username: &'a str,
    /// The password; it may be empty.
    pub password: &'a str,
}

impl<'a> UrlCredentials<'a> {
    pub(crate) fn of(url: &'a Url) -> Option<Self> {
        includes_credentials(url)
            .then(|| Self { username: url.username(), password: url.password().unwrap_or_default() })
    }
}

impl fmt::Debug for UrlCredentials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UrlCredentials").finish_non_exhaustive()
    }
}

/// A URL whose `Debug` shows no user name and no password.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PrivateUrl(pub(crate) Url);

impl Deref for PrivateUrl {
    type Target = Url;

    fn deref(&self) -> &Url {
        &self.0
    }
}

impl fmt::Debug for PrivateUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(without_credentials(self.0.clone()).as_str(), f)
    }
}

/// URLs whose `Debug` shows no user name and no password.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct PrivateUrls(pub(crate) Vec<Url>);

impl fmt::Debug for PrivateUrls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().cloned().map(PrivateUrl)).finish()
    }
}

/// A string that a page gave as a URL; `Debug` shows no user name and no password.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct GivenUrl(pub(crate) String);

impl GivenUrl {
    pub(crate) fn shown(&self) -> String {
        String::from_utf8_lossy(&hide_credentials(self.0.as_bytes())).into_owned()
    }
}

impl fmt::Debug for GivenUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.shown(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::hide_credentials;

    #[test]
    fn credentials_are_hidden_in_what_is_not_a_url() {
        for (given, shown) in [
            ("https://u:p@a b/", "https://***@a b/"),
            ("https://u:p/w@host:x/", "https://***@host:x/"),
            ("http:\\\\u:p@[", "http:\\\\***@["),
            ("\t ht\ntps:u:p@[", "\t ht\ntps:***@["),
            ("//u:p@[", "//***@["),
            ("u:p@[", "u:***@["),
            ("https://u@p@[", "https://***@["),
            ("@", "***@"),
            ("https://u:p%40b.test/", "https://***%40b.test/"),
            ("https://u%40v:p@b.test/", "https://***@b.test/"),
            ("https://u:p@b.test/@alice", "https://***@alice"),
            ("https://b.test/@alice", "https://b.test/@alice"),
            ("https://b.test/?to=a%40b", "https://b.test/?to=a%40b"),
            ("/@alice", "/@alice"),
            (" /@alice", " /@alice"),
            ("/\\u:p@b.test", "/\\***@b.test"),
            ("/\t/u:p@b.test", "/***@b.test"),
            ("mailto:u:p@b.test", "mailto:***@b.test"),
            ("https://[", "https://["),
            ("", ""),
        ] {
            assert_eq!(String::from_utf8_lossy(&hide_credentials(given.as_bytes())), shown, "{given:?}");
        }
    }
}
