//! Readiness, errors and bodies belong to the inner service.

use std::{
    future::{Future, Ready, ready},
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use ::tower::{Layer as _, Service};
use crossorigin::{
    http::{Request, Response},
    tower::CorsLayer,
};

use super::{Body, policy, preflight, request, values};

/// A service that is ready, or fails to be, after some polls. It counts the polls.
struct Readiness {
    polls: u32,
    pending: u32,
    outcome: Result<(), &'static str>,
}

impl Service<Request<Body>> for Readiness {
    type Response = Response<Body>;
    type Error = &'static str;
    type Future = Ready<Result<Response<Body>, &'static str>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        self.polls += 1;
        if self.polls <= self.pending {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.outcome)
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        ready(Err("the handler failed"))
    }
}

#[test]
fn readiness_is_that_of_the_inner_service() {
    let mut context = Context::from_waker(Waker::noop());
    for outcome in [Ok(()), Err("out of order")] {
        let mut service = CorsLayer::new(policy()).layer(Readiness { polls: 0, pending: 2, outcome });
        assert_eq!(service.poll_ready(&mut context), Poll::Pending);
        assert_eq!(service.poll_ready(&mut context), Poll::Pending);
        assert_eq!(service.poll_ready(&mut context), Poll::Ready(outcome));
        assert_eq!(service.get_ref().polls, 3);
    }
}

#[test]
fn errors_are_those_of_the_inner_service() {
    let mut service = CorsLayer::new(policy()).layer(Readiness { polls: 0, pending: 0, outcome: Ok(()) });
    let error = pollster::block_on(service.call(request("GET", &[("origin", "https://app.example")])));
    assert_eq!(error.unwrap_err(), "the handler failed");
    assert!(pollster::block_on(service.call(preflight("https://app.example", "PUT"))).is_ok());
    assert_eq!(service.into_inner().polls, 0);
}

/// A response after one pending poll.
struct Slow(Option<Response<Stream>>, bool);

impl Future for Slow {
    type Output = Result<Response<Stream>, ()>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        if std::mem::replace(&mut self.1, true) {
            Poll::Ready(self.0.take().ok_or(()))
        } else {
            Poll::Pending
        }
    }
}

/// A body with several frames that counts how many were taken.
#[derive(Default)]
struct Stream {
    frames: Vec<&'static str>,
    taken: usize,
}

impl Stream {
    fn next(&mut self) -> Option<&'static str> {
        self.taken += 1;
        self.frames.pop()
    }
}

struct Streaming;

impl Service<Request<Body>> for Streaming {
    type Response = Response<Stream>;
    type Error = ();
    type Future = Slow;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Slow {
        Slow(Some(Response::new(Stream { frames: request.into_body().0, taken: 0 })), false)
    }
}

#[test]
fn streams_pass_untouched_in_both_directions() {
    let (parts, _) = request("POST", &[("origin", "https://app.example")]).into_parts();
    let request = Request::from_parts(parts, Body(vec!["last", "first"]));
    let mut service = CorsLayer::new(policy()).layer(Streaming);
    let mut future = pin!(service.call(request));

    let mut context = Context::from_waker(Waker::noop());
    assert!(future.as_mut().poll(&mut context).is_pending());
    let response = match future.poll(&mut context) {
        Poll::Ready(response) => response.ok(),
        Poll::Pending => None,
    };
    let response = response.unwrap();
    let origin = response.headers().get("access-control-allow-origin");
    assert_eq!(origin.unwrap(), "https://app.example");

    let mut body = response.into_body();
    assert_eq!(body.taken, 0);
    assert_eq!((body.next(), body.next(), body.next()), (Some("first"), Some("last"), None));
}

#[test]
fn extensions_and_versions_pass_too() {
    #[derive(Clone, Debug, PartialEq)]
    struct Mark(u32);

    let mut request = request("GET", &[]);
    request.extensions_mut().insert(Mark(7));
    let response = super::call(&CorsLayer::new(policy()), request, |request| {
        assert_eq!(request.extensions().get(), Some(&Mark(7)));
        assert_eq!(request.uri(), "/items/7");
        let mut response = super::fine(request);
        response.extensions_mut().insert(Mark(8));
        response
    });
    assert_eq!(response.extensions().get(), Some(&Mark(8)));
    assert_eq!(values(&response, "vary"), ["origin"]);
}
