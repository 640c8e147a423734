//! Verdicts on cases.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::{
    Case,
    evidence::{ConsoleLines, Decision, PolicyWords, RefusedResponse},
    latin1::Latin1,
};
use crate::{
    browser::{
        BodyToSend, FetchMetadata, Fix, NetworkError, OutgoingRequest, Refusal, RequestKind, Response,
        Warning, without_credentials,
    },
    header_list::HeaderList,
    oracle::transcript::{Event, FirstDifference, Transcript},
    standard::StandardStep,
};

/// The result of one step: the transcript of a fetch, or a refusal before any fetch began.
pub(super) type StepResult = Result<Transcript, Refusal>;

/// A case played in one profile: the profile's name, and the result of each step.
pub(super) type Run = (&'static str, Vec<StepResult>);

/// The result of a [`Case`](super::Case), in one profile or in all of them.
///
/// `Display` prints each step as its [`Transcript`] prints, or its refusal. The text is safe for terminals, as that of
/// transcripts is. `Serialize` writes the verdict of the data format. For a case in all profiles, this has the verdict of each
/// profile, and where each profile first differs from the standard:
///
/// ```
/// use crossorigin::oracle::case::Case;
///
/// let case: Case = serde_json::from_str(r#"{
///     "id": "token", "page": "https://app.example", "profile": "all",
///     "steps": [{"request": {"url": "https://api.example/me", "headers": [["authorization", "Bearer x"]]},
///                "responses": [{"headers": [["access-control-allow-origin", "*"],
///                                           ["access-control-allow-headers", "*"]]},
///                              {"headers": [["access-control-allow-origin", "*"]]}]}]}"#)?;
/// let verdict = serde_json::to_value(case.play()?)?;
/// assert_eq!(verdict["profiles"]["standard"]["steps"][0]["reason"], "AuthorizationNeedsExplicitListing");
/// assert_eq!(verdict["profiles"]["webkit"]["steps"][0]["outcome"], "cors");
/// assert_eq!(verdict["differences"][0]["profile"], "chromium");
/// assert_eq!(verdict["differences"][0]["at"], "steps[0].requests[1]");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct CaseVerdict {
    id: String,
    /// Whether it has all decisions.
    explains: bool,
    runs: Runs,
}

#[derive(Debug, Clone)]
enum Runs {
    One(Run),
    All(Vec<Run>),
}

impl CaseVerdict {
    pub(super) fn of_one(case: &Case, run: Run) -> Self {
        Self { id: case.id.clone(), explains: case.explain, runs: Runs::One(run) }
    }

    pub(super) fn of_all(case: &Case, runs: Vec<Run>) -> Self {
        Self { id: case.id.clone(), explains: case.explain, runs: Runs::All(runs) }
    }

    fn of_steps(&self, steps: &[StepResult]) -> OneVerdict<'_> {
        let steps = steps.iter().map(|step| StepVerdict::new(step, self.explains)).collect();
        OneVerdict { id: &self.id, steps }
    }

    /// The name of each profile in which the case was played, with the result of each step. A step is a fetch, or a refusal
    /// before any fetch began.
    pub fn runs(&self) -> impl Iterator<Item = (&'static str, &[Result<Transcript, Refusal>])> {
        let runs = match &self.runs {
            Runs::One(run) => std::slice::from_ref(run),
            Runs::All(runs) => runs,
        };
        runs.iter().map(|(profile, steps)| (*profile, steps.as_slice()))
    }

    /// Returns whether the case was played in all profiles, and not in one that it names.
    pub(in crate::oracle) fn is_of_all_profiles(&self) -> bool {
        matches!(self.runs, Runs::All(_))
    }
}

/// Where the steps in a profile first differ from the steps by the standard: the index of the step, and the
/// place in it. Refusals do not depend on the profile.
pub(in crate::oracle) fn first_difference(
    standard: &[StepResult],
    steps: &[StepResult],
) -> Option<(usize, FirstDifference)> {
    standard.iter().zip(steps).enumerate().find_map(|(index, pair)| match pair {
        (Ok(standard), Ok(transcript)) => Some((index, standard.first_difference(transcript)?)),
        _ => None,
    })
}

impl Serialize for CaseVerdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.runs {
            Runs::One((_, steps)) => self.of_steps(steps).serialize(serializer),
            Runs::All(runs) => AllVerdicts::new(self, runs).serialize(serializer),
        }
    }
}

/// The verdict of one profile.
#[derive(Serialize)]
struct OneVerdict<'a> {
    id: &'a str,
    steps: Vec<StepVerdict>,
}

/// The verdicts of all profiles, by their names.
#[derive(Serialize)]
struct AllVerdicts<'a> {
    id: &'a str,
    profiles: BTreeMap<&'static str, OneVerdict<'a>>,
    differences: Vec<ProfileDifference>,
}

/// Where a profile first differs from the standard.
#[derive(Serialize)]
struct ProfileDifference {
    profile: &'static str,
    at: String,
}

impl<'a> AllVerdicts<'a> {
    fn new(verdict: &'a CaseVerdict, runs: &[Run]) -> Self {
        let standard = runs.first().map(|(_, steps)| steps.as_slice()).unwrap_or_default();
        let differences = runs.iter().filter_map(|(profile, steps)| {
            let (index, difference) = first_difference(standard, steps)?;
            Some(ProfileDifference { profile, at: format!("steps[{index}].{difference}") })
        });
        let profiles = runs.iter().map(|(profile, steps)| (*profile, verdict.of_steps(steps)));
        Self { id: &verdict.id, differences: differences.collect(), profiles: profiles.collect() }
    }
}

/// The verdict of one step. Fields that do not apply are absent.
#[derive(Default, Serialize)]
struct StepVerdict {
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<VerdictFix>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<RefusedResponse>,
    #[serde(skip_serializing_if = "Option::is_none")]
    console: Option<ConsoleLines>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirected: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<Vec<(String, Latin1)>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timing_allowed: Option<bool>,
    /// Whether a response came from an HTTP cache.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    from_cache: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<VerdictWarning>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decisions: Option<Vec<Decision>>,
    requests: Vec<SentRequest>,
}

/// A fix. Fields that do not apply are absent.
#[derive(Serialize)]
struct VerdictFix {
    side: &'static str,
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lines: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caution: Option<String>,
}

#[derive(Serialize)]
struct VerdictWarning {
    kind: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<VerdictFix>,
}

/// A request that went out.
#[derive(Serialize)]
struct SentRequest {
    kind: &'static str,
    method: String,
    url: String,
    headers: Vec<(String, Latin1)>,
    credentials: bool,
    body: &'static str,
    mode: &'static str,
    destination: &'static str,
    fetch_metadata: Vec<(String, &'static str)>,
    /// The value of `Referer`; empty for a request without this header.
    referrer: String,
    /// What the server's policy said about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<PolicyWords>,
}

/// Writes the verdict on the fetch, as a [`Case`](super::Case) has it for a step.
///
/// ```
/// use crossorigin::{browser::Page, http::Response, oracle::Oracle};
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
        StepVerdict::fetched(self, false).serialize(serializer)
    }
}

impl StepVerdict {
    fn new(step: &StepResult, explains: bool) -> Self {
        match step {
            Ok(transcript) => Self::fetched(transcript, explains),
            Err(refusal) => Self::refused(refusal),
        }
    }

    fn fetched(transcript: &Transcript, explains: bool) -> Self {
        let requests = SentRequest::all(transcript.events());
        let decisions = explains.then(|| Decision::all(transcript.events()));
        let warnings = VerdictWarning::all(&transcript.warnings());
        let from_cache = transcript.events().contains(&Event::FromCache);
        match transcript.outcome() {
            Ok(response) => Self { requests, decisions, warnings, from_cache, ..Self::delivered(response) },
            Err(error) => {
                Self { requests, decisions, warnings, from_cache, ..Self::error(error, &transcript.fixes()) }
            }
        }
    }

    fn refused(refusal: &Refusal) -> Self {
        let explained = Self::explained(refusal.reason().to_string(), refusal.step(), refusal.fixes());
        Self { outcome: "refused", reason: Some(refusal.reason().name()), ..explained }
    }

    fn error(error: &NetworkError, fixes: &[Fix]) -> Self {
        Self {
            outcome: "error",
            reason: Some(error.reason().name()),
            response: error.response().map(RefusedResponse::new),
            console: ConsoleLines::new(error),
            also: error.other_reasons().iter().map(|reason| reason.name()).collect(),
            ..Self::explained(error.reason().to_string(), error.step(), fixes)
        }
    }

    fn explained(message: String, step: StandardStep, fixes: &[Fix]) -> Self {
        Self {
            message: Some(message),
            step: Some(step.to_string()),
            link: Some(step.link()),
            fixes: fixes.iter().map(VerdictFix::new).collect(),
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
            ..Self::default()
        }
    }
}

impl VerdictFix {
    fn new(fix: &Fix) -> Self {
        Self {
            side: fix.side().name(),
            text: fix.text().to_owned(),
            lines: fix.lines(),
            caution: fix.caution().map(str::to_owned),
        }
    }
}

impl VerdictWarning {
    fn all(warnings: &[Warning]) -> Vec<Self> {
        let verdicts = warnings.iter().map(|warning| Self {
            kind: warning.name(),
            message: warning.to_string(),
            fixes: warning.fixes().iter().map(VerdictFix::new).collect(),
        });
        verdicts.collect()
    }
}

impl SentRequest {
    /// The requests of a fetch, each with what the server's policy said about it.
    fn all(events: &[Event]) -> Vec<Self> {
        let mut requests: Vec<Self> = Vec::new();
        for event in events {
            match (event, requests.last_mut()) {
                (Event::Sent(request), _) => requests.push(Self::new(request)),
                (Event::Judged(report), Some(request)) => request.policy = Some(PolicyWords::new(report)),
                _ => {}
            }
        }
        requests
    }

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
            mode: request.mode.as_str(),
            destination: request.destination.as_str(),
            fetch_metadata: request
                .fetch_metadata
                .iter()
                .flat_map(FetchMetadata::lines)
                .map(|(name, value)| (name.to_string(), value))
                .collect(),
            referrer: request.referrer.as_ref().map(ToString::to_string).unwrap_or_default(),
            policy: None,
        }
    }
}

pub(super) fn sorted(headers: &HeaderList) -> Vec<(String, Latin1)> {
    headers.sort_and_combine().iter().map(|(name, value)| (name.to_string(), value.into())).collect()
}
