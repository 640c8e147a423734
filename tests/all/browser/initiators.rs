//! Requests that `fetch()`, `XMLHttpRequest` and elements make, before anything is sent.

use crossorigin::browser::{
    Body, CredentialsMode, CrossOriginAttribute, Initiator, Mode, RedirectMode, ReferrerPolicy, Request,
};

use super::support::{A, B, page};

fn lines(request: &Request) -> Vec<String> {
    let lines = request.headers.iter();
    lines.map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value))).collect()
}

fn warned(request: &Request) -> Vec<&'static str> {
    request.warnings.iter().map(|warning| warning.name()).collect()
}

#[test]
fn fetch_has_the_defaults_of_a_new_request() {
    let page = page("https://a.test/dir/page").with_referrer_policy(ReferrerPolicy::Origin);
    let request = page.fetch("../x#f").build().unwrap();
    assert_eq!(request.url.as_str(), "https://a.test/x#f");
    assert_eq!((request.method.as_str(), request.mode), ("GET", Mode::Cors));
    assert_eq!((request.credentials, request.redirect), (CredentialsMode::SameOrigin, RedirectMode::Follow));
    assert_eq!((request.body, request.referrer_policy), (Body::None, ReferrerPolicy::Origin));
    assert_eq!((request.unsafe_request, request.use_cors_preflight), (true, false));
    assert_eq!((lines(&request), warned(&request)), (vec![], vec![]));
    assert_eq!(request.origin.serialize(), A);
}

#[test]
fn fetch_applies_the_options_of_the_script() {
    let page = page(A);
    let call = page.fetch(B).method("put").mode(Mode::SameOrigin).credentials(CredentialsMode::Omit);
    let call = call.redirect(RedirectMode::Manual).referrer_policy(ReferrerPolicy::UnsafeUrl);
    let request = call.body(Body::Replayable, Some("text/plain;charset=UTF-8")).build().unwrap();
    assert_eq!((request.method.as_str(), request.mode), ("PUT", Mode::SameOrigin));
    assert_eq!((request.credentials, request.redirect), (CredentialsMode::Omit, RedirectMode::Manual));
    assert_eq!((request.body, request.referrer_policy), (Body::Replayable, ReferrerPolicy::UnsafeUrl));
    assert_eq!(lines(&request), ["content-type: text/plain;charset=UTF-8"]);
    assert!(!request.use_cors_preflight);
    // Only six methods are normalized.
    for (method, normalized) in [("delete", "DELETE"), ("Options", "OPTIONS"), ("patch", "patch"), ("x", "x")]
    {
        assert_eq!(page.fetch(B).method(method).build().unwrap().method.as_str(), normalized);
    }
    // The author's type has precedence. Without a body, there is no type.
    let own =
        page.fetch(B).method("POST").header("Content-Type", "x/y").body(Body::Replayable, Some("text/plain"));
    assert_eq!(lines(&own.build().unwrap()), ["content-type: x/y"]);
    assert_eq!(lines(&page.fetch(B).body(Body::None, Some("text/plain")).build().unwrap()), [""; 0]);
    // A stream forces a preflight.
    for mode in [Mode::Cors, Mode::SameOrigin] {
        let request = page.fetch(B).method("POST").mode(mode).body(Body::Stream, None).build().unwrap();
        assert_eq!((request.body, request.use_cors_preflight), (Body::Stream, true));
    }
}

#[test]
fn fetch_applies_the_guard_of_headers() {
    let page = page(A);
    let call = page
        .fetch(B)
        .header("X-A", " 1\t")
        .header("Cookie", "c")
        .header("x-a", "2")
        .header("Range", "bytes=0-");
    let request = call.build().unwrap();
    assert_eq!(lines(&request), ["x-a: 1", "x-a: 2", "range: bytes=0-"]);
    assert_eq!(warned(&request), ["ForbiddenRequestHeader"]);
    // In mode "no-cors", unsafe headers are dropped, and headers that become unsafe together with earlier
    // lines.
    let call =
        page.fetch(B).mode(Mode::NoCors).header("X-A", "1").header("Accept", "a").header("Range", "bytes=0-");
    let call =
        call.header("Content-Type", "text/plain").header("accept", "b").header("Accept", "a".repeat(123));
    let request = call.header("Cookie", "c").header("Content-Type", "text/plain").build().unwrap();
    assert_eq!(lines(&request), ["accept: a", "content-type: text/plain", "accept: b"]);
    assert_eq!(warned(&request), ["NoCorsHeaderDropped"; 5]);
    // The type that a body implies is dropped, too.
    let call =
        page.fetch(B).mode(Mode::NoCors).method("POST").body(Body::Replayable, Some("application/json"));
    let request = call.build().unwrap();
    assert_eq!((lines(&request), warned(&request)), (vec![], vec!["NoCorsHeaderDropped"]));
}

#[test]
fn an_xml_http_request_always_has_mode_cors() {
    let page = page("https://a.test/dir/");
    let request = page.xml_http_request("post", "x").send().unwrap();
    assert_eq!((request.method.as_str(), request.url.as_str()), ("POST", "https://a.test/dir/x"));
    assert_eq!((request.mode, request.credentials), (Mode::Cors, CredentialsMode::SameOrigin));
    assert_eq!((request.unsafe_request, request.use_cors_preflight, request.body), (true, false, Body::None));
    let request =
        page.xml_http_request("patch", "https://u:p@b.test").with_credentials(true).upload_listener(true);
    let request = request.send().unwrap();
    assert_eq!((request.method.as_str(), request.url.username()), ("patch", "u"));
    assert_eq!((request.credentials, request.use_cors_preflight), (CredentialsMode::Include, true));
}

#[test]
fn an_xml_http_request_applies_its_rules_for_headers_and_bodies() {
    let page = page(A);
    let xhr = |method: &str| page.xml_http_request(method, B).header("X-A", " 1").header("Cookie", "c");
    let request = xhr("PUT").header("x-b", "").header("x-a", "2").send().unwrap();
    assert_eq!(lines(&request), ["x-a: 1, 2", "x-b: "]);
    assert_eq!(warned(&request), ["ForbiddenRequestHeader"]);
    let body = |method: &str| xhr(method).body(Body::Replayable, Some("text/plain")).send().unwrap();
    assert_eq!(
        (body("PUT").body, lines(&body("PUT"))),
        (Body::Replayable, vec!["x-a: 1".into(), "content-type: text/plain".into()])
    );
    for method in ["GET", "head"] {
        assert_eq!((body(method).body, lines(&body(method))), (Body::None, vec!["x-a: 1".to_owned()]));
    }
    let own =
        xhr("PUT").header("content-type", "x/y").body(Body::Replayable, Some("text/plain")).send().unwrap();
    assert_eq!(lines(&own), ["x-a: 1", "content-type: x/y"]);
}

#[test]
fn the_crossorigin_attribute_sets_mode_and_credentials() {
    let page = page("https://a.test/dir/");
    for (attribute, mode, credentials) in [
        (None, Mode::NoCors, CredentialsMode::Include),
        (Some(CrossOriginAttribute::Anonymous), Mode::Cors, CredentialsMode::SameOrigin),
        (Some(CrossOriginAttribute::UseCredentials), Mode::Cors, CredentialsMode::Include),
    ] {
        let request = page.request(Initiator::Element, "x").crossorigin(attribute).build().unwrap();
        assert_eq!((request.method.as_str(), request.url.as_str()), ("GET", "https://a.test/dir/x"));
        assert_eq!((request.mode, request.credentials), (mode, credentials));
        assert_eq!((request.unsafe_request, request.use_cors_preflight), (false, false));
        assert_eq!((request.body, lines(&request)), (Body::None, vec![]));
    }
}
