//! Hostile input: whatever a server sends, a fetch ends in bounded time and without a panic.

use std::{fmt::Write, time::Duration};

use crossorigin::browser::{Mode, Page};

use super::support::{A, B, Browser, Call, Cors, ScriptedResponse, exchange, ok, page, pf, redirect};
use crate::{processor_time::within, proptest_config::hostile_length};

/// The most methods, and the most header names, that are cached for one origin and URL.
const MAX_KEPT_NAMES: usize = 256;

/// A limit that unoptimized code meets. Quadratic work on these sizes takes hours.
#[track_caller]
fn in_time<T>(work: impl FnOnce() -> T) -> T {
    within(Duration::from_secs(20), work)
}

/// `x-0,x-1,…`: a list of different names.
fn names(count: usize) -> String {
    (0..count).fold(String::new(), |mut names, number| {
        write!(names, "x-{number},").unwrap();
        names
    })
}

fn with_headers(mut call: Call, count: usize) -> Call {
    for number in 0..count {
        call = call.header(&format!("x-{number}"), "1");
    }
    call
}

const HEADERS: [&str; 9] = [
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-expose-headers",
    "access-control-allow-origin",
    "access-control-max-age",
    "timing-allow-origin",
    "location",
    "referrer-policy",
    "cross-origin-resource-policy",
];

#[test]
fn long_lists_of_commas_are_read_in_bounded_time() {
    let commas = vec![b','; hostile_length()];
    for name in HEADERS {
        in_time(|| hostile(name, &commas));
    }
}

#[test]
fn long_values_of_other_bytes_are_read_in_bounded_time() {
    for pattern in ["a,", "\"", "\\\",", " ", "null,", "no-referrer,", "\u{FF}"] {
        let value = pattern.repeat(hostile_length() / 5 / pattern.len());
        for name in HEADERS {
            in_time(|| hostile(name, value.as_bytes()));
        }
    }
}

/// Plays exchanges whose responses have this header, in every place where it is read.
fn hostile(name: &str, value: &[u8]) {
    let bare = |response: ScriptedResponse| {
        if name == "access-control-allow-origin" { response } else { response.allow_origin("*") }
    };
    let mut oracle = Browser::standard();
    let mut run = |call: Call, responses: Vec<ScriptedResponse>| {
        let mut left = responses.into_iter();
        let request = call.request();
        let transcript = oracle.oracle().fetch(request, &mut |_: &_| match left.next() {
            Some(response) => response.into_response(),
            None => crossorigin::browser::Failure::Network.into(),
        });
        // Every outcome can be printed.
        let shown = transcript.to_string();
        assert!(!shown.is_empty());
        transcript
    };
    let put = || exchange("PUT", B).header("X-A", "1");
    let permission = bare(pf()).allow_methods("PUT").allow_headers("x-a");
    let actual = bare(ok()).with(name, value);
    run(put(), vec![bare(pf()).with(name, value), actual.clone()]);
    run(put(), vec![permission, actual.clone()]);
    run(exchange("GET", B), vec![actual.clone().status(302), actual.clone()]);
    run(exchange("GET", B).mode(Mode::NoCors), vec![redirect(302, "/2").with(name, value), actual]);
}

#[test]
fn a_hundred_thousand_allowed_names_are_matched_in_bounded_time() {
    let list = names(100_000);
    in_time(|| {
        let get = with_headers(exchange("GET", B), 2_000);
        let mut browser = Browser::standard();
        let response = || ok().allow_origin(A).expose_headers(&list);
        let permission = || pf().allow_origin(A).allow_headers(&list).allow_methods(&list).max_age("600");
        browser.run(&get, [permission(), response()]).delivered(Cors);
        // The cache stores only some of them, so the next request needs a preflight again.
        browser.run(&get, [permission(), response()]).delivered(Cors);
        // None of the names is allowed, and the fix names them all.
        let refused = browser.run(&get, [pf().allow_origin(A).allow_headers(list.replace('x', "y"))]);
        let refused = refused.refused("HeaderNotAllowed", "CORS-preflight fetch 7.7");
        assert!(refused.error().fixes()[0].lines()[0].len() > list.len());
    });
}

#[test]
fn fifty_thousand_header_lines_are_read_in_bounded_time() {
    in_time(|| {
        let mut response = ok().allow_origin(A).expose_headers(names(50_000));
        for number in 0..50_000 {
            response = response.with(&format!("x-{number}"), "1");
        }
        let run = exchange("GET", B).responses([response]);
        assert_eq!(run.response().headers().len(), 50_000);
        // One name, many lines: they are combined into one value wherever they are read.
        for name in HEADERS {
            let many = (0..50_000).fold(ok(), |response, _| response.with(name, "a"));
            hostile_head(&many);
        }
    });
}

fn hostile_head(response: &ScriptedResponse) {
    let mut oracle = crossorigin::oracle::Oracle::new(page(A));
    for (call, status) in
        [(exchange("PUT", B), 200), (exchange("GET", B), 302), (exchange("GET", B).mode(Mode::NoCors), 302)]
    {
        let response = response.clone().status(status).into_response();
        let transcript = oracle.fetch(call.request(), &mut |_: &_| response.clone());
        assert!(!transcript.to_string().is_empty());
    }
}

/// A server stores other names in the same record of the cache again and again, for requests with many
/// headers.
#[test]
fn a_record_does_not_grow_with_every_response() {
    let permission = |list: &str| pf().allow_origin(A).allow_headers(list).max_age("600");
    in_time(|| {
        let mut browser = Browser::standard();
        for round in 0..40 {
            let list: Vec<_> = (0..MAX_KEPT_NAMES).map(|number| format!("y-{round}-{number}")).collect();
            let one = exchange("GET", B).header(&list[0], "1");
            browser.run(&one, [permission(&list.join(",")), ok().allow_origin(A)]);
            assert_eq!(browser.cached().len(), MAX_KEPT_NAMES);
            // The cache keeps what was allowed last.
            browser.run(&one, [ok().allow_origin(A)]).delivered(Cors);
        }
        let many = with_headers(exchange("GET", B), 2_000);
        browser.run(&many, [permission("*"), ok().allow_origin(A)]).delivered(Cors);
        assert_eq!(browser.cached().len(), MAX_KEPT_NAMES);
        browser.run(&many, [ok().allow_origin(A)]).delivered(Cors);
    });
}

#[test]
fn invalid_headers_are_refused() {
    let page = page(A);
    for name in ["", " ", "x y", "x:", "\u{E9}", "x\0", "(x)"] {
        assert_eq!(page.fetch(B).header(name, "1").build().unwrap_err().reason().name(), "HeaderNameInvalid");
        let xhr = page.xml_http_request("GET", B).header(name, "1").send();
        assert_eq!(xhr.unwrap_err().reason().name(), "HeaderNameInvalid");
    }
    for value in [&b"a\0b"[..], b"a\rb", b"a\nb", b"\0"] {
        let refusal = page.fetch(B).header("x-a", value).build().unwrap_err();
        assert_eq!(refusal.reason().name(), "HeaderValueInvalid");
    }
    // The `http` crate rejects a header name of one megabyte, so it is refused as invalid.
    let long = "x".repeat(1_000_000);
    assert_eq!(page.fetch(B).header(&long, "1").build().unwrap_err().reason().name(), "HeaderNameInvalid");
}

#[test]
fn invalid_urls_are_refused() {
    let page = page(A);
    for url in ["https://", "https://[", "http://a b/", "https://b.test:99999/", "//", "https://\u{0}/"] {
        assert_eq!(page.fetch(url).build().unwrap_err().reason().name(), "UrlInvalid", "{url:?}");
    }
    for page in ["", "a.test", "/x", "https://"] {
        assert!(Page::new(page).is_err(), "{page:?}");
    }
    let long = format!("https://b.test/{}", "%".repeat(1_000_000));
    exchange("GET", &long).responses([ok().allow_origin(A)]).delivered(Cors);
}
