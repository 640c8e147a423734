//! A server with answers for each URL.

use crate::browser::{OutgoingRequest, RequestKind, ResponseHead, without_fragment};
use crate::header_list::HeaderList;
use crate::oracle::{Answer, Server};
use http::header::{ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN};
use http::{HeaderName, StatusCode};
use std::collections::HashMap;
use url::Url;

/// What may stand in a header value of an answer, and which header of the request it stands for.
const PLACEHOLDERS: [(&str, HeaderName); 3] = [
    ("{origin}", ORIGIN),
    ("{access-control-request-method}", ACCESS_CONTROL_REQUEST_METHOD),
    ("{access-control-request-headers}", ACCESS_CONTROL_REQUEST_HEADERS),
];

/// How many placeholders of one header value are expanded; further ones stay as they are, so that an answer cannot grow
/// with the product of two messages.
const MAX_PLACEHOLDERS: usize = 16;

/// A server with answers for each URL, for preflights and for actual requests apart. The last answer of a list is
/// repeated; a URL without answers is answered with 404.
///
/// A header value may hold `{origin}`, `{access-control-request-method}` and `{access-control-request-headers}`, which
/// stand for that header of the request, or for nothing where it has none.
///
/// ```
/// use crossorigin::browser::Page;
/// use crossorigin::http::Response;
/// use crossorigin::oracle::{Oracle, Routes};
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
    preflight: Answers,
    actual: Answers,
}

#[derive(Debug, Clone)]
struct Answers {
    list: Vec<Answer>,
    given: usize,
}

impl Routes {
    /// Sets the answers of a URL, whose fragment, user name and password do not matter: those to preflights and those to actual requests.
    pub fn insert(&mut self, url: &Url, preflight: Vec<Answer>, actual: Vec<Answer>) {
        let answers = |list| Answers { list, given: 0 };
        let route = Route { preflight: answers(preflight), actual: answers(actual) };
        self.by_url.insert(as_received(url), route);
    }
}

impl Server for Routes {
    fn answer(&mut self, request: &OutgoingRequest) -> Answer {
        let answers = self.by_url.get_mut(&as_received(&request.url)).map(|route| match request.kind {
            RequestKind::Preflight => &mut route.preflight,
            RequestKind::Actual => &mut route.actual,
        });
        match answers.and_then(Answers::next) {
            Some(Answer::Response(head)) => Answer::Response(ResponseHead {
                status: head.status,
                headers: expand(&head.headers, &request.headers),
            }),
            Some(failure) => failure,
            None => {
                Answer::Response(ResponseHead { status: StatusCode::NOT_FOUND, headers: HeaderList::new() })
            }
        }
    }
}

impl Answers {
    fn next(&mut self) -> Option<Answer> {
        let answer = self.list.get(self.given).or(self.list.last()).cloned();
        self.given = self.given.saturating_add(1);
        answer
    }
}

/// A URL as far as a server sees it: without fragment, user name and password.
fn as_received(url: &Url) -> String {
    let mut url = without_fragment(url);
    // Both fail only for URLs that cannot have them.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.into()
}

/// The answer's lines with the request's headers in their places. A request's header value is one in an answer too, so
/// no line is lost.
fn expand(answer: &HeaderList, request: &HeaderList) -> HeaderList {
    let replacements = PLACEHOLDERS.map(|(placeholder, header)| {
        (placeholder.as_bytes(), request.get(&header).unwrap_or_default().into_owned())
    });
    let mut expanded = HeaderList::new();
    for (name, value) in answer {
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
