//! Questions to a policy: what does it answer to these requests?

use super::verdict::sorted;
use super::{CaseAnswer, InvalidCase, Latin1};
use crate::browser::ResponseHead;
use crate::header_list::HeaderList;
use crate::oracle::{Answer, policy_server};
use crate::server::{
    self, Decision, Policy, PolicyConfig, PolicyErrors, PolicyWarning, RequestClass, Verdict,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde::{Deserialize, Serialize};

/// A policy, and requests that it is asked about.
///
/// ```
/// use crossorigin::oracle::case::Question;
/// let question: Question = serde_json::from_str(r#"{
///     "id": "q", "policy": {"origins": ["https://app.example"]},
///     "ask": [{"headers": [["origin", "https://evil.example"]], "handler": {"status": 200}}]}"#)?;
/// let answers = serde_json::to_string(&question.answer()?)?;
/// assert!(answers.contains(r#""verdict":"refuse","reason":"OriginNotAllowed""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Question {
    /// What the answers are known by.
    pub id: String,
    /// The policy, as configuration.
    pub policy: PolicyConfig,
    /// The requests.
    pub ask: Vec<AskedRequest>,
}

/// A request to a server behind a policy.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AskedRequest {
    /// The method, GET if absent.
    #[serde(default)]
    pub method: Option<String>,
    /// The header lines.
    #[serde(default)]
    pub headers: Vec<(String, Latin1)>,
    /// What the handler answers, if it is called; 200 without headers if absent.
    #[serde(default)]
    pub handler: Option<CaseAnswer>,
}

/// What a policy answers to a [`Question`].
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Answers<'a> {
    /// The question's id.
    pub id: &'a str,
    /// One answer for each request; none if the policy does not stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<Vec<PolicyAnswer>>,
    /// What is wrong with the policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub faults: Option<PolicyErrors>,
    /// What is strange about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<PolicyWarning>,
}

/// The answer to one request.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct PolicyAnswer {
    /// `not-cors`, `cors` or `preflight`.
    pub kind: RequestClass,
    /// `share`, `refuse` or `not-applicable`.
    pub verdict: Verdict,
    /// On `refuse`, why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// On `refuse`, a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Whether the handler runs.
    pub calls_handler: bool,
    /// The status of the whole response.
    pub status: u16,
    /// The headers of the whole response, sorted by name.
    pub headers: Vec<(String, Latin1)>,
}

impl Question {
    /// Asks the policy.
    ///
    /// # Errors
    /// If a request or a handler's answer is none. A policy that does not stand is an answer.
    pub fn answer(&self) -> Result<Answers<'_>, InvalidCase> {
        let policy = match self.policy.build() {
            Ok(policy) => policy,
            Err(faults) => {
                return Ok(Answers {
                    id: &self.id,
                    answers: None,
                    faults: Some(faults),
                    warnings: Vec::new(),
                });
            }
        };
        let answers = self.ask.iter().enumerate().map(|(index, asked)| {
            asked.answer(&policy).map_err(|invalid| invalid.inside(format!("ask[{index}]")))
        });
        let answers = Some(answers.collect::<Result<_, _>>()?);
        Ok(Answers { id: &self.id, answers, faults: None, warnings: policy.warnings().to_vec() })
    }
}

impl AskedRequest {
    fn answer(&self, policy: &Policy) -> Result<PolicyAnswer, InvalidCase> {
        let method = self.method.as_deref().unwrap_or("GET");
        let method =
            Method::from_bytes(method.as_bytes()).map_err(|error| InvalidCase::new("method", error))?;
        let headers = header_map(&self.headers)?;
        let decision = policy.decide(&method, &headers);
        let (calls_handler, mut head) = match decision.action() {
            server::Action::Respond(status) => (false, ResponseHead { status, headers: HeaderList::new() }),
            server::Action::CallHandler => (true, self.handled()?),
        };
        let mut headers = policy_server::header_map(&head.headers)
            .map_err(|error| InvalidCase::new("handler.headers", error))?;
        decision.apply(&mut headers);
        head.headers = (&headers).into();
        Ok(PolicyAnswer::new(&decision, calls_handler, &head))
    }

    fn handled(&self) -> Result<ResponseHead, InvalidCase> {
        let answer = self.handler.as_ref().map(CaseAnswer::to_answer).transpose();
        match answer.map_err(|invalid| invalid.inside("handler"))? {
            Some(Answer::Response(head)) => Ok(head),
            Some(Answer::Failure(_)) => Err(InvalidCase::new("handler.network_error", "a handler answers")),
            None => Ok(ResponseHead { status: StatusCode::OK, headers: HeaderList::new() }),
        }
    }
}

impl PolicyAnswer {
    fn new(decision: &Decision<'_>, calls_handler: bool, head: &ResponseHead) -> Self {
        let refusal = decision.refusal();
        Self {
            kind: decision.class(),
            verdict: decision.verdict(),
            reason: refusal.map(|refusal| refusal.name()),
            message: refusal.map(|refusal| refusal.to_string()),
            calls_handler,
            status: head.status.as_u16(),
            headers: sorted(&head.headers),
        }
    }
}

fn header_map(lines: &[(String, Latin1)]) -> Result<HeaderMap, InvalidCase> {
    let mut headers = HeaderMap::new();
    for (index, (name, value)) in lines.iter().enumerate() {
        let at = || format!("headers[{index}]");
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| InvalidCase::new(at(), error))?;
        let value = HeaderValue::from_bytes(value.as_ref()).map_err(|error| InvalidCase::new(at(), error))?;
        headers.try_append(name, value).map_err(|error| InvalidCase::new(at(), error))?;
    }
    Ok(headers)
}
