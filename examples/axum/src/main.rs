//! Start the server with `cargo run --manifest-path examples/Cargo.toml -p crossorigin-axum-example`, and send requests:
//!
//! ```text
//! curl -i localhost:3000/catalogue -H 'Origin: https://anybody.example'
//! curl -i localhost:3000/account -H 'Origin: http://localhost:8080' -b session=ada
//! curl -i localhost:3000/account -H 'Origin: http://localhost:8080' \
//!      -X OPTIONS -H 'Access-Control-Request-Method: PUT' -H 'Access-Control-Request-Headers: content-type'
//! curl -i localhost:3000/account -H 'Origin: https://anybody.example' -b session=ada
//! ```
//!
//! The program logs what the policies refuse. `FRONT_END=https://app.example` in the environment chooses another front end. If
//! it is not an origin, or if it would get cookies over plain `http`, the program prints the errors and ends.

use std::{env, io};

use crossorigin_axum_example::app;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> io::Result<()> {
    tracing_subscriber::fmt::init();
    let front_end = env::var("FRONT_END").unwrap_or_else(|_| "http://localhost:8080".to_owned());
    match app(&front_end) {
        Ok(app) => axum::serve(TcpListener::bind("localhost:3000").await?, app).await,
        Err(errors) => {
            eprintln!("{errors}");
            std::process::exit(1)
        }
    }
}
