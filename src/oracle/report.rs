//! Transcripts, refusals and comparisons as plain text for people.

mod comparison;
mod message;
mod outcome;
#[cfg(feature = "serde")]
mod refusal;
mod text;

use std::fmt;

#[cfg(feature = "serde")]
pub(super) use self::refusal::Refused;
use self::{
    message::{write_failure, write_request, write_response},
    outcome::write_outcome,
    text::{sentence, shown},
};
use super::transcript::{Event, Transcript};
use crate::{
    browser::{Finding, Request, TraceEntry, without_credentials},
    origin::Origin,
};

impl fmt::Display for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_opening(f, self.request())?;
        let mut number = 0_usize;
        for event in self.events() {
            if !matches!(event, Event::Decided(_)) {
                number = number.saturating_add(1);
                writeln!(f)?;
            }
            match event {
                Event::Decided(decision) => write_decision(f, decision)?,
                Event::Sent(request) => write_request(f, number, request)?,
                Event::Received(head) => write_response(f, number, head)?,
                Event::Failed(failure) => write_failure(f, number, *failure)?,
            }
        }
        writeln!(f)?;
        write_outcome(f, self)
    }
}

/// Who asks for what.
fn write_opening(f: &mut fmt::Formatter<'_>, request: &Request) -> fmt::Result {
    let origin = match &request.origin {
        Origin::Tuple(tuple) => format!("origin {}", tuple.as_str()),
        // `null` alone could be taken for a mistake.
        Origin::Opaque(_) => "opaque origin (null)".to_owned(),
    };
    writeln!(
        f,
        "A page of {} asks for {} {} with mode \"{}\" and credentials mode \"{}\".",
        shown(origin),
        shown(&request.method),
        shown(without_credentials(request.url.clone())),
        request.mode.as_str(),
        request.credentials.as_str()
    )
}

fn write_decision(f: &mut fmt::Formatter<'_>, decision: &TraceEntry) -> fmt::Result {
    // These two belong to the outcome, which says them in its own words.
    if matches!(decision.finding, Finding::Delivered(_) | Finding::TimingHidden) {
        return Ok(());
    }
    writeln!(f, "   - {} [{}]", sentence(&decision.finding), decision.step)
}
