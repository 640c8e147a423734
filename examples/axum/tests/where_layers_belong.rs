//! Which of the ways in which axum adds a layer put a policy in front of preflights.

use axum::{
    Router,
    body::Body,
    handler::Handler as _,
    http::{HeaderName, Request, StatusCode},
    routing::get,
};
use crossorigin::{
    server::{Policy, Verdict},
    tower::{CorsLayer, RequestHead},
};
use tower::{ServiceBuilder, ServiceExt as _};
use tower_http::{limit::RequestBodyLimitLayer, map_response_body::MapResponseBodyLayer};

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

#[tokio::test]
async fn fallbacks_belong_before_the_layer() {
    let layer = || cors("https://a.example");
    let routes = || Router::new().route("/a", get(handler));
    let missing = || async || (StatusCode::NOT_FOUND, "nothing here");
    assert_eq!(ask(&routes().fallback(missing()).layer(layer()), "GET", "/missing").await, (404, Some(true)));
    assert_eq!(ask(&routes().layer(layer()).fallback(missing()), "GET", "/missing").await, (404, None));

    let not_allowed = || async || (StatusCode::METHOD_NOT_ALLOWED, "not this way");
    let before = routes().method_not_allowed_fallback(not_allowed()).layer(layer());
    assert_eq!(ask(&before, "OPTIONS", "/a").await, (204, Some(true)));
    assert_eq!(ask(&before, "DELETE", "/a").await, (405, Some(true)));
    // The mistake: the fallback responds to preflights of a route that exists.
    let after = routes().layer(layer()).method_not_allowed_fallback(not_allowed());
    assert_eq!(ask(&after, "OPTIONS", "/a").await, (405, None));
    assert_eq!(ask(&after, "DELETE", "/a").await, (405, None));
}

#[tokio::test]
async fn routes_override_the_default_of_the_application() {
    let with_policy = |path: &str, origin| Router::new().route(path, get(handler)).route_layer(cors(origin));
    let routes = with_policy("/a", "https://a.example").merge(with_policy("/b", "https://b.example"));
    let routes = routes.route("/default", get(handler));
    for (default, shared, preflight) in [("https://a.example", true, 204), ("https://c.example", false, 403)]
    {
        let app = routes.clone().layer(cors(default).overridable());
        assert_eq!(ask(&app, "OPTIONS", "/a").await, (204, Some(true)));
        assert_eq!(ask(&app, "GET", "/a").await, (200, Some(true)));
        assert_eq!(ask(&app, "OPTIONS", "/b").await, (403, Some(false)));
        assert_eq!(ask(&app, "GET", "/b").await, (200, Some(false)));
        assert_eq!(ask(&app, "OPTIONS", "/default").await, (preflight, Some(shared)));
        assert_eq!(ask(&app, "GET", "/default").await, (200, Some(shared)));
        assert_eq!(ask(&app, "DELETE", "/default").await, (405, Some(shared)));
        assert_eq!(ask(&app, "GET", "/missing").await, (404, Some(shared)));
    }
}

/// A body that is not [`Default`] must become one that is, before the layer makes empty responses.
#[tokio::test]
async fn bodies_of_other_layers_become_default_bodies() {
    let limit = RequestBodyLimitLayer::new(1024);
    let router = || Router::new().route("/a", get(handler));
    let separate = router().layer(limit).layer(cors("https://a.example"));
    assert_eq!(ask(&separate, "OPTIONS", "/a").await, (204, Some(true)));

    let together = ServiceBuilder::new()
        .layer(cors("https://a.example"))
        .layer(MapResponseBodyLayer::new(Body::new))
        .layer(limit);
    let service = together.clone().service(router());
    let response = service.oneshot(Request::get("/a").body(Body::empty()).unwrap()).await;
    assert_eq!(response.unwrap().headers()["vary"], "origin");
    assert_eq!(ask(&router().layer(together), "OPTIONS", "/a").await, (204, Some(true)));
}

#[tokio::test]
async fn a_layer_adds_the_headers_that_choose_its_policy_to_vary() {
    let any = Policy::builder().allow_any_origin().build().unwrap();
    let none = Policy::builder().allow_no_origin().build().unwrap();
    let layer =
        CorsLayer::new(
            move |head: RequestHead<'_>| {
                if head.headers.contains_key("x-tenant") { any.clone() } else { none.clone() }
            },
        );
    let app =
        Router::new().route("/a", get(handler)).layer(layer.vary_on([HeaderName::from_static("x-tenant")]));
    for method in ["GET", "OPTIONS", "DELETE"] {
        let request = Request::builder().method(method).uri("/a").header("origin", "https://a.example");
        let request = request.header("access-control-request-method", "PUT").body(Body::empty()).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        assert!(response.headers().get_all("vary").iter().any(|value| value == "x-tenant"), "{method}");
    }
}
