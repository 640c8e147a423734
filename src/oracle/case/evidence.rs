//! The evidence in a verdict: what was refused, what consoles say, what was decided, and what a policy said.

use std::borrow::Cow;

use serde::Serialize;

use super::latin1::Latin1;
use crate::{
    browser::{NetworkError, ResponseHead, shown_value},
    oracle::{policy_report::PolicyReport, transcript::Event},
    server::{Verdict, with_sources},
};

/// How many bytes of a value are in a verdict, and how many lines: nobody reads more, and a verdict stays small.
const MAX_VALUE_BYTES: usize = 1_024;
const MAX_LINES: usize = 100;

/// A refused response, without secrets and without what is too long to read.
#[derive(Serialize)]
pub(super) struct RefusedResponse {
    status: u16,
    headers: Vec<(String, Latin1)>,
}

impl RefusedResponse {
    pub(super) fn new(head: &ResponseHead) -> Self {
        let headers = head.headers.iter().take(MAX_LINES);
        let headers = headers.map(|(name, value)| (name.to_string(), shown(&shown_value(name, value))));
        Self { status: head.status.as_u16(), headers: headers.collect() }
    }
}

/// The value, cut if it is too long.
fn shown(value: &[u8]) -> Latin1 {
    match value.get(..MAX_VALUE_BYTES) {
        Some(start) if start.len() < value.len() => Latin1([start, b"..."].concat()),
        _ => Latin1::from(value),
    }
}

/// What the consoles of three engines say about an error.
#[derive(Serialize)]
pub(super) struct ConsoleLines {
    #[serde(skip_serializing_if = "Option::is_none")]
    chromium: Option<ConsoleLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    firefox: Option<ConsoleLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webkit: Option<ConsoleLine>,
}

/// The name of an error in an engine's source code, and a fragment of its text. One of them may be absent.
#[derive(Serialize)]
struct ConsoleLine {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Cow<'static, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'static str>,
}

impl ConsoleLines {
    /// `None` if no engine has a name or a text.
    pub(super) fn new(error: &NetworkError) -> Option<Self> {
        let line = |name: Option<Cow<'static, str>>, profile| {
            let text = error.reason().console_text(profile);
            (name.is_some() || text.is_some()).then_some(ConsoleLine { name, text })
        };
        let lines = Self {
            chromium: line(error.chromium(), "chromium"),
            firefox: line(error.reason().firefox().map(Cow::Borrowed), "firefox"),
            webkit: line(None, "webkit"),
        };
        let is_empty = lines.chromium.is_none() && lines.firefox.is_none() && lines.webkit.is_none();
        (!is_empty).then_some(lines)
    }
}

/// A decision of a fetch.
#[derive(Serialize)]
pub(super) struct Decision {
    hop: usize,
    step: String,
    text: String,
}

impl Decision {
    pub(super) fn all(events: &[Event]) -> Vec<Self> {
        let decided = events.iter().filter_map(|event| match event {
            Event::Decided(entry) => Some(entry),
            _ => None,
        });
        let decisions = decided.map(|entry| Self {
            hop: entry.hop,
            step: entry.step.to_string(),
            text: entry.finding.to_string(),
        });
        decisions.collect()
    }
}

/// What the server's policy said about a request.
#[derive(Serialize)]
pub(super) struct PolicyWords {
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// The name of the refused header.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<String>,
}

impl PolicyWords {
    pub(super) fn new(report: &PolicyReport) -> Self {
        let refusal = report.refusal();
        Self {
            verdict: report.verdict,
            reason: refusal.map(|refusal| refusal.name()),
            name: report.refused_header().map(str::to_owned),
            message: refusal.map(|refusal| with_sources(&refusal)),
            changes: report.suggestions.iter().map(ToString::to_string).collect(),
        }
    }
}
