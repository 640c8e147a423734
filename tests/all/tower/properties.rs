//! The layer does what `decide` and `apply` do, for every combination of policies, requests and responses.

use crossorigin::{
    http::{HeaderMap, Request, Response},
    server::{Action, Policy},
    tower::CorsLayer,
};

use super::{Body, call};

/// The response without the layer, made with `decide` and `apply`.
fn by_hand(
    policy: &Policy,
    request: &Request<Body>,
    handler: impl Fn() -> Response<Body>,
) -> (u16, HeaderMap, Body) {
    let decision = policy.decide(request.method(), request.headers());
    let mut response = match decision.action() {
        Action::CallHandler => handler(),
        Action::Respond(status) => Response::builder().status(status).body(Body::default()).unwrap(),
    };
    decision.apply(response.headers_mut());
    (response.status().as_u16(), response.headers().clone(), response.into_body())
}

fn policies() -> Vec<Policy> {
    let builder = || Policy::builder().allow_method("PUT").allow_header("x-token").expose_header("x-total");
    [
        builder().allow_any_origin(),
        builder().allow_origin("https://app.example"),
        builder()
            .allow_origin("https://*.shop.example")
            .allow_origin("http://localhost:*")
            .allow_credentials(),
        builder()
            .allow_origin("https://app.example")
            .allow_any_header()
            .allow_any_method()
            .allow_credentials(),
        builder().allow_origin("https://app.example").allow_private_network().development(),
        builder().caller_decides_origins(),
    ]
    .map(|builder| builder.build().unwrap())
    .into()
}

type Headers = &'static [(&'static str, &'static str)];

const ORIGINS: [Headers; 7] = [
    &[],
    &[("origin", "https://eu.shop.example")],
    &[("origin", "https://app.example")],
    &[("origin", "https://other.test")],
    &[("origin", "null")],
    &[("origin", "https://app.example/")],
    &[("origin", "https://app.example"), ("origin", "https://app.example")],
];

const PREFLIGHTS: [Headers; 6] = [
    &[],
    &[("access-control-request-method", "PUT")],
    &[("access-control-request-method", "DELETE")],
    &[("access-control-request-method", "PUT"), ("access-control-request-headers", "x-token")],
    &[("access-control-request-method", "PUT"), ("access-control-request-headers", "x-other,,")],
    &[("access-control-request-method", "PUT"), ("access-control-request-private-network", "true")],
];

const RESPONSES: [(u16, Headers); 4] = [
    (200, &[]),
    (404, &[("vary", "Accept, Origin"), ("vary", "*")]),
    (500, &[("access-control-allow-origin", "*"), ("access-control-allow-credentials", "true")]),
    (206, &[("vary", "accept"), ("x-total", "7"), ("access-control-max-age", "5")]),
];

#[test]
fn the_layer_does_what_decide_and_apply_do() {
    let mut cases = 0;
    for policy in policies() {
        let layer = CorsLayer::new(policy.clone());
        for method in ["GET", "POST", "OPTIONS", "PUT"] {
            for (origin, preflight) in
                ORIGINS.iter().flat_map(|origin| PREFLIGHTS.map(|preflight| (*origin, preflight)))
            {
                let request = || super::request(method, &[origin, preflight].concat());
                for (status, headers) in RESPONSES {
                    let handler = || {
                        let mut response = Response::builder().status(status);
                        for (name, value) in headers {
                            response = response.header(*name, *value);
                        }
                        response.body(Body(vec!["body"])).unwrap()
                    };
                    let response = call(&layer, request(), |_| handler());
                    let layered =
                        (response.status().as_u16(), response.headers().clone(), response.into_body());
                    assert_eq!(
                        layered,
                        by_hand(&policy, &request(), handler),
                        "{policy:?} {method} {origin:?} {preflight:?}"
                    );
                    cases += 1;
                }
            }
        }
    }
    assert_eq!(cases, 6 * 4 * 7 * 6 * 4);
}
