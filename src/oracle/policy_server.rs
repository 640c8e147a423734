//! A policy in front of a handler, as a server of the oracle.

use http::{HeaderMap, Method, StatusCode};

use super::{
    policy_report::PolicyReport,
    server::{Server, ServerResponse},
};
use crate::{
    browser::{Address, OutgoingRequest, ResponseHead},
    header_list::{HeaderList, HeaderMapError},
    server::{self, Explanation, Policy, Verdict},
};

/// How many header names a decision can add to a response: seven that begin with `Access-Control-`, and
/// `Vary`.
const MAX_ADDED_NAMES: usize = 8;

/// A server with a [`Policy`] in front of a handler. The handler is any other [`Server`].
///
/// The policy uses the types of the crate `http`, which cannot hold some values with control characters, or
/// more than 24,576 names. A request with such headers gets a response with status 400. A handler's response
/// with such headers is replaced by one with status 500.
///
/// ```
/// use crossorigin::{
///     browser::Page,
///     http::Response,
///     oracle::{Oracle, PolicyServer},
///     server::Policy,
/// };
///
/// let policy = Policy::builder().allow_origin("https://app.example").allow_method("PUT").build()?;
/// let mut server = PolicyServer::new(policy, |_: &_| Response::new(()));
///
/// let mut oracle = Oracle::new(Page::new("https://app.example/")?);
/// let request = oracle.page().fetch("https://api.example/items/7").method("PUT").build()?;
/// assert!(oracle.fetch(request, &mut server).outcome().is_ok());
///
/// let request = oracle.page().fetch("https://api.example/items/7").method("DELETE").build()?;
/// assert!(oracle.fetch(request, &mut server).outcome().is_err());
///
/// // The browser knows only that a header is missing. The policy knows why.
/// let explanation = server.explain_last().unwrap();
/// assert_eq!(explanation.suggestions[0].to_string(), "allow the method DELETE");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct PolicyServer<H> {
    policy: Policy,
    handler: H,
    last: Option<(Method, HeaderMap)>,
}

impl<H: Server> PolicyServer<H> {
    /// Puts the policy in front of the handler.
    pub fn new(policy: Policy, handler: H) -> Self {
        Self { policy, handler, last: None }
    }

    /// Explains the policy's decision about the last request. `None` before the first request, and if the
    /// last request got status 400 because of its headers.
    #[must_use]
    pub fn explain_last(&self) -> Option<Explanation> {
        self.last.as_ref().map(|(method, headers)| self.policy.explain(method, headers))
    }
}

impl<H: Server> Server for PolicyServer<H> {
    fn address(&mut self, request: &OutgoingRequest) -> Option<Address> {
        self.handler.address(request)
    }

    fn respond(&mut self, request: &OutgoingRequest) -> ServerResponse {
        self.last = None;
        let Ok(headers) = HeaderMap::try_from(&request.headers) else {
            return empty_response(StatusCode::BAD_REQUEST).into();
        };
        let (method, headers) = self.last.insert((request.method.clone(), headers));
        let decision = self.policy.decide(method, headers);
        let report = match decision.verdict() {
            Verdict::Refuse(_) => PolicyReport::of_explanation(self.policy.explain(method, headers)),
            verdict => PolicyReport::of_verdict(verdict),
        };
        let mut head = match decision.action() {
            server::Action::Respond(status) => empty_response(status),
            server::Action::CallHandler => match self.handler.respond(request) {
                ServerResponse::Response(head) | ServerResponse::Judged(head, _) => head,
                no_response => return no_response,
            },
        };
        let mut headers = header_map(&head.headers).unwrap_or_else(|_| {
            head.status = StatusCode::INTERNAL_SERVER_ERROR;
            HeaderMap::new()
        });
        decision.apply(&mut headers);
        ServerResponse::Judged(ResponseHead { headers: (&headers).into(), ..head }, report)
    }
}

/// The headers of a handler's response as a map with room for those that a decision adds.
pub(super) fn header_map(headers: &HeaderList) -> Result<HeaderMap, HeaderMapError> {
    let mut map = HeaderMap::try_from(headers)?;
    map.try_reserve(MAX_ADDED_NAMES).map_err(|_| HeaderMapError::TooMany)?;
    Ok(map)
}

fn empty_response(status: StatusCode) -> ResponseHead {
    ResponseHead { status, headers: HeaderList::new() }
}
