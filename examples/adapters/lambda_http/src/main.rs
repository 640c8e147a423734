//! A function for AWS Lambda. It runs only there; the gateway in front of it must not add CORS headers of its own.

use crossorigin::server::Policy;
use crossorigin_lambda_http_adapter::with_policy;
use lambda_http::{Body, Error, Request, Response, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let policy = Policy::builder().allow_origin("https://app.example").allow_method("PUT").build()?;
    for warning in policy.warnings() {
        eprintln!("warning: {warning}");
    }
    let handler = service_fn(async |_: Request| Ok::<_, Error>(Response::new(Body::from("a lamp\n"))));
    lambda_http::run(with_policy(handler, policy)).await
}
