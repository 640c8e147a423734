//! Servers of the oracle.

use crate::browser::{Failure, OutgoingRequest, ResponseHead};
use std::collections::VecDeque;

/// Whoever answers in the oracle. Closures from a request to an answer are servers.
pub trait Server {
    /// Answers one request.
    fn answer(&mut self, request: &OutgoingRequest) -> Answer;
}

/// What comes back for a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A response; its body does not matter.
    Response(ResponseHead),
    /// No response.
    Failure(Failure),
}

impl From<ResponseHead> for Answer {
    fn from(head: ResponseHead) -> Self {
        Self::Response(head)
    }
}

impl<B> From<http::Response<B>> for Answer {
    fn from(response: http::Response<B>) -> Self {
        Self::Response(response.into())
    }
}

impl From<Failure> for Answer {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl<A: Into<Answer>, E: Into<Failure>> From<Result<A, E>> for Answer {
    fn from(result: Result<A, E>) -> Self {
        result.map_or_else(|failure| Self::Failure(failure.into()), Into::into)
    }
}

impl<F, A> Server for F
where
    F: FnMut(&OutgoingRequest) -> A,
    A: Into<Answer>,
{
    fn answer(&mut self, request: &OutgoingRequest) -> Answer {
        self(request).into()
    }
}

/// Answers in the order in which requests go out. A request too many is a failure of the network.
///
/// ```
/// use crossorigin::browser::Page;
/// use crossorigin::http::Response;
/// use crossorigin::oracle::{Oracle, Script};
///
/// let mut oracle = Oracle::new(Page::new("https://app.example/")?);
/// let request = oracle.page().fetch("https://api.example/").build()?;
/// let mut script = Script::default();
/// script.push(Response::builder().header("Access-Control-Allow-Origin", "*").body(())?);
/// assert!(oracle.fetch(request, &mut script).outcome().is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Script {
    answers: VecDeque<Answer>,
}

impl Script {
    /// Adds the next answer.
    pub fn push(&mut self, answer: impl Into<Answer>) {
        self.answers.push_back(answer.into());
    }
}

impl<A: Into<Answer>> FromIterator<A> for Script {
    fn from_iter<I: IntoIterator<Item = A>>(answers: I) -> Self {
        Self { answers: answers.into_iter().map(Into::into).collect() }
    }
}

impl Server for Script {
    fn answer(&mut self, _: &OutgoingRequest) -> Answer {
        self.answers.pop_front().unwrap_or(Answer::Failure(Failure::Network))
    }
}
