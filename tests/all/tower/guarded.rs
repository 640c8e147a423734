//! The guard in the layer.

use std::convert::Infallible;

use ::tower::{Layer as _, ServiceExt as _, service_fn};
use crossorigin::{
    http::{Request, StatusCode},
    server::{HostGuard, Policy, PolicyRefusal, Verdict},
    tower::CorsLayer,
};

use super::{Body, call, fine, never_called, policy, request, values, verdict};

fn layer() -> CorsLayer {
    CorsLayer::new(policy()).guard(HostGuard::loopback()).expose_verdict()
}

#[test]
fn requests_for_another_host_do_not_reach_the_handler() {
    for method in ["GET", "POST", "OPTIONS"] {
        let response = call(&layer(), request(method, &[("host", "evil.example:3000")]), never_called);
        assert_eq!((response.status(), response.body()), (StatusCode::FORBIDDEN, &Body::default()));
        assert_eq!(response.headers().keys().collect::<Vec<_>>(), ["vary"]);
        assert_eq!(verdict(&response), Some(Verdict::Refuse(PolicyRefusal::HostNotAllowed)));
    }
    let preflight = [
        ("host", "evil.example:3000"),
        ("origin", "https://app.example"),
        ("access-control-request-method", "PUT"),
    ];
    let response = call(&layer(), request("OPTIONS", &preflight), never_called);
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(values(&response, "access-control-allow-origin").is_empty());
}

#[test]
fn requests_for_this_host_are_decided_as_usual() {
    let host = ("host", "localhost:3000");
    let response = call(&layer(), request("GET", &[host]), fine);
    assert_eq!((response.status(), verdict(&response)), (StatusCode::OK, None));
    let response = call(&layer(), request("GET", &[host, ("origin", "https://app.example")]), fine);
    assert_eq!(values(&response, "access-control-allow-origin"), ["https://app.example"]);
    let response = call(&layer(), request("POST", &[host, ("origin", "https://other.example")]), fine);
    assert_eq!(response.status(), StatusCode::OK);
    let response = call(
        &layer().reject_refused(),
        request("POST", &[host, ("origin", "https://other.example")]),
        never_called,
    );
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    let response = call(&layer(), request("POST", &[host, ("origin", "null")]), never_called);
    assert_eq!(verdict(&response), Some(Verdict::Refuse(PolicyRefusal::NullOrigin)));
}

/// An inner layer can respond to preflights in place of an overridable one, but not if the guard refuses them.
#[test]
fn inner_layers_do_not_override_the_guard() {
    let layer = CorsLayer::new(policy()).guard(HostGuard::loopback()).overridable();
    let preflight = |host| {
        let origin = ("origin", "https://app.example");
        request("OPTIONS", &[("host", host), origin, ("access-control-request-method", "PUT")])
    };
    assert_eq!(call(&layer, preflight("evil.example"), never_called).status(), StatusCode::FORBIDDEN);
    assert_eq!(call(&layer, preflight("localhost"), fine).status(), StatusCode::NO_CONTENT);
    // The policy of the inner layer allows no credentials.
    let own = Policy::builder().allow_origin("https://app.example").allow_method("PUT").build().unwrap();
    let service =
        layer.layer(CorsLayer::new(own).layer(service_fn(async |it| Ok::<_, Infallible>(fine(it)))));
    let response = pollster::block_on(service.oneshot(preflight("localhost"))).unwrap();
    assert_eq!(
        (response.status(), values(&response, "access-control-allow-methods")),
        (StatusCode::NO_CONTENT, vec!["PUT"])
    );
    assert!(values(&response, "access-control-allow-credentials").is_empty());
}

/// HTTP/2 has the host in the target.
#[test]
fn the_target_is_checked() {
    let get = |uri: &str| {
        let request = Request::get(uri).body(Body::default()).unwrap();
        call(&layer(), request, fine).status()
    };
    assert_eq!(get("http://localhost:3000/"), StatusCode::OK);
    assert_eq!(get("http://evil.example:3000/"), StatusCode::FORBIDDEN);
    assert_eq!(get("/"), StatusCode::FORBIDDEN);
}
