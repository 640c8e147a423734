//! What the server of a case answers.

use super::{InvalidCase, Latin1};
use crate::browser::{Failure, ResponseHead};
use crate::header_list::HeaderList;
use crate::oracle::{Answer, Routes};
use http::{HeaderName, StatusCode};
use serde::Deserialize;
use std::collections::BTreeMap;
use url::Url;

/// One answer: a status and headers, or a failure of the network.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CaseAnswer {
    /// There is no answer.
    #[serde(default)]
    pub network_error: bool,
    /// The status, 200 if absent.
    #[serde(default)]
    pub status: Option<u16>,
    /// The header lines.
    #[serde(default)]
    pub headers: Vec<(String, Latin1)>,
}

/// The answers of one URL.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CaseRoute {
    /// To preflights, the last one repeated.
    #[serde(default)]
    pub preflight: Vec<CaseAnswer>,
    /// To actual requests, the last one repeated.
    #[serde(default)]
    pub actual: Vec<CaseAnswer>,
}

impl CaseAnswer {
    pub(super) fn to_answer(&self) -> Result<Answer, InvalidCase> {
        if self.network_error {
            return Ok(Answer::Failure(Failure::Network));
        }
        let status = StatusCode::from_u16(self.status.unwrap_or(200))
            .map_err(|_| InvalidCase::new("status", "a status is from 100 to 999"))?;
        let mut headers = HeaderList::new();
        for (index, (name, value)) in self.headers.iter().enumerate() {
            let at = || format!("headers[{index}]");
            let name =
                HeaderName::from_bytes(name.as_bytes()).map_err(|error| InvalidCase::new(at(), error))?;
            headers.append(name, value).map_err(|error| InvalidCase::new(at(), error))?;
        }
        Ok(Answer::Response(ResponseHead { status, headers }))
    }
}

impl CaseRoute {
    pub(super) fn all(routes: &BTreeMap<String, Self>) -> Result<Routes, InvalidCase> {
        let mut server = Routes::default();
        for (url, route) in routes {
            let at = format!("routes[{url}]");
            let parsed = Url::parse(url).map_err(|error| InvalidCase::new(&at, error))?;
            let preflight =
                to_answers("preflight", &route.preflight).map_err(|invalid| invalid.inside(&at))?;
            let actual = to_answers("actual", &route.actual).map_err(|invalid| invalid.inside(&at))?;
            server.insert(&parsed, preflight, actual);
        }
        Ok(server)
    }
}

/// A list of answers, under the name of its field.
pub(super) fn to_answers<C: FromIterator<Answer>>(
    field: &str,
    answers: &[CaseAnswer],
) -> Result<C, InvalidCase> {
    let answers = answers.iter().enumerate();
    answers
        .map(|(index, answer)| {
            answer.to_answer().map_err(|invalid| invalid.inside(format!("{field}[{index}]")))
        })
        .collect()
}
