//! The responses of a case.

use std::collections::BTreeMap;

use http::{HeaderName, StatusCode};
use serde::Deserialize;
use url::Url;

use super::{invalid::InvalidCase, latin1::Latin1};
use crate::{
    browser::{Failure, ResponseHead},
    header_list::HeaderList,
    oracle::{routes::Routes, server::ServerResponse},
};

/// One response: a status and headers, or a failure of the network.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseResponse {
    #[serde(default)]
    pub(super) network_error: bool,
    /// 200 if absent.
    #[serde(default)]
    pub(super) status: Option<u16>,
    #[serde(default)]
    pub(super) headers: Vec<(String, Latin1)>,
}

/// The responses for one URL. The last response of a list is repeated.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseRoute {
    #[serde(default)]
    preflight: Vec<CaseResponse>,
    #[serde(default)]
    actual: Vec<CaseResponse>,
}

impl CaseResponse {
    pub(super) fn to_response(&self) -> Result<ServerResponse, InvalidCase> {
        if self.network_error {
            return Ok(ServerResponse::Failure(Failure::Network));
        }
        let status = StatusCode::from_u16(self.status.unwrap_or(200))
            .map_err(|_| InvalidCase::new("status", "a status must be from 100 to 999"))?;
        let mut headers = HeaderList::new();
        for (index, (name, value)) in self.headers.iter().enumerate() {
            let at = || format!("headers[{index}]");
            let name =
                HeaderName::from_bytes(name.as_bytes()).map_err(|error| InvalidCase::new(at(), error))?;
            headers.append(name, value).map_err(|error| InvalidCase::new(at(), error))?;
        }
        Ok(ServerResponse::Response(ResponseHead { status, headers }))
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
            server.insert(&parsed, preflight, actual);
        }
        Ok(server)
    }
}

/// Converts a list of responses. `field` is its name, for errors.
pub(super) fn to_responses<C: FromIterator<ServerResponse>>(
    field: &str,
    responses: &[CaseResponse],
) -> Result<C, InvalidCase> {
    let responses = responses.iter().enumerate();
    responses
        .map(|(index, response)| {
            response.to_response().map_err(|invalid| invalid.inside(format!("{field}[{index}]")))
        })
        .collect()
}
