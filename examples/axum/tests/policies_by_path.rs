//! A policy chosen by the path of a request, with nested routers: if the path is in doubt, the strict policy decides.

use axum::{
    Router,
    body::Body,
    extract::{MatchedPath, OriginalUri},
    http::Request,
    routing::get,
};
use crossorigin::{
    server::Policy,
    tower::{CorsLayer, RequestHead},
};
use tower::ServiceExt as _;

/// Any origin may read the catalogue, and nothing else. `path` returns the path of a request.
fn cors(
    path: impl Fn(RequestHead<'_>) -> Option<String> + Clone,
) -> CorsLayer<impl Fn(RequestHead<'_>) -> Policy + Clone> {
    let catalogue = Policy::builder().allow_any_origin().build().unwrap();
    let account = Policy::builder().allow_origin("https://app.example").allow_credentials().build().unwrap();
    CorsLayer::new(move |head: RequestHead<'_>| match path(head).as_deref() {
        Some("/catalogue") => catalogue.clone(),
        _ => account.clone(),
    })
}

fn routes() -> Router {
    Router::new().route("/catalogue", get(async || "lamps")).route("/account", get(async || "Ada"))
}

/// Returns whether a page of another origin may read the resource at the path.
async fn a_stranger_reads(router: &Router, path: &str) -> bool {
    let request = Request::get(path).header("origin", "https://evil.example").body(Body::empty()).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    response.headers().contains_key("access-control-allow-origin")
}

#[tokio::test]
async fn a_nested_router_sees_paths_without_their_prefix() {
    let cors = cors(|head| Some(head.uri.path().to_owned()));
    let inside = Router::new().nest("/admin", routes().layer(cors.clone()));
    assert!(!a_stranger_reads(&inside, "/admin/account").await);
    // The mistake: inside `nest`, the path of the request is the path of an open resource.
    assert!(a_stranger_reads(&inside, "/admin/catalogue").await);

    let outside = Router::new().nest("/v1", routes()).layer(cors);
    assert!(!a_stranger_reads(&outside, "/v1/account").await);
    assert!(!a_stranger_reads(&outside, "/v1/catalogue").await);
}

#[tokio::test]
async fn the_original_uri_and_the_matched_path_have_the_prefix() {
    let original = cors(|head| Some(head.extensions.get::<OriginalUri>()?.path().to_owned()));
    let layered = |routes: Router| routes.layer(original.clone());
    let nested = Router::new().merge(layered(routes())).nest("/admin", layered(routes()));
    for (path, readable) in
        [("/catalogue", true), ("/account", false), ("/admin/catalogue", false), ("/admin/account", false)]
    {
        assert_eq!(a_stranger_reads(&nested, path).await, readable, "{path}");
    }

    let matched = cors(|head| Some(head.extensions.get::<MatchedPath>()?.as_str().to_owned()));
    let layered = |routes: Router| routes.layer(matched.clone());
    let nested = Router::new().merge(layered(routes())).nest("/admin", layered(routes()));
    for (path, readable) in
        [("/catalogue", true), ("/account", false), ("/admin/catalogue", false), ("/admin/account", false)]
    {
        assert_eq!(a_stranger_reads(&nested, path).await, readable, "{path}");
    }
}
