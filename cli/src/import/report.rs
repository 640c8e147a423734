//! Findings for people and for programs.

use std::fmt;

use serde::{
    Serialize, Serializer,
    ser::{Error, SerializeMap},
};
use serde_json::Value;

use super::{
    capture::End,
    finding::{FetchOutcome, Finding, UNKNOWN_PAGES},
};

/// The words for the origin of a page that is not known.
const PAGE_ORIGIN: &str = "<the page's origin>";

/// A label as transcripts have them.
macro_rules! labelled {
    ($f:expr, $label:literal, $($text:tt)+) => {
        writeln!($f, "   {:<10}{}", concat!($label, ":"), one_line(&format!($($text)+)))
    };
}

/// Prints the messages and the decisions of the fetch, its end, and what the capture says about it. `{:#}` prints the end without
/// the messages.
///
/// Captures may be hostile, and the text is safe for terminals, as that of a [`Transcript`](crossorigin::oracle::Transcript) is.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = Report(self);
        let text = if f.alternate() { format!("{report:#}") } else { report.to_string() };
        f.write_str(&self.with_page_named(text))
    }
}

/// The report with the origin that stands for that of an unknown page.
struct Report<'a>(&'a Finding);

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let finding = self.0;
        match (&finding.next, finding.transcript()) {
            (Some(next), _) => {
                writeln!(f, "UNDECIDED: {}", one_line(&next.to_string()))?;
                if let Some(needed) = next.needed() {
                    labelled!(f, "Needed", "{needed}")?;
                }
                if let Some(command) = next.command() {
                    labelled!(f, "Next", "{command}")?;
                }
            }
            (None, Some(transcript)) if f.alternate() => write!(f, "{:#}", transcript.ending())?,
            (None, Some(transcript)) => write!(f, "{transcript}")?,
            (None, None) => write!(f, "{}", finding.verdict)?,
        }
        if finding.is_blocked_before_cors() {
            labelled!(f, "Note", "CORS is not the cause: the browser blocks the request before it is sent.")?;
        }
        if let Some(reported) = finding.reported() {
            labelled!(f, "Reported", "{reported}")?;
        }
        for assumption in &finding.assumptions {
            labelled!(f, "Assumed", "{assumption}")?;
        }
        if let Some(disagreement) = &finding.disagreement {
            labelled!(f, "Differs", "{disagreement}")?;
        }
        Ok(())
    }
}

impl Finding {
    /// What was fetched, and from where: `PUT https://api.example/ from https://app.example`.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}. {} {} from {}", self.id, self.method, self.url, self.shown_page())
    }

    fn is_of_unknown_page(&self) -> bool {
        UNKNOWN_PAGES.contains(&self.page.as_str())
    }

    fn shown_page(&self) -> &str {
        if self.is_of_unknown_page() { PAGE_ORIGIN } else { &self.page }
    }

    /// A text without the origin that stands for that of an unknown page: nobody may copy it to a server.
    fn with_page_named(&self, text: String) -> String {
        if self.is_of_unknown_page() { text.replace(&self.page, PAGE_ORIGIN) } else { text }
    }

    fn shown_verdict(&self) -> Result<Value, serde_json::Error> {
        serde_json::from_str(&self.with_page_named(serde_json::to_string(&self.verdict)?))
    }
}

/// A text on one line, in which characters that do not print are escaped.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '\'' | '\\' => line.push(character),
            _ => line.extend(character.escape_debug()),
        }
    }
    line
}

/// Writes one object. Fields that do not apply are absent.
impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("id", &self.id)?;
        object.serialize_entry("page", self.shown_page())?;
        object.serialize_entry("method", &self.method)?;
        object.serialize_entry("url", &self.url)?;
        object.serialize_entry("outcome", &self.outcome)?;
        match &self.end {
            End::Unknown => {}
            End::Delivered => {
                object.serialize_entry("browser", &Browser { outcome: "delivered", text: None })?
            }
            End::Failed { text, .. } => {
                object.serialize_entry("browser", &Browser { outcome: "failed", text: Some(text) })?;
            }
        }
        if let Some(disagreement) = &self.disagreement {
            object.serialize_entry("disagreement", disagreement)?;
        }
        if !self.assumptions.is_empty() {
            object.serialize_entry("assumptions", &self.assumptions)?;
        }
        if let Some(needed) = self.next.as_ref().and_then(|next| next.needed()) {
            object.serialize_entry("needed", needed)?;
        }
        if let Some(command) = self.next.as_ref().and_then(|next| next.command()) {
            object.serialize_entry("next", command)?;
        }
        object.serialize_entry("case", &self.case)?;
        if self.outcome != FetchOutcome::Undecided {
            if self.is_of_unknown_page() {
                object.serialize_entry("verdict", &self.shown_verdict().map_err(S::Error::custom)?)?;
            } else {
                object.serialize_entry("verdict", &self.verdict)?;
            }
        }
        object.end()
    }
}

/// What the browser reported.
#[derive(Serialize)]
struct Browser<'a> {
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}
