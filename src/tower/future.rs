use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use http::{Response, StatusCode};
use pin_project_lite::pin_project;

use crate::server::{Decision, Verdict};

pin_project! {
    /// The response of a [`CorsService`](super::CorsService), to come.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct ResponseFuture<F> {
        #[pin]
        source: Source<F>,
        decision: Decision,
        verdict: Option<Verdict>,
    }
}

pin_project! {
    /// Who answers.
    #[project = SourceProjection]
    #[derive(Debug)]
    enum Source<F> {
        Handler { #[pin] future: F },
        Policy { status: StatusCode },
    }
}

impl<F> ResponseFuture<F> {
    pub(super) fn handler(future: F, decision: Decision, verdict: Option<Verdict>) -> Self {
        Self { source: Source::Handler { future }, decision, verdict }
    }

    pub(super) fn answer(status: StatusCode, decision: Decision, verdict: Option<Verdict>) -> Self {
        Self { source: Source::Policy { status }, decision, verdict }
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
            SourceProjection::Handler { future } => ready!(future.poll(context))?,
            SourceProjection::Policy { status } => {
                let mut response = Response::new(B::default());
                *response.status_mut() = *status;
                response
            }
        };
        this.decision.apply(response.headers_mut());
        if let Some(verdict) = this.verdict {
            response.extensions_mut().insert(*verdict);
        }
        Poll::Ready(Ok(response))
    }
}
