//! A server of the oracle with fixed responses for each URL.

use std::collections::HashMap;

use http::{
    HeaderName, StatusCode,
    header::{ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN},
};
use url::Url;

use super::server::{Server, ServerResponse};
use crate::{
    browser::{Address, OutgoingRequest, RequestKind, ResponseHead, without_credentials, without_fragment},
    header_list::HeaderList,
};

/// The placeholders in header values, each with the request header that replaces it.
const PLACEHOLDERS: [(&str, HeaderName); 3] = [
    ("{origin}", ORIGIN),
    ("{access-control-request-method}", ACCESS_CONTROL_REQUEST_METHOD),
    ("{access-control-request-headers}", ACCESS_CONTROL_REQUEST_HEADERS),
];

/// How many placeholders of one header value are replaced. Further ones stay as they are, because otherwise
/// the size of a response would be the product of two messages' sizes.
const MAX_PLACEHOLDERS: usize = 16;

/// A server with fixed responses for each URL: one list for preflights, and one for actual requests.
///
/// Each request gets the next response of its list. When the list ends, the last response is repeated. If the
/// list is empty or the URL is unknown, the response has status 404.
///
/// The header values of a response can contain `{origin}`, `{access-control-request-method}` and
/// `{access-control-request-headers}`. The value of that request header replaces the placeholder, or nothing
/// if the request does not have the header. Only the first 16 placeholders of a value are replaced.
///
/// ```
/// use crossorigin::{browser::Page, http::Response, oracle::{Oracle, Routes}};
///
/// let echo = Response::builder().header("Access-Control-Allow-Origin", "{origin}").body(())?;
/// let mut routes = Routes::default();
/// routes.insert(&"https://api.example/".parse()?, vec![], vec![echo.into()]);
///
/// let mut oracle = Oracle::new(Page::new("https://app.example/")?);
/// let request = oracle.page().fetch("https://api.example/").build()?;
/// assert!(oracle.fetch(request, &mut routes).outcome().is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Routes {
    by_url: HashMap<String, Route>,
}

#[derive(Debug, Clone)]
struct Route {
    address: Option<Address>,
    preflight: Responses,
    actual: Responses,
}

#[derive(Debug, Clone)]
struct Responses {
    list: Vec<ServerResponse>,
    sent: usize,
}

impl Routes {
    /// Sets the responses for a URL: first those to preflights, then those to actual requests.
    ///
    /// The URL's fragment, user name and password are ignored.
    pub fn insert(&mut self, url: &Url, preflight: Vec<ServerResponse>, actual: Vec<ServerResponse>) {
        self.insert_at(None, url, preflight, actual);
    }

    /// Sets the address of the server and the responses for a URL.
    pub(super) fn insert_at(
        &mut self,
        address: Option<Address>,
        url: &Url,
        preflight: Vec<ServerResponse>,
        actual: Vec<ServerResponse>,
    ) {
        let responses = |list| Responses { list, sent: 0 };
        let route = Route { address, preflight: responses(preflight), actual: responses(actual) };
        self.by_url.insert(as_received(url), route);
    }
}

impl Server for Routes {
    fn address(&mut self, request: &OutgoingRequest) -> Option<Address> {
        self.by_url.get(&as_received(&request.url)).and_then(|route| route.address)
    }

    fn respond(&mut self, request: &OutgoingRequest) -> ServerResponse {
        let responses = self.by_url.get_mut(&as_received(&request.url)).map(|route| match request.kind {
            RequestKind::Preflight => &mut route.preflight,
            RequestKind::Actual => &mut route.actual,
        });
        match responses.and_then(Responses::next) {
            Some(ServerResponse::Response(head)) => ServerResponse::Response(expanded(&head, request)),
            Some(ServerResponse::Judged(head, report)) => {
                ServerResponse::Judged(expanded(&head, request), report)
            }
            Some(ServerResponse::Canceled(head)) => ServerResponse::Canceled(expanded(&head, request)),
            Some(no_response) => no_response,
            None => ServerResponse::Response(ResponseHead {
                status: StatusCode::NOT_FOUND,
                headers: HeaderList::new(),
            }),
        }
    }
}

impl Responses {
    fn next(&mut self) -> Option<ServerResponse> {
        let response = self.list.get(self.sent).or(self.list.last()).cloned();
        self.sent = self.sent.saturating_add(1);
        response
    }
}

/// The URL that a server receives: without fragment, user name and password.
fn as_received(url: &Url) -> String {
    without_credentials(without_fragment(url)).into()
}

fn expanded(head: &ResponseHead, request: &OutgoingRequest) -> ResponseHead {
    ResponseHead { status: head.status, headers: expand(&head.headers, &request.headers) }
}

/// The response's headers with the placeholders replaced by the request's headers.
fn expand(response: &HeaderList, request: &HeaderList) -> HeaderList {
    let replacements = PLACEHOLDERS.map(|(placeholder, header)| {
        (placeholder.as_bytes(), request.get(&header).unwrap_or_default().into_owned())
    });
    let mut expanded = HeaderList::new();
    for (name, value) in response {
        expanded.push_valid(name.clone(), expand_value(value, &replacements));
    }
    expanded
}

fn expand_value(mut rest: &[u8], replacements: &[(&[u8], Vec<u8>)]) -> Vec<u8> {
    let mut expanded = Vec::with_capacity(rest.len());
    let mut left = MAX_PLACEHOLDERS;
    while let Some((&first, tail)) = rest.split_first() {
        let found =
            replacements.iter().find_map(|(placeholder, by)| Some((rest.strip_prefix(*placeholder)?, by)));
        match found {
            Some((after, by)) if left > 0 => {
                expanded.extend_from_slice(by);
                rest = after;
                left = left.saturating_sub(1);
            }
            _ => {
                expanded.push(first);
                rest = tail;
            }
        }
    }
    expanded
}
