//! Requests and answers, as they go over the wire.

use super::paper::{Margin, Paper, Style, Text};
use crate::browser::{
    BodyToSend, CanonicalName, Failure, OutgoingRequest, RequestKind, ResponseHead, without_fragment,
};
use crate::byte_string::Escaped;
use crate::header_list::HeaderList;
use http::header::{LOCATION, REFERRER_POLICY, VARY};
use http::{HeaderName, StatusCode};
use std::fmt;

/// How many bytes of a header's value are shown.
const SHOWN_VALUE_BYTES: usize = 512;

/// How many header lines of a message are shown.
const SHOWN_LINES: usize = 32;

/// How many other header names of an answer are shown.
const SHOWN_NAMES: usize = 16;

const SENT: Margin<'_> = Margin { first: "   > ", rest: "   >   " };
const RECEIVED: Margin<'_> = Margin { first: "   < ", rest: "   <   " };
const NUMBER: Margin<'_> = Margin { first: "", rest: "   " };

pub(super) fn write_request(
    paper: &mut Paper<'_, '_>,
    number: usize,
    request: &OutgoingRequest,
) -> fmt::Result {
    let kind = match request.kind {
        RequestKind::Preflight => "Preflight",
        RequestKind::Actual => "Request",
    };
    let hop = if request.hop == 0 { String::new() } else { format!(" after redirect {}", request.hop) };
    let body = if request.body == BodyToSend::AsGiven { ", with its body" } else { "" };
    let cookies = if request.credentials { "with cookies" } else { "without cookies" };
    paper.write(NUMBER, &Text::new().plain(format_args!("{number}. {kind}{hop}, {cookies}{body}")))?;
    let url = without_fragment(&request.url);
    paper.write(SENT, &Text::new().styled(Style::Method, &request.method).plain(url))?;
    for (name, value) in request.headers.iter().take(SHOWN_LINES) {
        paper.write(SENT, &header_line(name, value))?;
    }
    write_more(paper, SENT, request.headers.len())
}

/// All lines that CORS looks at, and the names of the others.
pub(super) fn write_answer(paper: &mut Paper<'_, '_>, number: usize, head: &ResponseHead) -> fmt::Result {
    paper.write(NUMBER, &Text::new().plain(format_args!("{number}. Answer")))?;
    paper.write(RECEIVED, &Text::new().plain(StatusLine(head.status)))?;
    let (lines, others): (Vec<_>, Vec<_>) = head.headers.iter().partition(|(name, _)| matters(name));
    for (name, value) in lines.iter().take(SHOWN_LINES) {
        paper.write(RECEIVED, &header_line(name, value))?;
    }
    write_more(paper, RECEIVED, lines.len())?;
    if others.is_empty() {
        return Ok(());
    }
    let names: Vec<_> =
        others.iter().take(SHOWN_NAMES).map(|(name, _)| CanonicalName(name).to_string()).collect();
    let more = others.len().saturating_sub(names.len());
    let more = if more == 0 { String::new() } else { format!(", and {more} more") };
    paper.write(RECEIVED, &Text::new().plain(format_args!("(also {}{more})", names.join(", "))))
}

pub(super) fn write_failure(paper: &mut Paper<'_, '_>, number: usize, failure: Failure) -> fmt::Result {
    let what = if failure == Failure::Canceled { "Canceled before an answer" } else { "No answer" };
    paper.write(NUMBER, &Text::new().plain(format_args!("{number}. {what}")))
}

/// A status with the words that go with it, if there are any.
pub(super) struct StatusLine(pub(super) StatusCode);

impl fmt::Display for StatusLine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_str())?;
        self.0.canonical_reason().map_or(Ok(()), |reason| write!(formatter, " {reason}"))
    }
}

/// The header lines of a list behind a label, at most [`SHOWN_LINES`].
pub(super) fn write_headers(
    paper: &mut Paper<'_, '_>,
    label: &str,
    rest: &str,
    headers: &HeaderList,
) -> fmt::Result {
    let mut first = label;
    for (name, value) in headers.iter().take(SHOWN_LINES) {
        paper.write(Margin { first, rest: &format!("{rest}  ") }, &header_line(name, value))?;
        first = rest;
    }
    write_more(paper, Margin { first, rest }, headers.len())
}

fn header_line(name: &HeaderName, value: &[u8]) -> Text {
    let value = Escaped { bytes: value, shown: SHOWN_VALUE_BYTES };
    Text::new().styled(Style::HeaderName, format_args!("{}:", CanonicalName(name))).plain(value)
}

fn write_more(paper: &mut Paper<'_, '_>, margin: Margin<'_>, lines: usize) -> fmt::Result {
    match lines.saturating_sub(SHOWN_LINES) {
        0 => Ok(()),
        more => paper.write(margin, &Text::new().plain(format_args!("(and {more} more lines)"))),
    }
}

/// Whether a line of an answer has a part in any decision, or often has one in caches between.
fn matters(name: &HeaderName) -> bool {
    let others = ["cross-origin-resource-policy", "timing-allow-origin"];
    name.as_str().starts_with("access-control-")
        || others.contains(&name.as_str())
        || [LOCATION, REFERRER_POLICY, VARY].contains(name)
}
