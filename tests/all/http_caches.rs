//! Responses from HTTP caches: a plain image first and CORS later, 304, and a cache between browser and server.

use serde_json::{Value, json};

use crate::case_format::evaluate;

fn steps(profile: &str, steps: Value) -> Value {
    let case = json!({"id": "c", "page": "https://app.test", "profile": profile, "steps": steps});
    let verdict: Value = serde_json::from_str(&evaluate(&case.to_string()).unwrap()).unwrap();
    verdict["steps"].clone()
}

fn invalid(steps: Value) -> String {
    evaluate(&json!({"id": "c", "page": "https://app.test", "steps": steps}).to_string()).unwrap_err()
}

/// A plain image, then a request for the same URL with CORS, to which the server would respond as it should.
fn image_first(profile: &str, headers: Value, second: Value, at: u32) -> Value {
    let mut request = json!({"url": "https://cdn.test/p.png"});
    request.as_object_mut().unwrap().extend(second.as_object().unwrap().clone());
    let allowed = json!({"headers": [["access-control-allow-origin", "https://app.test"]]});
    let first = json!({"request": {"api": "image", "url": "https://cdn.test/p.png"}, "responses": [{"headers": headers}]});
    let second = json!({"at": at, "from_cache_of": 0, "request": request, "responses": [allowed]});
    steps(profile, json!([first, second]))[1].clone()
}

#[test]
fn a_plain_image_in_the_cache_breaks_the_same_image_with_crossorigin() {
    let cacheable = || json!([["cache-control", "max-age=600"]]);
    for second in [json!({"api": "image", "crossorigin": "anonymous"}), json!({})] {
        for profile in ["standard", "chromium", "webkit"] {
            let verdict = image_first(profile, cacheable(), second.clone(), 1);
            assert_eq!(verdict["reason"], "AllowOriginMissing", "{profile}");
            assert_eq!(verdict["requests"], json!([]), "nothing goes out");
            assert_eq!(verdict["from_cache"], true);
            let warning = &verdict["warnings"][0];
            assert_eq!(warning["kind"], "StoredResponseRefused");
            assert_eq!(
                warning["message"],
                "an HTTP cache had stored this response for a request without an Origin header"
            );
            assert_eq!(warning["fixes"][0]["lines"], json!(["Vary: Origin"]));
        }
        // Firefox keeps responses to requests with cookies apart.
        let verdict = image_first("firefox", cacheable(), second, 1);
        assert_eq!(verdict["outcome"], "cors");
        assert_eq!(verdict["requests"].as_array().unwrap().len(), 1);
        assert_eq!(verdict["from_cache"], Value::Null);
    }
    // With cookies, Firefox has no reason to ask again.
    let with_cookies = image_first("firefox", cacheable(), json!({"credentials": "include"}), 1);
    assert_eq!(with_cookies["reason"], "AllowOriginMissing");
}

#[test]
fn a_cache_asks_again_if_it_must() {
    let asked =
        |headers: Value, second: Value, at| image_first("standard", headers, second, at)["outcome"] == "cors";
    let age = |seconds: &str| json!([["cache-control", format!("max-age={seconds}")]]);
    assert!(!asked(age("600"), json!({}), 599));
    assert!(asked(age("600"), json!({}), 600));
    assert!(asked(json!([["cache-control", "no-store"]]), json!({}), 1));
    assert!(asked(json!([["cache-control", "max-age=600"], ["vary", "Accept, Origin"]]), json!({}), 1));
    assert!(asked(json!([["cache-control", "max-age=600"], ["vary", "*"]]), json!({}), 1));
    assert!(!asked(json!([["cache-control", "max-age=600"], ["vary", "Accept-Language"]]), json!({}), 1));
    for (mode, asks) in [("reload", true), ("no-store", true), ("force-cache", false), ("default", false)] {
        assert_eq!(asked(age("600"), json!({"cache": mode}), 1), asks, "{mode}");
    }
    assert!(!asked(age("600"), json!({"cache": "force-cache"}), 9_999));
    // Another URL, and another method.
    assert!(asked(age("600"), json!({"url": "https://cdn.test/other.png"}), 1));
    assert!(asked(age("600"), json!({"method": "POST"}), 1));
}

/// Two requests, the second of which may get its response from the browser's cache: the verdict on the second.
fn twice(profile: &str, request: Value, stored: Value, second: Value) -> Value {
    let mut next = json!({"at": 1, "from_cache_of": 0, "request": request});
    next.as_object_mut().unwrap().extend(second.as_object().unwrap().clone());
    let first = json!({"request": request, "responses": stored});
    steps(profile, json!([first, next]))[1].clone()
}

#[test]
fn a_cache_serves_what_was_stored_for_the_same_request() {
    let get = || json!({"url": "https://api.test/"});
    let allowed = |headers: &[[&str; 2]]| {
        let headers = [&[["access-control-allow-origin", "*"]], headers].concat();
        json!([{"headers": headers}])
    };
    let anew = || json!({"responses": allowed(&[])});
    let is_served = |request: Value, headers: &[[&str; 2]], second: Value| {
        twice("standard", request, allowed(headers), second)["from_cache"] == true
    };
    let long = ["cache-control", "max-age=600"];
    assert!(is_served(get(), &[long], anew()));
    // The browser's cache belongs to one user.
    assert!(is_served(get(), &[["cache-control", "private, max-age=600, s-maxage=0"]], anew()));
    assert!(!is_served(json!({"url": "https://api.test/", "method": "POST"}), &[long], anew()));
    // Pages of other sites have a part of the cache of their own.
    let mut of_other_page = anew();
    of_other_page["page"] = json!("https://other.test");
    assert!(!is_served(get(), &[long], of_other_page));
    let names = |count| (0..count).map(|number| format!("x-{number}")).collect::<Vec<_>>().join(",");
    assert!(is_served(get(), &[long, ["vary", &names(64)]], anew()));
    assert!(!is_served(get(), &[long, ["vary", &names(65)]], anew()));
}

/// Only a response that the CORS check refuses is not stored by Chromium.
#[test]
fn other_responses_of_a_failed_fetch_are_stored() {
    let long = ["cache-control", "max-age=600"];
    let any = ["access-control-allow-origin", "*"];
    let refused = json!([{"headers": [any, long, ["cross-origin-resource-policy", "same-origin"]]}]);
    let image = json!({"api": "image", "url": "https://api.test/"});
    let by_cors = json!({"request": {"url": "https://api.test/", "credentials": "include"}, "responses": []});
    assert_eq!(twice("chromium", image, refused, by_cors)["from_cache"], true);
    let onward = json!([{"status": 302, "headers": [any, long, ["location", "/x"]]}, {}]);
    let again = json!({"responses": [{"headers": [any]}]});
    let followed = twice("chromium", json!({"url": "https://api.test/"}), onward, again);
    assert_eq!(followed["from_cache"], true);
    assert_eq!(followed["requests"][0]["url"], "https://api.test/x", "the redirect comes from the cache");
}

/// What a cache sends when it asks whether its copy is still valid.
#[test]
fn a_cache_asks_with_the_validators_that_it_has() {
    let second = |own: Value, stored: &[[&str; 2]], not_modified: Value| {
        let request = json!({"url": "https://app.test/x", "headers": own});
        let stored = [stored, &[["cache-control", "no-cache"], ["content-length", "5"]]].concat();
        let response = json!([{"status": 304, "headers": not_modified}]);
        twice("standard", request, json!([{"headers": stored}]), json!({"responses": response}))
    };
    let sent = |verdict: &Value| {
        let headers = verdict["requests"][0]["headers"].as_array().unwrap().iter();
        headers.filter(|line| line[0].as_str().unwrap().starts_with("if-")).cloned().collect::<Vec<_>>()
    };
    let date = "Thu, 01 Jan 2026 00:00:00 GMT";
    let modified = second(json!([]), &[["last-modified", date]], json!([["content-length", "0"]]));
    assert_eq!(sent(&modified), [json!(["if-modified-since", date])]);
    assert_eq!(modified["status"], 200);
    assert!(modified["headers"].as_array().unwrap().contains(&json!(["content-length", "5"])), "{modified}");
    // A page that asks itself gets the server's response.
    let own = second(json!([["if-none-match", "\"own\""]]), &[["etag", "\"e\""]], json!([]));
    assert_eq!(sent(&own), [json!(["if-none-match", "\"own\""])]);
    let without = second(json!([]), &[], json!([]));
    assert_eq!((sent(&without), &without["status"]), (vec![], &json!(304)));
}

#[test]
fn a_response_that_no_cache_uses_again_needs_no_vary() {
    let is_missing = |headers: &[[&str; 2]]| {
        let headers = [&[["access-control-allow-origin", "https://app.test"]], headers].concat();
        let step = json!({
            "request": {"url": "https://api.test/"},
            "responses": [{"headers": headers}],
        });
        let warnings = steps("standard", json!([step]))[0]["warnings"].clone();
        warnings.as_array().is_some_and(|all| all.iter().any(|it| it["kind"] == "VaryOriginMissing"))
    };
    let date = "Thu, 01 Jan 2026 00:00:00 GMT";
    for (headers, expected) in [
        (&[][..], false),
        (&[["cache-control", "max-age=600"]], true),
        (&[["cache-control", "no-store, max-age=600"]], false),
        (&[["cache-control", "max-age=600, s-maxage=0"]], false),
        (&[["cache-control", "public"]], true),
        (&[["cache-control", "public"], ["vary", "Origin"]], false),
        (&[["age", "5"]], true),
        (&[["last-modified", date]], true),
        (&[["expires", date]], true),
        (&[["expires", "0"]], false),
        (&[["expires", "-1"]], false),
    ] {
        assert_eq!(is_missing(headers), expected, "{headers:?}");
    }
}

/// The 304 replaces the headers that it has, and leaves the others.
#[test]
fn a_304_changes_the_headers_that_it_has() {
    let second = |not_modified: Value| {
        let request = || json!({"url": "https://api.test/"});
        let stored = json!([
            ["access-control-allow-origin", "https://app.test"],
            ["etag", "\"e\""],
            ["cache-control", "no-cache"]
        ]);
        let first = json!({"request": request(), "responses": [{"headers": stored}]});
        let response = json!({"status": 304, "headers": not_modified});
        let next = json!({"at": 1, "from_cache_of": 0, "request": request(), "responses": [response]});
        steps("standard", json!([first, next]))[1].clone()
    };
    let unchanged = second(json!([]));
    assert_eq!((&unchanged["outcome"], &unchanged["status"]), (&json!("cors"), &json!(200)));
    let sent = unchanged["requests"][0]["headers"].as_array().unwrap();
    assert!(sent.contains(&json!(["if-none-match", "\"e\""])), "{sent:?}");
    assert_eq!(second(json!([["access-control-allow-origin", "*"]]))["outcome"], "cors");
    let other = second(json!([["access-control-allow-origin", "https://other.test"]]));
    assert_eq!(other["reason"], "AllowOriginMismatch");
    assert_eq!(other["warnings"][0]["kind"], "StoredResponseRefused");
    // The server has a new response.
    let request = || json!({"url": "https://api.test/"});
    let stored =
        json!([["access-control-allow-origin", "*"], ["etag", "\"e\""], ["cache-control", "no-cache"]]);
    let renewed = json!([
        {"request": request(), "responses": [{"headers": stored}]},
        {"at": 1, "from_cache_of": 0, "request": request(), "responses": [{"status": 201, "headers": [["access-control-allow-origin", "*"]]}]},
    ]);
    assert_eq!(steps("standard", renewed)[1]["status"], 201);
}

/// Chromium and WebKit do not store a response that the CORS check refused.
#[test]
fn a_refused_response_is_stored_by_some() {
    for (profile, asks_again) in
        [("standard", false), ("firefox", false), ("chromium", true), ("webkit", true)]
    {
        let request = || json!({"url": "https://api.test/"});
        let played = steps(
            profile,
            json!([
                {"request": request(), "responses": [{"headers": [["cache-control", "max-age=600"]]}]},
                {"at": 1, "from_cache_of": 0, "request": request(), "responses": [{"headers": [["access-control-allow-origin", "*"]]}]},
            ]),
        );
        assert_eq!(played[0]["reason"], "AllowOriginMissing");
        assert_eq!(played[1]["outcome"] == "cors", asks_again, "{profile}");
    }
}

/// A cache between browser and server serves all pages, in all browsers.
#[test]
fn a_shared_cache_without_vary_serves_the_wrong_page() {
    for profile in ["standard", "chromium", "firefox", "webkit"] {
        let shared = |headers: Value| {
            let request = || json!({"url": "https://cdn.test/feed"});
            let allow = json!(["access-control-allow-origin", "{origin}"]);
            let mut stored = vec![allow];
            stored.extend(headers.as_array().unwrap().clone());
            let routes = json!({"https://cdn.test/feed": {"actual": [{"headers": stored}]}});
            let case = json!({"id": "c", "page": "https://app.test", "profile": profile, "routes": routes, "steps": [
                {"page": "https://other.test", "request": request()},
                {"at": 1, "from_shared_cache_of": 0, "request": request()},
            ]});
            let verdict: Value = serde_json::from_str(&evaluate(&case.to_string()).unwrap()).unwrap();
            verdict["steps"][1].clone()
        };
        let wrong = shared(json!([["cache-control", "public, max-age=600"]]));
        assert_eq!(wrong["reason"], "AllowOriginMismatch", "{profile}");
        assert_eq!(wrong["requests"].as_array().unwrap().len(), 1, "the request goes as far as the cache");
        assert_eq!(wrong["warnings"][0]["kind"], "StoredResponseRefused");
        for headers in [
            json!([["cache-control", "public, max-age=600"], ["vary", "Origin"]]),
            json!([["cache-control", "private, max-age=600"]]),
            json!([["cache-control", "max-age=600, s-maxage=0"]]),
        ] {
            assert_eq!(shared(headers.clone())["outcome"], "cors", "{headers}");
        }
    }
}

/// A preflight never comes from an HTTP cache.
#[test]
fn only_the_actual_request_is_looked_up() {
    let request = || json!({"url": "https://api.test/", "headers": [["x-a", "1"]]});
    let allow = || json!({"headers": [["access-control-allow-origin", "*"], ["access-control-allow-headers", "x-a"], ["access-control-max-age", "0"]]});
    let stored = json!({"headers": [["access-control-allow-origin", "*"], ["cache-control", "max-age=600"]]});
    let played = steps(
        "standard",
        json!([
            {"request": request(), "responses": [allow(), stored]},
            {"at": 1, "from_cache_of": 0, "request": request(), "responses": [allow()]},
        ]),
    );
    assert_eq!(played[1]["outcome"], "cors");
    let sent = played[1]["requests"].as_array().unwrap();
    assert_eq!((sent.len(), &sent[0]["kind"]), (1, &json!("preflight")));
}

#[test]
fn a_cache_needs_an_earlier_step() {
    let request = || json!({"url": "https://api.test/"});
    let error = invalid(json!([{"from_cache_of": 0, "request": request()}]));
    assert_eq!(error, "steps[0].from_cache_of: step 0 is not an earlier step in which something was fetched");
    let refused = invalid(
        json!([{"request": {"url": "https://["}}, {"from_shared_cache_of": 0, "request": request()}]),
    );
    assert!(refused.starts_with("steps[1].from_shared_cache_of: step 0 is not"), "{refused}");
    let both = invalid(json!([
        {"request": request()}, {"from_cache_of": 0, "from_shared_cache_of": 0, "request": request()},
    ]));
    assert!(both.contains("cannot have both"), "{both}");
}
