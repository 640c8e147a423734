//! HAR files from the events of the debuggers.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::browser::Engine;

/// A request with its response, as HAR has them.
#[derive(Default)]
struct Entry {
    id: String,
    method: String,
    url: String,
    headers: Vec<[String; 2]>,
    kind: Option<String>,
    status: u64,
    response_headers: Vec<[String; 2]>,
    error: Option<String>,
    /// Whether Chromium does not tell what was really sent and received.
    has_no_raw_messages: bool,
}

/// What was really sent or received, by Chromium's events of their own. Those of one id are in the order of its redirects.
enum Raw {
    Request(Vec<[String; 2]>),
    Response(u64, Vec<[String; 2]>),
}

/// The HAR file of the events, without the requests of the recorder itself.
pub fn of_events(engine: Engine, version: &str, events: &[Value]) -> Value {
    let mut entries: Vec<Entry> = Vec::new();
    for event in events {
        match engine {
            Engine::Chromium | Engine::WebKit => devtools(event, &mut entries),
            Engine::Firefox => bidi(event, &mut entries),
        }
    }
    set_raw_messages(events, &mut entries);
    let entries: Vec<_> = entries.iter().filter(|entry| is_of_case(&entry.url)).map(Entry::to_har).collect();
    json!({"log": {
        "version": "1.2",
        "creator": {"name": "crossorigin-recorder", "version": "0"},
        "browser": {"name": engine.name(), "version": version},
        "entries": entries,
    }})
}

/// Returns whether a URL is that of a case, and not one of the recorder's own.
fn is_of_case(url: &str) -> bool {
    !url.contains("/.")
        && url.starts_with("http")
        && url.splitn(4, '/').nth(3).is_some_and(|path| path.contains('/'))
}

/// The entry of that id that began last.
fn last<'a>(entries: &'a mut [Entry], id: &str) -> Option<&'a mut Entry> {
    entries.iter_mut().rev().find(|entry| entry.id == id)
}

/// An event of Chromium's protocol, or of WebKit's, which is its ancestor.
fn devtools(event: &Value, entries: &mut Vec<Entry>) {
    let parameters = &event["params"];
    let id = text(&parameters["requestId"]);
    let Some(method) = event["method"].as_str().and_then(|method| method.strip_prefix("Network.")) else {
        return;
    };
    if method == "requestWillBeSent" {
        if let Some(redirected) = last(entries, &id) {
            redirected.receive(&parameters["redirectResponse"]);
            redirected.has_no_raw_messages = parameters["redirectHasExtraInfo"] == false;
        }
        let request = &parameters["request"];
        entries.push(Entry {
            id,
            method: text(&request["method"]),
            url: text(&request["url"]),
            headers: members(&request["headers"]),
            kind: parameters["type"].as_str().map(str::to_ascii_lowercase),
            ..Entry::default()
        });
        return;
    }
    match method {
        "responseReceived" => {
            if let Some(entry) = last(entries, &id) {
                entry.receive(&parameters["response"]);
                entry.has_no_raw_messages = parameters["hasExtraInfo"] == false;
            }
        }
        "loadingFailed" => {
            if let Some(entry) = last(entries, &id) {
                entry.error = Some(text(&parameters["errorText"]));
            }
        }
        _ => {}
    }
}

/// Replaces what pages may see by what was really sent and received, as far as Chromium tells it.
fn set_raw_messages(events: &[Value], entries: &mut [Entry]) {
    let (mut requests, mut responses) = (Vec::new(), Vec::new());
    for event in events {
        let parameters = &event["params"];
        let (id, headers) = (text(&parameters["requestId"]), members(&parameters["headers"]));
        match event["method"].as_str().unwrap_or_default() {
            "Network.requestWillBeSentExtraInfo" => requests.push((id, Raw::Request(headers))),
            "Network.responseReceivedExtraInfo" => {
                let status = parameters["statusCode"].as_u64().unwrap_or_default();
                responses.push((id, Raw::Response(status, headers)));
            }
            _ => {}
        }
    }
    for list in [requests, responses] {
        let mut taken = HashMap::new();
        for (id, raw) in list {
            let number: &mut usize = taken.entry(id.clone()).or_default();
            let mut entries = entries.iter_mut().filter(|entry| entry.id == id && !entry.has_no_raw_messages);
            if let Some(entry) = entries.nth(*number) {
                match raw {
                    Raw::Request(headers) => entry.headers = headers,
                    Raw::Response(status, headers) => {
                        (entry.status, entry.response_headers) = (status, headers)
                    }
                }
            }
            *number += 1;
        }
    }
}

/// An event of WebDriver BiDi.
fn bidi(event: &Value, entries: &mut Vec<Entry>) {
    let parameters = &event["params"];
    let id = format!("{}/{}", text(&parameters["request"]["request"]), parameters["redirectCount"]);
    let request = &parameters["request"];
    match event["method"].as_str().unwrap_or_default() {
        "network.beforeRequestSent" => entries.push(Entry {
            id,
            method: text(&request["method"]),
            url: text(&request["url"]),
            headers: pairs(&request["headers"]),
            kind: request["initiatorType"].as_str().map(|kind| kind.replace("xmlhttprequest", "xhr")),
            ..Entry::default()
        }),
        "network.responseStarted" | "network.responseCompleted" => {
            if let Some(entry) = last(entries, &id) {
                entry.headers = pairs(&request["headers"]);
                entry.status = parameters["response"]["status"].as_u64().unwrap_or_default();
                entry.response_headers = pairs(&parameters["response"]["headers"]);
            }
        }
        "network.fetchError" => {
            if let Some(entry) = last(entries, &id) {
                entry.error = Some(text(&parameters["errorText"]));
            }
        }
        _ => {}
    }
}

impl Entry {
    fn receive(&mut self, response: &Value) {
        if let Some(status) = response["status"].as_u64() {
            self.status = status;
            self.response_headers = members(&response["headers"]);
        }
        if response["requestHeaders"].is_object() {
            self.headers = members(&response["requestHeaders"]);
        }
    }

    fn to_har(&self) -> Value {
        let mut entry = Map::new();
        if let Some(kind) = &self.kind {
            entry.insert("_resourceType".to_owned(), json!(kind));
        }
        let request = json!({"method": self.method, "url": self.url, "headers": lines(&self.headers)});
        entry.insert("request".to_owned(), request);
        let mut response = json!({"status": self.status, "headers": lines(&self.response_headers)});
        if let Some(error) = &self.error {
            response["_error"] = json!(error);
        }
        entry.insert("response".to_owned(), response);
        Value::Object(entry)
    }
}

/// Headers that say nothing about CORS, but something about the machine.
const LEFT_OUT: [&str; 9] = [
    "accept-language",
    "accept-encoding",
    "user-agent",
    "connection",
    "date",
    "content-length",
    "sec-ch-ua",
    "sec-ch-ua-mobile",
    "sec-ch-ua-platform",
];

fn lines(headers: &[[String; 2]]) -> Value {
    let headers = headers.iter().filter(|[name, _]| !LEFT_OUT.contains(&name.to_ascii_lowercase().as_str()));
    headers.map(|[name, value]| json!({"name": name, "value": value})).collect()
}

/// The members of an object, in which several lines of a header are one text.
fn members(object: &Value) -> Vec<[String; 2]> {
    let members = object.as_object().into_iter().flatten();
    members
        .flat_map(|(name, values)| {
            let values = text(values);
            values.split('\n').map(|value| [name.clone(), value.to_owned()]).collect::<Vec<_>>()
        })
        .collect()
}

/// The headers of BiDi, whose values are texts or bytes.
fn pairs(headers: &Value) -> Vec<[String; 2]> {
    let headers = headers.as_array().into_iter().flatten();
    headers.map(|header| [text(&header["name"]), text(&header["value"]["value"])]).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
