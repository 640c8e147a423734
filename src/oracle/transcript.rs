//! What happened in a fetch: every message and every decision.

use crate::browser::{Decision, Failure, Outcome, OutgoingRequest, Request, ResponseHead};
use crate::oracle::Report;
use std::fmt;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A step of the standard decided something.
    Decided(Decision),
    /// A request went out.
    Sent(OutgoingRequest),
    /// An answer came in.
    Received(ResponseHead),
    /// No answer came in.
    Failed(Failure),
}

/// A fetch from its first decision to its end. `Display` prints it for people; [`Report`] does so with colour and to a
/// width.
#[derive(Debug, Clone)]
pub struct Transcript {
    pub(super) request: Request,
    pub(super) events: Vec<Event>,
    pub(super) outcome: Outcome,
}

impl Transcript {
    /// What the page asked for, before any redirect changed it.
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// What happened, in order.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What it ended in.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// The end itself, where the rest is not needed.
    pub fn into_outcome(self) -> Outcome {
        self.outcome
    }

    /// The transcript, printed as the report says.
    #[must_use]
    pub fn display(&self, report: Report) -> impl fmt::Display {
        report.transcript(self)
    }

    /// The requests that went out, in order.
    pub fn requests(&self) -> impl Iterator<Item = &OutgoingRequest> {
        self.events.iter().filter_map(|event| match event {
            Event::Sent(request) => Some(request),
            _ => None,
        })
    }
}

impl fmt::Display for Transcript {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.display(Report::default()).fmt(formatter)
    }
}
