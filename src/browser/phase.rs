//! When in a fetch something happened.

use std::fmt;

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
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Initial => "before the request",
            Self::Preflight => "preflight",
            Self::Actual => "request",
            Self::Redirect => "redirect",
        })
    }
}
