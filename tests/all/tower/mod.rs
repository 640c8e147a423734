//! The layer: its effect on the requests, responses, readiness and errors of the inner service.

mod calls;
mod forbidden;
mod guarded;
mod observing;
mod overriding;
mod passing_through;
mod properties;
mod sources;

use std::convert::Infallible;

use ::tower::{Layer as _, ServiceExt as _, service_fn};
use crossorigin::{
    http::{Request, Response, StatusCode},
    server::{Policy, Verdict},
    tower::{CorsLayer, PolicySource},
};

/// A body that cannot be cloned, so that a test knows it is the original one.
#[derive(Debug, Default, PartialEq, Eq)]
struct Body(Vec<&'static str>);

/// `https://app.example`, with credentials, `PUT` and `x-token`.
fn policy() -> Policy {
    Policy::builder()
        .allow_origin("https://app.example")
        .allow_credentials()
        .allow_method("PUT")
        .allow_header("x-token")
        .build()
        .unwrap()
}

/// A method and headers.
fn request(method: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder().method(method).uri("/items/7");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::default()).unwrap()
}

fn preflight(origin: &str, method: &str) -> Request<Body> {
    request("OPTIONS", &[("origin", origin), ("access-control-request-method", method)])
}

/// The response of a layer around this handler.
#[track_caller]
fn call<P: PolicySource + Clone>(
    layer: &CorsLayer<P>,
    request: Request<Body>,
    handler: impl Fn(Request<Body>) -> Response<Body>,
) -> Response<Body> {
    let handler = &handler;
    let inner = service_fn(async move |request| Ok::<_, Infallible>(handler(request)));
    pollster::block_on(layer.layer(inner).oneshot(request)).unwrap()
}

/// A handler that is never called.
fn never_called(request: Request<Body>) -> Response<Body> {
    assert!(request.method().as_str().is_empty(), "the handler was called with {request:?}");
    fine(request)
}

/// A handler that responds with 200 and no headers.
fn fine(_: Request<Body>) -> Response<Body> {
    Response::new(Body(vec!["fine"]))
}

/// The verdict in the extensions of a response.
fn verdict(response: &Response<Body>) -> Option<Verdict> {
    response.extensions().get().copied()
}

/// All values of a header.
fn values<'a>(response: &'a Response<Body>, name: &str) -> Vec<&'a str> {
    response.headers().get_all(name).into_iter().map(|value| value.to_str().unwrap()).collect()
}

#[test]
fn layers_services_and_futures_have_the_auto_traits() {
    fn everywhere<T: Clone + Send + Sync + 'static>(value: T) -> T {
        value
    }
    fn sendable<T: Send + 'static>(_: T) {}

    let layer = everywhere(CorsLayer::new(policy()));
    let mut service = everywhere(layer.layer(service_fn(async |request| Ok::<_, Infallible>(fine(request)))));
    sendable(::tower::Service::call(&mut service, request("GET", &[])));
    assert_eq!(call(&layer, request("GET", &[]), fine).status(), StatusCode::OK);
}
