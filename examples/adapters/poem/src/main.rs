//! Start the server with `cargo run --manifest-path examples/Cargo.toml -p crossorigin-poem-adapter`.

use std::error::Error;

use crossorigin::server::Policy;
use crossorigin_poem_adapter::Cors;
use poem::{EndpointExt as _, Route, Server, endpoint::make_sync, get, listener::TcpListener};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let policy = Policy::builder().allow_origin("http://localhost:*").allow_method("PUT").build()?;
    for warning in policy.warnings() {
        eprintln!("warning: {warning}");
    }
    let app = Route::new().at("/item", get(make_sync(|_| "a lamp\n"))).with(Cors(policy));
    Server::new(TcpListener::bind("127.0.0.1:3000")).run(app).await?;
    Ok(())
}
