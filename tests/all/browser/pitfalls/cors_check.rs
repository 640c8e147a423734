//! Pitfalls of the CORS check: it compares bytes and repairs nothing.

use crossorigin::{
    browser::{Fix, Page, Profile},
    origin::{OpaqueOrigin, Origin},
};

use crate::browser::support::{A, B, Basic, Browser, Cors, exchange, ok, page, pf, rule};

const CHECK_ORIGIN: &str = "CORS check 4";

/// `null` does not identify a page, so `*` shares no more than `null` does. With credentials, only `null`
/// passes.
#[test]
fn the_fix_for_an_opaque_origin_is_a_wildcard_or_null() {
    let sandboxed = || Page::with_origin(A.parse().unwrap(), Origin::Opaque(OpaqueOrigin(1)));
    let get = exchange("GET", B).by(sandboxed());
    let fix = |run: crate::browser::support::Run| {
        run.error().fixes().iter().map(Fix::lines).find(|lines| !lines.is_empty()).unwrap()
    };
    assert_eq!(fix(get.responses([ok()])), ["Access-Control-Allow-Origin: *"]);
    let include = get.include().responses([ok()]);
    let expected = ["Access-Control-Allow-Origin: null", "Access-Control-Allow-Credentials: true"];
    assert_eq!(fix(include), expected);
    assert_eq!(fix(exchange("GET", B).responses([ok()])), ["Access-Control-Allow-Origin: https://a.test"]);
}

#[test]
fn a_missing_header_and_null_are_different_errors() {
    let get = exchange("GET", B);
    get.responses([ok()]).refused("AllowOriginMissing", "CORS check 2");
    get.responses([ok().allow_origin("null")]).refused("AllowOriginNullButOriginNotNull", CHECK_ORIGIN);

    let sandboxed = Page::with_origin(A.parse().unwrap(), Origin::Opaque(OpaqueOrigin(1)));
    get.by(sandboxed).responses([ok().allow_origin("null")]).delivered(Cors).origins(&[Some("null")]);
}

#[test]
fn two_lines_are_combined_with_a_comma() {
    let get = exchange("GET", B);
    let twice = |value: &str| [ok().allow_origin(value).allow_origin(value)];
    get.responses(twice(A)).refused("AllowOriginMultiple", CHECK_ORIGIN);
    get.responses(twice("*")).refused("AllowOriginMultiple", CHECK_ORIGIN);
}

#[test]
fn origins_are_compared_as_bytes() {
    let get = exchange("GET", B);
    for (value, reason) in [
        ("https://a.test/", "AllowOriginInvalid"),
        ("HTTPS://a.test", "AllowOriginInvalid"),
        ("https://a.test:443", "AllowOriginInvalid"),
        ("https://A.test", "AllowOriginInvalid"),
        ("https://user@a.test", "AllowOriginInvalid"),
        ("a.test", "AllowOriginInvalid"),
        ("", "AllowOriginInvalid"),
        ("http://a.test", "AllowOriginMismatch"),
        ("https://a.test:8443", "AllowOriginMismatch"),
        ("https://www.a.test", "AllowOriginMismatch"),
    ] {
        get.responses([ok().allow_origin(value)]).refused(reason, CHECK_ORIGIN);
    }
    // Whitespace around a value does not belong to it.
    get.responses([ok().allow_origin(" https://a.test \t")]).delivered(Cors);
}

#[test]
fn lists_of_origins_fail() {
    for list in ["https://a.test, https://b.test", "https://a.test https://b.test", "https://a.test,*"] {
        exchange("GET", B).responses([ok().allow_origin(list)]).refused("AllowOriginMultiple", CHECK_ORIGIN);
    }
}

#[test]
fn a_wildcard_does_not_share_with_credentials() {
    let response = || [ok().allow_origin("*").allow_credentials("true")];
    let refused = exchange("GET", B).include().responses(response());
    refused.refused("AllowOriginWildcardWithCredentials", CHECK_ORIGIN).credentials(&[true]);
    exchange("GET", B).responses(response()).delivered(Cors).credentials(&[false]);
    exchange("GET", B).omit().responses(response()).delivered(Cors);
}

#[test]
fn allow_credentials_must_be_exactly_true() {
    let get = exchange("GET", B).include();
    for value in ["True", "TRUE", "1", "\"true\"", ",true", "true,", "true\x0B", "true true", ""] {
        get.responses([ok().allow_origin(A).allow_credentials(value)])
            .refused("AllowCredentialsNotTrue", "CORS check 8");
    }
    get.responses([ok().allow_origin(A).allow_credentials("true").allow_credentials("true")])
        .refused("AllowCredentialsNotTrue", "CORS check 8");
    get.responses([ok().allow_origin(A).allow_credentials(" true\t")]).delivered(Cors);
    // Without credentials the header is not read.
    exchange("GET", B).omit().responses([ok().allow_origin(A).allow_credentials("false")]).delivered(Cors);
}

#[test]
fn a_cached_wildcard_covers_requests_with_credentials() {
    let first = exchange("GET", B).include().header("X-A", "1");
    let second = exchange("GET", B).include().header("X-B", "1");
    let permission = pf().allow_origin(A).allow_credentials("true").allow_headers("x-a, *");
    let response = || ok().allow_origin(A).allow_credentials("true");
    // By the standard, a header-name cache entry match does not look at credentials.
    let mut browser = Browser::standard();
    browser.run(&first, [permission.clone().max_age("60"), response()]).delivered(Cors);
    browser.run(&second, [response()]).delivered(Cors);

    // Browsers send another preflight, and refuse its response.
    let mut browser = Browser::with(rule("cache.wildcard", Profile::webkit()));
    browser.run(&first, [permission.clone().max_age("60"), response()]).delivered(Cors);
    browser.run(&second, [permission]).refused("HeaderNotAllowed", "CORS-preflight fetch 7.7");
}

#[test]
fn an_explicit_default_port_is_the_same_origin() {
    exchange("GET", A).by(page("https://a.test:443/")).responses([ok()]).delivered(Basic);
    exchange("GET", "https://a.test:443/").responses([ok()]).delivered(Basic).origins(&[None]);
    exchange("GET", "https://a.test:444/").responses([ok()]).refused("AllowOriginMissing", "CORS check 2");
    exchange("GET", "http://a.test/").responses([ok()]).refused("AllowOriginMissing", "CORS check 2");
}

#[test]
fn a_host_with_the_same_ending_is_another_origin() {
    exchange("GET", "https://attackerexample.com/")
        .by(page("https://example.com/"))
        .responses([ok()])
        .refused("AllowOriginMissing", "CORS check 2");
}
