//! What came of one fetch in several profiles.

use super::paper::{Margin, Paper, Style, Text};
use crate::browser::OutgoingRequest;
use crate::oracle::{Comparison, Parting, Transcript};
use std::fmt;

/// Columns for the names of profiles.
const NAME: &str = "          ";

pub(super) fn write_comparison(paper: &mut Paper<'_, '_>, comparison: &Comparison) -> fmt::Result {
    for (name, transcript) in comparison.transcripts() {
        let name = format!("{name:<9} ");
        let text = match transcript.outcome() {
            Ok(response) => {
                let kind = response.response_type().as_str();
                let text =
                    Text::new().styled(Style::Good, "DELIVERED:").plain(format_args!("type \"{kind}\""));
                match response.status() {
                    Some(status) => text.plain(format_args!("and status {}.", status.as_u16())),
                    None => text.plain("and no status."),
                }
            }
            Err(error) => {
                Text::new().styled(Style::Bad, "BLOCKED:").clause(error.reason()).step(error.step())
            }
        };
        paper.write(Margin { first: &name, rest: NAME }, &text)?;
        if let Some(parting) = comparison.parting(name.trim_end()) {
            let standard = comparison.transcript("standard").unwrap_or(transcript);
            paper.write(Margin { first: NAME, rest: NAME }, &parting_of(parting, standard, transcript))?;
        }
    }
    Ok(())
}

fn parting_of(parting: Parting, standard: &Transcript, transcript: &Transcript) -> Text {
    let Parting::Request(index) = parting else {
        return Text::new().plain("The requests are those of the standard; what a script sees is not.");
    };
    let place = format!("It parts from the standard at request {}:", index.saturating_add(1));
    let here = Sent(transcript.requests().nth(index));
    let there = Sent(standard.requests().nth(index));
    Text::new().plain(place).plain(format_args!("{here} goes out, where the standard sends {there}."))
}

/// A request, in a few words.
struct Sent<'a>(Option<&'a OutgoingRequest>);

impl fmt::Display for Sent<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(request) = self.0 else { return formatter.write_str("none") };
        write!(formatter, "{} {}", request.method, request.url)?;
        for (index, (name, value)) in request.headers.iter().enumerate() {
            let separator = if index == 0 { " with " } else { ", " };
            write!(formatter, "{separator}{name}: {}", String::from_utf8_lossy(value))?;
        }
        formatter.write_str(if request.credentials { " and cookies" } else { "" })
    }
}
