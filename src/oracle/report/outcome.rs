//! What a fetch ended in, or what a door refused.

use super::message::{StatusLine, write_headers};
use super::paper::{Margin, Paper, Style, Text};
use crate::browser::without_credentials;
use crate::browser::{Cure, Finding, NetworkError, Phase, Reason, Refusal, Response, ResponseHead, Warning};
use crate::oracle::{Event, Transcript};
use crate::standard::StandardStep;
use std::fmt;

/// How many warnings are shown.
const SHOWN_WARNINGS: usize = 16;

const NULL_CAUTION: &str =
    "Every site can make requests whose origin is null, so this line shares the answer with every site.";

/// A label and what follows it, and where that goes on.
const LABELLED: &str = "             ";
const HEADLINE: Margin<'_> = Margin { first: "", rest: "   " };

pub(super) fn write_outcome(paper: &mut Paper<'_, '_>, transcript: &Transcript) -> fmt::Result {
    match transcript.outcome() {
        Ok(response) => write_response(paper, response),
        Err(error) => write_network_error(paper, error, transcript),
    }
}

/// The last answer that came up to the redirects that the error knows of.
fn refused_answer<'a>(transcript: &'a Transcript, error: &NetworkError) -> Option<&'a ResponseHead> {
    let is_beyond = |event: &Event| matches!(event, Event::Sent(request) if request.hop > error.hop());
    let before = transcript.events().split(is_beyond).next().unwrap_or_default();
    before.iter().rev().find_map(|event| match event {
        Event::Received(head) => Some(head),
        _ => None,
    })
}

fn write_response(paper: &mut Paper<'_, '_>, response: &Response) -> fmt::Result {
    let kind = response.response_type().as_str();
    let headline = Text::new()
        .styled(Style::Good, "DELIVERED:")
        .plain(format_args!("a response of type \"{kind}\" [main fetch 14]. Of it, a script sees:"));
    paper.write(HEADLINE, &headline)?;
    match response.status() {
        Some(status) => write_labelled(paper, "Status", StatusLine(status))?,
        None => write_labelled(paper, "Status", "0, which says nothing")?,
    }
    match response.url().map(without_credentials) {
        Some(url) if response.redirected() => {
            write_labelled(paper, "URL", format_args!("{url} (and that there was a redirect)"))?;
        }
        Some(url) => write_labelled(paper, "URL", url)?,
        None => write_labelled(paper, "URL", "none")?,
    }
    write_visible_headers(paper, response)?;
    write_labelled(paper, "Body", body_of(response))?;
    write_timing(paper, response)?;
    write_warnings(paper, response.warnings())
}

fn write_visible_headers(paper: &mut Paper<'_, '_>, response: &Response) -> fmt::Result {
    if response.headers().is_empty() {
        return write_labelled(paper, "Headers", "none");
    }
    let label = labelled("Headers");
    write_headers(paper, &label, LABELLED, response.headers())
}

fn body_of(response: &Response) -> &'static str {
    match response.status() {
        None => "nothing of it",
        Some(_) if response.body_readable() => "all of it",
        Some(_) => "there is none",
    }
}

fn write_timing(paper: &mut Paper<'_, '_>, response: &Response) -> fmt::Result {
    if response.timing_allowed() {
        return write_labelled(paper, "Timing", "in detail");
    }
    let mut decisions = response.decisions().iter();
    let hidden = decisions.find(|decision| decision.finding == Finding::TimingHidden);
    let text = Text::new().plain("no details");
    write_label(paper, "Timing", &hidden.into_iter().fold(text, |text, hidden| text.step(hidden.step)))
}

fn write_network_error(
    paper: &mut Paper<'_, '_>,
    error: &NetworkError,
    transcript: &Transcript,
) -> fmt::Result {
    let headline = match error.reason() {
        // Nobody refused anything here.
        Reason::Network | Reason::PreflightNetworkError | Reason::Canceled => {
            Text::new().styled(Style::Bad, "FAILED:")
        }
        _ => Text::new().styled(Style::Bad, "BLOCKED").plain(format_args!("{}:", when(error, transcript))),
    };
    let headline = headline.clause(error.reason());
    paper.write(HEADLINE, &headline)?;
    write_step(paper, error.step())?;
    for (browser, name) in
        [("Chromium", error.chromium()), ("Firefox", error.reason().firefox().map(Into::into))]
    {
        if let Some(name) = name {
            write_labelled(paper, browser, format_args!("calls it {name}"))?;
        }
    }
    for reason in error.also() {
        write_sentence(paper, "Also", reason)?;
    }
    write_warnings(paper, error.warnings())?;
    write_labelled(paper, "Scripts", "learn no more than that it failed.")?;
    write_cure(paper, error, refused_answer(transcript, error))
}

fn when(error: &NetworkError, transcript: &Transcript) -> &'static str {
    let went_on = transcript.requests().any(|request| request.hop > error.hop());
    match error.phase() {
        Phase::Actual if went_on => "at the answer that redirected last",
        Phase::Initial if error.hop() > 0 => "before the next request",
        Phase::Initial => "before anything was sent",
        Phase::Preflight => "at the preflight",
        Phase::Actual => "at the answer",
        Phase::Redirect => "at the redirect",
    }
}

fn write_step(paper: &mut Paper<'_, '_>, step: StandardStep) -> fmt::Result {
    write_labelled(paper, "Step", format_args!("{step}, {}", step.link()))
}

fn write_warnings(paper: &mut Paper<'_, '_>, warnings: &[Warning]) -> fmt::Result {
    for warning in warnings.iter().take(SHOWN_WARNINGS) {
        write_sentence(paper, "Warning", warning)?;
    }
    match warnings.len().saturating_sub(SHOWN_WARNINGS) {
        0 => Ok(()),
        more => write_labelled(paper, "Warning", format_args!("There are {more} more.")),
    }
}

fn write_cure(paper: &mut Paper<'_, '_>, error: &NetworkError, answer: Option<&ResponseHead>) -> fmt::Result {
    let Cure::Answer { headers, .. } = error.cure() else {
        return write_sentence(paper, "Cure", error.cure());
    };
    let replaces = answer.is_some_and(|head| headers.iter().any(|(name, _)| head.headers.contains(name)));
    let lines = error.cure().lines();
    let answer = if error.phase() == Phase::Preflight { "the answer to the preflight" } else { "the answer" };
    let with = match (lines.len(), replaces) {
        (1, false) => "this line",
        (1, true) => "this line in place of its own",
        (_, false) => "these lines",
        (_, true) => "these lines, in place of its own of the same names",
    };
    write_labelled(paper, "Cure", format_args!("{answer} would pass with {with}:"))?;
    let margin = Margin { first: LABELLED, rest: "               " };
    for line in &lines {
        let text = match line.split_once(": ") {
            Some((name, value)) => {
                Text::new().styled(Style::HeaderName, format_args!("{name}:")).plain(value)
            }
            None => Text::new().plain(line),
        };
        paper.write(margin, &text)?;
    }
    // Asked for with credentials only: without, the cure for `null` is `*`.
    if headers.iter().any(|(_, value)| value.as_deref() == Some("null")) {
        write_labelled(paper, "Caution", NULL_CAUTION)?;
    }
    Ok(())
}

pub(super) fn write_refusal(paper: &mut Paper<'_, '_>, refusal: &Refusal) -> fmt::Result {
    let headline = Text::new()
        .styled(Style::Bad, "REFUSED")
        .plain(format_args!("by {}:", refusal.door().as_str()))
        .clause(refusal.reason())
        .plain("Nothing was sent.");
    paper.write(HEADLINE, &headline)?;
    write_step(paper, refusal.step())?;
    write_sentence(paper, "Cure", refusal.cure())
}

fn write_labelled(paper: &mut Paper<'_, '_>, label: &str, text: impl fmt::Display) -> fmt::Result {
    write_label(paper, label, &Text::new().plain(text))
}

fn write_sentence(paper: &mut Paper<'_, '_>, label: &str, text: impl fmt::Display) -> fmt::Result {
    write_label(paper, label, &Text::new().sentence(text))
}

fn write_label(paper: &mut Paper<'_, '_>, label: &str, text: &Text) -> fmt::Result {
    paper.write(Margin { first: &labelled(label), rest: LABELLED }, text)
}

fn labelled(label: &str) -> String {
    format!("   {:<10}", format!("{label}:"))
}
