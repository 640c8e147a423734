//! The future of [`CorsService`](super::CorsService).

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use http::{HeaderMap, HeaderName, Response, StatusCode};
use pin_project_lite::pin_project;

use crate::server::{Action, Decision, Verdict, add_to_vary};

pin_project! {
    /// The future of a [`CorsService`](super::CorsService): resolves to the response with its CORS headers
    /// set.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct ResponseFuture<F> {
        #[pin]
        source: Source<F>,
        finish: Finish,
    }
}

pin_project! {
    /// Where the response comes from.
    #[project = SourceProjection]
    #[derive(Debug)]
    enum Source<F> {
        Handler { #[pin] future: F, decision: Decision<'static> },
        // An inner layer or, if none has decided, the handler or the policy.
        Overridable { #[pin] future: F, decision: Decision<'static>, action: Action },
        Policy { status: StatusCode, headers: HeaderMap },
    }
}

/// What every response of a layer gets, beside the headers of the decision.
#[derive(Debug)]
pub(super) struct Finish {
    /// The verdict, if the layer exposes it.
    pub(super) verdict: Option<Verdict>,
    pub(super) vary_on: Option<Arc<[HeaderName]>>,
    /// Whether an outer layer must know that this one has decided.
    pub(super) marks: bool,
}

/// In the extensions of a request: an outer layer leaves the decision to this one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Overridable;

/// In the extensions of a response: a layer has decided about it.
#[derive(Debug, Clone, Copy)]
struct Decided;

impl<F> ResponseFuture<F> {
    pub(super) fn handler(future: F, decision: Decision<'static>, finish: Finish) -> Self {
        Self { source: Source::Handler { future, decision }, finish }
    }

    pub(super) fn overridable(
        future: F,
        decision: Decision<'static>,
        action: Action,
        finish: Finish,
    ) -> Self {
        Self { source: Source::Overridable { future, decision, action }, finish }
    }

    pub(super) fn policy(status: StatusCode, headers: HeaderMap, finish: Finish) -> Self {
        Self { source: Source::Policy { status, headers }, finish }
    }
}

impl<F, B, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Default,
{
    type Output = Result<Response<B>, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = match this.source.project() {
            SourceProjection::Handler { future, decision } => {
                let mut response = ready!(future.poll(context))?;
                decision.apply(response.headers_mut());
                response
            }
            SourceProjection::Overridable { future, decision, action } => {
                let mut response = ready!(future.poll(context))?;
                if response.extensions().get::<Decided>().is_some() {
                    return Poll::Ready(Ok(response));
                }
                if let Action::Respond(status) = *action {
                    response = empty(status, HeaderMap::new());
                }
                decision.apply(response.headers_mut());
                response
            }
            SourceProjection::Policy { status, headers } => empty(*status, std::mem::take(headers)),
        };
        this.finish.apply(&mut response);
        Poll::Ready(Ok(response))
    }
}

fn empty<B: Default>(status: StatusCode, headers: HeaderMap) -> Response<B> {
    let mut response = Response::new(B::default());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

impl Finish {
    fn apply<B>(&self, response: &mut Response<B>) {
        if let Some(names) = &self.vary_on {
            add_to_vary(names, response.headers_mut());
        }
        if let Some(verdict) = self.verdict {
            response.extensions_mut().insert(verdict);
        }
        if self.marks {
            response.extensions_mut().insert(Decided);
        }
    }
}
