//! From the captured requests of a fetch to the request of a case: what the page asked for, without what the browser added.

use serde_json::{Value, json};
use url::Url;

use super::{
    InvalidCapture, Options,
    capture::{Headers, Request},
    fetches::Fetch,
};

/// Headers that browsers and tools add by themselves, also where a page may set them.
const NOT_OF_PAGE: [&str; 34] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "connection",
    "content-length",
    "cookie",
    "device-memory",
    "dnt",
    "downlink",
    "dpr",
    "ect",
    "host",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "keep-alive",
    "origin",
    "priority",
    "purpose",
    "range",
    "referer",
    "rtt",
    "save-data",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "upgrade-insecure-requests",
    "user-agent",
    "viewport-width",
    "via",
    "width",
    "x-client-data",
];

/// What a capture says about a fetch, without its responses.
#[derive(Debug)]
pub(super) struct Asked {
    /// The page's URL or origin, as cases write it.
    pub(super) page: String,
    pub(super) url: String,
    pub(super) method: String,
    pub(super) mode: String,
    /// `None` if the capture does not show whether credentials are included.
    pub(super) credentials: Option<&'static str>,
    headers: Vec<(String, String)>,
    has_body: bool,
    destination: String,
    api: &'static str,
    /// Whether a browser sent the requests, and not another tool.
    pub(super) is_of_browser: bool,
    pub(super) assumptions: Vec<String>,
}

/// Why a fetch has no finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotDecided {
    /// CORS does not decide about such a fetch.
    ByRules,
    /// The URL cannot be parsed, or is absent.
    InvalidUrl,
    /// The page is not known.
    NoPage,
}

impl Asked {
    /// Reads what the page asked for, if this is a fetch over http of another origin.
    ///
    /// `is_of_browser` says whether a browser sent the requests. If a person made them, the page must be known.
    pub(super) fn of(
        fetch: &Fetch,
        is_of_browser: bool,
        options: &Options,
    ) -> Result<Result<Self, NotDecided>, InvalidCapture> {
        let Some((request, preflight)) = fetch.first_requests() else { return Ok(Err(NotDecided::ByRules)) };
        let Ok(url) = Url::parse(&request.url) else { return Ok(Err(NotDecided::InvalidUrl)) };
        if !matches!(url.scheme(), "http" | "https") || request.from_service_worker {
            return Ok(Err(NotDecided::ByRules));
        }
        let mut assumptions = Vec::new();
        let page = page(request, preflight, options);
        let mode = mode(request).or_else(|| {
            (!is_of_browser && told_mode(request).is_none()).then(|| {
                assumptions
                    .push("The request has mode \"cors\", as those of fetch() have by default.".to_owned());
                "cors".to_owned()
            })
        });
        let (page, mode) = match (page, mode) {
            (Some(page), Some(mode)) => (page, mode),
            (_, None) => return Ok(Err(NotDecided::ByRules)),
            (None, _) if !is_of_browser => return Err(InvalidCapture::NoPage),
            (None, _) => return Ok(Err(NotDecided::NoPage)),
        };
        if !is_of_browser {
            assumptions.extend(unlike_browser(request, &page));
        }
        let requested = |name: &str| preflight.and_then(|preflight| preflight.headers.get(name));
        let method = requested("access-control-request-method").unwrap_or(&request.method).to_owned();
        let destination = request.headers.get("sec-fetch-dest").unwrap_or("empty").to_owned();
        let names = preflight.map(|_| requested("access-control-request-headers").unwrap_or_default());
        let has_body = request.has_body && !matches!(method.as_str(), "GET" | "HEAD");
        let asked = Self {
            url: url.into(),
            api: api(request, &destination),
            credentials: credentials(request, fetch, &page),
            headers: headers_of_page(&request.headers, names, has_body),
            page,
            has_body,
            method,
            mode,
            destination,
            is_of_browser,
            assumptions,
        };
        Ok(if asked.is_cross_origin(fetch) { Ok(asked) } else { Err(NotDecided::ByRules) })
    }

    /// Returns whether a rule about other origins decides about the fetch.
    fn is_cross_origin(&self, fetch: &Fetch) -> bool {
        let page = origin_of(&self.page);
        let hops = fetch.hops.iter().filter_map(|hop| hop.actual.as_ref().or(hop.preflight.as_ref()));
        let mut origins = hops.filter_map(|hop| origin_of(&hop.request.url));
        origins.any(|origin| Some(origin) != page)
    }

    /// The request of a case. `upload_listener` forces a preflight.
    pub(super) fn to_case(&self, credentials: &str, upload_listener: bool) -> Value {
        let attribute = if credentials == "include" { "use-credentials" } else { "anonymous" };
        match self.api {
            "fetch" => json!({
                "api": "fetch", "method": self.method, "url": self.url, "headers": self.headers, "mode": self.mode,
                "credentials": credentials, "body": self.body(),
            }),
            "xhr" => json!({
                "api": "xhr", "method": self.method, "url": self.url, "headers": self.headers,
                "credentials": credentials, "body": self.body(), "upload_listener": upload_listener,
            }),
            "beacon" => {
                let is_type = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("content-type");
                let body_type = self.headers.iter().find(is_type).map(|(_, value)| value);
                json!({"api": "beacon", "url": self.url, "body": self.body(), "body_type": body_type})
            }
            "event-source" => json!({"api": "event-source", "url": self.url, "credentials": credentials}),
            "font" => json!({"api": "font", "url": self.url}),
            "media" if self.mode == "cors" => json!({
                "api": "media", "url": self.url, "destination": self.destination, "crossorigin": attribute,
            }),
            "media" => json!({"api": "media", "url": self.url, "destination": self.destination}),
            "image" | "script" | "stylesheet" if self.mode == "cors" => {
                json!({"api": self.api, "url": self.url, "crossorigin": attribute})
            }
            "image" | "script" | "stylesheet" => json!({"api": self.api, "url": self.url}),
            _ => self.to_raw_case(credentials),
        }
    }

    /// The request of a case, exactly as it is described. Nothing can be wrong about it but its URL and its headers.
    pub(super) fn to_raw_case(&self, credentials: &str) -> Value {
        let destination = if self.destination == "empty" { "" } else { &self.destination };
        json!({
            "api": "raw", "method": self.method, "url": self.url, "headers": self.headers, "mode": self.mode,
            "credentials": credentials, "body": self.body(), "destination": destination,
            "unsafe_request": self.destination == "empty",
        })
    }

    /// The profile of a request that no browser sent. By the standard, a beacon needs no preflight, and all engines send one.
    pub(super) fn default_profile(&self) -> &'static str {
        if self.api == "beacon" { "chromium" } else { "standard" }
    }

    /// Returns whether the page's API can force a preflight.
    pub(super) fn may_have_upload_listener(&self) -> bool {
        self.api == "xhr"
    }

    fn body(&self) -> &'static str {
        if self.has_body { "bytes" } else { "none" }
    }
}

/// The page: what the command line says, or the request's origin, or its referrer, or what the tool knows.
fn page(request: &Request, preflight: Option<&Request>, options: &Options) -> Option<String> {
    let origin = request.origin().or(preflight.and_then(Request::origin));
    let referrer = request.headers.get("referer");
    let candidates = [options.page.as_deref(), origin, referrer, request.page.as_deref()];
    let mut candidates = candidates.into_iter().flatten();
    candidates
        .find(|page| *page == "null" || Url::parse(page).is_ok_and(|url| url.has_host()))
        .map(str::to_owned)
}

/// What servers may do otherwise because a person made the request.
fn unlike_browser(request: &Request, page: &str) -> Option<String> {
    if request.is_command {
        return None;
    }
    let page = origin_of(page).unwrap_or_else(|| "null".to_owned());
    match request.origin() {
        None => Some(format!(
            "The request has no Origin header, and many servers send CORS headers only if there is one. Repeat it with \
             `-H 'Origin: {page}'`."
        )),
        Some(origin) if origin != page => {
            Some(format!("The request has the Origin {origin}. The response may be another one for {page}."))
        }
        Some(_) => None,
    }
}

/// The mode that the capture names.
fn told_mode(request: &Request) -> Option<&str> {
    request.headers.get("sec-fetch-mode").or(request.mode.as_deref())
}

/// The mode that the browser says, or that follows from what made the request.
fn mode(request: &Request) -> Option<String> {
    if let Some(mode) = told_mode(request) {
        return matches!(mode, "cors" | "no-cors" | "same-origin").then(|| mode.to_owned());
    }
    let is_cors = match request.resource_type.as_deref() {
        Some("fetch" | "xhr" | "eventsource" | "font" | "preflight") => true,
        Some("document" | "websocket" | "ping" | "cspviolationreport") => false,
        _ => request.origin().is_some(),
    };
    is_cors.then(|| "cors".to_owned())
}

/// What made the request, as cases call it.
fn api(request: &Request, destination: &str) -> &'static str {
    match (request.resource_type.as_deref(), destination) {
        (Some("xhr"), _) => "xhr",
        (Some("eventsource"), _) => "event-source",
        (Some("beacon" | "ping"), _) => "beacon",
        (Some("fetch"), _) | (None, "empty") => "fetch",
        (_, "font") => "font",
        (_, "image") => "image",
        (_, "script") => "script",
        (_, "style") => "stylesheet",
        (_, "audio" | "video") => "media",
        (Some("preflight"), _) => "fetch",
        _ => "raw",
    }
}

/// The credentials mode, if the requests show it.
fn credentials(request: &Request, fetch: &Fetch, page: &str) -> Option<&'static str> {
    let known = ["include", "omit", "same-origin"];
    let told = known.into_iter().find(|mode| request.credentials.as_deref() == Some(*mode));
    // Browsers send these to other origins only if credentials are included.
    let page = origin_of(page);
    let mut others = fetch.hops.iter().filter_map(|hop| hop.actual.as_ref()).map(|actual| &actual.request);
    let is_included = others.any(|request| {
        let has_credentials =
            ["cookie", "sec-fetch-storage-access"].iter().any(|name| request.headers.get(name).is_some());
        has_credentials && origin_of(&request.url) != page
    });
    told.or(is_included.then_some("include"))
}

/// The headers that the page set: with a preflight, those that it names, and without one, those that no browser adds.
fn headers_of_page(sent: &Headers, names: Option<&str>, has_body: bool) -> Vec<(String, String)> {
    let Some(names) = names else {
        // What DevTools adds if its cache is disabled.
        let no_cache = |name: &str| sent.get(name).is_some_and(|value| value == "no-cache");
        let is_cache_disabled = no_cache("cache-control") && no_cache("pragma");
        let is_of_page = |name: &str| {
            let name = name.to_ascii_lowercase();
            let is_of_tool = is_cache_disabled && matches!(name.as_str(), "cache-control" | "pragma");
            !NOT_OF_PAGE.contains(&name.as_str()) && !name.starts_with("sec-") && !is_of_tool
        };
        return sent.iter().filter(|(name, _)| is_of_page(name)).map(to_owned).collect();
    };
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
    let mut headers: Vec<_> = names
        .map(|name| {
            let value = sent.get(name).unwrap_or_else(|| unsafe_value(name));
            (name.to_ascii_lowercase(), value.to_owned())
        })
        .collect();
    let has_type = headers.iter().any(|(name, _)| name == "content-type");
    if let Some(content_type) = sent.get("content-type").filter(|_| has_body && !has_type) {
        headers.push(("content-type".to_owned(), content_type.to_owned()));
    }
    headers
}

/// A value of a header that was not captured: one for which a preflight is needed.
fn unsafe_value(name: &str) -> &'static str {
    if name.eq_ignore_ascii_case("content-type") { "application/json" } else { "\"" }
}

fn to_owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// The serialized origin of a URL; `None` for an opaque one.
fn origin_of(url: &str) -> Option<String> {
    let origin = Url::parse(url).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}
