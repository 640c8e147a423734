//! The Public Suffix List, as far as the crate uses it.

use crossorigin::public_suffix::{is_public_suffix, registrable_domain};

#[test]
fn public_suffixes_and_registrable_domains_are_found() {
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
