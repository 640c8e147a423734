//! Start the server with `cargo run --manifest-path examples/Cargo.toml -p crossorigin-actix-web-adapter`.

use std::error::Error;

use actix_web::{App, HttpServer, middleware::from_fn, web};
use crossorigin::server::Policy;
use crossorigin_actix_web_adapter::cors;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let policy = Policy::builder().allow_origin("http://localhost:*").allow_method("PUT").build()?;
    for warning in policy.warnings() {
        eprintln!("warning: {warning}");
    }
    let policy = web::Data::new(policy);
    let app = move || {
        let item = web::get().to(|| async { "a lamp\n" });
        // The middleware that is added last is the outermost.
        App::new().app_data(policy.clone()).route("/item", item).wrap(from_fn(cors))
    };
    HttpServer::new(app).bind("127.0.0.1:3000")?.run().await?;
    Ok(())
}
