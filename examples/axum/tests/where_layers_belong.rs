//! Which of the ways in which axum adds a layer put a policy in front of preflights.

use axum::{Router, body::Body, handler::Handler as _, http::Request, routing::get};
use crossorigin::{
    server::{Policy, Verdict},
    tower::CorsLayer,
};
use tower::ServiceExt as _;

fn cors(origin: &str) -> CorsLayer {
    let policy = Policy::builder().allow_origin(origin).allow_method("PUT").build().unwrap();
    CorsLayer::new(policy).expose_verdict()
}

async fn handler() -> &'static str {
    "hello"
}

/// Returns what `https://a.example` gets: the status, and whether the policy shares the response; `None` if no policy decided.
async fn ask(router: &Router, method: &str, path: &str) -> (u16, Option<bool>) {
    let mut request = Request::builder().method(method).uri(path).header("origin", "https://a.example");
    if method == "OPTIONS" {
        request = request.header("access-control-request-method", "PUT");
    }
    let request = request.body(Body::empty()).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let shared = response.extensions().get().map(|verdict: &Verdict| *verdict == Verdict::Share);
    (response.status().as_u16(), shared)
}

#[tokio::test]
async fn around_a_router_and_around_a_path_preflights_come() {
    let (layer, shared) = (|| cors("https://a.example"), Some(true));
    let routers = [
        (Router::new().route("/a", get(handler)).layer(layer()), shared),
        (Router::new().route("/a", get(handler)).route_layer(layer()), None),
        (Router::new().route("/a", get(handler).layer(layer())), None),
    ];
    for (router, where_nothing_is) in routers {
        assert_eq!(ask(&router, "OPTIONS", "/a").await, (204, shared));
        assert_eq!(ask(&router, "GET", "/a").await, (200, shared));
        assert_eq!(ask(&router, "DELETE", "/a").await, (405, shared));
        assert_eq!(ask(&router, "GET", "/missing").await, (404, where_nothing_is));
    }
}

#[tokio::test]
async fn around_a_handler_they_do_not() {
    let layer = || cors("https://a.example");
    for methods in [get(handler).route_layer(layer()), get(handler.layer(layer()))] {
        let router = Router::new().route("/a", methods);
        assert_eq!(ask(&router, "GET", "/a").await, (200, Some(true)));
        assert_eq!(ask(&router, "OPTIONS", "/a").await, (405, None));
    }
}

#[tokio::test]
async fn routes_added_later_are_outside() {
    let router = Router::new().route("/a", get(handler)).layer(cors("https://a.example"));
    let router = router.route("/later", get(handler));
    assert_eq!(ask(&router, "OPTIONS", "/later").await, (405, None));
}

#[tokio::test]
async fn in_merged_routers_the_last_policy_stands_before_what_does_not_exist() {
    let a = || Router::new().route("/a", get(handler));
    let b = || Router::new().route("/b", get(handler));

    let layers = a().layer(cors("https://a.example")).merge(b().layer(cors("https://b.example")));
    assert_eq!(ask(&layers, "GET", "/a").await, (200, Some(true)));
    assert_eq!(ask(&layers, "GET", "/b").await, (200, Some(false)));
    assert_eq!(ask(&layers, "GET", "/a/missing").await, (404, Some(false)));

    let routes = a().route_layer(cors("https://a.example")).merge(b().route_layer(cors("https://b.example")));
    assert_eq!(ask(&routes, "OPTIONS", "/a").await, (204, Some(true)));
    assert_eq!(ask(&routes, "OPTIONS", "/b").await, (403, Some(false)));
    assert_eq!(ask(&routes, "GET", "/a/missing").await, (404, None));
}
