//! HAR files, as browsers, proxies and test drivers write them.
//!
//! Tools differ in what they leave out, and in the fields that they add. So every text and every number may be absent or of
//! another type.

use std::{borrow::Cow, collections::HashMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use serde_json::Value;

use super::{
    InvalidCapture,
    capture::{Capture, End, Exchange, Headers, Request, Response},
};

#[derive(Deserialize)]
struct Har {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    #[serde(default)]
    creator: Option<Tool>,
    #[serde(default)]
    browser: Option<Tool>,
    #[serde(default)]
    pages: Option<Vec<Page>>,
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Tool {
    #[serde(default, deserialize_with = "text")]
    name: Option<String>,
}

#[derive(Deserialize)]
struct Page {
    #[serde(default, deserialize_with = "text")]
    id: Option<String>,
    /// Chromium writes the page's URL here, other tools its title.
    #[serde(default, deserialize_with = "text")]
    title: Option<String>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default, deserialize_with = "text")]
    pageref: Option<String>,
    request: EntryRequest,
    #[serde(default)]
    response: Option<EntryResponse>,
    #[serde(default, rename = "_resourceType", deserialize_with = "text")]
    resource_type: Option<String>,
}

#[derive(Deserialize)]
struct EntryRequest {
    #[serde(default, deserialize_with = "text")]
    method: Option<String>,
    #[serde(default, deserialize_with = "text")]
    url: Option<String>,
    #[serde(default)]
    headers: Option<Vec<Header>>,
    #[serde(default, rename = "postData", deserialize_with = "is_object")]
    has_post_data: bool,
    #[serde(default, rename = "bodySize", deserialize_with = "number")]
    body_size: Option<i64>,
}

#[derive(Deserialize)]
struct EntryResponse {
    #[serde(default, deserialize_with = "number")]
    status: Option<i64>,
    #[serde(default)]
    headers: Option<Vec<Header>>,
    /// Chromium's error.
    #[serde(default, rename = "_error", deserialize_with = "text")]
    error: Option<String>,
    /// Playwright's error.
    #[serde(default, rename = "_failureText", deserialize_with = "text")]
    failure_text: Option<String>,
    #[serde(default, rename = "_fetchedViaServiceWorker", deserialize_with = "truth")]
    from_service_worker: bool,
}

#[derive(Deserialize)]
struct Header {
    #[serde(default, deserialize_with = "text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    value: Option<String>,
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        _ => None,
    })
}

fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(Value::deserialize(deserializer)?.as_i64())
}

fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Value::deserialize(deserializer)?.as_bool() == Some(true))
}

fn is_object<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Value::deserialize(deserializer)?.is_object())
}

/// Returns whether the text is an object with the member `log`. What follows the name of this member may be invalid.
pub(super) fn is_har(text: &str) -> bool {
    let mut has_log = HasLog(false);
    // The error only says that the rest was not read.
    let _ = serde_json::Deserializer::from_str(text).deserialize_map(&mut has_log);
    has_log.0
}

/// Looks for the member `log` of an object.
struct HasLog(bool);

impl<'de> Visitor<'de> for &mut HasLog {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<Cow<'_, str>>()? {
            if name == "log" {
                self.0 = true;
                break;
            }
            members.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// Reads a HAR file.
pub(super) fn read(text: &str) -> Result<Capture, InvalidCapture> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let har: Har = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| InvalidCapture::json("a HAR file", error.path(), error.inner()))?;
    let Log { creator, browser, pages, entries } = har.log;
    if entries.is_empty() {
        return Err(InvalidCapture::NoEntries);
    }
    let names = [browser, creator].into_iter().flatten().filter_map(|tool| tool.name);
    let browser = names.into_iter().find_map(|name| browser_of_tool(&name));
    // Firefox does not tell which responses its pages did not get.
    let tells_errors = browser.is_some_and(|browser| browser != "firefox");
    let pages = pages.unwrap_or_default().into_iter();
    let pages = pages
        .filter_map(|page| Some((page.id?, page.title.filter(|title| title.contains("://"))?)))
        .collect();
    let exchanges = entries.into_iter().map(|entry| entry.into_exchange(tells_errors, &pages)).collect();
    Ok(Capture { browser, is_of_network: true, exchanges, assumptions: Vec::new() })
}

/// The profile of the browser that a HAR file names as its browser or its creator.
fn browser_of_tool(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let is = |names: &[&str]| names.iter().any(|known| name.contains(known));
    if is(&["firefox"]) {
        Some("firefox")
    } else if is(&["webkit", "safari"]) {
        Some("webkit")
    } else if is(&["webinspector", "chrom", "edge", "opera", "brave"]) {
        Some("chromium")
    } else {
        None
    }
}

impl Entry {
    fn into_exchange(self, tells_errors: bool, pages: &HashMap<String, String>) -> Exchange {
        let page = self.pageref.and_then(|id| pages.get(&id)).cloned();
        let response = self.response;
        let end = match &response {
            Some(response) => response.end(tells_errors),
            None => End::Unknown,
        };
        let EntryRequest { method, url, headers, has_post_data, body_size } = self.request;
        Exchange {
            request: Request {
                method: method.unwrap_or_default(),
                url: url.unwrap_or_default(),
                headers: lines(headers),
                has_body: has_post_data || body_size.is_some_and(|size| size > 0),
                page,
                resource_type: self.resource_type.map(|name| name.to_ascii_lowercase()),
                from_service_worker: response.as_ref().is_some_and(|response| response.from_service_worker),
                ..Request::default()
            },
            response: response.and_then(EntryResponse::into_response),
            end,
        }
    }
}

impl EntryResponse {
    /// What the tool says about the end, if it writes which requests failed.
    fn end(&self, tells_errors: bool) -> End {
        let text = self.error.as_ref().or(self.failure_text.as_ref()).filter(|text| !text.is_empty());
        match text {
            Some(text) => End::Failed { text: text.clone(), name: None },
            None if !tells_errors => End::Unknown,
            None if self.status.is_none_or(|status| status <= 0) => {
                End::Failed { text: "no status".to_owned(), name: None }
            }
            None => End::Delivered,
        }
    }

    fn into_response(self) -> Option<Response> {
        let status = self.status.and_then(|status| u16::try_from(status).ok());
        let status = status.filter(|status| (100..1000).contains(status))?;
        Some(Response { status, headers: lines(self.headers) })
    }
}

fn lines(headers: Option<Vec<Header>>) -> Headers {
    let mut lines = Headers::default();
    for Header { name, value } in headers.into_iter().flatten() {
        lines.push(&name.unwrap_or_default(), &value.unwrap_or_default());
    }
    lines
}
