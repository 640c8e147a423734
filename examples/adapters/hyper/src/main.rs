//! Start the server with `cargo run --manifest-path examples/Cargo.toml -p crossorigin-hyper-adapter`.

use std::{convert::Infallible, error::Error};

use crossorigin::server::Policy;
use crossorigin_hyper_adapter::with_policy;
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let policy = Policy::builder().allow_origin("http://localhost:*").allow_method("PUT").build()?;
    for warning in policy.warnings() {
        eprintln!("warning: {warning}");
    }
    let listener = TcpListener::bind("127.0.0.1:3000").await?;
    loop {
        let (stream, _) = listener.accept().await?;
        let policy = policy.clone();
        let respond = service_fn(move |request: Request<Incoming>| {
            let policy = policy.clone();
            async move {
                let handler = async |_| Response::new("a lamp\n".to_owned());
                Ok::<_, Infallible>(with_policy(&policy, request, handler).await)
            }
        });
        tokio::spawn(async move {
            if let Err(error) = http1::Builder::new().serve_connection(TokioIo::new(stream), respond).await {
                eprintln!("{error}");
            }
        });
    }
}
