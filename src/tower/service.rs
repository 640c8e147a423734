//! The service that the layer creates.

use std::task::{Context, Poll};

use http::{HeaderMap, Request, Response};
use tower_service::Service;

use super::{
    future::{Finish, Overridable, ResponseFuture},
    hook::Hook,
    layer::CorsLayer,
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
        let layer = &self.layer;
        let policy = layer.policy(head);
        let decision = layer.decide(&policy, head);
        if let Some(Hook(hook)) = &layer.hook {
            hook(head, &decision);
        }
        let finish = Finish {
            verdict: layer.exposed_verdict(&decision),
            vary_on: layer.vary_on.clone(),
            marks: request.extensions().get::<Overridable>().is_some(),
        };
        let action = layer.action(&decision, head);
        if let Action::Respond(status) = action
            && !layer.is_overridable(&decision, head)
        {
            let mut headers = HeaderMap::new();
            decision.apply(&mut headers);
            return ResponseFuture::policy(status, headers, finish);
        }
        let decision = decision.into_owned();
        if layer.is_overridable {
            request.extensions_mut().insert(Overridable);
            return ResponseFuture::overridable(self.inner.call(request), decision, action, finish);
        }
        if let Some(verdict) = finish.verdict {
            request.extensions_mut().insert(verdict);
        }
        ResponseFuture::handler(self.inner.call(request), decision, finish)
    }
}
