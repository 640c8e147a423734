//! Start the server with `cargo run --manifest-path examples/Cargo.toml -p crossorigin-axum-adapter`. The folder
//! `examples/axum` has a larger application.

use std::error::Error;

use axum::{Router, routing::get};
use crossorigin::server::Policy;
use crossorigin_axum_adapter::with_policy;
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let policy = Policy::builder().allow_origin("http://localhost:*").allow_method("PUT").build()?;
    for warning in policy.warnings() {
        eprintln!("warning: {warning}");
    }
    let router = Router::new().route("/item", get(|| async { "a lamp\n" }));
    axum::serve(TcpListener::bind("127.0.0.1:3000").await?, with_policy(router, policy)).await?;
    Ok(())
}
