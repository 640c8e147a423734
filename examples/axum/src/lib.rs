//! An application with two policies: pages of any origin may read the catalogue, and only one front end may use the accounts of
//! its visitors. Each decision about a request is logged and counted.

mod observability;

use std::time::Duration;

use axum::{
    Json, Router,
    extract::Request,
    http::{StatusCode, header::COOKIE},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::get,
};
use crossorigin::{
    server::{Policy, PolicyErrors},
    tower::CorsLayer,
};
use observability::observe;
use serde::{Deserialize, Serialize};

/// The application, for a front end with this origin.
///
/// # Errors
/// If `front_end` is not an origin, or if it must not get credentials, such as `http://app.example`.
pub fn app(front_end: &str) -> Result<Router, PolicyErrors> {
    let public = Policy::builder().allow_any_origin().expose_header("x-total-count").build()?;
    let account = Policy::builder()
        .allow_origin(front_end)
        .allow_credentials()
        .allow_method("PUT")
        .allow_header("content-type")
        .max_age(Duration::from_secs(600))
        .build()?;
    for warning in public.warnings().iter().chain(account.warnings()) {
        tracing::warn!("CORS policy: {warning}");
    }

    let public = CorsLayer::new(public).on_decision(observe);
    let catalogue = Router::new().route("/catalogue", get(catalogue)).route_layer(public);
    // The layer that is added last is the outermost. It must be outside of the check of sessions, because preflights have no
    // cookies.
    let account = Router::new()
        .route("/account", get(read_account).put(change_account))
        .route_layer(from_fn(require_session))
        .route_layer(CorsLayer::new(account).reject_refused().on_decision(observe));
    Ok(Router::new().merge(catalogue).merge(account))
}

#[derive(Serialize)]
struct Item {
    id: u32,
    name: &'static str,
}

async fn catalogue() -> impl IntoResponse {
    ([("x-total-count", "2")], Json([Item { id: 1, name: "lamp" }, Item { id: 2, name: "chair" }]))
}

#[derive(Serialize, Deserialize)]
struct Account {
    name: String,
}

async fn read_account() -> Json<Account> {
    Json(Account { name: "Ada".to_owned() })
}

async fn change_account(Json(account): Json<Account>) -> Json<Account> {
    Json(account)
}

/// Stands for a real check of sessions.
async fn require_session(request: Request, next: Next) -> Response {
    match request.headers().get(COOKIE) {
        Some(cookie) if cookie == "session=ada" => next.run(request).await,
        _ => StatusCode::UNAUTHORIZED.into_response(),
    }
}
