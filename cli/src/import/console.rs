//! Messages of browsers' consoles, in English, and the issues of DevTools.
//!
//! A message names the rule that refused, and not the messages of HTTP. So it becomes the smallest case in which this rule
//! refuses.

mod blocked;
mod draft;
mod draft_request;
mod local_network;
mod rules;

use std::net::IpAddr;

use serde_json::Value;

use self::{draft::Draft, rules::Meaning};
use super::{Options, capture::End};
use crate::redaction::redacted_text;

/// How many characters of a message are repeated.
const SHOWN_CHARS: usize = 400;

/// What a browser told about a refused request.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// `None` if the message does not say why.
    meaning: Option<Meaning>,
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
    /// The address of the server.
    ip: Option<IpAddr>,
    /// Whether the browser says that it allows the request.
    is_allowed: bool,
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
    for line in text.lines() {
        let Some(mut message) = read_line(line) else { continue };
        let last = told.last_mut().filter(|last| last.browser.is_none() || last.browser == message.browser);
        match last {
            // Firefox also prints why an allowed request failed.
            Some(last) if last.is_allowed && last.url == message.url => *last = message,
            // All browsers print this after the reason.
            Some(_) if line.contains("Failed to load resource: ") => {}
            // WebKit tells the reason and the URL in two messages.
            Some(last) if message.meaning.is_none() && last.meaning.is_some() && last.url.is_none() => {
                last.url = message.url.take();
                last.initiator = message.initiator.take();
                last.browser = message.browser;
            }
            // Chromium repeats the reason when `fetch()` fails.
            Some(last)
                if is_failed_fetch(line)
                    && last.reasons() == message.reasons()
                    && last.url == message.url => {}
            // Firefox prints the reason after the message about a font.
            Some(last) if last.meaning.is_none() && message.meaning.is_some() && last.url == message.url => {
                message.initiator = message.initiator.take().or(last.initiator.take());
                *last = message;
            }
            Some(last) if message.is_general() && last.url == message.url => {
                last.initiator = last.initiator.take().or(message.initiator);
            }
            _ => told.push(message),
        }
    }
    told.retain(|message| message.meaning.is_some() || message.url.is_some());
    told
}

/// Returns whether a line only says which call of `fetch()` failed.
fn is_failed_fetch(line: &str) -> bool {
    line.contains("Fetch API cannot load ")
}

/// Reads one line; `None` if it is not about a request that was refused.
fn read_line(line: &str) -> Option<Told> {
    if blocked::is_warning(line) {
        return None;
    }
    const READERS: [fn(&str) -> Option<Told>; 6] =
        [chromium, firefox, webkit, blocked::read, local_network::read, other];
    let told = READERS.iter().find_map(|read| read(line));
    told.map(|told| told.with_text(line))
}

fn chromium(line: &str) -> Option<Told> {
    let (before, text) = line.split_once("has been blocked by CORS policy")?;
    Some(Told {
        meaning: Meaning::of(text),
        browser: Some("chromium"),
        initiator: between(before, "Access to ", " at ").map(str::to_owned),
        url: between(before, " at '", "'").map(str::to_owned),
        redirected_from: between(before, "(redirected from '", "'").map(str::to_owned),
        origin: between(before, "from origin '", "'").map(str::to_owned),
        ..Told::default()
    })
}

fn firefox(line: &str) -> Option<Told> {
    firefox_font(line).or_else(|| firefox_cors(line))
}

/// A font that was not loaded, whatever the reason.
fn firefox_font(line: &str) -> Option<Told> {
    let (_, text) = line.split_once("downloadable font: download failed")?;
    let (_, url) = text.split_once("bad URI or cross-site access not allowed source: ")?;
    let url = url.split_whitespace().next().map(trimmed_url);
    Some(Told { browser: Some("firefox"), url, initiator: Some("font".to_owned()), ..Told::default() })
}

fn firefox_cors(line: &str) -> Option<Told> {
    let (_, text) = line.split_once("Same Origin Policy disallows reading the remote resource")?;
    let url = between(text, " at ", " (Reason").or_else(|| between(text, " at ", ". ")).map(trimmed_url);
    let meaning = between(text, "(Reason: ", ").").and_then(Meaning::of);
    Some(Told { meaning, browser: Some("firefox"), url, ..Told::default() })
}

/// The message that WebKit prints after the reason.
fn webkit(line: &str) -> Option<Told> {
    let (before, rest) = line.split_once(" cannot load ")?;
    let (url, _) = rest.split_once(" due to access control checks")?;
    let initiator = before.rsplit([' ', ']']).find(|word| !word.is_empty()).map(|word| match word {
        "API" => "fetch".to_owned(),
        word => word.to_owned(),
    });
    Some(Told { browser: Some("webkit"), url: Some(trimmed_url(url)), initiator, ..Told::default() })
}

/// A message with nothing around it.
fn other(line: &str) -> Option<Told> {
    let meaning = Meaning::of(line)?;
    let browser = meaning.browser;
    let mut told = Told { meaning: Some(meaning), browser, ..Told::default() };
    match between(line, "Origin ", " is not allowed") {
        Some(origin) => told.origin = Some(origin.to_owned()),
        None => {
            let words = line.split([' ', '\'', '"', '‘', '’']);
            told.url = words.into_iter().find(|word| word.contains("://")).map(trimmed_url);
        }
    }
    Some(told)
}

impl Told {
    /// Adds what stands in the messages of all browsers.
    fn with_text(mut self, line: &str) -> Self {
        self.at_preflight = line.contains("Response to preflight request doesn't pass");
        self.status = between(line, "Status code: ", "").and_then(|status| {
            status.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
        });
        self.value = rules::value(line).map(str::to_owned);
        self.text = line.trim().chars().take(SHOWN_CHARS).collect();
        self
    }

    /// Reads the details of an issue about CORS of DevTools.
    pub(super) fn by_issue(details: &Value) -> Self {
        let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let status = details.get("corsErrorStatus").unwrap_or(&Value::Null);
        // The last word is that of older versions.
        let error = text(status, "corsError").unwrap_or_default().replace("PrivateNetwork", "LocalNetwork");
        Self {
            meaning: Meaning::of(&format!("k{error}"))
                .or_else(|| Meaning::of(&format!("k{}", error.strip_prefix("Preflight")?))),
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
        if self.is_allowed {
            return End::Unknown;
        }
        End::Failed { text: redacted_text(&self.text), name: self.name.clone() }
    }

    /// The reasons that the message can stand for, as verdicts write them.
    pub(super) fn reasons(&self) -> &[&'static str] {
        self.meaning.as_ref().map_or(&[], |meaning| &meaning.reasons)
    }

    fn is_of_font(&self) -> bool {
        self.initiator.as_deref() == Some("font")
    }

    /// Returns whether only a secure page gets the message.
    fn is_of_secure_page(&self) -> bool {
        self.reasons().iter().any(|reason| ["MixedContent", "LocalNetworkDenied"].contains(reason))
    }

    /// Returns whether the message says only that there is no response, or not even that.
    fn is_general(&self) -> bool {
        self.meaning.as_ref().is_none_or(Meaning::is_general)
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
    text.trim().trim_end_matches(['.', ':']).to_owned()
}
