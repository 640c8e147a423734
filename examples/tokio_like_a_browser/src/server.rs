//! A server on loopback for the example and its tests.

use std::{convert::Infallible, io, time::Duration};

use axum::{
    Router,
    body::{Body, Bytes},
    http::HeaderMap,
    response::Redirect,
    routing::{get, put},
};
use crossorigin::{
    server::{Policy, PolicyErrors},
    tower::CorsLayer,
};
use futures_util::stream;

/// Starts the server in a task, and returns its base URL. It shares everything with `https://app.example`.
///
/// # Errors
/// If there is no free port on loopback.
pub async fn start() -> io::Result<String> {
    let policy = policy().map_err(io::Error::other)?;
    let app = Router::new()
        .route("/items/{number}", put(|body: Bytes| async move { format!("stored {} bytes", body.len()) }))
        .route("/old/items/7", put(|| async { Redirect::temporary("/items/7") }))
        .route("/login", get(|| async { ([("set-cookie", "session=1")], "welcome") }))
        .route("/cookies", get(|headers: HeaderMap| async move { has_cookie(&headers) }))
        .route("/slow", get(|| async { tokio::time::sleep(Duration::from_secs(60)).await }))
        .route(
            "/chunks",
            get(|| async { Body::from_stream(stream::iter(["a", "b"].map(Ok::<_, Infallible>))) }),
        )
        .layer(CorsLayer::new(policy));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let base = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(base)
}

fn policy() -> Result<Policy, PolicyErrors> {
    let policy = Policy::builder().allow_origin("https://app.example").allow_credentials();
    let policy = policy.allow_method("PUT").allow_header("content-type").max_age(Duration::from_secs(60));
    policy.build()?.deny_warnings(&[])
}

fn has_cookie(headers: &HeaderMap) -> &'static str {
    if headers.contains_key("cookie") { "a cookie" } else { "no cookie" }
}
