//! Requests and responses, as they go over the wire.

use std::fmt;

use http::{
    HeaderName, StatusCode,
    header::{CONTENT_TYPE, LOCATION, REFERRER_POLICY, VARY},
};

use super::text::shown;
use crate::{
    browser::{
        BodyToSend, CanonicalName, Failure, OutgoingRequest, RequestKind, ResponseHead, shown_value,
        without_fragment,
    },
    byte_string::Escaped,
    header_list::HeaderList,
};

/// How many bytes of a header's value are shown.
const SHOWN_VALUE_BYTES: usize = 512;

/// How many header lines of a message are shown.
pub(super) const SHOWN_LINES: usize = 32;

/// How many other header names of a response are shown.
const SHOWN_NAMES: usize = 16;

pub(super) fn write_request(
    f: &mut fmt::Formatter<'_>,
    number: usize,
    request: &OutgoingRequest,
) -> fmt::Result {
    let kind = match request.kind {
        RequestKind::Preflight => "Preflight",
        RequestKind::Actual => "Request",
    };
    let hop = if request.hop == 0 { String::new() } else { format!(" after redirect {}", request.hop) };
    let body = if request.body == BodyToSend::AsGiven { ", with its body" } else { "" };
    let cookies = if request.credentials { "with cookies (if any)" } else { "without cookies" };
    writeln!(f, "{number}. {kind}{hop}, {cookies}{body}")?;
    writeln!(f, "   > {} {}", shown(&request.method), shown(without_fragment(&request.url)))?;
    for (name, value) in request.headers.iter().take(SHOWN_LINES) {
        writeln!(f, "   > {}", header_line(name, value))?;
    }
    write_more(f, "   > ", request.headers.len())
}

/// All lines that matter for CORS, and the type. The short form leaves out the names of the others.
pub(super) fn write_response(f: &mut fmt::Formatter<'_>, number: usize, head: &ResponseHead) -> fmt::Result {
    writeln!(f, "{number}. Response: {}", StatusLine(head.status))?;
    let (lines, others): (Vec<_>, Vec<_>) = head.headers.iter().partition(|(name, _)| matters(name));
    for (name, value) in lines.iter().take(SHOWN_LINES) {
        writeln!(f, "   < {}", header_line(name, value))?;
    }
    write_more(f, "   < ", lines.len())?;
    if others.is_empty() || f.alternate() {
        return Ok(());
    }
    let names: Vec<_> =
        others.iter().take(SHOWN_NAMES).map(|(name, _)| CanonicalName(name).to_string()).collect();
    let more = others.len().saturating_sub(names.len());
    let more = if more == 0 { String::new() } else { format!(", and {more} more") };
    writeln!(f, "   < (other headers: {}{more})", shown(names.join(", ")))
}

pub(super) fn write_failure(f: &mut fmt::Formatter<'_>, number: usize, failure: Failure) -> fmt::Result {
    let what = match failure {
        Failure::Network => "No response",
        Failure::Timeout => "No response in time",
        Failure::Canceled => "Canceled before a response",
        Failure::UnsendableRequest => "Not sent",
        Failure::NoScriptedResponse | Failure::ScriptedForOtherRequest { .. } => "No response in the list",
        _ => "Blocked by the user agent",
    };
    writeln!(f, "{number}. {what}")
}

/// A status with its reason phrase, if it has one.
pub(super) struct StatusLine(pub(super) StatusCode);

impl fmt::Display for StatusLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())?;
        self.0.canonical_reason().map_or(Ok(()), |reason| write!(f, " {reason}"))
    }
}

/// The header lines of a list, at most [`SHOWN_LINES`]: the first after a label, the others below it.
pub(super) fn write_headers(
    f: &mut fmt::Formatter<'_>,
    label: &str,
    below: &str,
    headers: &HeaderList,
) -> fmt::Result {
    let mut margin = label;
    for (name, value) in headers.iter().take(SHOWN_LINES) {
        writeln!(f, "{margin}{}", header_line(name, value))?;
        margin = below;
    }
    write_more(f, margin, headers.len())
}

pub(super) fn header_line(name: &HeaderName, value: &[u8]) -> String {
    let value = shown(Escaped { bytes: &shown_value(name, value), shown: SHOWN_VALUE_BYTES });
    let gap = if value.is_empty() { "" } else { " " };
    format!("{}:{gap}{value}", shown(CanonicalName(name)))
}

fn write_more(f: &mut fmt::Formatter<'_>, margin: &str, lines: usize) -> fmt::Result {
    match lines.saturating_sub(SHOWN_LINES) {
        0 => Ok(()),
        more => writeln!(f, "{margin}(and {more} more lines)"),
    }
}

/// Returns whether a decision may depend on a response's header, or that of a cache between browser and
/// server. The type is what scripts see of most responses.
fn matters(name: &HeaderName) -> bool {
    let others = ["cross-origin-resource-policy", "timing-allow-origin"];
    name.as_str().starts_with("access-control-")
        || others.contains(&name.as_str())
        || [CONTENT_TYPE, LOCATION, REFERRER_POLICY, VARY].contains(name)
}
