//! 403 for refused requests, but never for same-origin requests.

use crossorigin::{
    http::{Request, StatusCode},
    server::{Policy, PolicyRefusal, Verdict},
    tower::CorsLayer,
};

use super::{Body, call, fine, never_called, policy, preflight, request, values, verdict};

#[test]
fn refused_requests_do_not_reach_the_handler() {
    let layer = CorsLayer::new(policy()).reject_refused().expose_verdict();
    let post = request("POST", &[("host", "api.example"), ("origin", "https://other.example")]);
    let response = call(&layer, post, never_called);
    assert_eq!((response.status(), response.body()), (StatusCode::FORBIDDEN, &Body::default()));
    assert_eq!(response.headers().keys().collect::<Vec<_>>(), ["vary"]);
    assert_eq!(verdict(&response), Some(Verdict::Refuse(PolicyRefusal::OriginNotAllowed)));
}

#[test]
fn refused_requests_reach_the_handler_without_the_option() {
    let post = request("POST", &[("host", "api.example"), ("origin", "https://other.example")]);
    assert_eq!(call(&CorsLayer::new(policy()), post, fine).status(), StatusCode::OK);
}

#[test]
fn the_option_changes_nothing_else() {
    let layer = CorsLayer::new(policy()).reject_refused();
    let status = |request| call(&layer, request, fine).status();
    assert_eq!(status(request("POST", &[("origin", "https://app.example")])), StatusCode::OK);
    assert_eq!(status(request("POST", &[])), StatusCode::OK);
    assert_eq!(status(request("OPTIONS", &[])), StatusCode::OK);
    assert_eq!(status(preflight("https://app.example", "PUT")), StatusCode::NO_CONTENT);

    let policy = policy().to_builder().refusal_status(StatusCode::NOT_FOUND).build().unwrap();
    let layer = CorsLayer::new(policy).reject_refused();
    let refused = call(&layer, preflight("https://other.example", "PUT"), never_called);
    assert_eq!(refused.status(), StatusCode::NOT_FOUND);
}

/// `Origin`, `Sec-Fetch-Site`, `Host`, and whether the request passes if only `https://app.example` is
/// allowed.
const TABLE: [(&str, &str, &str, bool); 34] = [
    // The browser states the relation.
    ("https://api.example", "same-origin", "10.0.0.7:8080", true),
    ("null", "same-origin", "api.example", true),
    ("https://api.example", "cross-site", "api.example", false),
    ("http://api.example", "same-site", "api.example", false),
    ("https://other.example", "cross-site", "api.example", false),
    ("null", "cross-site", "api.example", false),
    ("https://app.example", "cross-site", "api.example", true),
    // The browser does not state it, or not in a usable form.
    ("https://api.example", "", "api.example", true),
    ("https://api.example", "none", "api.example", true),
    ("https://other.example", "none", "api.example", false),
    ("https://api.example", "Same-Origin", "api.example", true),
    ("https://other.example", "Same-Origin", "api.example", false),
    ("null", "", "api.example", true),
    ("null", "none", "api.example", true),
    // The scheme of the request is unknown.
    ("http://api.example", "", "api.example", true),
    // A host without a port has the default port of the origin's scheme.
    ("https://api.example", "", "api.example:443", true),
    ("http://api.example", "", "api.example:80", true),
    ("https://api.example", "", "api.example:80", false),
    ("https://api.example:8443", "", "api.example:8443", true),
    ("https://api.example:8443", "", "api.example", false),
    ("https://api.example", "", "api.example:8443", false),
    ("foo://api.example", "", "api.example:x", false),
    // Hosts are compared completely and without case.
    ("https://api.example", "", "API.Example", true),
    ("https://api.example", "", "xapi.example", false),
    ("https://xapi.example", "", "api.example", false),
    ("https://api.example.evil.example", "", "api.example", false),
    ("http://[::1]:3000", "", "[::1]:3000", true),
    ("http://[::1]", "", "[::1]:80", true),
    ("http://[::2]", "", "[::1]", false),
    // Hosts that no policy accepts, but that browsers send.
    ("http://dev_box:3000", "", "dev_box:3000", true),
    ("https://api.example.", "", "api.example.", true),
    // Values that no browser sends.
    ("https://api.example/", "", "api.example", false),
    ("api.example", "", "api.example", false),
    ("", "", "", false),
];

#[test]
fn same_origin_requests_pass() {
    let layer = CorsLayer::new(policy()).reject_refused();
    for (origin, site, host, passes) in TABLE {
        let mut headers = vec![("origin", origin), ("host", host)];
        if !site.is_empty() {
            headers.push(("sec-fetch-site", site));
        }
        let response = call(&layer, request("POST", &headers), fine);
        let expected = if passes { StatusCode::OK } else { StatusCode::FORBIDDEN };
        assert_eq!(response.status(), expected, "Origin {origin}, Sec-Fetch-Site {site}, Host {host}");
        // A request that passes is not necessarily shared.
        let shared = origin == "https://app.example";
        assert_eq!(!values(&response, "access-control-allow-origin").is_empty(), shared);
    }
}

#[test]
fn the_authority_of_the_target_overrides_the_host() {
    let layer = CorsLayer::new(policy()).reject_refused();
    let post = |uri: &str, host: Option<&str>| {
        let mut request =
            Request::post(uri).header("origin", "https://api.example").body(Body::default()).unwrap();
        if let Some(host) = host {
            request.headers_mut().insert("host", host.parse().unwrap());
        }
        call(&layer, request, fine).status()
    };
    assert_eq!(post("https://api.example/", None), StatusCode::OK);
    assert_eq!(post("http://api.example:443/", None), StatusCode::OK);
    assert_eq!(post("https://api.example/", Some("other.example")), StatusCode::OK);
    assert_eq!(post("https://other.example/", Some("api.example")), StatusCode::FORBIDDEN);
    assert_eq!(post("/", None), StatusCode::FORBIDDEN);
}

#[test]
fn repeated_headers_do_not_make_a_request_same_origin() {
    let layer = CorsLayer::new(policy()).reject_refused();
    let status = |headers: &[(&str, &str)]| call(&layer, request("POST", headers), fine).status();
    let own = ("origin", "https://api.example");
    let host = ("host", "api.example");
    assert_eq!(status(&[own, host]), StatusCode::OK);
    assert_eq!(status(&[own, own, host]), StatusCode::FORBIDDEN);
    assert_eq!(status(&[own, host, host]), StatusCode::FORBIDDEN);
    let (same, cross) = (("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site"));
    assert_eq!(status(&[own, ("host", "other.example"), same, cross]), StatusCode::FORBIDDEN);
}

#[test]
fn any_origin_is_never_refused() {
    let layer = CorsLayer::new(Policy::builder().allow_any_origin().build().unwrap()).reject_refused();
    for origin in ["https://other.example", "null", "nonsense"] {
        let post = request("POST", &[("origin", origin), ("sec-fetch-site", "cross-site")]);
        assert_eq!(call(&layer, post, fine).status(), StatusCode::OK);
    }
}
