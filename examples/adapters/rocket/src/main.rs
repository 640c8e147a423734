//! Start the server with `cargo run --manifest-path examples/Cargo.toml -p crossorigin-rocket-adapter`.

use std::error::Error;

use crossorigin::server::Policy;
use crossorigin_rocket_adapter::Cors;
use rocket::{get, routes};

#[get("/item")]
fn item() -> &'static str {
    "a lamp\n"
}

#[rocket::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let policy = Policy::builder().allow_origin("http://localhost:*").allow_method("PUT").build()?;
    for warning in policy.warnings() {
        eprintln!("warning: {warning}");
    }
    rocket::build().mount("/", routes![item]).attach(Cors(policy)).launch().await?;
    Ok(())
}
