//! The layer does not box: a call allocates the header map of the response, and without headers nothing.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    task::{Context, Poll},
};

use crossorigin::{
    http::{HeaderMap, HeaderName, HeaderValue, Request, Response},
    server::Policy,
    tower::CorsLayer,
};
use tower::{Layer as _, Service};

#[derive(Clone)]
struct NoOp;

impl Service<Request<()>> for NoOp {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<()>) -> Self::Future {
        ready(Ok(Response::new(())))
    }
}

fn call(layer: &CorsLayer, origin: &'static str) -> u64 {
    let mut service = layer.layer(NoOp);
    let mut call = |request| pollster::block_on(service.call(request)).unwrap();
    // Values from a connection are shared already. A value made from a text is shared after its first clone.
    let origin = HeaderValue::from_static(origin);
    let request = || Request::get("/").header("origin", &origin).body(()).unwrap();
    drop(call(request()));
    let request = request();
    allocation_counter::measure(|| drop(call(request))).count_total
}

#[test]
fn a_call_allocates_only_the_header_map() {
    let policy = Policy::builder().allow_origin("https://app.example").build().unwrap();
    let layer = CorsLayer::new(policy);
    let map = super::allocations(|| {
        let mut headers = HeaderMap::new();
        headers.insert(HeaderName::from_static("vary"), HeaderValue::from_static("origin"));
        headers
    });
    assert_eq!(call(&layer, "https://app.example"), map);
    assert_eq!(call(&layer, "https://other.example"), map);
    let observed = layer.clone().on_decision(|head, decision| {
        let header = decision.refusal().and_then(|refusal| refusal.header_name(head.headers));
        assert!(header.is_none() && !decision.verdict().name().is_empty());
    });
    assert_eq!(call(&observed, "https://app.example"), map);
    assert_eq!(call(&observed, "https://other.example"), map);
    assert!(call(&layer.expose_verdict(), "https://app.example") > map);
}
