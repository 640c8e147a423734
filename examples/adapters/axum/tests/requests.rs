//! A running server responds as `decide` and `apply` say.

use axum::{Router, http::StatusCode, response::AppendHeaders, routing::get};
use crossorigin_adapter_requests::{OTHERS, TOTAL, check_server, policy};
use crossorigin_axum_adapter::with_policy;

#[tokio::main(flavor = "current_thread")]
async fn serve(listener: std::net::TcpListener) {
    let item = || async { AppendHeaders([TOTAL]) };
    let router = Router::new()
        .route("/item", get(item).options(item))
        .route("/others", get(|| async { AppendHeaders(OTHERS) }))
        .route("/any", get(|| async { [("vary", "*")] }))
        .route("/session", get(|| async { Err::<(), _>(StatusCode::UNAUTHORIZED) }));
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    axum::serve(listener, with_policy(router, policy())).await.unwrap();
}

#[test]
fn responses_are_those_of_decide_and_apply() {
    check_server(serve);
}
