//! Messages about requests that a browser blocks before CORS decides: mixed content and Content Security Policy. People take
//! them for CORS.

use super::{Told, rules::Meaning, trimmed_url};

/// What browsers print about requests that they sent all the same.
const NOT_BLOCKED: [&str; 8] = [
    "[Report Only]",
    "(Report-Only policy)",
    "The policy is report-only",
    "This content should also be served over HTTPS",
    "automatically upgraded to HTTPS",
    "Upgrading insecure request",
    "Loading mixed active content",
    "Loading mixed (insecure) ",
];

/// Returns whether a line is about a request that the browser sent all the same.
pub(super) fn is_warning(line: &str) -> bool {
    NOT_BLOCKED.iter().any(|text| line.contains(text))
}

/// Reads a message about a blocked request.
pub(super) fn read(line: &str) -> Option<Told> {
    const READERS: [fn(&str) -> Option<Told>; 6] = [
        mixed_in_chromium,
        mixed_in_firefox,
        mixed_in_webkit,
        policy_in_chromium,
        policy_in_firefox,
        policy_in_webkit,
    ];
    READERS.iter().find_map(|read| read(line))
}

fn mixed_content(browser: &'static str, url: &str) -> Option<Told> {
    told("MixedContent", browser, url)
}

fn told(reason: &'static str, browser: &'static str, url: &str) -> Option<Told> {
    let url = first_url(url)?;
    Some(Told {
        meaning: Some(Meaning::only(browser, reason)),
        browser: Some(browser),
        url: Some(url),
        ..Told::default()
    })
}

fn mixed_in_chromium(line: &str) -> Option<Told> {
    let (_, text) = line.split_once("Mixed Content: The page at ")?;
    let (page, text) = text.split_once(" was loaded over HTTPS")?;
    let (_, text) = text.split_once(" insecure ")?;
    let kind = text.split(['\'', '"', '‘', '“']).next().unwrap_or_default();
    Some(Told { origin: first_url(page), initiator: initiator(kind), ..mixed_content("chromium", text)? })
}

fn mixed_in_firefox(line: &str) -> Option<Told> {
    let (_, text) = line.split_once("Blocked loading mixed ")?;
    let (_, url) = text.split_once(" content ")?;
    mixed_content("firefox", url)
}

fn mixed_in_webkit(line: &str) -> Option<Told> {
    let (before, url) = line.split_once(" insecure content from ")?;
    let (_, page) = before.split_once("The page at ")?;
    Some(Told { origin: first_url(page), ..mixed_content("webkit", url)? })
}

fn policy(browser: &'static str, url: &str) -> Option<Told> {
    told("ContentSecurityPolicy", browser, url)
}

/// `Refused to connect to 'URL' because it violates …`, and since 2025 `Connecting to 'URL' violates …`.
fn policy_in_chromium(line: &str) -> Option<Told> {
    let (action, _) = line.split_once("violates the following Content Security Policy directive")?;
    // The place in the page's source may stand before the message.
    let begin = ["Refused to ", "Loading ", "Connecting "].iter().find_map(|begin| action.find(begin));
    let action = action.get(begin.unwrap_or_default()..)?;
    let (kind, url) = action.split_once('\'')?;
    Some(Told { initiator: initiator(kind), ..policy("chromium", url)? })
}

/// Older versions name the directive after the URL.
fn policy_in_firefox(line: &str) -> Option<Told> {
    let (_, text) = line.split_once("settings blocked ")?;
    if !line.contains("Content-Security-Policy:") && !line.contains("Content Security Policy:") {
        return None;
    }
    let (kind, url) = text.split_once(" at ")?;
    Some(Told { initiator: initiator(kind), ..policy("firefox", url)? })
}

fn policy_in_webkit(line: &str) -> Option<Told> {
    let (before, _) = line.split_once(" directive of the Content Security Policy")?;
    let (_, action) = before.split_once("Refused to ")?;
    let (url, directive) = action.split_once(" because ")?;
    Some(Told { initiator: initiator(directive), ..policy("webkit", url)? })
}

/// What the page used, by the browser's words for what it blocked or by the name of the directive.
fn initiator(words: &str) -> Option<String> {
    const KINDS: [(&str, &str); 8] = [
        ("XMLHttpRequest", "XMLHttpRequest"),
        ("image", "image"),
        ("img-src", "image"),
        ("font", "font"),
        ("stylesheet", "CSS stylesheet"),
        ("style-src", "CSS stylesheet"),
        ("script-src", "script"),
        ("script", "script"),
    ];
    KINDS.iter().find(|(kind, _)| words.contains(kind)).map(|(_, initiator)| (*initiator).to_owned())
}

/// The first URL in a text, without the quotes and the punctuation around it.
pub(super) fn first_url(text: &str) -> Option<String> {
    const SCHEMES: [&str; 4] = ["http://", "https://", "ws://", "wss://"];
    let begin = SCHEMES.iter().filter_map(|scheme| text.find(scheme)).min()?;
    let url = text.get(begin..)?.split([' ', '\'', '"', '‘', '’', '“', '”', '\t']).next()?;
    Some(trimmed_url(url))
}
