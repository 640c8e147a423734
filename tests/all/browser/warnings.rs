//! Every warning is reached, and says what it says.

use super::support::{A, B, Browser, exchange, ok, page, pf};
use crossorigin::browser::{MaxAgeSyntax, Mode, Warning};
use std::collections::BTreeSet;
use std::time::Duration;

/// Each warning with its words.
fn produced() -> Vec<(Vec<Warning>, &'static str)> {
    let get = || exchange("GET", B);
    let put = || exchange("PUT", B);
    let pf_a = || pf().allow_origin(A);
    let ok_a = || ok().allow_origin(A);
    let doors =
        |header: &str, mode| page(A).fetch(B).mode(mode).header(header, "1").build().unwrap().warnings;
    let at_response = |ran: super::support::Ran| ran.response().warnings().to_vec();
    let at_error = |ran: super::support::Ran| ran.error().warnings().to_vec();
    let include = || put().include().header("X-A", "1");
    let limited =
        put().in_browser_with(|profile| profile.cache.max_age_limit = Some(Duration::from_secs(600)));
    let negative =
        put().in_browser_with(|profile| profile.cache.max_age_syntax = MaxAgeSyntax::SignedInteger);
    vec![
        (
            doors("Cookie", Mode::Cors),
            "request header `cookie` is a forbidden request-header: browsers drop it silently",
        ),
        (
            doors("X-A", Mode::NoCors),
            "request header `x-a` is dropped: mode \"no-cors\" keeps only headers that are no-CORS-safelisted",
        ),
        (
            at_response(
                get()
                    .header("Authorization", "x")
                    .in_browser_with(|profile| profile.preflight.authorization_wildcard = true)
                    .responses([pf_a().allow_headers("*"), ok_a()]),
            ),
            "`authorization` is allowed only because this browser lets `*` cover it; the standard wants it listed",
        ),
        (
            at_response(get().responses([ok_a().expose_headers("etag, no no")])),
            "Access-Control-Expose-Headers is ignored as a whole: `no no` is not a header name",
        ),
        (
            at_response(put().responses([pf_a().allow_methods("PUT").max_age("1h"), ok_a()])),
            "Access-Control-Max-Age `1h` is not a number of seconds and counts as absent",
        ),
        (
            at_response(limited.responses([pf_a().allow_methods("PUT").max_age("1728000"), ok_a()])),
            "Access-Control-Max-Age is 1728000 s (20 days), but this browser caches permissions for at most 600 s (10 minutes)",
        ),
        (
            at_response(negative.responses([pf_a().allow_methods("PUT").max_age("-1"), ok_a()])),
            "Access-Control-Max-Age `-1` is not a number of seconds, so this browser caches nothing",
        ),
        (
            at_error(exchange("patch", B).responses([pf_a().allow_methods("PATCH")])),
            "methods are case-sensitive: the request's method is `patch`, Access-Control-Allow-Methods has `PATCH`",
        ),
        (
            at_error(get().responses([ok().allow_origin("https://a.test/")])),
            "Access-Control-Allow-Origin is `https://a.test/`: an origin has no slash at its end",
        ),
        (
            at_response(get().responses([ok().allow_origin("*").allow_credentials("true")])),
            "Access-Control-Allow-Credentials does nothing beside `Access-Control-Allow-Origin: *`",
        ),
        (
            at_error(include().responses([pf_a().allow_credentials("true").allow_methods("*")])),
            "the `*` in `access-control-allow-methods` does not count when the credentials mode is \"include\"",
        ),
        (
            at_error(
                include()
                    .responses([pf_a().allow_credentials("true").allow_methods("PUT").allow_headers("*")]),
            ),
            "the `*` in `access-control-allow-headers` does not count when the credentials mode is \"include\"",
        ),
        (
            at_response(get().include().responses([ok_a().allow_credentials("true").expose_headers("*")])),
            "the `*` in `access-control-expose-headers` does not count when the credentials mode is \"include\"",
        ),
    ]
}

#[test]
fn every_warning_is_reached_and_says_what_it_says() {
    let mut reached = BTreeSet::new();
    for (warnings, text) in produced() {
        assert_eq!(warnings.iter().map(Warning::to_string).collect::<Vec<_>>(), [text]);
        reached.insert(warnings[0].name());
    }
    assert_eq!(reached, Warning::NAMES.iter().copied().collect());
}

#[test]
fn a_warning_is_given_once() {
    // The CORS check is made three times here, and finds the same each time.
    let mut browser = Browser::standard();
    let answer = |reply: super::support::ScriptedResponse| reply.allow_origin("*").allow_credentials("true");
    let answers = [
        answer(pf()).allow_methods("PUT"),
        answer(super::support::redirect(307, "/2")),
        answer(pf()).allow_methods("PUT"),
        answer(ok()),
    ];
    let ran = browser.run(&exchange("PUT", B), answers);
    assert_eq!(ran.response().warnings(), [Warning::AllowCredentialsIgnored]);
}

#[test]
fn a_fetch_without_oddities_has_no_warnings() {
    let answers = [pf().allow_origin(A).allow_methods("PUT").max_age("600"), ok().allow_origin(A)];
    assert!(exchange("PUT", B).responses(answers).response().warnings().is_empty());
}
