//! hyper: a policy around a handler. The types are those of the crate `http`, so nothing has to be converted.

use crossorigin::server::{Action, Policy};
use hyper::{Request, Response};

/// Responds to a request with a policy around the handler.
pub async fn with_policy<B, R: Default>(
    policy: &Policy,
    request: Request<B>,
    handler: impl AsyncFnOnce(Request<B>) -> Response<R>,
) -> Response<R> {
    // Owned, because the handler takes the request.
    let decision = policy.decide(request.method(), request.headers()).into_owned();
    let mut response = match decision.action() {
        Action::CallHandler => handler(request).await,
        Action::Respond(status) => {
            let mut response = Response::default();
            *response.status_mut() = status;
            response
        }
    };
    decision.apply(response.headers_mut());
    response
}
