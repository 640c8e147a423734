//! Messages of the Chrome DevTools Protocol as JSON: the events of the domain `Network`, and issues about CORS. Drivers and
//! extensions log them one a line or in a list, alone or wrapped in `message`.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{
    InvalidCapture,
    capture::{Capture, End, Exchange, Headers, Request, Response},
    console::Told,
};

/// Returns whether the text begins with a message of the protocol.
pub(super) fn is_devtools(text: &str) -> bool {
    let Some(Ok(first)) = serde_json::Deserializer::from_str(text).into_iter::<Value>().next() else {
        return false;
    };
    let first = match &first {
        Value::Array(messages) => messages.first(),
        message => Some(message),
    };
    first.is_some_and(|message| event(message).is_some() || issue(message).is_some())
}

/// Reads messages: the exchanges of network events, and the issues about requests that no event shows.
pub(super) fn read(text: &str) -> Result<(Capture, Vec<Told>), InvalidCapture> {
    let mut log = Log::default();
    let mut issues = Vec::new();
    for message in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        let message = message.map_err(|error| InvalidCapture::json("messages of DevTools", "", &error))?;
        let messages = match message {
            Value::Array(messages) => messages,
            message => vec![message],
        };
        for message in &messages {
            if let Some(issue) = issue(message) {
                issues.push(Told::by_issue(issue));
            } else if let Some((name, parameters)) = event(message) {
                log.add(name, parameters);
            }
        }
    }
    let exchanges = log.into_exchanges();
    issues
        .retain(|issue| !exchanges.iter().any(|exchange| Some(exchange.request.url.as_str()) == issue.url()));
    let capture =
        Capture { browser: Some("chromium"), is_of_network: true, exchanges, assumptions: Vec::new() };
    Ok((capture, issues))
}

/// A message without the messages around it.
fn unwrapped(mut message: &Value) -> &Value {
    while let Some(inner) = message.get("message").filter(|inner| inner.is_object()) {
        message = inner;
    }
    message
}

/// The name and the parameters of a network event.
fn event(message: &Value) -> Option<(&str, &Map<String, Value>)> {
    let message = unwrapped(message);
    let name = message.get("method")?.as_str()?.strip_prefix("Network.")?;
    Some((name, message.get("params")?.as_object()?))
}

/// The details of an issue about CORS: of the event `Audits.issueAdded`, or alone.
fn issue(message: &Value) -> Option<&Value> {
    let message = unwrapped(message);
    let message = message.get("params").unwrap_or(message);
    let issue = message.get("issue").unwrap_or(message);
    (issue.get("code")? == "CorsIssue").then_some(())?;
    issue.get("details")?.get("corsIssueDetails")
}

/// The network events so far.
#[derive(Default)]
struct Log {
    /// The index of each id among the fetches.
    index: HashMap<String, usize>,
    fetches: Vec<Events>,
}

/// The events of one id: a request for each redirect, and what was sent and received for it.
#[derive(Default)]
struct Events {
    requests: Vec<Request>,
    /// The headers as they were sent.
    sent: Vec<Headers>,
    responses: Vec<Response>,
    /// The responses as they were received, also those that the page may not see.
    received: Vec<Response>,
    /// For each response whether there are events about what was really sent and received.
    has_raw_messages: Vec<bool>,
    end: End,
}

impl Log {
    fn add(&mut self, name: &str, parameters: &Map<String, Value>) {
        let text = |name: &str| parameters.get(name).and_then(Value::as_str);
        let flag = |name: &str| parameters.get(name).and_then(Value::as_bool).unwrap_or(true);
        let Some(id) = text("requestId") else { return };
        let index = *self.index.entry(id.to_owned()).or_insert_with(|| {
            self.fetches.push(Events::default());
            self.fetches.len().saturating_sub(1)
        });
        let Some(events) = self.fetches.get_mut(index) else { return };
        match name {
            "requestWillBeSent" => {
                if parameters.contains_key("redirectResponse") {
                    events.has_raw_messages.push(flag("redirectHasExtraInfo"));
                }
                events.responses.extend(parameters.get("redirectResponse").and_then(response));
                events.requests.extend(request(parameters));
            }
            "requestWillBeSentExtraInfo" => events.sent.push(headers(parameters.get("headers"))),
            "responseReceived" => {
                events.has_raw_messages.push(flag("hasExtraInfo"));
                events.responses.extend(parameters.get("response").and_then(response));
            }
            "responseReceivedExtraInfo" => {
                let status = parameters.get("statusCode").and_then(status);
                let headers = headers(parameters.get("headers"));
                events.received.extend(status.map(|status| Response { status, headers }));
            }
            "loadingFinished" => events.end = End::Delivered,
            "loadingFailed" => {
                let cors = parameters.get("corsErrorStatus").and_then(|status| status.get("corsError"));
                let name = cors.and_then(Value::as_str).map(|name| format!("k{name}"));
                let text = text("blockedReason").or(text("errorText")).unwrap_or("failed").to_owned();
                events.end = End::Failed { text, name };
            }
            _ => {}
        }
    }

    fn into_exchanges(self) -> Vec<Exchange> {
        self.fetches.into_iter().flat_map(Events::into_exchanges).collect()
    }
}

impl Events {
    fn into_exchanges(self) -> impl Iterator<Item = Exchange> {
        let Self { requests, sent, responses, received, has_raw_messages, end } = self;
        let last = requests.len().saturating_sub(1);
        let (mut sent, mut responses, mut received) =
            (sent.into_iter(), responses.into_iter(), received.into_iter());
        requests.into_iter().enumerate().map(move |(index, mut request)| {
            let seen = responses.next();
            let is_raw = has_raw_messages.get(index).copied().unwrap_or(true);
            let (headers, response) = if is_raw { (sent.next(), received.next()) } else { (None, None) };
            request.headers = headers.unwrap_or(request.headers);
            let end = if index == last { end.clone() } else { End::Delivered };
            Exchange { request, response: response.or(seen), end }
        })
    }
}

fn request(parameters: &Map<String, Value>) -> Option<Request> {
    let request = parameters.get("request")?;
    let text = |name: &str| request.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let kind = parameters.get("type").and_then(Value::as_str);
    Some(Request {
        method: text("method"),
        url: text("url"),
        headers: headers(request.get("headers")),
        has_body: request.get("hasPostData").and_then(Value::as_bool).unwrap_or_default()
            || request.get("postData").is_some(),
        page: parameters.get("documentURL").and_then(Value::as_str).map(str::to_owned),
        resource_type: kind.map(str::to_ascii_lowercase),
        ..Request::default()
    })
}

fn response(response: &Value) -> Option<Response> {
    let status = status(response.get("status")?)?;
    Some(Response { status, headers: headers(response.get("headers")) })
}

fn status(status: &Value) -> Option<u16> {
    u16::try_from(status.as_u64()?).ok().filter(|status| (100..1000).contains(status))
}

/// The headers of an object, in which the values of one name are separated by line ends.
fn headers(object: Option<&Value>) -> Headers {
    let lines = object.and_then(Value::as_object).into_iter().flatten();
    lines.filter_map(|(name, value)| Some((name.as_str(), value.as_str()?))).collect()
}
