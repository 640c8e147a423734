//! A network error as the algorithms return it.

use std::fmt;

use super::Reason;
use crate::browser::response_head::Received;

/// The standard's network error, with its reason.
#[derive(Debug, Clone)]
pub(crate) struct Refused {
    pub(crate) phase: Phase,
    pub(crate) reason: Reason,
    /// What else would have refused the request.
    pub(crate) also: Vec<Reason>,
    /// The response that was refused, if there was one.
    pub(crate) response: Option<Box<Received>>,
}

impl Refused {
    /// A refusal without a response, or in which the response does not matter.
    pub(crate) fn without_response(phase: Phase, reason: Reason) -> Box<Self> {
        Box::new(Self { phase, reason, also: Vec::new(), response: None })
    }
}

/// The phase of a fetch in which it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Before anything was sent to the current URL.
    Initial,
    /// The preflight and its response.
    Preflight,
    /// The actual request and its response.
    Actual,
    /// A redirect that was to be followed.
    Redirect,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Initial => "before the request",
            Self::Preflight => "preflight",
            Self::Actual => "request",
            Self::Redirect => "redirect",
        })
    }
}
