//! Who reads the response to a request.

use crate::browser::{Initiator, Mode, Phase, Request};

/// Who reads the response to a request.
#[derive(Clone, Copy)]
pub(super) enum Reader {
    /// The page, as far as the rules let it: scripts, or the element that loads it.
    Scripts,
    /// The document that a navigation makes of it.
    NewDocument,
    /// A WebSocket or a WebTransport, of which scripts see whether it opens.
    Connection,
    /// Beacons, pings and reports are only sent.
    Nobody,
}

impl Reader {
    pub(super) fn of(request: &Request) -> Self {
        use Initiator::{Beacon, CspReport, Ping, Report};
        match request.construction.initiator {
            Some(Beacon | Ping | Report | CspReport) => Self::Nobody,
            _ => match request.mode {
                Mode::Navigate => Self::NewDocument,
                Mode::WebSocket | Mode::WebTransport => Self::Connection,
                _ => Self::Scripts,
            },
        }
    }

    /// What scripts see of an error.
    pub(super) fn of_error(self, phase: Phase) -> &'static str {
        match (self, phase) {
            (Self::Scripts, _) => "see only that the fetch failed.",
            (Self::Connection, _) => "see only that the connection failed.",
            (Self::NewDocument, _) => "see nothing: the browser shows an error in place of the document.",
            (Self::Nobody, Phase::Initial | Phase::Preflight) => "see nothing; the request was not sent.",
            (Self::Nobody, _) => "see nothing; the server has the request, and nobody reads the response.",
        }
    }
}
