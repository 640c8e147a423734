//! The responses of a case.

use std::{collections::BTreeMap, net::IpAddr};

use http::{HeaderName, StatusCode};
use serde::Deserialize;
use url::Url;

use super::{invalid::InvalidCase, latin1::Latin1};
use crate::{
    browser::{Address, Failure, RequestKind, ResponseHead, ResponseType, ServiceWorkerResponse},
    header_list::HeaderList,
    oracle::{routes::Routes, server::ServerResponse},
};

/// One response: a status and headers, or a failure of the network.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseResponse {
    #[serde(default)]
    pub(super) network_error: bool,
    /// Why there is no response. If the page cancels the fetch, status and headers are those of the response that comes in
    /// after that.
    #[serde(default)]
    failure: Option<Failure>,
    /// The address of the server.
    #[serde(default)]
    pub(super) ip: Option<IpAddr>,
    /// 200 if absent.
    #[serde(default)]
    pub(super) status: Option<u16>,
    #[serde(default)]
    pub(super) headers: Vec<(String, Latin1)>,
    /// The kind of request that the response is meant for, if it is known.
    #[serde(default)]
    pub(super) to: Option<KindName>,
    /// Whether it is the page's service worker that responds, and not the server.
    #[serde(default)]
    from: Option<Responder>,
    /// The type of a service worker's response; `default` if absent, because a script made it.
    #[serde(default, rename = "type")]
    kind: Option<String>,
    /// The URL list of a service worker's response; empty if a script made it.
    #[serde(default)]
    urls: Vec<String>,
}

/// A kind of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum KindName {
    Preflight,
    Actual,
}

impl From<KindName> for RequestKind {
    fn from(name: KindName) -> Self {
        match name {
            KindName::Preflight => Self::Preflight,
            KindName::Actual => Self::Actual,
        }
    }
}

/// Who responds, if it is not the server.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Responder {
    ServiceWorker,
}

/// The responses for one URL. The last response of a list is repeated.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseRoute {
    /// The address of the server.
    #[serde(default)]
    pub(super) ip: Option<IpAddr>,
    #[serde(default)]
    preflight: Vec<CaseResponse>,
    #[serde(default)]
    actual: Vec<CaseResponse>,
}

impl CaseResponse {
    /// The response of a handler.
    pub(super) fn of_handler(status: Option<u16>, headers: Vec<(String, Latin1)>) -> Self {
        Self {
            network_error: false,
            failure: None,
            ip: None,
            status,
            headers,
            to: None,
            from: None,
            kind: None,
            urls: Vec::new(),
        }
    }

    /// The response of the page's service worker, if it is one.
    pub(super) fn to_service_worker_response(&self) -> Result<Option<ServiceWorkerResponse>, InvalidCase> {
        let Some(Responder::ServiceWorker) = self.from else { return Ok(None) };
        let kind = self.kind.as_deref().map(str::parse).transpose();
        let kind = kind.map_err(|error| InvalidCase::new("type", error))?;
        let kind =
            kind.unwrap_or(if self.network_error { ResponseType::Error } else { ResponseType::Default });
        let urls = self.urls.iter().map(|url| url.parse());
        let url_list = urls.collect::<Result<_, _>>().map_err(|error| InvalidCase::new("urls", error))?;
        Ok(Some(ServiceWorkerResponse { url_list, ..ServiceWorkerResponse::new(kind, self.head()?) }))
    }

    /// Returns whether it lacks the address of the server that it comes from.
    pub(super) fn needs_address(&self) -> bool {
        self.ip.is_none() && self.from.is_none() && self.failure.is_none() && !self.network_error
    }

    pub(super) fn to_response(&self) -> Result<ServerResponse, InvalidCase> {
        if self.from.is_some() {
            let message = "only the first response of a step can come from a service worker";
            return Err(InvalidCase::new("from", message));
        }
        if self.kind.is_some() || !self.urls.is_empty() {
            let message = "only a response from a service worker can have `type` or `urls`";
            return Err(InvalidCase::new("from", message));
        }
        Ok(match self.failure {
            _ if self.network_error => ServerResponse::Failure(Failure::Network),
            Some(Failure::Canceled) => ServerResponse::Canceled(self.head()?),
            Some(failure) => ServerResponse::Failure(failure),
            None => ServerResponse::Response(self.head()?),
        })
    }

    fn head(&self) -> Result<ResponseHead, InvalidCase> {
        let status = StatusCode::from_u16(self.status.unwrap_or(200))
            .map_err(|_| InvalidCase::new("status", "a status must be from 100 to 999"))?;
        let mut headers = HeaderList::new();
        for (index, (name, value)) in self.headers.iter().enumerate() {
            let at = || format!("headers[{index}]");
            let name =
                HeaderName::from_bytes(name.as_bytes()).map_err(|error| InvalidCase::new(at(), error))?;
            headers.append(name, value).map_err(|error| InvalidCase::new(at(), error))?;
        }
        Ok(ResponseHead { status, headers })
    }
}

impl CaseRoute {
    pub(super) fn all(routes: &BTreeMap<String, Self>) -> Result<Routes, InvalidCase> {
        let mut server = Routes::default();
        for (url, route) in routes {
            let at = format!("routes[{url}]");
            let parsed = Url::parse(url).map_err(|error| InvalidCase::new(&at, error))?;
            let preflight =
                to_responses("preflight", &route.preflight).map_err(|invalid| invalid.inside(&at))?;
            let actual = to_responses("actual", &route.actual).map_err(|invalid| invalid.inside(&at))?;
            server.insert_at(route.ip.map(Address::from), &parsed, preflight, actual);
        }
        Ok(server)
    }
}

/// Converts the responses of a route. `field` is the name of the list, for errors.
fn to_responses(field: &str, responses: &[CaseResponse]) -> Result<Vec<ServerResponse>, InvalidCase> {
    let responses = responses.iter().enumerate();
    responses
        .map(|(index, response)| {
            response.to_response().map_err(|invalid| invalid.inside(format!("{field}[{index}]")))
        })
        .collect()
}
