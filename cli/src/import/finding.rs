//! What comes out for a fetch of a capture: the case, its verdict, and what the capture says itself.

use crossorigin::{
    browser::{OutgoingRequest, Reason, RequestKind},
    oracle::{
        Transcript,
        case::{Case, CaseVerdict},
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::{
    capture::{End, Exchange},
    failure::failure_of,
    fetches::{Fetch, Hop},
    next::Next,
    raw_http::is_this_machine,
    request::Asked,
};

/// A fetch has at most 21 requests with as many preflights.
const MAX_RESPONSES: usize = 42;

/// The origins that stand for that of a page that is not known.
pub(super) const UNKNOWN_PAGES: [&str; 2] = ["https://unknown-page", "http://unknown-page"];

/// The origin of an unknown page that requests this URL: nothing follows from it that does not follow from the URL.
pub(super) fn unknown_page(url: &str) -> &'static str {
    let [secure, insecure] = UNKNOWN_PAGES;
    let url = Url::parse(url).ok().filter(|url| url.scheme() == "http");
    let is_insecure = url.is_some_and(|url| url.host_str().is_some_and(|host| !is_this_machine(host)));
    // A page that was loaded over https could not request such a URL.
    if is_insecure { insecure } else { secure }
}

/// The reasons of fetches that no rule refused.
const NOT_REFUSALS: [&str; 5] =
    ["Network", "PreflightNetworkError", "Canceled", "Timeout", "UnsendableRequest"];

/// How many characters of a text of a browser are repeated.
const SHOWN_CHARS: usize = 400;

/// What CORS does with one fetch of a capture.
///
/// `Serialize` writes one object for programs. `Display` prints a report for people.
#[derive(Debug)]
pub struct Finding {
    pub(super) id: String,
    pub(super) page: String,
    pub(super) method: String,
    pub(super) url: String,
    pub(super) outcome: FetchOutcome,
    pub(super) end: End,
    /// What the capture says and the engine does not, or the other way around.
    pub(super) disagreement: Option<String>,
    pub(super) assumptions: Vec<String>,
    pub(super) case: Value,
    pub(super) verdict: CaseVerdict,
    /// How to get what the capture does not have.
    pub(super) next: Option<Next>,
}

/// How a fetch of a capture ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FetchOutcome {
    /// The page gets the response.
    Delivered,
    /// A rule refuses.
    Blocked,
    /// The network failed.
    Failed,
    /// The capture has too few responses.
    Undecided,
}

/// A case that was played: with as many of the captured responses as it needed.
struct Played {
    case: Value,
    verdict: CaseVerdict,
    /// Whether a preflight was needed that the capture does not have.
    has_assumed_preflight: bool,
}

impl Finding {
    /// The number of the fetch's first request in the capture, as text.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How the fetch ends.
    #[must_use]
    pub fn outcome(&self) -> FetchOutcome {
        self.outcome
    }

    /// Returns whether the browser blocked the request for a reason of the page, of which people think that it is CORS.
    pub(super) fn is_blocked_before_cors(&self) -> bool {
        let error = self.transcript().and_then(|transcript| transcript.outcome().as_ref().err());
        error.is_some_and(|error| {
            matches!(error.reason(), Reason::ContentSecurityPolicy | Reason::MixedContent)
        })
    }

    /// What the capture says about a fetch that failed for a reason which is not one of CORS.
    pub(super) fn reported(&self) -> Option<String> {
        let is_open = matches!(self.outcome, FetchOutcome::Failed | FetchOutcome::Undecided);
        match &self.end {
            End::Failed { text, .. } if is_open => Some(shortened(text)),
            _ => None,
        }
    }

    /// Returns whether the capture says something else about the end than the engine.
    #[must_use]
    pub fn is_disagreement(&self) -> bool {
        self.disagreement.is_some()
    }

    pub(super) fn transcript(&self) -> Option<&Transcript> {
        transcript(&self.verdict)
    }

    /// Plays a fetch. `None` if the case is invalid, for instance because of its URL.
    pub(super) fn of_fetch(
        fetch: &Fetch,
        asked: &Asked,
        profile: &str,
        assumptions: &[String],
    ) -> Option<Self> {
        let id = fetch.number.to_string();
        let end = end_of(fetch);
        let mut assumptions = [assumptions, &asked.assumptions].concat();
        let play = |credentials| play(&id, fetch, asked, profile, credentials);
        let played = match asked.credentials {
            Some(credentials) => play(credentials)?,
            None => choose(play("same-origin")?, play("include")?, &end, &mut assumptions),
        };
        if played.has_assumed_preflight {
            let preflight = "The capture has no preflight for this request. The request was sent, so an earlier preflight allowed it.";
            assumptions.push(preflight.to_owned());
        }
        let Played { case, verdict, .. } = played;
        let outcome = transcript(&verdict).map_or(FetchOutcome::Blocked, FetchOutcome::of);
        let next =
            transcript(&verdict).filter(|_| outcome == FetchOutcome::Undecided).and_then(|undecided| {
                let with_empty = with_empty_response(&case);
                Next::after(undecided, &asked.page, with_empty.as_ref().and_then(transcript))
            });
        let mut finding = Self {
            id,
            page: asked.page.clone(),
            method: asked.method.clone(),
            url: asked.url.clone(),
            outcome,
            end,
            disagreement: None,
            assumptions,
            case,
            verdict,
            next,
        };
        finding.disagreement = finding.find_disagreement(&[]);
        Some(finding)
    }

    /// Plays the case that was made for a message.
    pub(super) fn of_case(case: Value, end: End, reasons: &[&str], assumptions: Vec<String>) -> Option<Self> {
        let verdict = Case::deserialize(&case).ok()?.play().ok()?;
        let transcript = transcript(&verdict)?;
        let text = |name| case.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut finding = Self {
            id: text("id"),
            page: text("page"),
            method: transcript.request().method.to_string(),
            url: transcript.request().url.to_string(),
            outcome: FetchOutcome::of(transcript),
            end,
            disagreement: None,
            assumptions,
            case,
            verdict,
            next: None,
        };
        finding.disagreement = finding.find_disagreement(reasons);
        Some(finding)
    }

    /// Compares the outcome with what the capture says. `reasons` are those that the browser's message may stand for.
    fn find_disagreement(&self, reasons: &[&str]) -> Option<String> {
        let error = self.transcript().and_then(|transcript| transcript.outcome().as_ref().err());
        match (&self.end, self.outcome) {
            (End::Failed { text, .. }, FetchOutcome::Delivered) => Some(format!(
                "The browser reports that the request failed ({}), but no rule of CORS refuses what was captured. The \
                 cause is not in the capture, or a part of the capture is missing.",
                shortened(text)
            )),
            (End::Delivered, FetchOutcome::Blocked) => Some(
                "The browser reports no error, but by the rules of CORS the page gets nothing. The response may come \
                 from a cache or from a service worker, or an extension changed it."
                    .to_owned(),
            ),
            (End::Failed { name: Some(name), .. }, FetchOutcome::Blocked) => {
                let ours = error.and_then(|error| error.chromium());
                let is_other = ours.as_ref().is_some_and(|ours| ours != name);
                is_other.then(|| {
                    format!("The browser names {name}, the engine {}.", ours.as_deref().unwrap_or("nothing"))
                })
            }
            (_, FetchOutcome::Blocked | FetchOutcome::Failed) if !reasons.is_empty() => {
                let ours = error.map(|error| error.reason().name());
                let is_other = ours.is_none_or(|ours| !reasons.contains(&ours));
                is_other.then(|| {
                    format!("The message stands for {}, the engine names {}.", reasons.join(" or "), ours.unwrap_or("nothing"))
                })
            }
            _ => None,
        }
    }
}

impl FetchOutcome {
    fn of(transcript: &Transcript) -> Self {
        if is_out_of_responses(transcript) {
            return Self::Undecided;
        }
        match transcript.outcome() {
            Ok(_) => Self::Delivered,
            Err(error) if NOT_REFUSALS.contains(&error.reason().name()) => Self::Failed,
            Err(_) => Self::Blocked,
        }
    }
}

/// The only step of a case; `None` if its request was refused before any fetch began.
fn transcript(verdict: &CaseVerdict) -> Option<&Transcript> {
    let (_, steps) = verdict.runs().next()?;
    steps.first()?.as_ref().ok()
}

/// The verdict on a case whose list of responses has ended, with one more response that has no headers.
fn with_empty_response(case: &Value) -> Option<CaseVerdict> {
    let mut case = case.clone();
    let responses = case.pointer_mut("/steps/0/responses")?.as_array_mut()?;
    responses.push(json!({"status": 200}));
    Case::deserialize(&case).ok()?.play().ok()
}

/// Plays a fetch, and gives the engine the captured responses for which it asks. `None` if the case is invalid.
fn play(id: &str, fetch: &Fetch, asked: &Asked, profile: &str, credentials: &str) -> Option<Played> {
    let mut responses = Vec::new();
    let mut has_assumed_preflight = false;
    let (mut upload_listener, mut is_raw) = (false, false);
    loop {
        let request =
            if is_raw { asked.to_raw_case(credentials) } else { asked.to_case(credentials, upload_listener) };
        let step = json!({"request": request, "responses": responses});
        let case = json!({"id": id, "page": asked.page, "profile": profile, "steps": [step]});
        let Some(verdict) = Case::deserialize(&case).ok().and_then(|case| case.play().ok()) else {
            // The capture names an API that does not make such requests.
            if std::mem::replace(&mut is_raw, true) {
                return None;
            }
            continue;
        };
        let waiting = transcript(&verdict).and_then(waiting_request);
        let response = waiting.filter(|_| responses.len() < MAX_RESPONSES).and_then(|waiting| {
            let is_unexpected = responses.is_empty() && waiting.kind == RequestKind::Actual;
            let has_preflight = fetch.hops.first().is_some_and(|hop| hop.preflight.is_some());
            if is_unexpected && has_preflight && asked.may_have_upload_listener() && !upload_listener {
                upload_listener = true;
                return Some(None);
            }
            response_to(waiting, fetch, asked, &mut has_assumed_preflight).map(Some)
        });
        match response {
            Some(response) => responses.extend(response),
            None => return Some(Played { case, verdict, has_assumed_preflight }),
        }
    }
}

/// The request for which the list of responses had no response.
fn waiting_request(transcript: &Transcript) -> Option<&OutgoingRequest> {
    is_out_of_responses(transcript).then(|| transcript.requests().last()).flatten()
}

fn is_out_of_responses(transcript: &Transcript) -> bool {
    let outcome = transcript.outcome().as_ref();
    outcome.is_err_and(|error| *error.reason() == Reason::NoScriptedResponse)
}

/// The captured response to a request.
fn response_to(
    request: &OutgoingRequest,
    fetch: &Fetch,
    asked: &Asked,
    has_assumed_preflight: &mut bool,
) -> Option<Value> {
    let hop = fetch.hops.get(request.hop)?;
    let exchange = match request.kind {
        RequestKind::Preflight => hop.preflight.as_ref(),
        RequestKind::Actual => hop.actual.as_ref(),
    };
    if let Some(exchange) = exchange {
        return match (&exchange.response, &exchange.end) {
            (Some(response), _) => {
                let headers: Vec<_> = response.headers.iter().collect();
                Some(json!({"status": response.status, "headers": headers}))
            }
            (None, End::Failed { text, .. }) => Some(match failure_of(text) {
                Some(failure) => json!({"failure": failure}),
                None => json!({"network_error": true}),
            }),
            (None, _) => None,
        };
    }
    // The browser blocked the request before a preflight.
    if let Some(Exchange { response: None, end: End::Failed { text, .. }, .. }) = &hop.actual {
        return failure_of(text).map(|failure| json!({"failure": failure}));
    }
    // A browser sent the actual request, so an earlier preflight had allowed it.
    let was_sent = hop.actual.as_ref().is_some_and(|actual| actual.response.is_some());
    (asked.is_of_browser && was_sent).then(|| {
        *has_assumed_preflight = true;
        let value = |name: &str| {
            request.headers.get(&name.parse().ok()?).map(|value| String::from_utf8_lossy(&value).into_owned())
        };
        let origin = value("origin").unwrap_or_default();
        let methods = value("access-control-request-method").unwrap_or_default();
        let names = value("access-control-request-headers").unwrap_or_default();
        let headers = [
            ("access-control-allow-origin", origin.as_str()),
            ("access-control-allow-credentials", "true"),
            ("access-control-allow-methods", methods.as_str()),
            ("access-control-allow-headers", names.as_str()),
        ];
        json!({"status": 204, "headers": headers})
    })
}

/// Chooses between a fetch without credentials and one with them, if the capture does not show which of them was sent.
fn choose(without: Played, with: Played, end: &End, assumptions: &mut Vec<String>) -> Played {
    let outcome =
        |played: &Played| transcript(&played.verdict).map_or(FetchOutcome::Blocked, FetchOutcome::of);
    let reason = |played: &Played| match transcript(&played.verdict).map(Transcript::outcome) {
        Some(Err(error)) => Some(error.reason().to_string()),
        _ => None,
    };
    let (first, second) = (outcome(&without), outcome(&with));
    if first == second {
        return without;
    }
    let unseen = "The capture does not show whether credentials are included";
    let is_expected = |outcome| match end {
        End::Failed { .. } => outcome == FetchOutcome::Blocked,
        End::Delivered => outcome == FetchOutcome::Delivered,
        End::Unknown => false,
    };
    if is_expected(second) && !is_expected(first) {
        assumptions
            .push(format!("{unseen}. Only with credentials the request ends as it did in the browser."));
        return with;
    }
    assumptions.push(match (first, second, reason(&with)) {
        (FetchOutcome::Delivered, FetchOutcome::Blocked, Some(reason)) => {
            format!("{unseen}: none are assumed. Blocked if credentials are included: {reason}.")
        }
        _ => format!("{unseen}: none are assumed."),
    });
    without
}

/// What the capture says about the end of a fetch.
fn end_of(fetch: &Fetch) -> End {
    match fetch.hops.last() {
        Some(Hop { actual: Some(actual), .. }) => actual.end.clone(),
        Some(Hop { preflight: Some(preflight), .. }) if preflight.end != End::Delivered => {
            preflight.end.clone()
        }
        _ => End::Unknown,
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(SHOWN_CHARS).collect()
}
