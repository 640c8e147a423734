//! Start the server with `cargo run --manifest-path examples/Cargo.toml -p crossorigin-warp-adapter`.

use std::error::Error;

use crossorigin::server::Policy;
use tokio::net::TcpListener;
use warp::Filter as _;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let policy = Policy::builder().allow_origin("http://localhost:*").allow_method("PUT").build()?;
    for warning in policy.warnings() {
        eprintln!("warning: {warning}");
    }
    let item = warp::path!("item").and(warp::get()).map(|| "a lamp\n".to_owned());
    crossorigin_warp_adapter::serve(TcpListener::bind("127.0.0.1:3000").await?, item, policy).await?;
    Ok(())
}
