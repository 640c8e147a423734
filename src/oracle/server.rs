//! The servers of the oracle.

use std::collections::VecDeque;

use super::policy_report::PolicyReport;
use crate::{
    browser::{Address, Failure, OutgoingRequest, ResponseHead},
    server::Verdict,
};

/// A server of the oracle: responds to the requests of a fetch.
///
/// A closure from `&OutgoingRequest` to a [`ServerResponse`], or to anything that converts into one, is a
/// server. A pair of an address and a server is a server with this address:
///
/// ```
/// use crossorigin::{
///     browser::{AddressSpace, Page, Profile, UserAgent},
///     http::Response,
///     oracle::Oracle,
/// };
///
/// let page = Page::new("https://app.example/")?.with_address(AddressSpace::Public);
/// let mut oracle = Oracle::with_user_agent(page, UserAgent::new(Profile::chromium()));
/// let request = oracle.page().fetch("http://192.168.0.1/status").build()?;
/// let mut device = (AddressSpace::Local, |_: &_| Response::new(()));
/// let transcript = oracle.fetch(request, &mut device);
/// let error = transcript.outcome().as_ref().unwrap_err();
/// assert_eq!(error.reason().name(), "LocalNetworkDenied");
/// assert_eq!(transcript.requests().count(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Server {
    /// The address to which this request goes, before it is sent. If the page has an
    /// [address](crate::browser::Page::with_address), each server must have one.
    fn address(&mut self, _request: &OutgoingRequest) -> Option<Address> {
        None
    }

    /// Responds to one request. The oracle calls it once for each request of a fetch, in order.
    fn respond(&mut self, request: &OutgoingRequest) -> ServerResponse;
}

/// What a [`Server`] returns for a request: a response, or the reason why there is no response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerResponse {
    /// The head of a response. The oracle needs no body.
    Response(ResponseHead),
    /// The head of a response, and what the server's policy said about the request.
    Judged(ResponseHead, PolicyReport),
    /// A failure. The browser gets no response.
    Failure(Failure),
    /// The page cancels the fetch before this response comes in.
    Canceled(ResponseHead),
}

impl From<ResponseHead> for ServerResponse {
    fn from(head: ResponseHead) -> Self {
        Self::Response(head)
    }
}

/// Keeps the [`Verdict`] that the layer of this crate left in the response's extensions.
impl<B> From<http::Response<B>> for ServerResponse {
    fn from(response: http::Response<B>) -> Self {
        match response.extensions().get::<Verdict>() {
            Some(verdict) => Self::Judged((&response).into(), PolicyReport::of_verdict(*verdict)),
            None => Self::Response(response.into()),
        }
    }
}

impl From<Failure> for ServerResponse {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl<R: Into<ServerResponse>, E: Into<Failure>> From<Result<R, E>> for ServerResponse {
    fn from(result: Result<R, E>) -> Self {
        result.map_or_else(|failure| Self::Failure(failure.into()), Into::into)
    }
}

impl<F, R> Server for F
where
    F: FnMut(&OutgoingRequest) -> R,
    R: Into<ServerResponse>,
{
    fn respond(&mut self, request: &OutgoingRequest) -> ServerResponse {
        self(request).into()
    }
}

impl<A: Into<Address> + Copy, S: Server> Server for (A, S) {
    fn address(&mut self, _: &OutgoingRequest) -> Option<Address> {
        Some(self.0.into())
    }

    fn respond(&mut self, request: &OutgoingRequest) -> ServerResponse {
        self.1.respond(request)
    }
}

/// A server with a fixed sequence of responses, in the order of the requests.
///
/// If there are more requests than responses, the rest fails with [`Failure::NoScriptedResponse`].
///
/// ```
/// use crossorigin::{browser::Page, http::Response, oracle::{Oracle, Script}};
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
    responses: VecDeque<ServerResponse>,
}

impl Script {
    /// Adds a response to the end of the sequence.
    pub fn push(&mut self, response: impl Into<ServerResponse>) {
        self.responses.push_back(response.into());
    }
}

impl<R: Into<ServerResponse>> FromIterator<R> for Script {
    fn from_iter<I: IntoIterator<Item = R>>(responses: I) -> Self {
        Self { responses: responses.into_iter().map(Into::into).collect() }
    }
}

impl Server for Script {
    fn respond(&mut self, _: &OutgoingRequest) -> ServerResponse {
        self.responses.pop_front().unwrap_or(ServerResponse::Failure(Failure::NoScriptedResponse))
    }
}
