//! The servers of a case, as browsers reach them.

use std::collections::BTreeMap;

use crossorigin::http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::{
    case::{Case, Server},
    serve,
};
use crate::{
    http::{Request, Response, ServerResponse},
    player::CaseServer,
};

/// The servers, by URL.
pub struct Servers(BTreeMap<String, Server>);

impl Servers {
    pub fn new(case: Case) -> Self {
        Self(case.servers)
    }

    /// The response of a policy; `None` if the URL has no server or the request is invalid.
    pub fn response(&self, url: &str, request: &Request) -> Option<String> {
        let method = Method::from_bytes(request.method.as_bytes()).ok()?;
        let mut headers = HeaderMap::new();
        for (name, value) in &request.headers {
            let value: Vec<_> = value.chars().map(|char| u8::try_from(char).unwrap_or(b'?')).collect();
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            headers.append(name, HeaderValue::from_bytes(&value).ok()?);
        }
        Some(serve::response(self.0.get(url)?, &method, &headers))
    }
}

impl CaseServer for Servers {
    fn respond(&mut self, url: &str, request: &Request) -> ServerResponse {
        ServerResponse::Response(
            Self::response(self, url, request).map_or_else(|| Response::new(404), |text| response(&text)),
        )
    }
}

fn response(text: &str) -> Response {
    let mut lines = text.split('\n');
    let status = lines.next().and_then(|status| status.parse().ok()).unwrap_or(500);
    lines
        .filter_map(|line| line.split_once(": "))
        .fold(Response::new(status), |response, (name, value)| response.with(name, value))
}
