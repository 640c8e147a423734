//! HTTP messages as text: requests and responses, one after another, each with its body or without. `curl -i` prints only
//! responses.
//!
//! Tools write the messages of HTTP/2 and HTTP/3 like this too, with a version that no parser of HTTP/1 accepts.

use url::Url;

use super::{
    InvalidCapture, Options,
    capture::{Capture, End, Exchange, Headers, Request, Response, is_token_byte},
};

/// A head: the first line and the header lines up to an empty line.
pub(super) enum Head {
    Request { method: String, target: String, headers: Headers },
    Response(Response),
}

impl Head {
    /// Reads a head from its first line on; `None` if this line does not begin a head.
    pub(super) fn read<'a>(first: &str, rest: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        if let Some(status) = status_of(first) {
            return Some(Self::Response(Response { status, headers: read_headers(rest) }));
        }
        let (method, target) = request_line(first)?;
        Some(Self::Request {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: read_headers(rest),
        })
    }
}

/// Reads header lines up to an empty line.
fn read_headers<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Headers {
    let mut headers = Headers::default();
    for line in lines.take_while(|line| !line.trim().is_empty()) {
        if let Some((name, value)) = line.split_once(':') {
            headers.push(name, value);
        }
    }
    headers
}

/// The status in a line such as `HTTP/1.1 200 OK` or `HTTP/2 200`.
fn status_of(line: &str) -> Option<u16> {
    let (version, rest) = line.strip_prefix("HTTP/")?.split_once(' ')?;
    let is_version = version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let status = rest.split_whitespace().next()?.parse().ok()?;
    (is_version && (100..1000).contains(&status)).then_some(status)
}

/// The method and the target in a line such as `GET / HTTP/1.1`.
fn request_line(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split_whitespace();
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    let is_method = method.bytes().all(is_token_byte) && method.bytes().any(|byte| byte.is_ascii_uppercase());
    (is_method && version.starts_with("HTTP/") && words.next().is_none()).then_some((method, target))
}

/// Returns whether a line is the first one of a message.
pub(super) fn begins_message(line: &str) -> bool {
    status_of(line).is_some() || request_line(line).is_some()
}

/// Returns whether the text begins with a message.
pub(super) fn is_raw_http(text: &str) -> bool {
    text.lines().find(|line| !line.trim().is_empty()).is_some_and(begins_message)
}

/// Reads messages.
pub(super) fn read(text: &str, options: &Options) -> Result<Capture, InvalidCapture> {
    let mut messages = Messages::new(options.url.as_deref());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        match Head::read(line, &mut lines) {
            Some(Head::Request { method, target, headers }) => {
                messages.request(method, &target, headers, None);
            }
            Some(Head::Response(response)) => messages.response(response)?,
            // A line of a body.
            None => {}
        }
    }
    messages.finish()
}

/// Messages in the order in which they were sent, put together to exchanges.
pub(super) struct Messages {
    capture: Capture,
    /// The URL of a response without a request.
    url: Option<String>,
    /// What was taken for `http` and for `https`.
    assumed: Assumed,
    /// Whether the next response is that of a proxy to CONNECT.
    is_connecting: bool,
}

/// The schemes that were assumed.
#[derive(Clone, Copy, Default)]
struct Assumed {
    http: bool,
    https: bool,
}

impl Messages {
    pub(super) fn new(url: Option<&str>) -> Self {
        Self {
            capture: Capture::default(),
            url: url.map(str::to_owned),
            assumed: Assumed::default(),
            is_connecting: false,
        }
    }

    /// Adds a request. Without a scheme, that of `https` is assumed, except for this machine.
    pub(super) fn request(&mut self, method: String, target: &str, headers: Headers, scheme: Option<&str>) {
        // The request to a proxy for a connection is not part of the exchange.
        self.is_connecting = method == "CONNECT";
        if self.is_connecting {
            return;
        }
        let url = if target.contains("://") {
            target.to_owned()
        } else {
            let host = headers.get("host").unwrap_or_default();
            let given = self.url.as_deref().and_then(|url| url.split_once("://")).map(|(scheme, _)| scheme);
            let scheme = scheme.or(given).unwrap_or_else(|| {
                if is_this_machine(host) {
                    self.assumed.http = true;
                    "http"
                } else {
                    self.assumed.https = true;
                    "https"
                }
            });
            format!("{scheme}://{host}{target}")
        };
        let has_body = headers.get("content-length").is_some_and(|length| length != "0")
            || headers.get("transfer-encoding").is_some();
        let request = Request { method, url, headers, has_body, ..Request::default() };
        self.capture.exchanges.push(Exchange { request, ..Exchange::default() });
    }

    /// Adds the response to the last request, or to a request with `GET` if there is no such request.
    pub(super) fn response(&mut self, response: Response) -> Result<(), InvalidCapture> {
        let is_interim = response.status < 200;
        if is_interim || std::mem::take(&mut self.is_connecting) {
            return Ok(());
        }
        let last = self.capture.exchanges.last_mut();
        if let Some(exchange) = last.filter(|exchange| exchange.response.is_none()) {
            exchange.response = Some(response);
            return Ok(());
        }
        let url = match self.capture.exchanges.last() {
            None => self.url.clone().ok_or(InvalidCapture::NoUrl)?,
            Some(Exchange { request, response, .. }) => {
                let location = response.as_ref().and_then(Response::location);
                let base = Url::parse(&request.url).ok();
                let next = location.and_then(|location| base?.join(location).ok());
                // A response that follows no redirect belongs to another request for the same URL: a proxy's, or that after a
                // challenge of HTTP authentication.
                next.map_or_else(|| request.url.clone(), String::from)
            }
        };
        let request = match self.capture.exchanges.last() {
            Some(last) if last.response.as_ref().is_some_and(|response| response.location().is_none()) => {
                // The last response counts.
                Request { url, ..self.capture.exchanges.pop().map(|last| last.request).unwrap_or_default() }
            }
            _ => Request { method: "GET".to_owned(), url, ..Request::default() },
        };
        self.capture.exchanges.push(Exchange { request, response: Some(response), end: End::Unknown });
        Ok(())
    }

    /// Returns whether there is no message.
    pub(super) fn is_empty(&self) -> bool {
        self.capture.exchanges.is_empty()
    }

    /// The last exchange has no response: that is the reason.
    pub(super) fn failed(&mut self, text: &str) {
        if let Some(last) = self.capture.exchanges.last_mut().filter(|last| last.response.is_none()) {
            last.end = End::Failed { text: text.to_owned(), name: None };
        }
    }

    pub(super) fn finish(mut self) -> Result<Capture, InvalidCapture> {
        if self.capture.exchanges.is_empty() {
            return Err(InvalidCapture::NoRequest);
        }
        let taken = match self.assumed {
            Assumed { http: false, https: false } => None,
            Assumed { http: true, https: false } => Some("http is taken, because the server is this machine"),
            Assumed { http: false, https: true } => Some("https is taken"),
            Assumed { http: true, https: true } => Some("https is taken, and http for this machine"),
        };
        let assumption = taken.map(|taken| format!("The messages do not say http or https: {taken}."));
        self.capture.assumptions.extend(assumption);
        Ok(self.capture)
    }
}

/// Returns whether a host, with or without a port, is this machine.
pub(super) fn is_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    name == "localhost" || name.ends_with(".localhost") || name.starts_with("127.") || name == "[::1]"
}
