//! A fetch in the oracle: every message and every decision.

use std::fmt;

use super::{policy_report::PolicyReport, warnings};
use crate::browser::{
    Address, Failure, Fix, Outcome, OutgoingRequest, Profile, Request, ResponseHead, Side, TraceEntry,
    Warning,
};

/// One event of a fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A step of the standard decided something.
    Decided(TraceEntry),
    /// A request went out.
    Sent(OutgoingRequest),
    /// A response came in.
    Received(ResponseHead),
    /// What the server's policy said about the last request. It precedes the response.
    Judged(PolicyReport),
    /// The next response comes from an HTTP cache. Without a request before it, the request did not go out.
    FromCache,
    /// No response came in.
    Failed(Failure),
}

impl Event {
    /// Returns whether it is a request, a response, or that no response came in.
    pub(super) fn is_message(&self) -> bool {
        !matches!(self, Self::Decided(_) | Self::Judged(_) | Self::FromCache)
    }
}

/// A fetch from its first decision to its end.
///
/// `Display` prints it for people, as plain text. The messages are numbered. A line of a request begins with
/// `>`, and a line of a response with `<`. The decisions about a message follow it, each with its step of the
/// standard in brackets. The outcome comes last. Lines are not wrapped.
///
/// `{:#}` prints a short form: all messages and decisions, without empty lines, links, and headers that do
/// not matter for CORS, with what scripts see in one sentence, and with the best fix only.
///
/// Messages may be hostile, and the text is safe for terminals: characters that do not print are escaped,
/// long values are cut with their length, and long lists are cut with the number of elements that are left
/// out.
#[derive(Debug, Clone)]
pub struct Transcript {
    pub(super) request: Request,
    /// The profile of the user agent.
    pub(super) profile: Profile,
    pub(super) events: Vec<Event>,
    /// The address of each request that went out, if the server has one.
    #[cfg_attr(not(feature = "serde"), expect(dead_code, reason = "only cases have HTTP caches"))]
    pub(super) addresses: Vec<Option<Address>>,
    pub(super) outcome: Outcome,
}

/// Where two runs of the same fetch first differ.
///
/// `Display` prints it as a path in a verdict: `requests[1]`, `outcome`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FirstDifference {
    /// At the request of that number, from 0: the two requests differ, or one of the runs has none.
    Request(usize),
    /// At the outcome. The requests do not differ.
    Outcome,
}

impl fmt::Display for FirstDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(index) => write!(f, "requests[{index}]"),
            Self::Outcome => f.write_str("outcome"),
        }
    }
}

impl Transcript {
    /// The request as the page made it, before any redirect changed it. It has what the engine's initiator
    /// sets: WebKit's fonts, for example, have mode "no-cors".
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The events, in order.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The requests that went out, in order.
    pub fn requests(&self) -> impl Iterator<Item = &OutgoingRequest> {
        self.events.iter().filter_map(|event| match event {
            Event::Sent(request) => Some(request),
            _ => None,
        })
    }

    /// The response or the network error in which the fetch ended.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// The response or the network error in which the fetch ended, without the other events.
    pub fn into_outcome(self) -> Outcome {
        self.outcome
    }

    /// The warnings about probable mistakes and about what browsers do beside CORS: those of the response or of the network
    /// error, and those that need all messages.
    ///
    /// They say what will puzzle somebody, for instance that a cache may give the response to another page. Some are guesses.
    ///
    /// ```
    /// use crossorigin::{browser::Page, http::Response, oracle::Oracle};
    ///
    /// let mut oracle = Oracle::new(Page::new("https://app.example/")?);
    /// let request = oracle.page().fetch("https://api.example/items").build()?;
    /// let transcript = oracle.fetch(request, &mut |_: &_| {
    ///     let response = Response::builder().header("Access-Control-Allow-Origin", "https://app.example");
    ///     response.header("Cache-Control", "max-age=600").body(()).unwrap()
    /// });
    /// let warning = &transcript.warnings()[0];
    /// assert_eq!(warning.name(), "VaryOriginMissing");
    /// assert_eq!(warning.fixes()[0].lines(), ["Vary: Origin"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        warnings::all(self)
    }

    /// What to do about a network error, best first: about a cache that had stored the refused response, and the fixes of the
    /// error. If the server's policy refused the last request, what the policy suggests is in the place of the error's fixes for
    /// the server, and nothing between made the response.
    pub(super) fn fixes(&self) -> Vec<Fix> {
        let Err(error) = &self.outcome else { return Vec::new() };
        let suggested = self.report_on_last_request().map(PolicyReport::fixes).unwrap_or_default();
        let warnings = self.warnings().into_iter();
        let of_cache = warnings.filter(|warning| matches!(warning, Warning::StoredResponseRefused { .. }));
        let of_cache = of_cache.flat_map(|warning| warning.fixes());
        let (is_refused, is_suggested) = (self.is_refused_by_policy(), !suggested.is_empty());
        let of_error = error.fixes().iter().filter(|fix| match fix.side() {
            Side::Server => !is_suggested,
            Side::Between => !is_refused,
            _ => true,
        });
        of_cache.chain(suggested).chain(of_error.cloned()).collect()
    }

    /// What the server's policy said about the last request, if a policy decided about it.
    fn report_on_last_request(&self) -> Option<&PolicyReport> {
        let last = self.events.iter().rev().find(|event| matches!(event, Event::Sent(_) | Event::Judged(_)));
        match last {
            Some(Event::Judged(report)) => Some(report),
            _ => None,
        }
    }

    pub(super) fn is_refused_by_policy(&self) -> bool {
        self.report_on_last_request().is_some_and(|report| report.refusal().is_some())
    }

    /// Where another run of the same fetch first differs from this one; `None` if nowhere. Compares the
    /// requests and what scripts see of the outcome, and nothing else.
    #[must_use]
    pub fn first_difference(&self, other: &Self) -> Option<FirstDifference> {
        let (mut ours, mut theirs) = (self.requests(), other.requests());
        for index in 0_usize.. {
            match (ours.next(), theirs.next()) {
                (None, None) => break,
                (Some(one), Some(other)) if one.is_like(other) => {}
                _ => return Some(FirstDifference::Request(index)),
            }
        }
        (!self.has_outcome_of(other)).then_some(FirstDifference::Outcome)
    }

    /// Returns whether scripts see the same in both: the same response, or a network error.
    pub(super) fn has_outcome_of(&self, other: &Self) -> bool {
        match (self.outcome(), other.outcome()) {
            (Ok(one), Ok(other)) => {
                (one.response_type(), one.status(), one.url(), one.redirected())
                    == (other.response_type(), other.status(), other.url(), other.redirected())
                    && one.headers() == other.headers()
                    && one.timing_allowed() == other.timing_allowed()
            }
            (Err(_), Err(_)) => true,
            _ => false,
        }
    }
}
