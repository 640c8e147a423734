//! poem: a middleware. It must be around the whole `Route`, so that responses of the router have the headers too.

use crossorigin::server::{Action, Policy};
use poem::{Endpoint, IntoResponse as _, Middleware, Request, Response, Result};

/// The middleware: `Route::new().with(Cors(policy))`.
pub struct Cors(pub Policy);

/// An endpoint with a policy around it.
pub struct CorsEndpoint<E>(E, Policy);

impl<E: Endpoint> Middleware<E> for Cors {
    type Output = CorsEndpoint<E>;

    fn transform(&self, endpoint: E) -> CorsEndpoint<E> {
        CorsEndpoint(endpoint, self.0.clone())
    }
}

impl<E: Endpoint> Endpoint for CorsEndpoint<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let decision = self.1.decide(request.method(), request.headers()).into_owned();
        let mut response = match decision.action() {
            // Makes responses of errors, too.
            Action::CallHandler => self.0.get_response(request).await,
            Action::Respond(status) => status.into_response(),
        };
        decision.apply(response.headers_mut());
        Ok(response)
    }
}
