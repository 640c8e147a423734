use std::task::{Context, Poll};

use http::{Request, Response};
use tower_service::Service;

use crate::server::{Answer, Policy};

use super::{future::ResponseFuture, layer::CorsLayer, source::PolicySource};

/// A service with a policy in front of it, made by [`CorsLayer`].
#[derive(Debug, Clone)]
pub struct CorsService<S, P = Policy> {
    inner: S,
    layer: CorsLayer<P>,
}

impl<S, P> CorsService<S, P> {
    pub(super) fn new(inner: S, layer: CorsLayer<P>) -> Self {
        Self { inner, layer }
    }

    /// The inner service.
    pub fn get_ref(&self) -> &S {
        &self.inner
    }

    /// The inner service.
    pub fn get_mut(&mut self) -> &mut S {
        &mut self.inner
    }

    /// The inner service, without the policy.
    pub fn into_inner(self) -> S {
        self.inner
    }
}

impl<S, P, RequestBody, ResponseBody> Service<Request<RequestBody>> for CorsService<S, P>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
    P: PolicySource,
    ResponseBody: Default,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let (mut head, body) = request.into_parts();
        let decision = self.layer.decide(&head);
        let verdict = self.layer.verdict_to_insert(&decision);
        match self.layer.answer(&decision, &head) {
            Answer::Respond(status) => ResponseFuture::answer(status, decision, verdict),
            Answer::CallHandler => {
                if let Some(verdict) = verdict {
                    head.extensions.insert(verdict);
                }
                let future = self.inner.call(Request::from_parts(head, body));
                ResponseFuture::handler(future, decision, verdict)
            }
        }
    }
}
