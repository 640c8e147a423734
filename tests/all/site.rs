//! What is "same site", with each way of finding a registrable domain.

use crossorigin::{origin::TupleOrigin, site::Sites};

type Row = (&'static str, &'static str, bool, bool);

/// The columns are: one origin, another origin, whether they are schemelessly same site, whether they are
/// same site.
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
fn the_simple_rule_compares_two_labels() {
    check(Sites::two_labels(), &IN_ANY_CASE);
    // The documented error of this rule.
    check(Sites::two_labels(), &[("https://a.co.uk", "https://b.co.uk", true, true)]);
}

#[cfg(feature = "psl")]
#[test]
fn the_public_suffix_list_distinguishes_sites() {
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
fn an_embedder_can_pass_its_own_function() {
    let everything = Sites::from_function(|_| Some("everything"));
    check(everything, &[("https://a.test", "https://b.example", true, true)]);
}

/// Two origins are same site if and only if their sites are equal.
#[test]
fn a_site_is_named_by_scheme_and_registrable_domain() {
    for (origin, site) in [
        ("https://a.b.test:8443", "https://b.test"),
        ("http://b.test", "http://b.test"),
        ("https://localhost:3000", "https://localhost"),
        ("http://127.0.0.1:9001", "http://127.0.0.1"),
        ("http://[::1]:9001", "http://[::1]"),
        ("moz-extension://abc:1", "moz-extension://abc"),
    ] {
        assert_eq!(Sites::two_labels().site_of(&origin.parse().unwrap()).as_str(), site);
    }
    for (left, right) in IN_ANY_CASE.iter().map(|(left, right, ..)| (left, right)) {
        let [left, right] = [left, right].map(|origin| origin.parse().unwrap());
        let sites = Sites::two_labels();
        assert_eq!(sites.site_of(&left) == sites.site_of(&right), sites.are_same_site(&left, &right));
    }
}
