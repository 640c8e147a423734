//! Builders for cases. `/~/` in a URL stands for the path of the case, so that each case has its own URLs.

use serde_json::{Map, Value, json};

use crate::origins::{A, B};

/// A URL of the case.
pub fn at(origin: &str, path: &str) -> String {
    format!("{origin}/~/{path}")
}

/// A request of a page. Only differences from the defaults are stated.
#[derive(Debug, Clone)]
pub struct Fetch(Map<String, Value>);

/// A `fetch()` with this method.
pub fn fetch(method: &str, url: impl Into<String>) -> Fetch {
    Fetch(Map::new()).set("method", method).set("url", url.into())
}

/// A `fetch()` with GET.
pub fn get(url: impl Into<String>) -> Fetch {
    Fetch(Map::new()).set("url", url.into())
}

impl Fetch {
    pub fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        let headers = self.0.entry("headers").or_insert_with(|| json!([]));
        if let Some(headers) = headers.as_array_mut() {
            headers.push(json!([name, value]));
        }
        self
    }

    pub fn headers(self, headers: &[(&str, &str)]) -> Self {
        headers.iter().fold(self, |fetch, (name, value)| fetch.header(name, value))
    }

    /// A body without a type of its own.
    pub fn body(self) -> Self {
        self.set("body", "bytes")
    }

    /// A body that implies its type.
    pub fn text(self) -> Self {
        self.body().set("body_type", "text/plain;charset=UTF-8")
    }

    pub fn mode(self, mode: &str) -> Self {
        self.set("mode", mode)
    }

    pub fn credentials(self, credentials: &str) -> Self {
        self.set("credentials", credentials)
    }

    pub fn include(self) -> Self {
        self.credentials("include")
    }

    pub fn redirect(self, redirect: &str) -> Self {
        self.set("redirect", redirect)
    }

    pub fn xhr(self) -> Self {
        self.set("api", "xhr")
    }

    /// Returns whether it is a `fetch()` with GET and without anything that could cause a preflight.
    pub fn is_plain(&self) -> bool {
        self.method() == "GET"
            && ["headers", "body", "api"].iter().all(|member| !self.0.contains_key(*member))
    }

    pub fn method(&self) -> &str {
        self.0.get("method").and_then(Value::as_str).unwrap_or("GET")
    }

    pub fn destination(&self) -> Option<&str> {
        self.0.get("destination").and_then(Value::as_str)
    }

    pub fn is_by_xhr(&self) -> bool {
        self.0.get("api").is_some_and(|api| api == "xhr")
    }

    pub fn url(&self) -> &str {
        self.0.get("url").and_then(Value::as_str).unwrap_or_default()
    }
}

/// A response of a server.
#[derive(Debug, Clone)]
pub struct ScriptedResponse {
    status: u16,
    headers: Vec<(String, String)>,
}

pub fn response(status: u16) -> ScriptedResponse {
    ScriptedResponse { status, headers: Vec::new() }
}

/// 200, shared with every origin.
pub fn shared() -> ScriptedResponse {
    response(200).origin("*")
}

/// 200, shared with the origin of the request, with credentials.
pub fn shared_with_credentials() -> ScriptedResponse {
    response(200).origin("{origin}").with("access-control-allow-credentials", "true")
}

/// A response to a preflight that allows everything requested.
pub fn all_allowed() -> ScriptedResponse {
    shared_with_credentials()
        .methods("{access-control-request-method}")
        .allow_headers("{access-control-request-headers}")
}

pub fn redirect(status: u16, location: &str) -> ScriptedResponse {
    response(status).with("location", location)
}

impl ScriptedResponse {
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn with_all(self, headers: &[(&str, &str)]) -> Self {
        headers.iter().fold(self, |response, (name, value)| response.with(name, value))
    }

    /// One line for each value.
    pub fn lines(self, name: &str, values: &[&str]) -> Self {
        values.iter().fold(self, |response, value| response.with(name, value))
    }

    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub fn origin(self, value: &str) -> Self {
        self.with("access-control-allow-origin", value)
    }

    pub fn methods(self, value: &str) -> Self {
        self.with("access-control-allow-methods", value)
    }

    pub fn allow_headers(self, value: &str) -> Self {
        self.with("access-control-allow-headers", value)
    }

    pub fn max_age(self, value: &str) -> Self {
        self.with("access-control-max-age", value)
    }

    fn json(&self) -> Value {
        match self.status {
            0 => json!({"network_error": true}),
            status => json!({"status": status, "headers": self.headers}),
        }
    }
}

/// A network error instead of a response.
pub fn failure() -> ScriptedResponse {
    response(0)
}

/// A case under construction.
#[derive(Debug, Clone)]
pub struct Draft {
    about: String,
    page: String,
    steps: Vec<Value>,
    routes: Map<String, Value>,
}

impl Draft {
    /// A case of the page [`A`].
    pub fn new(about: impl Into<String>) -> Self {
        Self { about: about.into(), page: A.to_owned(), steps: Vec::new(), routes: Map::new() }
    }

    pub fn page(mut self, page: &str) -> Self {
        self.page = page.to_owned();
        self
    }

    pub fn fetch(self, fetch: Fetch) -> Self {
        self.fetch_at(0.0, fetch)
    }

    /// A fetch that begins this many seconds after the first.
    pub fn fetch_at(mut self, seconds: f64, fetch: Fetch) -> Self {
        self.steps.push(if seconds > 0.0 {
            json!({"at": seconds, "request": fetch.0})
        } else {
            json!({"request": fetch.0})
        });
        self
    }

    /// Sets the responses of a URL to actual requests.
    pub fn actual(self, url: impl Into<String>, responses: &[ScriptedResponse]) -> Self {
        self.responses(url.into(), "actual", responses)
    }

    /// Sets the responses of a URL to preflights.
    pub fn preflight(self, url: impl Into<String>, responses: &[ScriptedResponse]) -> Self {
        self.responses(url.into(), "preflight", responses)
    }

    fn responses(mut self, url: String, kind: &str, responses: &[ScriptedResponse]) -> Self {
        let url = url.split('#').next().unwrap_or_default().to_owned();
        let responses: Vec<_> = responses.iter().map(ScriptedResponse::json).collect();
        self.routes.entry(url).or_insert_with(|| json!({}))[kind] = responses.into();
        self
    }

    /// The case with a page of its own, without an id.
    pub fn finish_with_own_page(mut self) -> Value {
        self.page = at(&self.page, "page");
        let mut case = self.finish_with_canonical_names();
        case["needs"] = "page".into();
        case
    }

    /// The case, without an id. Its servers spell the names of headers as in `Access-Control-Allow-Origin`.
    pub fn finish_with_canonical_names(self) -> Value {
        let mut case = self.finish();
        let routes = case["routes"].as_object_mut().into_iter().flatten();
        let lists = routes.filter_map(|(_, route)| route.as_object_mut()).flatten();
        for response in lists.filter_map(|(_, responses)| responses.as_array_mut()).flatten() {
            for line in response["headers"].as_array_mut().into_iter().flatten() {
                line[0] = canonical(line[0].as_str().unwrap_or_default()).into();
            }
        }
        case["header_names"] = "canonical".into();
        case
    }

    /// The case, without an id.
    pub fn finish(self) -> Value {
        json!({"about": self.about, "page": self.page, "steps": self.steps, "routes": self.routes})
    }
}

/// The name of a header with capital letters, as most servers write it.
fn canonical(name: &str) -> String {
    let words = name.split('-').map(|word| match word.split_at_checked(1) {
        Some((first, rest)) => first.to_ascii_uppercase() + rest,
        None => String::new(),
    });
    words.collect::<Vec<_>>().join("-")
}

/// The cases of drafts.
pub fn finished(drafts: Vec<Draft>) -> Vec<Value> {
    drafts.into_iter().map(Draft::finish).collect()
}

/// One fetch of [`B`] with its response, and a response to its preflight if there may be one.
pub fn simple(
    about: impl Into<String>,
    fetch: Fetch,
    preflight: Option<ScriptedResponse>,
    actual: ScriptedResponse,
) -> Draft {
    let url = fetch.url().to_owned();
    let draft = Draft::new(about).fetch(fetch).actual(&url, &[actual]);
    match preflight {
        Some(preflight) => draft.preflight(&url, &[preflight]),
        None => draft,
    }
}

/// The URL of most cases.
pub fn there() -> String {
    at(B, "x")
}
