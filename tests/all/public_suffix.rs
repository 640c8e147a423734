//! The Public Suffix List, as far as the crate uses it.

use crossorigin::{
    origin::SerializedOrigin,
    public_suffix::{is_public_suffix, is_same_site, is_schemelessly_same_site, registrable_domain},
};

#[test]
fn public_suffixes_and_registrable_domains() {
    for (domain, suffix, registrable) in [
        ("com", true, None),
        ("example.com", false, Some("example.com")),
        ("a.example.com", false, Some("example.com")),
        ("co.uk", true, None),
        ("a.b.example.co.uk", false, Some("example.co.uk")),
        ("github.io", true, None),
        ("me.github.io", false, Some("me.github.io")),
        // `*.ck` and its exception
        ("anything.ck", true, None),
        ("www.ck", false, Some("www.ck")),
        // the default rule
        ("unlisted-name", true, None),
        ("a.unlisted-name", false, Some("a.unlisted-name")),
        // Punycode
        ("xn--fiqs8s", true, None),
        ("a.xn--fiqs8s", false, Some("a.xn--fiqs8s")),
    ] {
        assert_eq!(is_public_suffix(domain), suffix, "{domain}");
        assert_eq!(registrable_domain(domain), registrable, "{domain}");
    }
}

#[test]
fn sites() {
    for (one, other, schemelessly, same) in [
        ("https://a.example.com", "https://b.example.com:8443", true, true),
        ("https://a.example.com", "http://example.com", true, false),
        ("https://a.github.io", "https://b.github.io", false, false),
        ("https://github.io", "https://github.io:8443", true, true),
        ("https://127.0.0.1", "https://127.0.0.1:1", true, true),
        ("https://1.0.0.1", "https://2.0.0.1", false, false),
        ("https://[::1]", "https://[::2]", false, false),
        ("http://localhost", "http://localhost:3000", true, true),
        ("http://a.localhost", "http://b.localhost", false, false),
    ] {
        let parse = |text: &'static str| SerializedOrigin::parse(text.as_bytes()).unwrap();
        for (one, other) in [(one, other), (other, one)] {
            assert_eq!(is_schemelessly_same_site(&parse(one), &parse(other)), schemelessly, "{one} {other}");
            assert_eq!(is_same_site(&parse(one), &parse(other)), same, "{one} {other}");
        }
    }
}
