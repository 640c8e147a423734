//! What came of a case.

use super::{Latin1, Played};
use crate::browser::without_credentials;
use crate::browser::{
    BodyToSend, Cure, NetworkError, OutgoingRequest, Refusal, RequestKind, Response, Warning,
};
use crate::header_list::HeaderList;
use crate::oracle::Transcript;
use crate::standard::StandardStep;
use serde::{Serialize, Serializer};

/// What came of a [`Case`](super::Case): one entry for each of its steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Verdict<'a> {
    /// The case's id.
    pub id: &'a str,
    /// What came of its steps.
    pub steps: Vec<StepVerdict>,
}

/// What came of one step. What does not apply is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the fields are those of the verdict's format, documented there")]
pub struct StepVerdict {
    pub outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cure: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirected: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<Vec<(String, Latin1)>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timing_allowed: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<VerdictWarning>,
    pub requests: Vec<SentRequest>,
}

/// A warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VerdictWarning {
    /// The name of its kind.
    pub kind: &'static str,
    /// A sentence.
    pub message: String,
}

/// A request that went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SentRequest {
    /// `preflight` or `actual`.
    pub kind: &'static str,
    /// The method.
    pub method: String,
    /// The URL.
    pub url: String,
    /// The author's headers and those of the CORS protocol, sorted by name.
    pub headers: Vec<(String, Latin1)>,
    /// Whether credentials go with it.
    pub credentials: bool,
    /// `none`, or `bytes` where the body goes with it.
    pub body: &'static str,
}

impl<'a> Verdict<'a> {
    /// The verdict on a case that was played.
    #[must_use]
    pub fn new(id: &'a str, played: &[Played]) -> Self {
        Self { id, steps: played.iter().map(StepVerdict::new).collect() }
    }
}

/// A transcript as data is the verdict on its fetch.
///
/// ```
/// use crossorigin::browser::Page;
/// use crossorigin::http::Response;
/// use crossorigin::oracle::Oracle;
///
/// let mut oracle = Oracle::new(Page::new("https://app.example/")?);
/// let request = oracle.page().fetch("https://api.example/").build()?;
/// let transcript = oracle.fetch(request, &mut |_: &_| Response::new(()));
/// let data = serde_json::to_value(&transcript)?;
/// assert_eq!(data["reason"], "AllowOriginMissing");
/// assert_eq!(data["requests"][0]["method"], "GET");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Serialize for Transcript {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        StepVerdict::fetched(self).serialize(serializer)
    }
}

impl StepVerdict {
    fn new(played: &Played) -> Self {
        match played {
            Played::Refused(refusal) => Self::refused(refusal),
            Played::Fetched(transcript) => Self::fetched(transcript),
        }
    }

    fn fetched(transcript: &Transcript) -> Self {
        let requests = transcript.requests().map(SentRequest::new).collect();
        match transcript.outcome() {
            Ok(response) => Self { requests, ..Self::delivered(response) },
            Err(error) => Self { requests, ..Self::error(error) },
        }
    }

    fn refused(refusal: &Refusal) -> Self {
        let explained = Self::explained(refusal.reason().to_string(), refusal.step(), &refusal.cure());
        Self { outcome: "refused", reason: Some(refusal.reason().name()), ..explained }
    }

    fn error(error: &NetworkError) -> Self {
        Self {
            outcome: "error",
            reason: Some(error.reason().name()),
            also: error.also().iter().map(|reason| reason.name()).collect(),
            warnings: warnings(error.warnings()),
            ..Self::explained(error.reason().to_string(), error.step(), error.cure())
        }
    }

    fn explained(message: String, step: StandardStep, cure: &Cure) -> Self {
        Self {
            message: Some(message),
            step: Some(step.to_string()),
            link: Some(step.link()),
            cure: cure.lines(),
            ..Self::default()
        }
    }

    fn delivered(response: &Response) -> Self {
        Self {
            outcome: response.response_type().as_str(),
            status: Some(response.status().map_or(0, |status| status.as_u16())),
            url: Some(response.url().map(without_credentials).map(String::from).unwrap_or_default()),
            redirected: Some(response.redirected()),
            headers: Some(sorted(response.headers())),
            timing_allowed: Some(response.timing_allowed()),
            warnings: warnings(response.warnings()),
            ..Self::default()
        }
    }
}

impl SentRequest {
    fn new(request: &OutgoingRequest) -> Self {
        Self {
            kind: match request.kind {
                RequestKind::Preflight => "preflight",
                RequestKind::Actual => "actual",
            },
            method: request.method.to_string(),
            url: request.url.to_string(),
            headers: sorted(&request.headers),
            credentials: request.credentials,
            body: match request.body {
                BodyToSend::None => "none",
                BodyToSend::AsGiven => "bytes",
            },
        }
    }
}

pub(super) fn sorted(headers: &HeaderList) -> Vec<(String, Latin1)> {
    headers.sort_and_combine().iter().map(|(name, value)| (name.to_string(), value.into())).collect()
}

fn warnings(warnings: &[Warning]) -> Vec<VerdictWarning> {
    warnings
        .iter()
        .map(|warning| VerdictWarning { kind: warning.name(), message: warning.to_string() })
        .collect()
}
