//! The rules of the oracle's warnings: one fetch of a page in each row, and the kinds of warnings about it.

use serde_json::{Value, json};

use crate::case_format::evaluate;

const PAGE: &str = "https://app.test";

/// The warnings about one step of a case.
fn warnings_of(case: &Value, step: usize) -> Vec<Value> {
    let verdict: Value = serde_json::from_str(&evaluate(&case.to_string()).unwrap()).unwrap();
    verdict["steps"][step]["warnings"].as_array().cloned().unwrap_or_default()
}

fn warnings(page: &str, request: &Value, responses: &Value) -> Vec<Value> {
    let steps = json!([{"request": request, "responses": responses}]);
    warnings_of(&json!({"id": "c", "page": page, "steps": steps}), 0)
}

fn kinds(warnings: &[Value]) -> Vec<&str> {
    warnings.iter().map(|warning| warning["kind"].as_str().unwrap()).collect()
}

/// Asserts the kinds of warnings about a fetch by the page.
#[track_caller]
fn check(request: Value, responses: Value, expected: &[&str]) {
    assert_eq!(kinds(&warnings(PAGE, &request, &responses)), expected, "{request} {responses}");
}

fn get() -> Value {
    json!({"url": "https://api.test/"})
}

fn put() -> Value {
    json!({"url": "https://api.test/", "method": "PUT"})
}

/// A response that the page may read, with more headers.
fn allowed(status: u16, headers: &[[&str; 2]]) -> Value {
    let own = [["access-control-allow-origin", PAGE], ["access-control-allow-credentials", "true"]];
    let headers = [&own, headers].concat();
    json!({"status": status, "headers": headers})
}

/// A response without CORS headers.
fn foreign(status: u16, headers: &[[&str; 2]]) -> Value {
    json!({"status": status, "headers": headers})
}

/// A response that a page of another origin may read.
fn of_other(headers: &[[&str; 2]]) -> Value {
    let headers = [&[["access-control-allow-origin", "https://other.test"]], headers].concat();
    json!({"headers": headers})
}

#[test]
fn cookies() {
    let with = |credentials: &str| json!({"url": "https://api.test/", "credentials": credentials});
    let cookie = ["set-cookie", "a=1"];
    check(with("omit"), json!([allowed(200, &[cookie])]), &["CookieNotKept"]);
    check(json!({"url": PAGE, "credentials": "omit"}), json!([allowed(200, &[cookie])]), &[]);
    for headers in [
        json!([["access-control-allow-origin", "*"], cookie]),
        json!([["access-control-allow-origin", "*"], ["access-control-allow-credentials", "True"], cookie,]),
    ] {
        let warnings = warnings(PAGE, &with("omit"), &json!([{"headers": headers}]));
        assert!(!kinds(&warnings).contains(&"CookieNotKept"), "{headers}");
    }
    check(with("include"), json!([allowed(200, &[cookie])]), &["CookieNotKept"]);
    // An image shows what it gets.
    let image = json!({"api": "image", "crossorigin": "use-credentials", "url": "https://api.test/"});
    check(image, json!([allowed(200, &[cookie])]), &[]);
    check(with("include"), json!([allowed(401, &[])]), &["CookieNotSent"]);
    // The server refused the token.
    let mut with_token = with("include");
    with_token["headers"] = json!([["authorization", "x"]]);
    let preflight = allowed(204, &[["access-control-allow-headers", "authorization"]]);
    check(with_token, json!([preflight, allowed(401, &[])]), &[]);
}

#[test]
fn pages_of_errors() {
    const KIND: &[&str] = &["ResponseNotFromApplication"];
    let html = ["content-type", "text/html"];
    let json = ["content-type", "application/json"];
    let passed = || allowed(204, &[["access-control-allow-methods", "PUT"]]);
    check(get(), json!([foreign(200, &[json])]), &[]);
    check(get(), json!([foreign(200, &[html])]), &[]);
    // CORS code that refuses the origin may respond with 403, but it makes no pages.
    check(get(), json!([foreign(403, &[json])]), &[]);
    check(get(), json!([foreign(403, &[html])]), KIND);
    check(get(), json!([foreign(404, &[json])]), KIND);
    check(get(), json!([foreign(500, &[json])]), KIND);
    check(put(), json!([passed(), foreign(200, &[json])]), KIND);
    for (status, expected) in [(404, &[][..]), (501, &[]), (500, KIND)] {
        check(put(), json!([foreign(status, &[html])]), expected);
    }
    // The preflight was for the URL before the redirect.
    let away = allowed(303, &[["location", "https://other.test/"]]);
    check(put(), json!([passed(), away, foreign(200, &[json])]), &[]);
    let message =
        |request: Value, responses: Value| warnings(PAGE, &request, &responses)[0]["message"].clone();
    let plain = message(get(), json!([foreign(500, &[json])]));
    let of_page = message(get(), json!([foreign(500, &[html])]));
    assert!(of_page.as_str().unwrap().contains("text/html") && plain != of_page, "{plain}");
    assert_eq!(message(put(), json!([foreign(500, &[json])])), plain);
    assert_ne!(message(put(), json!([passed(), foreign(500, &[json])])), plain);
}

#[test]
fn preloads_of_fonts() {
    let any = || json!([{"headers": [["access-control-allow-origin", "*"]]}]);
    let font = |rest: Value| {
        let mut request = json!({"api": "preload", "destination": "font", "url": "https://app.test/a.woff2"});
        request.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        request
    };
    check(font(json!({})), any(), &["FontPreloadNotUsed"]);
    check(font(json!({"crossorigin": "anonymous"})), any(), &[]);
    check(font(json!({"destination": "image"})), any(), &[]);
}

#[test]
fn hidden_headers() {
    const KIND: &[&str] = &["ResponseHeaderHidden"];
    for (name, value, expected) in [
        ("content-disposition", "attachment; filename=a.pdf", KIND),
        ("content-disposition", "inline", &[]),
        ("content-disposition", "attachment", &[]),
        ("link", "<https://api.test/?page=2>; rel=\"next\"", KIND),
        ("link", "<https://api.test/?page=2>", &[]),
        ("link", "</a.css>; rel=preload", &[]),
        ("link", "</a.css>; rel=PRELOAD", &[]),
        ("link", "<https://b.test>; rel=preconnect", &[]),
        ("link", "<https://b.test>; rel=dns-prefetch", &[]),
        ("x-csrf-token", "1", KIND),
        ("my-token", "1", &[]),
        ("retry-after", "1", KIND),
        ("server", "x", &[]),
    ] {
        check(get(), json!([allowed(200, &[[name, value]])]), expected);
    }
    // Who reads no headers misses none.
    let later = || json!([allowed(200, &[["retry-after", "1"]])]);
    check(json!({"url": "https://api.test/", "mode": "no-cors"}), later(), &[]);
    check(json!({"api": "image", "crossorigin": "anonymous", "url": "https://api.test/"}), later(), &[]);

    // The fix names what is exposed already, and each name once.
    let lines = |credentials: &str, headers: &[[&str; 2]]| {
        let request = json!({"url": "https://api.test/", "credentials": credentials});
        let all = warnings(PAGE, &request, &json!([allowed(200, headers)]));
        let hidden = all.iter().find(|warning| KIND.contains(&warning["kind"].as_str().unwrap())).unwrap();
        hidden["fixes"][0]["lines"].clone()
    };
    let later = ["retry-after", "1"];
    let exposed = |names: &str| json!([format!("Access-Control-Expose-Headers: {names}")]);
    assert_eq!(lines("omit", &[later, later]), exposed("retry-after"));
    assert_eq!(
        lines("omit", &[later, ["access-control-expose-headers", "etag"]]),
        exposed("etag, retry-after")
    );
    assert_eq!(lines("include", &[later, ["access-control-expose-headers", "*"]]), exposed("retry-after"));
    let names: Vec<_> = (0..17).map(|number| format!("x-ratelimit-{number}")).collect();
    let many: Vec<_> = names.iter().map(|name| [name.as_str(), "1"]).collect();
    assert_eq!(lines("omit", &many)[0].as_str().unwrap().split(',').count(), 16);
}

#[test]
fn local_networks() {
    let local = |page: &str, url: &str| {
        let any = json!([{"headers": [["access-control-allow-origin", "*"]]}]);
        let warnings = warnings(page, &json!({"url": url}), &any);
        kinds(&warnings).contains(&"LocalNetwork")
    };
    for (page, url, expected) in [
        (PAGE, "http://localhost:3000/", true),
        (PAGE, "http://api.localhost:3000/", true),
        (PAGE, "http://192.168.0.1/", true),
        (PAGE, "http://[::1]/", true),
        (PAGE, "https://api.test/", false),
        ("http://intranet", "http://192.168.0.1/", false),
        ("http://printer.local", "http://192.168.0.1/", false),
        ("http://app.localhost", "http://localhost:3000/", false),
        ("http://10.0.0.1", "http://localhost:3000/", false),
        ("tauri://app.test", "http://localhost:3000/", false),
    ] {
        assert_eq!(local(page, url), expected, "{page} {url}");
    }
    // With addresses, the engine checks, and nothing is guessed.
    let response = json!({"ip": "127.0.0.1", "headers": [["access-control-allow-origin", "*"]]});
    let step = json!({"request": {"url": "http://localhost:3000/"}, "responses": [response]});
    let granted = json!({"loopback-network": "granted"});
    let case = json!({
        "id": "c", "page": PAGE, "page_ip": "8.8.8.8", "profile": "chromium", "permissions": granted, "steps": [step],
    });
    assert_eq!(kinds(&warnings_of(&case, 0)), [""; 0]);
}

#[test]
fn mixed_content() {
    let any = || json!([{"headers": [["access-control-allow-origin", "*"]]}]);
    let request = json!({"url": "http://api.test/"});
    for (page, expected) in
        [(PAGE, &["MixedContent"][..]), ("http://app.test", &[]), ("http://localhost:3000", &[])]
    {
        assert_eq!(kinds(&warnings(page, &request, &any())), expected, "{page}");
    }
}

/// With local network access, Chromium sends such requests to the local network. Firefox sends them only to this computer.
#[test]
fn mixed_content_of_the_local_network() {
    let is_warned = |profile: &str, url: &str, target: Option<&str>| {
        let granted = json!({"local-network": "granted", "loopback-network": "granted"});
        let response = json!({"ip": "192.168.1.20", "headers": [["access-control-allow-origin", "*"]]});
        let request = json!({"url": url, "target_address_space": target});
        let case = json!({
            "id": "c", "page": PAGE, "page_ip": "93.184.215.14", "profile": profile, "permissions": granted,
            "steps": [{"request": request, "responses": [response]}],
        });
        kinds(&warnings_of(&case, 0)).contains(&"MixedContent")
    };
    for (url, target, in_chromium) in [
        ("http://192.168.1.20/status", None, false),
        ("http://192.168.1.20/status", Some("local"), false),
        ("http://[fd00::7]/", None, false),
        ("http://nas.local/", None, false),
        ("http://nas.test/", None, true),
        ("http://nas.test/", Some("local"), false),
        ("http://nas.test/", Some("private"), false),
        ("http://nas/", None, true),
        ("http://93.184.215.15/", None, true),
    ] {
        assert_eq!(is_warned("chromium", url, target), in_chromium, "{url} {target:?}");
        for profile in ["standard", "firefox", "webkit"] {
            assert!(is_warned(profile, url, target), "{profile} {url} {target:?}");
        }
    }
    for profile in ["chromium", "firefox"] {
        assert!(!is_warned(profile, "http://localhost:3000/", None), "{profile}");
    }
}

#[test]
fn opaque_responses() {
    let headers = [["content-type", "application/json"], ["x-content-type-options", "nosniff"]];
    let blocked = || json!([{"headers": headers}]);
    check(json!({"api": "image", "url": "https://api.test/"}), blocked(), &["OpaqueResponseBlocked"]);
    check(json!({"url": "https://api.test/", "mode": "no-cors"}), blocked(), &[]);
}

#[test]
fn responses_for_other_origins() {
    const KIND: &[&str] = &["ResponseForOtherOrigin"];
    let (hit, public) = (["x-cache", "HIT"], ["cache-control", "public"]);
    for (headers, expected) in [
        (&[][..], &[][..]),
        (&[hit], KIND),
        (&[["x-cache", "MISS from edge"]], &[]),
        (&[["cf-cache-status", "STALE"]], KIND),
        (&[["cf-cache-status", "REVALIDATED"]], KIND),
        (&[["age", "5"]], KIND),
        (&[public], KIND),
        (&[public, ["vary", "Origin"]], &[]),
    ] {
        check(get(), json!([of_other(headers)]), expected);
    }
    let json = ["content-type", "application/json"];
    check(get(), json!([foreign(200, &[json, hit])]), KIND);
    check(get(), json!([foreign(200, &[json, hit, ["vary", "Origin"]])]), &[]);
    // No cache keeps responses to preflights.
    check(put(), json!([of_other(&[hit])]), &[]);
}

#[test]
fn missing_vary() {
    const KIND: &[&str] = &["VaryOriginMissing"];
    let public = ["cache-control", "public"];
    check(get(), json!([allowed(200, &[public])]), KIND);
    let found = warnings(PAGE, &get(), &json!([allowed(200, &[public, ["vary", "Accept"]])]));
    assert_eq!(found[0]["fixes"][0]["lines"], json!(["Vary: Accept, Origin"]));
    // One warning, however many responses lack it.
    let onward = || allowed(302, &[public, ["location", "/x"]]);
    check(get(), json!([onward(), allowed(200, &[public])]), KIND);
    // Every site can have the origin `null`.
    let away = allowed(302, &[["location", "https://other.test/"]]);
    let last = json!({"headers": [["access-control-allow-origin", "null"], public]});
    check(get(), json!([away, last]), &[]);
}

#[test]
fn stored_responses() {
    let long = ["cache-control", "max-age=600"];
    let second = |first: Value, stored: Value, request: Value, explain: bool| {
        let next = json!({"at": 1, "from_cache_of": 0, "request": request, "responses": []});
        let steps = json!([{"request": first, "responses": [stored]}, next]);
        warnings_of(&json!({"id": "c", "page": PAGE, "explain": explain, "steps": steps}), 1)
    };
    let image = || json!({"api": "image", "url": "https://api.test/"});
    for explain in [false, true] {
        let found = second(image(), foreign(200, &[long]), get(), explain);
        assert_eq!(kinds(&found), ["StoredResponseRefused"], "{explain}");
    }
    // The CORS check has not refused it.
    let own = allowed(200, &[long, ["cross-origin-resource-policy", "same-origin"]]);
    assert_eq!(kinds(&second(get(), own, image(), false)), [""; 0]);
}
