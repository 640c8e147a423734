//! The service that the layer creates.

use std::task::{Context, Poll};

use http::{HeaderMap, Request, Response};
use tower_service::Service;

use super::{
    future::ResponseFuture,
    layer::{CorsLayer, decide},
    source::{PolicySource, RequestHead},
};
use crate::server::{Action, Policy};

/// A service with a policy in front of it, created by a [`CorsLayer`].
#[derive(Debug, Clone)]
pub struct CorsService<S, P = Policy> {
    inner: S,
    layer: CorsLayer<P>,
}

impl<S, P> CorsService<S, P> {
    pub(super) fn new(inner: S, layer: CorsLayer<P>) -> Self {
        Self { inner, layer }
    }

    /// Returns a reference to the inner service.
    pub fn get_ref(&self) -> &S {
        &self.inner
    }

    /// Returns the inner service, and drops the policy.
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

    fn call(&mut self, mut request: Request<RequestBody>) -> Self::Future {
        let head = RequestHead::of(&request);
        let policy = self.layer.policy(head);
        let decision = decide(&policy, head);
        let verdict = self.layer.exposed_verdict(&decision);
        match self.layer.action(&decision, head) {
            Action::Respond(status) => {
                let mut headers = HeaderMap::new();
                decision.apply(&mut headers);
                ResponseFuture::policy(status, headers, verdict)
            }
            Action::CallHandler => {
                let decision = decision.into_owned();
                if let Some(verdict) = verdict {
                    request.extensions_mut().insert(verdict);
                }
                ResponseFuture::handler(self.inner.call(request), decision, verdict)
            }
        }
    }
}
