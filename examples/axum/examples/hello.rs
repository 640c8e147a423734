use axum::{Router, routing::get};
use crossorigin::{server::Policy, tower::CorsLayer};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let policy = Policy::builder()
        .allow_origins(["https://app.example", "https://*.preview.app.example"])
        .allow_method("PUT") // GET, HEAD and POST are always allowed
        .allow_header("content-type")
        .build()?;
    policy.warnings().iter().for_each(|warning| eprintln!("CORS policy: {warning}")); // probable mistakes
    let item = get(|| async { "a lamp" }).put(|| async { "changed" });
    let app = Router::new().route("/items/7", item).layer(CorsLayer::new(policy));
    axum::serve(tokio::net::TcpListener::bind("localhost:3000").await?, app).await?;
    Ok(())
}
