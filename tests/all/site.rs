//! What is the same site, by each way of finding a registrable domain.

use crossorigin::{origin::TupleOrigin, site::Sites};

type Row = (&'static str, &'static str, bool, bool);

/// One, other, schemelessly same site, same site.
#[track_caller]
fn check(sites: Sites, rows: &[Row]) {
    let parse = |text: &str| TupleOrigin::parse(text.as_bytes()).unwrap();
    for &(one, other, schemelessly, same) in rows {
        for (one, other) in [(one, other), (other, one)] {
            let (left, right) = (parse(one), parse(other));
            assert_eq!(sites.are_schemelessly_same_site(&left, &right), schemelessly, "{one} {other}");
            assert_eq!(sites.are_same_site(&left, &right), same, "{one} {other}");
        }
    }
}

const IN_ANY_CASE: [Row; 8] = [
    ("https://a.example.com", "https://b.example.com:8443", true, true),
    ("https://a.example.com", "http://example.com", true, false),
    ("https://a.example.com", "https://example.org", false, false),
    ("https://127.0.0.1", "https://127.0.0.1:1", true, true),
    ("https://1.0.0.1", "https://2.0.0.1", false, false),
    ("https://[::1]", "https://[::2]", false, false),
    ("http://localhost", "http://localhost:3000", true, true),
    ("http://a.localhost", "http://b.localhost", false, false),
];

#[test]
fn two_labels() {
    check(Sites::two_labels(), &IN_ANY_CASE);
    // What the rule gets wrong, as it says.
    check(Sites::two_labels(), &[("https://a.co.uk", "https://b.co.uk", true, true)]);
}

#[cfg(feature = "psl")]
#[test]
fn public_suffix_list() {
    check(Sites::public_suffix_list(), &IN_ANY_CASE);
    check(
        Sites::default(),
        &[
            ("https://a.co.uk", "https://b.co.uk", false, false),
            ("https://a.github.io", "https://b.github.io", false, false),
            ("https://github.io", "https://github.io:8443", true, true),
        ],
    );
}

#[test]
fn a_function_of_the_embedder() {
    let everything = Sites::from_function(|_| Some("everything"));
    check(everything, &[("https://a.test", "https://b.example", true, true)]);
}
