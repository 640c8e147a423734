//! The outcomes of one fetch in several profiles.

use std::fmt;

use super::text::{clause, is_refusal, shown};
use crate::{
    browser::OutgoingRequest,
    oracle::{
        comparison::Comparison,
        transcript::{FirstDifference, Transcript},
    },
};

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reports = self.transcripts().map(|(name, transcript)| {
            let standard = self.transcript("standard").unwrap_or(transcript);
            (name, ProfileOutcome { standard, transcript }.to_string())
        });
        for (names, report) in group_by_report(reports) {
            write!(f, "{}\n{report}", names.join(", "))?;
        }
        Ok(())
    }
}

/// The profiles that have the same report, in the order of the first of each.
pub(super) fn group_by_report(
    reports: impl Iterator<Item = (&'static str, String)>,
) -> Vec<(Vec<&'static str>, String)> {
    let mut groups: Vec<(Vec<_>, String)> = Vec::new();
    for (name, report) in reports {
        match groups.iter_mut().find(|(_, other)| *other == report) {
            Some((names, _)) => names.push(name),
            None => groups.push((vec![name], report)),
        }
    }
    groups
}

/// The outcome in one profile, and where its fetch first differs from the one by the standard.
struct ProfileOutcome<'a> {
    standard: &'a Transcript,
    transcript: &'a Transcript,
}

impl fmt::Display for ProfileOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.transcript.outcome() {
            Ok(response) => {
                let kind = response.response_type().as_str();
                match response.status() {
                    Some(status) => {
                        writeln!(
                            f,
                            "   DELIVERED: a response of type \"{kind}\", status {}.",
                            status.as_u16()
                        )?;
                    }
                    None => writeln!(f, "   DELIVERED: a response of type \"{kind}\", status hidden.")?,
                }
            }
            Err(error) => {
                let what = if is_refusal(error.reason()) { "BLOCKED" } else { "FAILED" };
                writeln!(f, "   {what}: {} [{}]", clause(error.reason()), error.step())?;
            }
        }
        let Some(difference) = self.standard.first_difference(self.transcript) else { return Ok(()) };
        let at = DifferenceFromStandard {
            step: None,
            difference,
            standard: self.standard,
            other: self.transcript,
        };
        write!(f, "   {at}")
    }
}

/// Where a fetch first differs from the same fetch by the standard, as one sentence.
pub(super) struct DifferenceFromStandard<'a> {
    /// The number of the fetch among the steps of a case, if there are several.
    pub(super) step: Option<usize>,
    pub(super) difference: FirstDifference,
    pub(super) standard: &'a Transcript,
    pub(super) other: &'a Transcript,
}

impl fmt::Display for DifferenceFromStandard<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Differs from the standard ")?;
        if let Some(step) = self.step {
            write!(f, "in step {step}, ")?;
        }
        match self.difference {
            FirstDifference::Request(index) => writeln!(
                f,
                "at request {}: sends {}; the standard sends {}.",
                index.saturating_add(1),
                shown(Sent(self.other.requests().nth(index))),
                shown(Sent(self.standard.requests().nth(index)))
            ),
            FirstDifference::Outcome => {
                writeln!(f, "at the outcome: sends the same requests, but scripts see something else.")
            }
        }
    }
}

/// A request, in a few words.
struct Sent<'a>(Option<&'a OutgoingRequest>);

impl fmt::Display for Sent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(request) = self.0 else { return f.write_str("no such request") };
        write!(f, "{} {}", request.method, request.url)?;
        for (index, (name, value)) in request.headers.iter().enumerate() {
            let separator = if index == 0 { " with " } else { ", " };
            write!(f, "{separator}{name}: {}", String::from_utf8_lossy(value))?;
        }
        f.write_str(if request.credentials { ", with cookies (if any)" } else { "" })
    }
}
