//! Messages of browsers' consoles, in English, and the issues of DevTools.
//!
//! A message names the rule that refused, and not the messages of HTTP. So it becomes the smallest case in which this rule
//! refuses.

mod draft;
mod table;

use serde_json::Value;

use self::{
    draft::Draft,
    table::{Row, row_of_name, row_of_text},
};
use super::{Options, capture::End, redaction::redacted_text};

/// How many characters of a message are repeated.
const SHOWN_CHARS: usize = 400;

/// What a browser told about a refused request.
#[derive(Debug, Default)]
pub(super) struct Told {
    row: Option<&'static Row>,
    browser: Option<&'static str>,
    /// What the page used: Chromium's word for it.
    initiator: Option<String>,
    url: Option<String>,
    redirected_from: Option<String>,
    origin: Option<String>,
    /// The value, the method or the name that was refused.
    value: Option<String>,
    status: Option<u16>,
    at_preflight: bool,
    /// The message itself.
    text: String,
    /// The browser's name for the reason.
    name: Option<String>,
}

/// Returns whether a line of the text is a message about CORS.
pub(super) fn is_message(text: &str) -> bool {
    text.lines().any(|line| read_line(line).is_some())
}

/// Reads the messages.
pub(super) fn read(text: &str) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for mut message in text.lines().filter_map(read_line) {
        // WebKit tells the reason and the URL in two messages, and Firefox a consequence after the reason.
        if let Some(last) = told.last_mut().filter(|last| last.browser == message.browser) {
            if message.row.is_none() && last.row.is_some() && last.url.is_none() {
                last.url = message.url.take();
                last.initiator = message.initiator.take();
                continue;
            }
            if message.row.is_none() && message.url.is_some() && last.url == message.url {
                continue;
            }
        }
        told.push(message);
    }
    told.retain(|message| message.row.is_some() || message.url.is_some());
    told
}

/// Reads one line; `None` if it is not about CORS.
fn read_line(line: &str) -> Option<Told> {
    let told = chromium(line).or_else(|| firefox(line)).or_else(|| webkit(line));
    told.or_else(|| {
        let (row, browser) = row_of_text(line)?;
        let url = line.split([' ', '\'', '"', '‘', '’']).find(|word| word.contains("://")).map(trimmed_url);
        Some(Told { row: Some(row), browser, url, ..Told::default() })
    })
    .map(|told| told.with_text(line))
}

fn chromium(line: &str) -> Option<Told> {
    let (before, text) = line.split_once("has been blocked by CORS policy")?;
    let request = between(before, "Access to ", " at ").map(str::to_owned);
    let origin = between(before, "from origin '", "'").map(str::to_owned);
    let url = between(before, " at '", "'").map(str::to_owned);
    let redirected_from = between(before, "(redirected from '", "'").map(str::to_owned);
    let row = row_of_text(text).map(|(row, _)| row);
    Some(Told {
        row,
        browser: Some("chromium"),
        initiator: request,
        url,
        redirected_from,
        origin,
        ..Told::default()
    })
}

fn firefox(line: &str) -> Option<Told> {
    let (_, text) = line.split_once("Same Origin Policy disallows reading the remote resource")?;
    let url = between(text, " at ", " (Reason").or_else(|| between(text, " at ", ". ")).map(trimmed_url);
    let row = between(text, "(Reason: ", ").").and_then(row_of_text).map(|(row, _)| row);
    Some(Told { row, browser: Some("firefox"), url, ..Told::default() })
}

fn webkit(line: &str) -> Option<Told> {
    const LOADED: &str = " cannot load ";
    const REFUSED: &str = " due to access control checks";
    if line.contains(REFUSED) {
        let (before, rest) = line.split_once(LOADED)?;
        let url = rest.split_once(REFUSED).map(|(url, _)| trimmed_url(url));
        let initiator = before.rsplit([' ', ']']).find(|word| !word.is_empty()).map(|word| match word {
            "API" => "fetch".to_owned(),
            word => word.to_owned(),
        });
        return Some(Told { browser: Some("webkit"), url, initiator, ..Told::default() });
    }
    let (row, browser) = row_of_text(line)?;
    if browser != Some("webkit") {
        return None;
    }
    let origin = between(line, "Origin ", " is not allowed").map(str::to_owned);
    Some(Told { row: Some(row), browser, origin, ..Told::default() })
}

impl Told {
    /// Adds what stands in the messages of all browsers.
    fn with_text(mut self, line: &str) -> Self {
        self.at_preflight = line.contains("Response to preflight request doesn't pass");
        self.status = between(line, "Status code: ", "").and_then(|status| {
            status.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
        });
        self.value = table::value(line).map(str::to_owned);
        self.text = line.trim().chars().take(SHOWN_CHARS).collect();
        self
    }

    /// Reads the details of an issue about CORS of DevTools.
    pub(super) fn by_issue(details: &Value) -> Self {
        let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let status = details.get("corsErrorStatus").unwrap_or(&Value::Null);
        let error = text(status, "corsError").unwrap_or_default();
        Self {
            row: row_of_name(&error),
            browser: Some("chromium"),
            url: details.get("request").and_then(|request| text(request, "url")),
            origin: text(details, "initiatorOrigin"),
            value: text(status, "failedParameter"),
            at_preflight: error.starts_with("Preflight"),
            name: Some(format!("k{error}")),
            text: error,
            ..Self::default()
        }
    }

    pub(super) fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// What the browser said.
    pub(super) fn end(&self) -> End {
        End::Failed { text: redacted_text(&self.text), name: self.name.clone() }
    }

    /// The reason that the message names, as verdicts write it.
    pub(super) fn reasons(&self) -> &'static [&'static str] {
        self.row.map_or(&[], |row| row.reasons)
    }

    /// The smallest case that has this message, and what was assumed for it.
    pub(super) fn to_case(&self, id: &str, options: &Options) -> (Value, Vec<String>) {
        Draft::of(self, options).into_case(id)
    }
}

/// The text between two others; up to the end if the second one is empty.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    if after.is_empty() { Some(rest) } else { rest.split_once(after).map(|(found, _)| found) }
}

/// A URL without what ends its sentence.
fn trimmed_url(text: &str) -> String {
    text.trim().trim_end_matches('.').to_owned()
}
