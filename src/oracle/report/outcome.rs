//! The outcome of a fetch.

use std::fmt;

use super::{
    message::{SHOWN_LINES, StatusLine, header_line, write_headers},
    reader::Reader,
    text::{
        BELOW_LABEL, clause, is_about_script, is_refusal, labelled, shown, write_labelled, write_sentence,
        write_step,
    },
    warnings::{is_said, write_warnings},
};
use crate::{
    browser::{
        Finding, Fix, NetworkError, Phase, RequestKind, Response, Side, TraceEntry, without_credentials,
    },
    oracle::transcript::{Event, Transcript},
    standard::Algorithm,
    status::is_redirect_status,
};

pub(super) fn write_outcome(f: &mut fmt::Formatter<'_>, transcript: &Transcript) -> fmt::Result {
    match transcript.outcome() {
        Ok(response) => write_response(f, response, transcript),
        Err(error) => write_network_error(f, error, transcript),
    }
}

fn write_response(f: &mut fmt::Formatter<'_>, response: &Response, transcript: &Transcript) -> fmt::Result {
    let kind = response.response_type().as_str();
    write!(f, "DELIVERED: a response of type \"{kind}\" [main fetch 14]. ")?;
    match Reader::of(transcript.request()) {
        Reader::Scripts if f.alternate() => {
            write!(f, "Visible to scripts:")?;
            write_visible_in_short(f, response)?;
        }
        Reader::Scripts => {
            write!(f, "Visible to scripts:")?;
            write_visible(f, response)?;
        }
        Reader::NewDocument => writeln!(f, "The browser makes a document of it.")?,
        Reader::Connection => writeln!(f, "Scripts see only whether the connection opens.")?,
        Reader::Nobody => writeln!(f, "The server has the request, and nobody reads the response.")?,
    }
    write_warnings(f, transcript.warnings().iter(), &[])
}

/// What scripts see of a response, each part on a line.
fn write_visible(f: &mut fmt::Formatter<'_>, response: &Response) -> fmt::Result {
    writeln!(f)?;
    match response.status() {
        Some(status) => write_labelled(f, "Status", StatusLine(status))?,
        None => write_labelled(f, "Status", "0 (hidden)")?,
    }
    match response.url().map(without_credentials) {
        Some(url) if response.redirected() => {
            write_labelled(f, "URL", format_args!("{url} (redirected)"))?;
        }
        Some(url) => write_labelled(f, "URL", url)?,
        None => write_labelled(f, "URL", "none")?,
    }
    if response.headers().is_empty() {
        write_labelled(f, "Headers", "none")?;
    } else {
        write_headers(f, &labelled("Headers"), BELOW_LABEL, response.headers())?;
    }
    write_labelled(f, "Body", body_of(response))?;
    write_labelled(f, "Timing", timing_of(response))
}

/// What scripts see of a response, in one sentence.
fn write_visible_in_short(f: &mut fmt::Formatter<'_>, response: &Response) -> fmt::Result {
    let mut visible = vec![match response.status() {
        Some(status) => format!("status {}", StatusLine(status)),
        None => "status 0 (hidden)".to_owned(),
    }];
    match response.url().map(without_credentials) {
        Some(url) if response.redirected() => visible.push(format!("URL {} (redirected)", shown(url))),
        Some(_) => {}
        None => visible.push("no URL".to_owned()),
    }
    let headers = response.headers();
    if headers.is_empty() {
        visible.push("no headers".to_owned());
    } else {
        let lines = headers.iter().take(SHOWN_LINES).map(|(name, value)| header_line(name, value));
        visible.push(shown(lines.collect::<Vec<_>>().join(", ")));
    }
    match headers.len().saturating_sub(SHOWN_LINES) {
        0 => {}
        more => visible.push(format!("{more} more header lines")),
    }
    visible.push(format!("body {}", body_of(response)));
    visible.push(format!("timing {}", timing_of(response)));
    writeln!(f, " {}.", visible.join(", "))
}

fn body_of(response: &Response) -> &'static str {
    match response.status() {
        None => "not readable",
        Some(_) if response.body_readable() => "readable",
        Some(_) => "none",
    }
}

fn timing_of(response: &Response) -> String {
    if response.timing_allowed() {
        return "details visible".to_owned();
    }
    let mut decisions = response.trace().iter();
    let hidden = decisions.find(|decision| decision.finding == Finding::TimingHidden);
    match hidden {
        Some(hidden) => format!("details hidden [{}]", hidden.step),
        None => "details hidden".to_owned(),
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
    write!(f, "{}", clause(error.reason()))?;
    if is_about_script(error.reason()) {
        writeln!(f)?;
    } else {
        write_step(f, error.step())?;
    }
    write_names(f, error)?;
    for reason in error.other_reasons() {
        write_sentence(f, "Also", reason)?;
    }
    // The short form has only the best fix.
    let mut fixes = transcript.fixes();
    fixes.truncate(if f.alternate() { 1 } else { usize::MAX });
    let warnings = transcript.warnings();
    write_warnings(f, warnings.iter().filter(|warning| !is_said(warning, error, &fixes)), &fixes)?;
    if !f.alternate() && !is_about_script(error.reason()) {
        write_labelled(f, "Scripts", Reader::of(transcript.request()).of_error(error.phase()))?;
    }
    let server = redirecting_server(error, transcript);
    fixes.iter().try_for_each(|fix| write_fix(f, fix, server.as_deref()))
}

/// The origin of the server whose response was refused, if a redirect involved more than one server.
fn redirecting_server(error: &NetworkError, transcript: &Transcript) -> Option<String> {
    let redirects = transcript.events().iter().any(|event| match event {
        Event::Received(head) => is_redirect_status(head.status),
        _ => false,
    });
    let request = transcript.requests().filter(|request| request.hop == error.hop()).last();
    request.filter(|_| redirects).map(|request| request.url.origin().ascii_serialization())
}

fn when(error: &NetworkError, transcript: &Transcript) -> String {
    let followed =
        |entry: &TraceEntry| entry.hop == error.hop() && matches!(entry.finding, Finding::Redirected { .. });
    match (error.step().algorithm(), error.step().number()) {
        // Main fetch checks the request, and the response in later steps.
        (Algorithm::LocalNetworkAccessCheck, _) | (Algorithm::MainFetch, "7") => {
            return "before the request was sent".to_owned();
        }
        _ => {}
    }
    match error.phase() {
        // An engine followed the redirect that it refuses, so other messages or decisions may stand between.
        Phase::Actual if error.trace().iter().any(followed) => {
            return format!("at message {}", number_of_response(error, transcript));
        }
        Phase::Initial if error.hop() > 0 => "before the next request",
        Phase::Initial => "before anything was sent",
        Phase::Preflight => "at the preflight",
        Phase::Actual => "at the response",
        Phase::Redirect => "at the redirect",
    }
    .to_owned()
}

/// The number of the message that is the response to the actual request after as many redirects as the error.
fn number_of_response(error: &NetworkError, transcript: &Transcript) -> usize {
    let messages = transcript.events().iter().filter(|event| event.is_message());
    let before = messages.take_while(|event| match event {
        Event::Sent(request) => request.hop != error.hop() || request.kind != RequestKind::Actual,
        _ => true,
    });
    // The request and its response.
    before.count().saturating_add(2)
}

/// What browsers' sources call the reason, and what their consoles print, so that people recognize it, whether or not the fetch is
/// in one of these browsers. The short form has only the names.
fn write_names(f: &mut fmt::Formatter<'_>, error: &NetworkError) -> fmt::Result {
    let chromium = error.chromium().map(|name| format!("{name} (Chromium)"));
    let firefox = error.reason().firefox().map(|name| format!("{name} (Firefox)"));
    let names: Vec<_> = chromium.into_iter().chain(firefox).collect();
    if !names.is_empty() {
        write_labelled(f, "Known as", names.join(", "))?;
    }
    if f.alternate() {
        return Ok(());
    }
    for (browser, profile) in [("Chromium", "chromium"), ("Firefox", "firefox"), ("Safari", "webkit")] {
        if let Some(text) = error.reason().console_text(profile) {
            write_labelled(f, browser, text)?;
        }
    }
    Ok(())
}

/// What to do, and on which server. The sentence has all header lines. If there are several, they follow on lines of their own, to
/// be copied.
fn write_fix(f: &mut fmt::Formatter<'_>, fix: &Fix, server: Option<&str>) -> fmt::Result {
    let lines = fix.lines();
    match server.filter(|_| fix.side() == Side::Server && !lines.is_empty()) {
        Some(server) => write_sentence(f, "Fix", format_args!("On {server}: {}", fix.text()))?,
        None => write_sentence(f, "Fix", fix.text())?,
    }
    if lines.len() > 1 && !f.alternate() {
        for line in &lines {
            writeln!(f, "{BELOW_LABEL}{}", shown(line))?;
        }
    }
    fix.caution().map_or(Ok(()), |caution| write_labelled(f, "Caution", caution))
}
