//! A policy in front of a handler: what a server of the `server` side does, in the oracle.

use http::{HeaderMap, Method, StatusCode};

use super::server::{Server, ServerResponse};
use crate::{
    browser::{OutgoingRequest, ResponseHead},
    header_list::{HeaderList, HeaderMapError},
    server::{self, Explanation, Policy},
};

/// How many header names a decision can add to a response: seven named `Access-Control-*`, and `Vary`.
const MAX_ADDED_NAMES: usize = 8;

/// A [`Policy`] in front of a handler, which is any [`Server`].
///
/// The policy works on the types of the `http` crate. A request with headers that do not fit into them gets a response
/// of status 400, and a handler's response with such headers becomes one of status 500: values with certain control
/// characters, and more names than a map can hold.
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
/// // The browser knows that there was no header. The policy knows why.
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
    /// The policy in front of the handler.
    pub fn new(policy: Policy, handler: H) -> Self {
        Self { policy, handler, last: None }
    }

    /// Explains the decision about the last request. `None` before the first request, and after one whose headers do not
    /// fit.
    #[must_use]
    pub fn explain_last(&self) -> Option<Explanation> {
        self.last.as_ref().map(|(method, headers)| self.policy.explain(method, headers))
    }
}

impl<H: Server> Server for PolicyServer<H> {
    fn respond(&mut self, request: &OutgoingRequest) -> ServerResponse {
        self.last = None;
        let Ok(headers) = HeaderMap::try_from(&request.headers) else {
            return bare(StatusCode::BAD_REQUEST).into();
        };
        let (method, headers) = self.last.insert((request.method.clone(), headers));
        let decision = self.policy.decide(method, headers);
        let mut head = match decision.action() {
            server::Action::Respond(status) => bare(status),
            server::Action::CallHandler => match self.handler.respond(request) {
                ServerResponse::Response(head) => head,
                failure @ ServerResponse::Failure(_) => return failure,
            },
        };
        let mut headers = header_map(&head.headers).unwrap_or_else(|_| {
            head.status = StatusCode::INTERNAL_SERVER_ERROR;
            HeaderMap::new()
        });
        decision.apply(&mut headers);
        ServerResponse::Response(ResponseHead { headers: (&headers).into(), ..head })
    }
}

/// The headers of a handler's response as a map with room for those that a decision adds.
pub(super) fn header_map(headers: &HeaderList) -> Result<HeaderMap, HeaderMapError> {
    let mut map = HeaderMap::try_from(headers)?;
    map.try_reserve(MAX_ADDED_NAMES).map_err(|_| HeaderMapError::TooMany)?;
    Ok(map)
}

fn bare(status: StatusCode) -> ResponseHead {
    ResponseHead { status, headers: HeaderList::new() }
}
