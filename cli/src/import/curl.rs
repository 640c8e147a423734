//! What `curl -v` prints: requests after `>`, responses after `<`, and what happens on the connection after `*`. The body may
//! stand anywhere between.

use super::{
    InvalidCapture, Options,
    capture::Capture,
    raw_http::{Head, Messages, begins_message},
};

/// What curl prints about an encrypted connection.
const SECURE: [&str; 4] = ["SSL connection using", "OPENED stream for https://", "TLSv1", "ALPN: "];

/// Returns whether the text has lines of `curl -v`.
pub(super) fn is_verbose_output(text: &str) -> bool {
    text.lines().any(|line| message_line(without_time(line)).is_some_and(begins_message))
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
    // A progress meter ends its lines with carriage returns only.
    let mut lines = text.split(['\n', '\r']).filter(|line| !line.is_empty()).map(without_time).peekable();
    while let Some(line) = lines.next() {
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
    messages.finish()
}
