//! Questions about a policy: which responses do these requests get?

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde::{Deserialize, Serialize};

use super::{invalid::InvalidCase, latin1::Latin1, response::CaseResponse, verdict::sorted};
use crate::{
    browser::ResponseHead,
    header_list::HeaderList,
    oracle::{policy_server::header_map, server::ServerResponse},
    server::{
        self, Decision, Policy, PolicyConfig, PolicyErrors, PolicyWarning, RequestClass, Verdict,
        with_sources,
    },
};

/// A policy, and requests to a server behind it.
///
/// ```
/// use crossorigin::oracle::case::Question;
///
/// let question: Question = serde_json::from_str(r#"{
///     "id": "q", "policy": {"origins": ["https://app.example"]},
///     "ask": [{"headers": [["origin", "https://evil.example"]], "handler": {"status": 200}}]}"#)?;
/// let responses = serde_json::to_string(&question.decide()?)?;
/// assert!(responses.contains(r#""verdict":"refuse","reason":"OriginNotAllowed""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    id: String,
    policy: PolicyConfig,
    ask: Vec<AskedRequest>,
}

/// A request to a server behind a policy.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct AskedRequest {
    /// GET if absent.
    #[serde(default)]
    method: Option<String>,
    #[serde(default)]
    headers: Vec<(String, Latin1)>,
    /// The handler's response, if it is called; 200 without headers if absent.
    #[serde(default)]
    handler: Option<CaseResponse>,
}

/// The responses of a server behind a policy, one for each request of a [`Question`], or the errors of the policy. They are
/// data to serialize.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyResponses<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<Vec<PolicyResponse>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<PolicyErrors>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<PolicyWarning>,
}

/// The whole response to one request, and the decision that led to it.
#[derive(Debug, Clone, Serialize)]
struct PolicyResponse {
    kind: RequestClass,
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// The name of the refused header.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Latin1>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    calls_handler: bool,
    status: u16,
    headers: Vec<(String, Latin1)>,
}

impl Question {
    /// Builds the policy and lets it decide about each request. The errors of an invalid policy are part of the result.
    ///
    /// # Errors
    /// A request or the response of a handler is invalid.
    pub fn decide(&self) -> Result<PolicyResponses<'_>, InvalidCase> {
        let mut responses =
            PolicyResponses { id: &self.id, answers: None, errors: None, warnings: Vec::new() };
        match self.policy.build() {
            Ok(policy) => {
                let answers = self.ask.iter().enumerate().map(|(index, asked)| {
                    asked.respond(&policy).map_err(|invalid| invalid.inside(format!("ask[{index}]")))
                });
                responses.answers = Some(answers.collect::<Result<_, _>>()?);
                responses.warnings = policy.warnings().to_vec();
            }
            Err(errors) => responses.errors = Some(errors),
        }
        Ok(responses)
    }
}

impl AskedRequest {
    fn respond(&self, policy: &Policy) -> Result<PolicyResponse, InvalidCase> {
        let method = self.method.as_deref().unwrap_or("GET");
        let method =
            Method::from_bytes(method.as_bytes()).map_err(|error| InvalidCase::new("method", error))?;
        let headers = self.header_map()?;
        let decision = policy.decide(&method, &headers);
        let (calls_handler, mut head) = match decision.action() {
            server::Action::Respond(status) => (false, ResponseHead { status, headers: HeaderList::new() }),
            server::Action::CallHandler => (true, self.handle()?),
        };
        let mut response =
            header_map(&head.headers).map_err(|error| InvalidCase::new("handler.headers", error))?;
        decision.apply(&mut response);
        head.headers = (&response).into();
        let name = decision.refusal().and_then(|refusal| refusal.header_name(&headers)).map(Latin1::from);
        Ok(PolicyResponse::new(&decision, name, calls_handler, &head))
    }

    fn header_map(&self) -> Result<HeaderMap, InvalidCase> {
        let mut headers = HeaderMap::new();
        for (index, (name, value)) in self.headers.iter().enumerate() {
            let at = || format!("headers[{index}]");
            let name =
                HeaderName::from_bytes(name.as_bytes()).map_err(|error| InvalidCase::new(at(), error))?;
            let value =
                HeaderValue::from_bytes(value.as_ref()).map_err(|error| InvalidCase::new(at(), error))?;
            headers.try_append(name, value).map_err(|error| InvalidCase::new(at(), error))?;
        }
        Ok(headers)
    }

    fn handle(&self) -> Result<ResponseHead, InvalidCase> {
        let response = self.handler.as_ref().map(CaseResponse::to_response).transpose();
        match response.map_err(|invalid| invalid.inside("handler"))? {
            Some(ServerResponse::Response(head)) => Ok(head),
            Some(_) => {
                Err(InvalidCase::new("handler.network_error", "a handler cannot have a network error"))
            }
            None => Ok(ResponseHead { status: StatusCode::OK, headers: HeaderList::new() }),
        }
    }
}

impl PolicyResponse {
    fn new(decision: &Decision<'_>, name: Option<Latin1>, calls_handler: bool, head: &ResponseHead) -> Self {
        let refusal = decision.refusal();
        Self {
            kind: decision.class(),
            verdict: decision.verdict(),
            reason: refusal.map(|refusal| refusal.name()),
            name,
            message: refusal.map(|refusal| with_sources(&refusal)),
            calls_handler,
            status: head.status.as_u16(),
            headers: sorted(&head.headers),
        }
    }
}
