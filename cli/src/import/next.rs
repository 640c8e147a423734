//! What to do if a capture has too few responses: the command that gets the missing one.

use std::fmt;

use crossorigin::{
    browser::{OutgoingRequest, RequestKind, Side},
    http::Method,
    oracle::Transcript,
};

/// The request whose response is missing.
#[derive(Debug)]
pub(super) struct Next {
    missing: String,
    /// What the server has to do, so that the page gets the response.
    needed: Option<String>,
    /// A command that sends this request. It is absent if the request may change something on the server.
    command: Option<String>,
}

impl Next {
    /// The first request of a transcript to which there is no response.
    ///
    /// `with_empty` is the transcript of the same fetch with an empty response to it.
    pub(super) fn after(
        transcript: &Transcript,
        page: &str,
        with_empty: Option<&Transcript>,
    ) -> Option<Self> {
        let request = transcript.requests().last()?;
        let kind = match request.kind {
            RequestKind::Preflight => "preflight",
            RequestKind::Actual => "actual request",
        };
        let missing = format!("the {kind}, {} {}", request.method, request.url);
        let is_safe =
            request.kind == RequestKind::Preflight || [Method::GET, Method::HEAD].contains(&request.method);
        let refused = with_empty.and_then(|transcript| transcript.outcome().as_ref().err());
        let fix = refused.and_then(|error| error.fixes().iter().find(|fix| fix.side() == Side::Server));
        let needed = fix.map(|fix| fix.text().to_owned());
        Some(Self { missing, needed, command: is_safe.then(|| command(request, page)) })
    }

    pub(super) fn needed(&self) -> Option<&str> {
        self.needed.as_deref()
    }

    pub(super) fn command(&self) -> Option<&str> {
        self.command.as_deref()
    }
}

impl fmt::Display for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the capture has no response to {}.", self.missing)
    }
}

fn command(request: &OutgoingRequest, page: &str) -> String {
    let method = match request.method.as_str() {
        "GET" => String::new(),
        "HEAD" => " -I".to_owned(),
        method => format!(" -X {}", quoted(method)),
    };
    let mut command = format!("curl -v{method} {}", quoted(request.url.as_str()));
    for (name, value) in request.headers.iter().filter(|(name, _)| *name != "accept") {
        let line = format!("{name}: {}", String::from_utf8_lossy(value));
        command.push_str(&format!(" -H {}", quoted(&line)));
    }
    format!("{command} 2>&1 | crossorigin explain --page {} -", quoted(page))
}

/// A text as a word of a shell.
fn quoted(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+=,".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
