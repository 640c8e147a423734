//! Transcripts, refusals, verdicts and comparisons as plain text for people.

mod comparison;
mod message;
mod outcome;
mod reader;
#[cfg(feature = "serde")]
mod refusal;
mod text;
#[cfg(feature = "serde")]
mod verdict;
mod warnings;

use std::fmt;

use self::{
    message::{write_failure, write_request, write_response},
    outcome::write_outcome,
    text::{sentence, shown},
};
use super::transcript::{Event, Transcript};
use crate::{
    browser::{Finding, Initiator, Mode, Request, TraceEntry, without_credentials},
    origin::Origin,
};

impl fmt::Display for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_opening(f, self.request())?;
        let mut number = 0_usize;
        for event in self.events() {
            if event.is_message() {
                number = number.saturating_add(1);
                write_gap(f)?;
            }
            match event {
                Event::Decided(decision) => {
                    write_decision(f, decision)?;
                    if decision.finding == Finding::CorsWithoutPreflight
                        && is_beacon_with_cors(self.request())
                    {
                        writeln!(f, "   - {BEACON_NOTE}")?;
                    }
                }
                Event::Sent(request) => write_request(f, number, request)?,
                Event::Received(head) => write_response(f, number, head)?,
                Event::Failed(failure) => write_failure(f, number, *failure)?,
                Event::FromCache => writeln!(f, "   - The next response comes from an HTTP cache.")?,
                Event::Judged(report) => writeln!(f, "   - {}", sentence(report))?,
            }
        }
        write_gap(f)?;
        write_outcome(f, self)
    }
}

impl Transcript {
    /// The end alone, as the whole transcript prints it after its messages: the outcome, the warnings and the fixes.
    ///
    /// ```
    /// use crossorigin::{browser::Page, http::Response, oracle::Oracle};
    ///
    /// let mut oracle = Oracle::new(Page::new("https://app.example/")?);
    /// let request = oracle.page().fetch("https://api.example/").build()?;
    /// let transcript = oracle.fetch(request, &mut |_: &_| Response::new(()));
    /// let ending = transcript.ending().to_string();
    /// assert!(ending.starts_with("BLOCKED at the response: "));
    /// assert!(transcript.to_string().ends_with(&ending));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ending(&self) -> impl fmt::Display {
        Ending(self)
    }
}

struct Ending<'a>(&'a Transcript);

impl fmt::Display for Ending<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_outcome(f, self.0)
    }
}

/// A beacon has mode "cors" only because of the type of its body.
const BEACON_NOTE: &str =
    "Browsers differ: all of them send a preflight for a beacon whose Content-Type is not CORS-safelisted.";

fn is_beacon_with_cors(request: &Request) -> bool {
    request.construction.initiator == Some(Initiator::Beacon) && request.mode == Mode::Cors
}

/// The empty line between messages, which the short form does without.
fn write_gap(f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if f.alternate() { Ok(()) } else { writeln!(f) }
}

/// Who makes which request. It need not have been sent.
fn write_opening(f: &mut fmt::Formatter<'_>, request: &Request) -> fmt::Result {
    let page = match &request.origin {
        Origin::Tuple(tuple) => format!("at {}", tuple.as_str()),
        // `null` alone could be taken for a mistake.
        Origin::Opaque(_) => "with an opaque origin (null)".to_owned(),
    };
    writeln!(
        f,
        "A page {} makes a request: {} {} (mode \"{}\", credentials \"{}\").",
        shown(page),
        shown(&request.method),
        shown(without_credentials(request.url.clone())),
        request.mode.as_str(),
        request.credentials.as_str()
    )
}

fn write_decision(f: &mut fmt::Formatter<'_>, decision: &TraceEntry) -> fmt::Result {
    let is_said_elsewhere = match decision.finding {
        // The outcome says these in its own words.
        Finding::Delivered(_) | Finding::TimingHidden => true,
        // The heading of the request says it in few words.
        Finding::Credentials { .. } => f.alternate(),
        _ => false,
    };
    if is_said_elsewhere {
        return Ok(());
    }
    writeln!(f, "   - {} [{}]", sentence(&decision.finding), decision.step)
}
