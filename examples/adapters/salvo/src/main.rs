//! Start the server with `cargo run --manifest-path examples/Cargo.toml -p crossorigin-salvo-adapter`.

use std::error::Error;

use crossorigin::server::Policy;
use crossorigin_salvo_adapter::Cors;
use salvo::prelude::*;

#[handler]
async fn item() -> &'static str {
    "a lamp\n"
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let policy = Policy::builder().allow_origin("http://localhost:*").allow_method("PUT").build()?;
    for warning in policy.warnings() {
        eprintln!("warning: {warning}");
    }
    let service = Service::new(Router::with_path("item").get(item)).hoop(Cors(policy));
    Server::new(TcpListener::new("127.0.0.1:3000").bind().await).serve(service).await;
    Ok(())
}
