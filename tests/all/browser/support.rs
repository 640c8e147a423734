//! A small vocabulary for whole exchanges: the request of a page, the responses, and the outcome.
//!
//! ```text
//! exchange("PUT", B).header("X-A", "1")
//!     .responses([pf().allow_origin(A).allow_methods("PUT").allow_headers("x-a"), ok().allow_origin(A)])
//!     .delivered(Cors);
//! ```
//!
//! The list of responses is an assertion of its own. Each belongs to a preflight or to an actual request, and
//! a test fails if the exchange sends another kind of request, or more or fewer requests. Every run also
//! checks the properties of all exchanges; see `Browser::run`.

mod request;
mod response;

use std::time::Duration;

pub(crate) use ResponseType::{Basic, Cors, Opaque, OpaqueRedirect};
use crossorigin::{
    browser::{
        BodyToSend, Failure, NetworkError, OutgoingRequest, Profile, Request, RequestKind, Response,
        ResponseType, UserAgent,
    },
    oracle::{Oracle, Transcript},
};
pub(crate) use request::{Call, exchange, page};
pub(crate) use response::{ScriptedResponse, lost, lost_preflight, ok, pf, redirect};

/// The page's origin, unless a test says otherwise.
pub(crate) const A: &str = "https://a.test";
/// Another origin, on another site.
pub(crate) const B: &str = "https://b.test";
/// A third origin, on a third site.
pub(crate) const C: &str = "https://c.test";

/// A change of a profile: one rule gets the value of this engine.
pub(crate) fn rule(name: &'static str, of: Profile) -> impl Fn(&mut Profile) + Clone {
    move |profile| *profile = profile.clone().with_rule_of(name, &of)
}

/// A browser with its cache, its profile and a clock, for several exchanges in a row.
#[derive(Debug, Clone)]
pub(crate) struct Browser(Oracle);

impl Browser {
    pub(crate) fn standard() -> Self {
        Self::with(|_| {})
    }

    /// A browser with a changed standard profile.
    pub(crate) fn with(change: impl FnOnce(&mut Profile)) -> Self {
        let mut profile = Profile::standard();
        change(&mut profile);
        Self(Oracle::with_user_agent(page(A), UserAgent::new(profile)))
    }

    pub(crate) fn wait(&mut self, seconds: u64) -> &mut Self {
        self.0.advance(Duration::from_secs(seconds));
        self
    }

    pub(crate) fn oracle(&mut self) -> &mut Oracle {
        &mut self.0
    }

    /// The cache entries, as `origin URL method-or-name`, sorted.
    pub(crate) fn cached(&self) -> Vec<String> {
        use crossorigin::browser::CachedPermission::{HeaderName, Method};
        let entries = self.0.user_agent().cache().entries(self.0.now());
        let mut lines: Vec<_> = entries
            .map(|entry| {
                let (Method(name) | HeaderName(name)) = entry.permission;
                format!("{} {} {}", entry.origin, entry.url, String::from_utf8_lossy(name))
            })
            .collect();
        lines.sort();
        lines
    }

    /// Runs one exchange, and checks the properties of all exchanges:
    /// - the exchange sends exactly these kinds of requests, in this order,
    /// - preflights carry no credentials and no body,
    /// - a fix of the error works, if it is applied to the request and the response.
    #[track_caller]
    pub(crate) fn run(&mut self, call: &Call, responses: impl IntoIterator<Item = ScriptedResponse>) -> Run {
        self.run_request(call.request(), responses)
    }

    #[track_caller]
    pub(crate) fn run_request(
        &mut self,
        request: Request,
        responses: impl IntoIterator<Item = ScriptedResponse>,
    ) -> Run {
        let responses: Vec<_> = responses.into_iter().collect();
        let before = self.0.clone();
        let mut kinds = Vec::new();
        let transcript = self.0.fetch(request.clone(), &mut |out: &OutgoingRequest| {
            kinds.push(out.kind);
            let response = responses.get(kinds.len() - 1).filter(|response| response.kind == out.kind);
            response.map_or(Failure::Network.into(), |response| response.server_response.clone())
        });
        let expected: Vec<_> = responses.iter().map(|response| response.kind).collect();
        assert_eq!(
            kinds, expected,
            "the requests that went out, against those that the test has responses for\n{transcript}"
        );

        let run = Run { sent: transcript.requests().cloned().collect(), transcript };
        for preflight in run.sent.iter().filter(|request| request.kind == RequestKind::Preflight) {
            assert!(!preflight.credentials, "a preflight carries no credentials");
            assert_eq!(preflight.body, BodyToSend::None);
        }
        if let Err(error) = run.transcript.outcome() {
            check_fixes(&before, &request, &responses, &run.sent, error);
        }
        run
    }
}

/// Asserts that there is a fix, and that each fix works that changes the refused response, the request, or both: the response
/// passes, or the request is not refused again for the same reason.
#[track_caller]
fn check_fixes(
    oracle: &Oracle,
    request: &Request,
    responses: &[ScriptedResponse],
    sent: &[OutgoingRequest],
    error: &NetworkError,
) {
    assert!(!error.fixes().is_empty(), "{error}");
    for fix in error.fixes() {
        let (mut request, mut responses) = (request.clone(), responses.to_vec());
        let changes_request = fix.apply_to_request(&mut request);
        let changes_response = responses.last_mut().is_some_and(|refused| refused.apply(fix));
        if !changes_request && !changes_response {
            continue;
        }
        let (mut given, mut asks_for_more) = (0, false);
        let transcript = oracle.clone().fetch(request, &mut |out: &OutgoingRequest| {
            let of_before = responses.get(given).zip(sent.get(given));
            given += 1;
            match of_before.filter(|(_, before)| before.kind == out.kind && before.url == out.url) {
                Some((response, _)) => response.server_response.clone(),
                None => {
                    asks_for_more = true;
                    Failure::Network.into()
                }
            }
        });
        if let Err(again) = transcript.outcome() {
            let other_reason = !changes_response && again.reason() != error.reason();
            let passed = asks_for_more || again.hop() > error.hop() || other_reason;
            assert!(passed, "{error}\nis not fixed by\n{fix}\n{transcript}");
        }
    }
}

/// A finished exchange.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) sent: Vec<OutgoingRequest>,
    pub(crate) transcript: Transcript,
}

impl Run {
    /// Asserts that a response of this type was delivered.
    #[track_caller]
    pub(crate) fn delivered(self, kind: ResponseType) -> Self {
        assert_eq!(self.response().response_type(), kind, "{}", self.transcript);
        self
    }

    /// Asserts that the exchange ended in a network error of this name, at this step.
    #[track_caller]
    pub(crate) fn refused(self, name: &str, step: &str) -> Self {
        let error = self.error();
        assert_eq!((error.reason().name(), error.step().to_string().as_str()), (name, step), "{error}");
        self
    }

    #[track_caller]
    pub(crate) fn response(&self) -> &Response {
        self.transcript.outcome().as_ref().map_err(|error| format!("{error}\n{}", self.transcript)).unwrap()
    }

    #[track_caller]
    pub(crate) fn error(&self) -> &NetworkError {
        self.transcript.outcome().as_ref().map(|_| self.transcript.to_string()).unwrap_err()
    }

    /// Asserts the requests that were sent, as `METHOD URL`.
    #[track_caller]
    pub(crate) fn sent(self, expected: &[&str]) -> Self {
        let sent: Vec<_> = self.sent.iter().map(|out| format!("{} {}", out.method, out.url)).collect();
        assert_eq!(sent, expected);
        self
    }

    /// The combined lines of a header of the request with this index, as text.
    pub(crate) fn sent_header(&self, index: usize, name: &str) -> Option<String> {
        let value = self.sent[index].headers.get(&name.parse().unwrap())?;
        Some(String::from_utf8_lossy(&value).into_owned())
    }

    /// Asserts that the preflight with this index names this method and these headers.
    #[track_caller]
    pub(crate) fn asks(self, index: usize, method: &str, names: Option<&str>) -> Self {
        assert_eq!(self.sent[index].kind, RequestKind::Preflight);
        assert_eq!(self.sent_header(index, "access-control-request-method").as_deref(), Some(method));
        assert_eq!(self.sent_header(index, "access-control-request-headers").as_deref(), names);
        self
    }

    /// Asserts the `Origin` of each request.
    #[track_caller]
    pub(crate) fn origins(self, expected: &[Option<&str>]) -> Self {
        let origins: Vec<_> = (0..self.sent.len()).map(|index| self.sent_header(index, "origin")).collect();
        assert_eq!(origins.iter().map(Option::as_deref).collect::<Vec<_>>(), expected);
        self
    }

    /// Asserts for each request whether credentials are sent.
    #[track_caller]
    pub(crate) fn credentials(self, expected: &[bool]) -> Self {
        assert_eq!(self.sent.iter().map(|out| out.credentials).collect::<Vec<_>>(), expected);
        self
    }

    /// The header names that a script sees, sorted.
    #[track_caller]
    pub(crate) fn visible(&self) -> Vec<String> {
        let mut names: Vec<_> = self.response().headers().iter().map(|(name, _)| name.to_string()).collect();
        names.sort();
        names
    }
}
