//! Produces every warning, and checks that no warning comes without a cause.

use std::time::Duration;

use crossorigin::{
    browser::{AddressSpace, Destination, Failure, Initiator, Mode, Profile, Warning},
    oracle::{Oracle, case::Case},
};

use super::support::{A, B, Browser, exchange, ok, page, pf, rule};

/// Each warning at least once. `messages` shows their texts, and checks that none is missing.
pub(crate) fn produced() -> Vec<Warning> {
    let get = || exchange("GET", B);
    let put = || exchange("PUT", B);
    let pf_a = || pf().allow_origin(A);
    let ok_a = || ok().allow_origin(A);
    let built =
        |header: &str, mode| page(A).fetch(B).mode(mode).header(header, "1").build().unwrap().warnings;
    let at_response = |run: super::support::Run| run.response().warnings().to_vec();
    let at_error = |run: super::support::Run| run.error().warnings().to_vec();
    let include = || put().include().header("X-A", "1");
    let limited = put().in_browser_with(|profile| {
        *profile = profile.clone().with_max_age_limit(Some(Duration::from_secs(600)))
    });
    let negative = put().in_browser_with(rule("cache.max_age_syntax", Profile::chromium()));
    [
        built("Cookie", Mode::Cors),
        built("X-A", Mode::NoCors),
        at_response(
            get()
                .header("Authorization", "x")
                .in_browser_with(rule("preflight.authorization_wildcard", Profile::chromium()))
                .responses([pf_a().allow_headers("*"), ok_a()]),
        ),
        at_response(get().responses([ok_a().expose_headers("etag, no no")])),
        at_response(put().responses([pf_a().allow_methods("PUT").max_age("1h"), ok_a()])),
        at_response(limited.responses([pf_a().allow_methods("PUT").max_age("1728000"), ok_a()])),
        at_response(negative.responses([pf_a().allow_methods("PUT").max_age("-1"), ok_a()])),
        at_error(exchange("patch", B).responses([pf_a().allow_methods("PATCH")])),
        at_error(get().responses([ok().allow_origin("https://a.test/")])),
        at_response(get().responses([ok().allow_origin("*").allow_credentials("true")])),
        at_error(include().responses([pf_a().allow_credentials("true").allow_methods("*")])),
        at_error(
            include().responses([pf_a().allow_credentials("true").allow_methods("PUT").allow_headers("*")]),
        ),
        at_response(get().include().responses([ok_a().allow_credentials("true").expose_headers("*")])),
    ]
    .map(|warnings| {
        let [warning] = <[Warning; 1]>::try_from(warnings).unwrap();
        warning
    })
    .into_iter()
    .chain(without_local_network_access())
    .chain(found_by_the_oracle())
    .collect()
}

/// The standard's profile checks no addresses.
fn without_local_network_access() -> Vec<Warning> {
    let mut oracle = Oracle::new(page(A).with_address(AddressSpace::Public));
    let request = oracle.page().fetch(B).build().unwrap();
    oracle.fetch(request, &mut (AddressSpace::Local, |_: &_| Failure::Network)).warnings()
}

/// The warnings that need all messages, and what is beside the standard.
fn found_by_the_oracle() -> Vec<Warning> {
    let get = || exchange("GET", B);
    let ok_a = || ok().allow_origin(A);
    let image = || page(A).request(Initiator::Image, B).build().unwrap();
    let html = || ok().status(502).with("content-type", "text/html; charset=utf-8");
    let with_cookie = |cookie: &str| ok_a().allow_credentials("true").with("set-cookie", cookie);
    let of = |run: super::support::Run| run.transcript.warnings();
    let of_image =
        |response: super::support::ScriptedResponse| of(Browser::standard().run_request(image(), [response]));
    let font =
        page(A).request(Initiator::Preload, "/a.woff2").destination(Destination::Font).build().unwrap();
    let socket = page(A).request(Initiator::WebSocket, "wss://b.test/").build().unwrap();
    let stored = r#"{"id": "c", "page": "https://a.test", "steps": [
        {"request": {"api": "image", "url": "https://b.test/"}, "responses": [{"headers": [["cache-control", "max-age=60"]]}]},
        {"from_cache_of": 0, "request": {"url": "https://b.test/"}}]}"#;
    let stored: Case = serde_json::from_str(stored).unwrap();
    let verdict = stored.play().unwrap();
    let (_, steps) = verdict.runs().next().unwrap();
    let put = exchange("PUT", B).responses([pf().allow_origin(A).allow_methods("PUT"), html()]);
    [
        of(get().responses([ok_a().with("cache-control", "max-age=60")])),
        of(get().responses([ok().allow_origin(B).with("age", "9")])),
        of(get().responses([ok().with("x-cache", "HIT")])),
        of(get().responses([ok_a()
            .with("content-disposition", "attachment; filename=a")
            .with("x-total-count", "1")])),
        of(get().responses([html()])),
        of(put),
        of(exchange("GET", "http://b.test/").responses([ok_a()])),
        of(Browser::standard()
            .run_request(page(A).request(Initiator::Image, "http://b.test/").build().unwrap(), [ok()])),
        of(exchange("GET", "http://127.0.0.1/").responses([ok_a()])),
        of_image(
            ok().status(404).with("content-type", "text/html").with("x-content-type-options", "nosniff"),
        ),
        of(get().include().responses([ok_a().status(401).allow_credentials("true")])),
        of(get().include().responses([with_cookie("sid=1; SameSite=Lax")])),
        of(get().include().responses([with_cookie("sid=1; SameSite=None")])),
        of(get().responses([with_cookie("sid=1")])),
        steps[1].as_ref().unwrap().warnings(),
        of(Browser::standard().run_request(font, [ok()])),
        of(Browser::standard().run_request(socket, [ok().status(403)])),
    ]
    .concat()
}

/// Without credentials `*` is not ignored, so a refusal has another cause.
#[test]
fn a_wildcard_is_not_ignored_without_credentials() {
    let put = exchange("PUT", B).header("X-A", "1");
    for lists in [("*", "x-b"), ("DELETE", "*")] {
        let run = put.responses([pf().allow_origin(A).allow_methods(lists.0).allow_headers(lists.1)]);
        assert_eq!(run.error().warnings(), []);
    }
}

/// An allowed name was not ignored, and a method that needs no permission is not missing.
#[test]
fn sufficient_lists_cause_no_warning() {
    let put = exchange("PUT", B).include().header("X-A", "1");
    let credentials =
        |response: super::support::ScriptedResponse| response.allow_origin(A).allow_credentials("true");
    let permission = credentials(pf()).allow_methods("PUT, *").allow_headers("x-a, *");
    let run = put.responses([permission, credentials(ok())]);
    assert_eq!(run.response().warnings(), []);
    let get = exchange("GET", B).header("X-A", "1");
    let run = get.responses([pf().allow_origin(A).allow_methods("get").allow_headers("x-b")]);
    assert_eq!(run.error().warnings(), []);
}

#[test]
fn a_repeated_finding_causes_one_warning() {
    // The CORS check happens three times, with the same finding.
    let mut browser = Browser::standard();
    let response =
        |response: super::support::ScriptedResponse| response.allow_origin("*").allow_credentials("true");
    let responses = [
        response(pf()).allow_methods("PUT"),
        response(super::support::redirect(307, "/2")),
        response(pf()).allow_methods("PUT"),
        response(ok()),
    ];
    let run = browser.run(&exchange("PUT", B), responses);
    assert_eq!(run.response().warnings(), [Warning::AllowCredentialsIgnored]);
}

#[test]
fn a_fetch_without_oddities_has_no_warnings() {
    let responses = [pf().allow_origin(A).allow_methods("PUT").max_age("600"), ok().allow_origin(A)];
    assert!(exchange("PUT", B).responses(responses).response().warnings().is_empty());
}

/// There is no warning about a list of exposed names, or about a `User-Agent` that the page did not set.
#[test]
fn conditions_that_do_not_apply_cause_no_warning() {
    for credentials in [false, true] {
        let get = if credentials { exchange("GET", B).include() } else { exchange("GET", B) };
        let shared = ok().allow_origin(A).expose_headers("x-a");
        let shared = if credentials { shared.allow_credentials("true") } else { shared };
        assert_eq!(get.responses([shared]).response().warnings(), []);
    }
    for profile in Profile::all() {
        let name = profile.name();
        let plain = exchange("GET", B).in_browser_with(|it| *it = profile).responses([ok().allow_origin(A)]);
        assert_eq!(plain.response().warnings(), [], "{name}");
    }
}
