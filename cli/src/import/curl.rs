//! What `curl -v` prints: requests after `>`, responses after `<`, and what happens on the connection after `*`. The body may
//! stand anywhere between.
//!
//! Without a connection, curl prints no request.

use super::{
    InvalidCapture, Options,
    capture::{Capture, End, Exchange, Request},
    curl_command,
    raw_http::{Head, Messages, begins_message},
};
use crate::redaction::redacted_text;

/// Why curl got no connection: how its error begins, what `-v` prints about it, and what to do.
const NO_CONNECTION: [(&str, &str, &str); 5] = [
    ("curl: (6)", "Could not resolve host", "check the name of the host"),
    ("curl: (7)", "Failed to connect to", "check that the server runs, and its port"),
    ("curl: (28)", "onnection timed out", "check the address and the firewalls between"),
    ("curl: (35)", "TLS connect error", "check that the port is one of https"),
    (
        "curl: (60)",
        "SSL certificate problem",
        "use a certificate that browsers accept; they refuse this one too",
    ),
];

/// What curl prints about an encrypted connection.
const SECURE: [&str; 4] = ["SSL connection using", "OPENED stream for https://", "TLSv1", "ALPN: "];

/// Returns whether the text has lines of `curl -v`.
pub(super) fn is_verbose_output(text: &str) -> bool {
    let is_known =
        |line: &str| message_line(line).is_some_and(begins_message) || without_connection(line).is_some();
    text.split(['\n', '\r']).map(without_time).any(is_known)
}

/// A line about a connection that failed, and what to do.
fn without_connection(line: &str) -> Option<(&str, &'static str)> {
    // The progress meter may stand before the event.
    let is_meter = |before: &str| !before.contains(|character: char| !" 0123456789:-.".contains(character));
    let (_, event) = line.split_once("* ").filter(|(before, _)| is_meter(before)).unwrap_or_default();
    let is =
        |(error, words, _): &&(&str, &str, _)| line.starts_with(error) || event.trim_start().contains(words);
    let (_, _, advice) = NO_CONNECTION.iter().find(is)?;
    Some((if event.is_empty() { line } else { event }.trim(), advice))
}

/// A line without the time that `--trace-time` prints before it, as in `12:34:56.123456 > GET / HTTP/1.1`.
fn without_time(line: &str) -> &str {
    let is_time = |word: &str| {
        let form = word.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
        form.eq(*b"00:00:00.000000")
    };
    line.split_once(' ').filter(|(word, _)| is_time(word)).map_or(line, |(_, rest)| rest)
}

/// A line of a message, after the mark.
fn message_line(line: &str) -> Option<&str> {
    let line = line.trim_start();
    line.strip_prefix("> ").or_else(|| line.strip_prefix("< "))
}

/// Reads the output of `curl -v`.
pub(super) fn read(text: &str, options: &Options) -> Result<Capture, InvalidCapture> {
    let mut messages = Messages::new(options.url.as_deref());
    let mut is_secure = false;
    let mut lost = None;
    // A progress meter ends its lines with carriage returns only.
    let mut lines = text.split(['\n', '\r']).filter(|line| !line.is_empty()).map(without_time).peekable();
    while let Some(line) = lines.next() {
        lost = without_connection(line).or(lost);
        if let Some(event) = line.strip_prefix("* ") {
            let event = event.trim_start();
            // A new connection.
            if event.starts_with("Trying") {
                is_secure = false;
            }
            is_secure |= SECURE.iter().any(|secure| event.contains(secure));
        } else if let Some(first) = message_line(line) {
            let mark = if line.trim_start().starts_with('>') { '>' } else { '<' };
            let mut rest = std::iter::from_fn(|| {
                loop {
                    // What happens on the connection may stand between.
                    let line = lines.next_if(|line| line.trim_start().starts_with([mark, '*']))?.trim_start();
                    if let Some(line) = line.strip_prefix(mark) {
                        return Some(line.trim_start());
                    }
                }
            });
            match Head::read(first, &mut rest) {
                Some(Head::Request { method, target, headers }) => {
                    let scheme = if is_secure { "https" } else { "http" };
                    messages.request(method, &target, headers, Some(scheme));
                }
                Some(Head::Response(response)) => messages.response(response)?,
                None => {}
            }
        } else if line.starts_with("curl: (") {
            messages.failed(line);
        }
    }
    match lost {
        Some((why, advice)) if messages.is_empty() => lost_requests(text, options, why, advice),
        _ => messages.finish(),
    }
}

/// The requests for which there was no connection, if the URL and the page are known. curl does not print them: the URL is that of
/// the command before the output, or of the options.
fn lost_requests(
    text: &str,
    options: &Options,
    why: &str,
    advice: &'static str,
) -> Result<Capture, InvalidCapture> {
    let mut capture = Capture::default();
    if curl_command::is_curl_command(text) {
        capture = curl_command::read(command_of(text))?;
    } else if let Some(url) = &options.url {
        let request = Request { method: "GET".to_owned(), url: url.clone(), ..Request::default() };
        capture.exchanges.push(Exchange { request, ..Exchange::default() });
    }
    let names_page = |exchange: &Exchange| options.page.is_some() || exchange.request.origin().is_some();
    if capture.exchanges.is_empty() || !capture.exchanges.iter().all(names_page) {
        return Err(InvalidCapture::NoConnection { why: redacted_text(why), advice });
    }
    for exchange in &mut capture.exchanges {
        // Nobody has sent it.
        exchange.request.is_command = true;
        exchange.end = End::Failed { text: why.to_owned(), name: None };
    }
    Ok(capture)
}

/// The command at the start of a text, with the lines that continue it.
fn command_of(text: &str) -> &str {
    let is_end = |line: &&str| !line.trim_end().ends_with('\\');
    let mut length = 0_usize;
    for line in text.trim_start().split_inclusive('\n') {
        length = length.saturating_add(line.len());
        if is_end(&line) {
            break;
        }
    }
    text.trim_start().get(..length).unwrap_or(text)
}
