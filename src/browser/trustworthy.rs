//! [Potentially trustworthy](https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy) origins
//! and URLs.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::Url;

use crate::{
    browser::url_origin::{is_app_scheme, with_scheme_and_host},
    origin::TupleOrigin,
};

/// [Is url potentially trustworthy?](https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy)
pub(crate) fn is_potentially_trustworthy_url(url: &Url) -> bool {
    // Step 1: `about:blank` and `about:srcdoc`. Step 2: the scheme "data".
    if matches!(url.as_str(), "about:blank" | "about:srcdoc") || url.scheme() == "data" {
        return true;
    }
    // Step 3: the URL's origin. Is origin potentially trustworthy, step 6: the scheme "file"; here the origin of such
    // a URL is opaque.
    url.scheme() == "file"
        || with_scheme_and_host(url, |parts| parts.is_some_and(|(scheme, host)| is_trustworthy(scheme, host)))
}

/// [Is origin potentially trustworthy?](https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy)
/// Step 1: an opaque origin is not.
pub(crate) fn is_potentially_trustworthy_origin(origin: &TupleOrigin) -> bool {
    is_trustworthy(origin.scheme(), origin.host())
}

/// Returns whether a host is on the user's own machine: steps 4 and 5 of both.
pub(crate) fn is_local_host(host: &str) -> bool {
    is_loopback(host) || is_localhost(host)
}

/// Steps 3 to 9 of both.
fn is_trustworthy(scheme: &str, host: &str) -> bool {
    // Step 3: the scheme is "https" or "wss".
    // Step 7: the scheme is one that the user agent considers to be authenticated.
    matches!(scheme, "https" | "wss") || is_local_host(host) || is_app_scheme(scheme)
}

/// Step 4: the host is of `127.0.0.0/8` or `::1/128`.
fn is_loopback(host: &str) -> bool {
    match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => address.parse() == Ok(Ipv6Addr::LOCALHOST),
        None => host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback()),
    }
}

/// Step 5: the host is `localhost` or below it. The three engines resolve these names as the step demands.
fn is_localhost(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    host.strip_suffix("localhost").is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::is_potentially_trustworthy_url;

    #[test]
    fn encrypted_and_local_urls_are_trustworthy() {
        for (url, expected) in [
            ("https://a.test/", true),
            ("wss://a.test/", true),
            ("http://a.test/", false),
            ("ws://a.test/", false),
            ("ftp://a.test/", false),
            ("http://127.0.0.1:8080/", true),
            ("http://127.1.2.3/", true),
            ("http://128.0.0.1/", false),
            ("http://[::1]/", true),
            ("http://[::2]/", false),
            ("http://[::ffff:7f00:1]/", false),
            ("http://localhost/", true),
            ("http://localhost./", true),
            ("http://a.localhost:3000/", true),
            ("http://alocalhost/", false),
            ("http://localhost.test/", false),
            ("about:blank", true),
            ("about:srcdoc", true),
            ("about:config", false),
            ("data:,x", true),
            ("file:///x", true),
            ("blob:https://a.test/1", true),
            ("blob:http://a.test/1", false),
            ("moz-extension://4cc9/", true),
            ("x:y", false),
        ] {
            assert_eq!(is_potentially_trustworthy_url(&url.parse().unwrap()), expected, "{url}");
        }
    }
}
