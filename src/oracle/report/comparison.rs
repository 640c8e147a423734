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
        for (name, transcript) in self.transcripts() {
            write!(f, "{name:<9} ")?;
            match transcript.outcome() {
                Ok(response) => {
                    write!(f, "DELIVERED: type \"{}\" and ", response.response_type().as_str())?;
                    match response.status() {
                        Some(status) => writeln!(f, "status {}.", status.as_u16())?,
                        None => writeln!(f, "no status.")?,
                    }
                }
                Err(error) => {
                    let what = if is_refusal(error.reason()) { "BLOCKED" } else { "FAILED" };
                    writeln!(f, "{what}: {} [{}]", clause(error.reason()), error.step())?;
                }
            }
            if let (Some(standard), Some(difference)) =
                (self.transcript("standard"), self.first_difference(name))
            {
                write_difference(f, difference, standard, transcript)?;
            }
        }
        Ok(())
    }
}

fn write_difference(
    f: &mut fmt::Formatter<'_>,
    difference: FirstDifference,
    standard: &Transcript,
    transcript: &Transcript,
) -> fmt::Result {
    match difference {
        FirstDifference::Request(index) => writeln!(
            f,
            "          It differs from the standard at request {}: {} goes out, where the standard sends {}.",
            index.saturating_add(1),
            shown(Sent(transcript.requests().nth(index))),
            shown(Sent(standard.requests().nth(index)))
        ),
        FirstDifference::Outcome => {
            writeln!(f, "          The requests are those of the standard; what a script sees is not.")
        }
    }
}

/// A request, in a few words.
struct Sent<'a>(Option<&'a OutgoingRequest>);

impl fmt::Display for Sent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(request) = self.0 else { return f.write_str("none") };
        write!(f, "{} {}", request.method, request.url)?;
        for (index, (name, value)) in request.headers.iter().enumerate() {
            let separator = if index == 0 { " with " } else { ", " };
            write!(f, "{separator}{name}: {}", String::from_utf8_lossy(value))?;
        }
        f.write_str(if request.credentials { " and cookies" } else { "" })
    }
}
