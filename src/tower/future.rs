//! The future of [`CorsService`](super::CorsService).

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use http::{HeaderMap, Response, StatusCode};
use pin_project_lite::pin_project;

use crate::server::{Decision, Verdict};

pin_project! {
    /// The future of a [`CorsService`](super::CorsService): resolves to the response with its CORS headers
    /// set.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct ResponseFuture<F> {
        #[pin]
        source: Source<F>,
        verdict: Option<Verdict>,
    }
}

pin_project! {
    /// Where the response comes from.
    #[project = SourceProjection]
    #[derive(Debug)]
    enum Source<F> {
        Handler { #[pin] future: F, decision: Decision<'static> },
        Policy { status: StatusCode, headers: HeaderMap },
    }
}

impl<F> ResponseFuture<F> {
    pub(super) fn handler(future: F, decision: Decision<'static>, verdict: Option<Verdict>) -> Self {
        Self { source: Source::Handler { future, decision }, verdict }
    }

    pub(super) fn policy(status: StatusCode, headers: HeaderMap, verdict: Option<Verdict>) -> Self {
        Self { source: Source::Policy { status, headers }, verdict }
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
            SourceProjection::Policy { status, headers } => {
                let mut response = Response::new(B::default());
                *response.status_mut() = *status;
                *response.headers_mut() = std::mem::take(headers);
                response
            }
        };
        if let Some(verdict) = this.verdict {
            response.extensions_mut().insert(*verdict);
        }
        Poll::Ready(Ok(response))
    }
}
