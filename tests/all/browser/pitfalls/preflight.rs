//! Pitfalls of the preflight: what it carries, what its answer permits.

use crossorigin::browser::{Profile, Step, Timestamp, UserAgent};

use crate::browser::support::{A, B, Browser, Cors, ScriptedResponse, exchange, ok, page, pf, rule};

/// An answer to a preflight of the page at [`A`].
fn pf_a() -> ScriptedResponse {
    pf().allow_origin(A)
}

/// An answer to an actual request of the page at [`A`].
fn ok_a() -> ScriptedResponse {
    ok().allow_origin(A)
}

#[test]
fn a_forced_preflight_of_get() {
    let run = exchange("GET", B)
        .forced_preflight()
        .responses([pf_a(), ok_a()])
        .delivered(Cors)
        .asks(0, "GET", None)
        .origins(&[Some(A), Some(A)])
        .sent(&["OPTIONS https://b.test/", "GET https://b.test/"]);
    assert_eq!(run.sent_header(0, "accept").as_deref(), Some("*/*"));
    assert_eq!(run.sent[0].headers.len(), 3);
}

#[test]
fn a_forced_preflight_without_allowed_methods_allows_the_method() {
    let put = exchange("PUT", B).forced_preflight();
    put.responses([pf_a(), ok_a()]).delivered(Cors);

    // All three engines refuse.
    put.in_browser_with(rule("preflight.forced_allows_method", Profile::chromium()))
        .responses([pf_a()])
        .refused("MethodNotAllowed", "CORS-preflight fetch 7.5");
}

#[test]
fn an_empty_list_of_methods_is_not_an_absent_one() {
    for empty in ["", ",", " , ,"] {
        exchange("PUT", B)
            .forced_preflight()
            .responses([pf_a().allow_methods(empty)])
            .refused("MethodNotAllowed", "CORS-preflight fetch 7.5");
    }
}

#[test]
fn a_forced_preflight_is_cached_by_what_its_answer_listed() {
    let get = exchange("GET", B).forced_preflight();
    // The list has PUT, so nothing is stored for GET, and the next GET asks again.
    let mut browser = Browser::standard();
    for _ in 0..2 {
        browser.run(&get, [pf_a().allow_methods("PUT").max_age("60"), ok_a()]).delivered(Cors);
    }
    assert_eq!(browser.cached(), ["https://a.test https://b.test/ PUT"]);
    // Without a list, the request's own method is stored.
    let mut browser = Browser::standard();
    browser.run(&get, [pf_a().max_age("60"), ok_a()]).delivered(Cors);
    browser.run(&get, [ok_a()]).delivered(Cors);
    assert_eq!(browser.cached(), ["https://a.test https://b.test/ GET"]);
}

#[test]
fn a_preflight_carries_no_credentials() {
    let permission = pf_a().allow_credentials("true").allow_methods("PUT").allow_headers("authorization");
    let run = exchange("PUT", B)
        .include()
        .header("Authorization", "x")
        .responses([permission, ok_a().allow_credentials("true")])
        .delivered(Cors)
        .credentials(&[false, true]);
    assert_eq!(run.sent_header(0, "authorization"), None);
    assert_eq!(run.sent_header(1, "authorization").as_deref(), Some("x"));
}

#[test]
fn a_preflight_does_not_follow_redirects() {
    for status in [301, 302, 303, 307, 308] {
        let run = exchange("PUT", B)
            .responses([pf_a().allow_methods("PUT").status(status).with("location", "https://b.test/x")])
            .refused("PreflightRedirect", "CORS-preflight fetch 8");
        assert_eq!(run.error().hop(), 0);
    }
}

#[test]
fn a_preflight_needs_an_ok_status() {
    for status in [200, 204, 206, 299] {
        exchange("PUT", B).responses([pf_a().allow_methods("PUT").status(status), ok_a()]).delivered(Cors);
    }
    for status in [304, 400, 401, 404, 405, 500, 503] {
        exchange("PUT", B)
            .responses([pf_a().allow_methods("PUT").status(status)])
            .refused("PreflightStatus", "CORS-preflight fetch 8");
    }
}

#[test]
fn the_cors_check_of_a_preflight_looks_at_the_requests_credentials_mode() {
    exchange("PUT", B)
        .include()
        .responses([pf_a().allow_methods("PUT")])
        .refused("AllowCredentialsMissing", "CORS check 8");
}

#[test]
fn the_answer_after_a_preflight_is_checked_again() {
    exchange("PUT", B)
        .responses([pf_a().allow_methods("PUT"), ok()])
        .refused("AllowOriginMissing", "CORS check 2")
        .sent(&["OPTIONS https://b.test/", "PUT https://b.test/"]);
}

#[test]
fn a_list_that_cannot_be_parsed_refuses_though_it_is_not_needed() {
    let post = exchange("POST", B).header("X-A", "1");
    post.responses([pf_a().allow_headers("x-a").allow_methods("PUT, GE T")])
        .refused("AllowMethodsInvalid", "CORS-preflight fetch 7.3");
    post.responses([pf_a().allow_headers("x-a, b@d")])
        .refused("AllowHeadersInvalid", "CORS-preflight fetch 7.3");
    exchange("PUT", B)
        .responses([pf_a().allow_methods("PUT").allow_headers("b@d")])
        .refused("AllowHeadersInvalid", "CORS-preflight fetch 7.3");
}

#[test]
fn empty_elements_are_passed_over_and_quotes_are_not() {
    let put = exchange("PUT", B);
    for list in ["GET,,PUT", ", PUT ,", "PUT,", "\tPUT\t"] {
        put.responses([pf_a().allow_methods(list), ok_a()]).delivered(Cors);
    }
    put.responses([pf_a().allow_methods("GET").allow_methods("PUT"), ok_a()]).delivered(Cors);
    put.responses([pf_a().allow_methods("\"PUT\"")])
        .refused("AllowMethodsInvalid", "CORS-preflight fetch 7.3");
    // The same for header names.
    let get = exchange("GET", B).header("X-A", "1").header("X-B", "1");
    get.responses([pf_a().allow_headers("x-a,,x-b"), ok_a()]).delivered(Cors);
    get.responses([pf_a().allow_headers("x-a").allow_headers("x-b"), ok_a()]).delivered(Cors);
}

#[test]
fn allowed_header_names_are_compared_in_any_case() {
    exchange("PUT", B)
        .header("X-A", "1")
        .responses([pf_a().allow_methods("PUT").allow_headers("X-a"), ok_a()])
        .delivered(Cors);
}

#[test]
fn authorization_is_not_covered_by_wildcard() {
    let get = exchange("GET", B).header("Authorization", "x");
    get.responses([pf_a().allow_headers("*")])
        .refused("AuthorizationNeedsExplicitListing", "CORS-preflight fetch 7.6");
    get.responses([pf_a().allow_headers("*, authorization"), ok_a()]).delivered(Cors);

    // All three engines let it pass; Chromium and Firefox warn.
    let run = get
        .in_browser_with(rule("preflight.authorization_wildcard", Profile::chromium()))
        .responses([pf_a().allow_headers("*"), ok_a()])
        .delivered(Cors);
    assert_eq!(run.response().warnings()[0].name(), "AuthorizationCoveredByWildcard");
}

#[test]
fn wildcards_do_not_count_with_credentials() {
    let pf_include = || pf_a().allow_credentials("true");
    let wild = pf_include().allow_methods("*").allow_headers("*");
    let put = exchange("PUT", B).header("X-A", "1");
    put.clone().include().responses([wild.clone()]).refused("MethodNotAllowed", "CORS-preflight fetch 7.5");
    put.responses([wild.clone(), ok_a()]).delivered(Cors);
    exchange("GET", B)
        .header("X-A", "1")
        .include()
        .responses([wild])
        .refused("HeaderNotAllowed", "CORS-preflight fetch 7.7");

    // `*` is a token, so it names the method `*` and the header `*`.
    let ok_include = || ok_a().allow_credentials("true");
    exchange("*", B)
        .include()
        .responses([pf_include().allow_methods("*"), ok_include()])
        .delivered(Cors)
        .asks(0, "*", None);
    exchange("GET", B)
        .header("*", "1")
        .include()
        .responses([pf_include().allow_headers("*"), ok_include()])
        .delivered(Cors)
        .asks(0, "GET", Some("*"));
}

#[test]
fn a_wildcard_may_stand_among_others() {
    exchange("PUT", B).omit().responses([pf_a().allow_methods("GET, *"), ok_a()]).delivered(Cors);
    exchange("GET", B).header("X-A", "1").responses([pf_a().allow_headers("x-b, *"), ok_a()]).delivered(Cors);
}

#[test]
fn a_preflight_asks_for_the_headers_of_its_request_only() {
    let mut browser = Browser::standard();
    let permission = pf_a().allow_methods("PUT").allow_headers("x-a").max_age("60");
    browser.run(&exchange("PUT", B).header("X-A", "1"), [permission, ok_a()]).delivered(Cors);
    browser
        .run(
            &exchange("PUT", B).header("X-B", "1"),
            [pf_a().allow_methods("PUT").allow_headers("x-b"), ok_a()],
        )
        .delivered(Cors)
        .asks(0, "PUT", Some("x-b"));
}

#[test]
fn a_preflight_asks_for_all_unsafe_names_and_not_only_for_the_missing() {
    let mut browser = Browser::standard();
    let permission = pf_a().allow_headers("x-a").max_age("60");
    browser.run(&exchange("GET", B).header("X-A", "1"), [permission, ok_a()]).delivered(Cors);
    let both = exchange("GET", B).header("X-A", "1").header("X-B", "1");
    // The answer must cover both again: what the cache knows does not count once there is a preflight.
    browser
        .run(&both, [pf_a().allow_headers("x-b")])
        .refused("HeaderNotAllowed", "CORS-preflight fetch 7.7")
        .asks(0, "GET", Some("x-a,x-b"));
}

#[test]
fn a_preflight_is_decided_on_its_head() {
    // A body that never ends: the engine is given a head and goes on, so the body is dropped unread.
    let mut user_agent = UserAgent::new(Profile::standard());
    let request = page(A).fetch(B).method("PUT").build().unwrap();
    let Step::Send(preflight) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
    let head = pf_a().allow_methods("PUT").status(200).with("transfer-encoding", "chunked").head();
    let Step::Send(actual) = preflight.receive(head, &mut user_agent, Timestamp::ZERO) else { panic!() };
    assert_eq!(actual.request().method, "PUT");
}
