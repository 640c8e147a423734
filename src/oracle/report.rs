//! A transcript, printed for people.

use crate::oracle::{Event, Transcript};
use std::fmt;

/// How a [`Transcript`] is printed: to a width, with or without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Columns to wrap to; 100 by default.
    pub width: usize,
    /// Whether to use ANSI colours; not by default.
    pub colour: bool,
}

impl Default for Report {
    fn default() -> Self {
        Self { width: 100, colour: false }
    }
}

impl Report {
    pub(super) fn write(self, transcript: &Transcript, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for event in transcript.events() {
            match event {
                Event::Decided(decision) => {
                    writeln!(formatter, "  {} [{}]", decision.finding, decision.step)?
                }
                Event::Sent(request) => writeln!(formatter, "> {} {}", request.method, request.url)?,
                Event::Received(head) => writeln!(formatter, "< {}", head.status)?,
                Event::Failed(failure) => writeln!(formatter, "< {failure:?}")?,
            }
        }
        match transcript.outcome() {
            Ok(response) => writeln!(formatter, "= {}", response.response_type().as_str()),
            Err(error) => writeln!(formatter, "= {error}\n{}", error.cure()),
        }
    }
}
