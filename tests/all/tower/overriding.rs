//! An overridable layer around layers with policies of their own.

use std::{
    convert::Infallible,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use ::tower::{Layer as _, ServiceExt as _, service_fn};
use crossorigin::{
    http::{Request, Response, StatusCode},
    server::{Policy, Verdict},
    tower::CorsLayer,
};

use super::{Body, call, fine, never_called, policy, preflight, request, values, verdict};

fn other() -> Policy {
    Policy::builder().allow_origin("https://other.example").allow_method("DELETE").build().unwrap()
}

fn requests() -> Vec<Request<Body>> {
    let origins = ["https://app.example", "https://other.example", "https://third.example", "null"];
    let of_origin = |origin| {
        [
            request("GET", &[("origin", origin)]),
            request("OPTIONS", &[("origin", origin)]),
            preflight(origin, "PUT"),
            preflight(origin, "DELETE"),
        ]
    };
    let without_origin =
        [request("GET", &[]), request("OPTIONS", &[("access-control-request-method", "PUT")])];
    origins.into_iter().flat_map(of_origin).chain(without_origin).collect()
}

/// The response of a service to a request: everything that is visible.
fn visible(response: &Response<Body>) -> (StatusCode, Vec<(String, String)>, &Body, Option<Verdict>) {
    let headers = response.headers().iter();
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    (response.status(), headers.collect(), response.body(), verdict(response))
}

/// The handler's own response, with a status and headers that show that it ran.
fn handler(_: Request<Body>) -> Response<Body> {
    let response = Response::builder().status(405).header("allow", "GET").header("vary", "accept");
    response.header("access-control-allow-origin", "https://handler.example").body(Body(vec!["405"])).unwrap()
}

#[test]
fn alone_it_responds_as_any_layer_does() {
    for (one, same) in requests().into_iter().zip(requests()) {
        let plain = call(&CorsLayer::new(policy()).expose_verdict(), one, handler);
        let overridable = call(&CorsLayer::new(policy()).expose_verdict().overridable(), same, handler);
        assert_eq!(visible(&plain), visible(&overridable));
    }
}

#[test]
fn the_innermost_layer_decides() {
    let inner = CorsLayer::new(other()).expose_verdict();
    let outer = CorsLayer::new(policy()).expose_verdict().overridable();
    let outermost = CorsLayer::new(Policy::builder().allow_any_origin().build().unwrap()).overridable();
    let inner_overridable = inner.clone().overridable();
    let service = || service_fn(async |request| Ok::<_, Infallible>(handler(request)));
    let requests = || requests().into_iter();
    for (((one, two), three), four) in requests().zip(requests()).zip(requests()).zip(requests()) {
        let expected = call(&inner, one, handler);
        let responses = [
            pollster::block_on(outer.layer(inner.layer(service())).oneshot(two)).unwrap(),
            pollster::block_on(outermost.layer(outer.layer(inner.layer(service()))).oneshot(three)).unwrap(),
            pollster::block_on(outer.layer(inner_overridable.layer(service())).oneshot(four)).unwrap(),
        ];
        for response in &responses {
            assert_eq!(visible(response), visible(&expected));
        }
    }
}

#[test]
fn a_layer_that_is_not_overridable_still_decides() {
    let outer = CorsLayer::new(policy()).expose_verdict();
    let inner = CorsLayer::new(other()).overridable();
    for (one, same) in requests().into_iter().zip(requests()) {
        let service = service_fn(async |request| Ok::<_, Infallible>(fine(request)));
        let response = pollster::block_on(outer.layer(inner.layer(service)).oneshot(one)).unwrap();
        let expected = call(&outer, same, fine);
        assert_eq!(response.status(), expected.status());
        for name in ["access-control-allow-origin", "access-control-allow-credentials"] {
            assert_eq!(values(&response, name), values(&expected, name));
        }
        assert_eq!(verdict(&response), verdict(&expected));
    }
}

#[test]
fn the_inner_service_runs_for_preflights_and_its_response_is_replaced() {
    let calls = AtomicUsize::new(0);
    let layer = CorsLayer::new(policy()).overridable();
    let count = |request| {
        calls.fetch_add(1, Relaxed);
        handler(request)
    };
    let accepted = call(&layer, preflight("https://app.example", "PUT"), count);
    assert_eq!((accepted.status(), accepted.body()), (StatusCode::NO_CONTENT, &Body::default()));
    assert_eq!(values(&accepted, "access-control-allow-methods"), ["PUT"]);
    assert!(values(&accepted, "allow").is_empty());
    let refused = call(&layer, preflight("https://app.example", "PATCH"), count);
    assert_eq!((refused.status(), refused.body()), (StatusCode::FORBIDDEN, &Body::default()));
    assert_eq!(calls.load(Relaxed), 2);
}

#[test]
fn a_default_that_rejects_what_it_refuses_does_not_call_the_handler() {
    let layer = CorsLayer::new(policy()).overridable().reject_refused();
    let refused = || request("POST", &[("host", "api.example"), ("origin", "https://other.example")]);
    assert_eq!(call(&layer, refused(), never_called).status(), StatusCode::FORBIDDEN);
    // The inner layer can still respond to the preflight.
    let inner = CorsLayer::new(other());
    let service = layer.layer(inner.layer(service_fn(async |request| Ok::<_, Infallible>(fine(request)))));
    let status = |request| pollster::block_on(service.clone().oneshot(request)).unwrap().status();
    assert_eq!(status(preflight("https://other.example", "DELETE")), StatusCode::NO_CONTENT);
    assert_eq!(status(refused()), StatusCode::FORBIDDEN);
}

#[test]
fn the_verdict_of_the_default_is_in_the_response_only() {
    let layer = CorsLayer::new(policy()).expose_verdict().overridable();
    let response = call(&layer, request("GET", &[("origin", "https://app.example")]), |request| {
        assert_eq!(request.extensions().get::<Verdict>(), None);
        fine(request)
    });
    assert_eq!(verdict(&response), Some(Verdict::Share));
}

#[test]
fn errors_of_the_inner_service_pass() {
    let layer = CorsLayer::new(policy()).overridable();
    let service = layer.layer(service_fn(async |_: Request<Body>| Err::<Response<Body>, _>("broken")));
    for request in requests() {
        assert_eq!(pollster::block_on(service.clone().oneshot(request)).unwrap_err(), "broken");
    }
}
