//! A network error on its way to whoever fetches: what refused, and when.

use std::fmt;

use super::Reason;
use crate::browser::response_head::Received;

/// A refusal, as an algorithm returns it: the standard's network error, with the reason.
#[derive(Debug, Clone)]
pub(crate) struct Refused {
    pub(crate) phase: Phase,
    pub(crate) reason: Reason,
    /// What else would have refused.
    pub(crate) also: Vec<Reason>,
    /// The response that was refused, if there was one.
    pub(crate) response: Option<Box<Received>>,
}

impl Refused {
    /// A refusal that no response had a part in.
    pub(crate) fn without_response(phase: Phase, reason: Reason) -> Box<Self> {
        Box::new(Self { phase, reason, also: Vec::new(), response: None })
    }
}

/// When in a fetch something was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Before anything was sent for the URL.
    Initial,
    /// With the preflight.
    Preflight,
    /// With the actual request.
    Actual,
    /// When a redirect was to be followed.
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
