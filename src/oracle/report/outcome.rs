//! The outcome of a fetch.

use std::fmt;

use super::{
    message::{StatusLine, write_headers},
    text::{BELOW_LABEL, clause, is_refusal, labelled, shown, write_labelled, write_sentence, write_step},
};
use crate::{
    browser::{Finding, Fix, NetworkError, Phase, Response, ResponseHead, Warning, without_credentials},
    oracle::transcript::{Event, Transcript},
};

/// How many warnings are shown.
const SHOWN_WARNINGS: usize = 16;

pub(super) fn write_outcome(f: &mut fmt::Formatter<'_>, transcript: &Transcript) -> fmt::Result {
    match transcript.outcome() {
        Ok(response) => write_response(f, response),
        Err(error) => write_network_error(f, error, transcript),
    }
}

/// The response that was refused: the last one before a request that followed further redirects.
fn refused_response<'a>(transcript: &'a Transcript, error: &NetworkError) -> Option<&'a ResponseHead> {
    let is_beyond = |event: &Event| matches!(event, Event::Sent(request) if request.hop > error.hop());
    let before = transcript.events().split(is_beyond).next().unwrap_or_default();
    before.iter().rev().find_map(|event| match event {
        Event::Received(head) => Some(head),
        _ => None,
    })
}

fn write_response(f: &mut fmt::Formatter<'_>, response: &Response) -> fmt::Result {
    let kind = response.response_type().as_str();
    writeln!(f, "DELIVERED: a response of type \"{kind}\" [main fetch 14]. Of it, a script sees:")?;
    match response.status() {
        Some(status) => write_labelled(f, "Status", StatusLine(status))?,
        None => write_labelled(f, "Status", "0, which says nothing")?,
    }
    match response.url().map(without_credentials) {
        Some(url) if response.redirected() => {
            write_labelled(f, "URL", format_args!("{url} (and that there was a redirect)"))?;
        }
        Some(url) => write_labelled(f, "URL", url)?,
        None => write_labelled(f, "URL", "none")?,
    }
    write_visible_headers(f, response)?;
    write_labelled(f, "Body", body_of(response))?;
    write_timing(f, response)?;
    write_warnings(f, response.warnings())
}

fn write_visible_headers(f: &mut fmt::Formatter<'_>, response: &Response) -> fmt::Result {
    if response.headers().is_empty() {
        return write_labelled(f, "Headers", "none");
    }
    write_headers(f, &labelled("Headers"), BELOW_LABEL, response.headers())
}

fn body_of(response: &Response) -> &'static str {
    match response.status() {
        None => "nothing of it",
        Some(_) if response.body_readable() => "all of it",
        Some(_) => "there is none",
    }
}

fn write_timing(f: &mut fmt::Formatter<'_>, response: &Response) -> fmt::Result {
    if response.timing_allowed() {
        return write_labelled(f, "Timing", "in detail");
    }
    let mut decisions = response.trace().iter();
    let hidden = decisions.find(|decision| decision.finding == Finding::TimingHidden);
    match hidden {
        Some(hidden) => write_labelled(f, "Timing", format_args!("no details [{}]", hidden.step)),
        None => write_labelled(f, "Timing", "no details"),
    }
}

fn write_network_error(
    f: &mut fmt::Formatter<'_>,
    error: &NetworkError,
    transcript: &Transcript,
) -> fmt::Result {
    if is_refusal(error.reason()) {
        write!(f, "BLOCKED {}: ", when(error, transcript))?;
    } else {
        write!(f, "FAILED: ")?;
    }
    writeln!(f, "{}", clause(error.reason()))?;
    write_step(f, error.step())?;
    for (browser, name) in
        [("Chromium", error.chromium()), ("Firefox", error.reason().firefox().map(Into::into))]
    {
        if let Some(name) = name {
            write_labelled(f, browser, format_args!("calls it {name}"))?;
        }
    }
    for reason in error.other_reasons() {
        write_sentence(f, "Also", reason)?;
    }
    write_warnings(f, error.warnings())?;
    write_labelled(f, "Scripts", "learn no more than that it failed.")?;
    let refused = refused_response(transcript, error);
    error.fixes().iter().try_for_each(|fix| write_fix(f, fix, error.phase(), refused))
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

fn write_warnings(f: &mut fmt::Formatter<'_>, warnings: &[Warning]) -> fmt::Result {
    for warning in warnings.iter().take(SHOWN_WARNINGS) {
        write_sentence(f, "Warning", warning)?;
    }
    match warnings.len().saturating_sub(SHOWN_WARNINGS) {
        0 => Ok(()),
        more => write_labelled(f, "Warning", format_args!("There are {more} more.")),
    }
}

fn write_fix(
    f: &mut fmt::Formatter<'_>,
    fix: &Fix,
    phase: Phase,
    refused: Option<&ResponseHead>,
) -> fmt::Result {
    let lines = fix.lines();
    if lines.is_empty() {
        return write_sentence(f, "Fix", fix.text());
    }
    let is_replaced = |(name, _): &(_, _)| refused.is_some_and(|head| head.headers.contains(name));
    let answer = if phase == Phase::Preflight { "the answer to the preflight" } else { "the answer" };
    let with = match (lines.len(), fix.headers().iter().any(is_replaced)) {
        (1, false) => "this line",
        (1, true) => "this line in place of its own",
        (_, false) => "these lines",
        (_, true) => "these lines, in place of its own of the same names",
    };
    write_labelled(f, "Fix", format_args!("{answer} would pass with {with}:"))?;
    for line in &lines {
        writeln!(f, "{BELOW_LABEL}{}", shown(line))?;
    }
    fix.caution().map_or(Ok(()), |caution| write_labelled(f, "Caution", caution))
}
