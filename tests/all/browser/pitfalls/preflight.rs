//! Pitfalls of preflights: what they carry, and what their responses allow.

use crossorigin::browser::{Profile, Step, Timestamp, UserAgent};

use crate::browser::support::{A, B, Browser, Cors, ScriptedResponse, exchange, ok, page, pf, rule};

/// A response to a preflight that is shared with [`A`].
fn pf_a() -> ScriptedResponse {
    pf().allow_origin(A)
}

/// A response to an actual request that is shared with [`A`].
fn ok_a() -> ScriptedResponse {
    ok().allow_origin(A)
}

#[test]
fn a_forced_preflight_precedes_a_get() {
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
fn an_empty_list_of_methods_differs_from_an_absent_one() {
    for empty in ["", ",", " , ,"] {
        exchange("PUT", B)
            .forced_preflight()
            .responses([pf_a().allow_methods(empty)])
            .refused("MethodNotAllowed", "CORS-preflight fetch 7.5");
    }
}

#[test]
fn a_forced_preflight_caches_what_its_response_lists() {
    let get = exchange("GET", B).forced_preflight();
    // The response lists PUT, so GET is not cached, and the next GET needs a preflight.
    let mut browser = Browser::standard();
    for _ in 0..2 {
        browser.run(&get, [pf_a().allow_methods("PUT").max_age("60"), ok_a()]).delivered(Cors);
    }
    assert_eq!(browser.cached(), ["https://a.test https://b.test/ PUT"]);
    // Without a list, the method of the request is cached.
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
fn the_cors_check_of_a_preflight_uses_the_credentials_mode_of_the_request() {
    exchange("PUT", B)
        .include()
        .responses([pf_a().allow_methods("PUT")])
        .refused("AllowCredentialsMissing", "CORS check 8");
}

#[test]
fn the_response_after_a_preflight_is_checked_too() {
    exchange("PUT", B)
        .responses([pf_a().allow_methods("PUT"), ok()])
        .refused("AllowOriginMissing", "CORS check 2")
        .sent(&["OPTIONS https://b.test/", "PUT https://b.test/"]);
}

#[test]
fn an_invalid_list_fails_the_preflight_even_if_it_is_not_needed() {
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
fn empty_elements_are_skipped_and_quotes_are_invalid() {
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
fn allowed_header_names_are_compared_without_case() {
    exchange("PUT", B)
        .header("X-A", "1")
        .responses([pf_a().allow_methods("PUT").allow_headers("X-a"), ok_a()])
        .delivered(Cors);
}

#[test]
fn authorization_is_not_covered_by_a_wildcard() {
    let get = exchange("GET", B).header("Authorization", "x");
    get.responses([pf_a().allow_headers("*")])
        .refused("AuthorizationNeedsExplicitListing", "CORS-preflight fetch 7.6");
    get.responses([pf_a().allow_headers("*, authorization"), ok_a()]).delivered(Cors);

    // All three engines accept it. Chromium and Firefox warn.
    let run = get
        .in_browser_with(rule("preflight.authorization_wildcard", Profile::chromium()))
        .responses([pf_a().allow_headers("*"), ok_a()])
        .delivered(Cors);
    assert_eq!(run.response().warnings()[0].name(), "AuthorizationCoveredByWildcard");
}

#[test]
fn wildcards_do_not_cover_requests_with_credentials() {
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
fn a_wildcard_may_be_one_of_several_elements() {
    exchange("PUT", B).omit().responses([pf_a().allow_methods("GET, *"), ok_a()]).delivered(Cors);
    exchange("GET", B).header("X-A", "1").responses([pf_a().allow_headers("x-b, *"), ok_a()]).delivered(Cors);
}

#[test]
fn a_preflight_lists_only_the_headers_of_its_request() {
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
fn a_preflight_lists_all_unsafe_names_and_not_only_the_uncached_ones() {
    let mut browser = Browser::standard();
    let permission = pf_a().allow_headers("x-a").max_age("60");
    browser.run(&exchange("GET", B).header("X-A", "1"), [permission, ok_a()]).delivered(Cors);
    let both = exchange("GET", B).header("X-A", "1").header("X-B", "1");
    // The response must cover both names again. Once there is a preflight, cache entries do not count.
    browser
        .run(&both, [pf_a().allow_headers("x-b")])
        .refused("HeaderNotAllowed", "CORS-preflight fetch 7.7")
        .asks(0, "GET", Some("x-a,x-b"));
}

#[test]
fn a_preflight_needs_only_the_head_of_its_response() {
    // The body never ends. The engine needs only the head, so the body is dropped unread.
    let mut user_agent = UserAgent::new(Profile::standard());
    let request = page(A).fetch(B).method("PUT").build().unwrap();
    let Step::Send(preflight) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
    let head = pf_a().allow_methods("PUT").status(200).with("transfer-encoding", "chunked").head();
    let Step::Send(actual) = preflight.receive(head, &mut user_agent, Timestamp::ZERO) else { panic!() };
    assert_eq!(actual.request().method, "PUT");
}
