//! A policy in front of a handler: what a server of the `server` side does, in the oracle.

use crate::browser::{OutgoingRequest, ResponseHead};
use crate::header_list::{HeaderList, HeaderMapError};
use crate::oracle::{Answer, Server};
use crate::server::{self, Explanation, Policy};
use http::{HeaderMap, Method, StatusCode};

/// How many header names a decision can add to a response: seven named `Access-Control-*`, and `Vary`.
const MAX_ADDED_NAMES: usize = 8;

/// A [`Policy`] in front of a handler, which is any [`Server`].
///
/// What does not fit into the types of the `http` crate, which the policy works on, is answered as a server built on
/// them would: 400 for a request with such a header, 500 for a response.
///
/// ```
/// use crossorigin::browser::Page;
/// use crossorigin::http::Response;
/// use crossorigin::oracle::{Oracle, PolicyServer};
/// use crossorigin::server::Policy;
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

    /// What the policy made of the last request, and why. `None` before the first one, and for one with a header that does
    /// not fit.
    #[must_use]
    pub fn explain_last(&self) -> Option<Explanation> {
        self.last.as_ref().map(|(method, headers)| self.policy.explain(method, headers))
    }
}

impl<H: Server> Server for PolicyServer<H> {
    fn answer(&mut self, request: &OutgoingRequest) -> Answer {
        self.last = None;
        let Ok(headers) = HeaderMap::try_from(&request.headers) else {
            return bare(StatusCode::BAD_REQUEST).into();
        };
        let (method, headers) = self.last.insert((request.method.clone(), headers));
        let decision = self.policy.decide(method, headers);
        let mut head = match decision.action() {
            server::Action::Respond(status) => bare(status),
            server::Action::CallHandler => match self.handler.answer(request) {
                Answer::Response(head) => head,
                failure @ Answer::Failure(_) => return failure,
            },
        };
        let mut headers = header_map(&head.headers).unwrap_or_else(|_| {
            head.status = StatusCode::INTERNAL_SERVER_ERROR;
            HeaderMap::new()
        });
        decision.apply(&mut headers);
        Answer::Response(ResponseHead { headers: (&headers).into(), ..head })
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
