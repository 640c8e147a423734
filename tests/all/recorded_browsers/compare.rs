//! Compares what a browser did with the verdict of the engine. The replay of the corpus and the recorder use
//! it.

use std::{collections::BTreeSet, fmt};

use serde_json::{Map, Value};

/// The engines of the corpus.
pub(crate) const ENGINES: [&str; 3] = ["chromium", "firefox", "webkit"];

/// A difference between a browser and the engine.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Difference {
    /// The path, such as `steps[0].requests[1].headers.origin`.
    pub(crate) path: String,
    /// What the browser did there; null for nothing.
    pub(crate) observed: Value,
    /// What the engine says; null for nothing.
    pub(crate) verdict: Value,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: browser {}, engine {}", self.path, self.observed, self.verdict)
    }
}

/// What one engine did in a case of the corpus. The member `observed` has one key for all engines that did
/// the same: `all`, or their names separated by spaces.
pub(crate) fn observed_in<'a>(case: &'a Value, engine: &str) -> Option<&'a Value> {
    let groups = case["observed"].as_object()?;
    let mut matching =
        groups.iter().filter(|(names, _)| *names == "all" || names.split(' ').any(|name| name == engine));
    matching.next().map(|(_, observation)| observation)
}

/// The differences between an observation and a verdict, in the order of events. What could not be observed
/// is absent from the observation, and not compared.
pub(crate) fn compare(observation: &Value, verdict: &Value) -> Vec<Difference> {
    let mut differences = Differences::default();
    let (observed, verdict) = (items(&observation["steps"]), items(&verdict["steps"]));
    for index in 0..observed.len().max(verdict.len()) {
        let path = format!("steps[{index}]");
        match (observed.get(index), verdict.get(index)) {
            (Some(observed), Some(verdict)) => differences.step(&path, observed, verdict),
            (observed, verdict) => {
                differences.add(path, observed.unwrap_or(&Value::Null), verdict.unwrap_or(&Value::Null))
            }
        }
    }
    differences.found
}

#[derive(Default)]
struct Differences {
    found: Vec<Difference>,
}

impl Differences {
    fn add(&mut self, path: String, observed: &Value, verdict: &Value) {
        self.found.push(Difference { path, observed: observed.clone(), verdict: verdict.clone() });
    }

    /// Requests come first, because they happened first.
    fn step(&mut self, path: &str, observed: &Value, verdict: &Value) {
        let (sent, should_send) = (items(&observed["requests"]), items(&verdict["requests"]));
        for index in 0..sent.len().max(should_send.len()) {
            let path = format!("{path}.requests[{index}]");
            match (sent.get(index), should_send.get(index)) {
                (Some(sent), Some(should_send)) => self.request(&path, sent, should_send),
                (sent, should_send) => {
                    self.add(path, sent.unwrap_or(&Value::Null), should_send.unwrap_or(&Value::Null));
                }
            }
        }
        let has_ended = !observed["outcome"].is_null() && observed["outcome"] != "pending";
        if has_ended && !same_outcome(&observed["outcome"], &verdict["outcome"]) {
            return self.add(format!("{path}.outcome"), &observed["outcome"], &verdict["outcome"]);
        }
        for field in ["status", "redirected", "timing_allowed"] {
            self.field(path, field, observed, verdict);
        }
        self.url(path, observed, verdict);
        self.pairs(path, "headers", observed, verdict);
    }

    fn request(&mut self, path: &str, observed: &Value, verdict: &Value) {
        for field in ["kind", "method"] {
            self.field(path, field, observed, verdict);
        }
        self.url(path, observed, verdict);
        self.pairs(path, "headers", observed, verdict);
        for field in ["credentials", "body", "referrer"] {
            self.field(path, field, observed, verdict);
        }
        self.pairs(path, "fetch_metadata", observed, verdict);
    }

    fn url(&mut self, path: &str, observed: &Value, verdict: &Value) {
        if !observed["url"].is_null()
            && observed["url"].as_str().map(on_the_wire) != verdict["url"].as_str().map(on_the_wire)
        {
            self.add(format!("{path}.url"), &observed["url"], &verdict["url"]);
        }
    }

    fn field(&mut self, path: &str, field: &str, observed: &Value, verdict: &Value) {
        if !observed[field].is_null() && observed[field] != verdict[field] {
            self.add(format!("{path}.{field}"), &observed[field], &verdict[field]);
        }
    }

    /// A field that is a list of names and values.
    fn pairs(&mut self, path: &str, field: &str, observed: &Value, verdict: &Value) {
        if observed[field].is_null() {
            return;
        }
        let (observed, verdict) = (by_name(&observed[field]), by_name(&verdict[field]));
        let names: BTreeSet<_> = observed.keys().chain(verdict.keys()).collect();
        for name in names {
            let (observed, verdict) = (value_of(&observed, name), value_of(&verdict, name));
            if observed != verdict {
                self.add(format!("{path}.{field}.{name}"), &observed, &verdict);
            }
        }
    }
}

/// `ok` is a response whose type cannot be observed.
fn same_outcome(observed: &Value, verdict: &Value) -> bool {
    let delivered = !matches!(verdict.as_str(), Some("error" | "refused"));
    observed == verdict || (observed == "ok" && delivered)
}

/// A URL as a server sees it: without fragment, user name and password.
fn on_the_wire(url: &str) -> String {
    let url = url.split('#').next().unwrap_or(url);
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let authority = rest.split(['/', '?']).next().unwrap_or(rest);
    match authority.rsplit_once('@') {
        Some((userinfo, _)) => {
            format!("{scheme}://{}", rest.get(userinfo.len().saturating_add(1)..).unwrap_or(rest))
        }
        None => url.to_owned(),
    }
}

fn items(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

fn by_name(pairs: &Value) -> Map<String, Value> {
    let pairs = items(pairs).iter();
    pairs.filter_map(|pair| Some((pair[0].as_str()?.to_owned(), pair[1].clone()))).collect()
}

fn value_of(headers: &Map<String, Value>, name: &str) -> Value {
    headers.get(name).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn paths(observation: &Value, verdict: &Value) -> Vec<String> {
        compare(observation, verdict).into_iter().map(|difference| difference.path).collect()
    }

    fn verdict() -> Value {
        json!({"steps": [{"outcome": "cors", "status": 200, "url": "http://b.test/", "redirected": false,
            "headers": [["etag", "x"]], "timing_allowed": false, "warnings": [],
            "requests": [{"kind": "actual", "method": "GET", "url": "http://u:p@b.test/#f", "body": "none",
                          "headers": [["origin", "http://a.test"]], "credentials": false}]}]})
    }

    #[test]
    fn unobserved_members_are_not_compared() {
        let observation = json!({"steps": [{"outcome": "ok", "requests": [{"url": "http://b.test/"}]}]});
        assert_eq!(paths(&observation, &verdict()), [""; 0]);
        assert_eq!(paths(&verdict(), &verdict()), [""; 0]);
    }

    #[test]
    fn every_difference_has_its_path() {
        for (pointer, value, path) in [
            ("/steps/0/outcome", json!("error"), "steps[0].outcome"),
            ("/steps/0/outcome", json!("opaque"), "steps[0].outcome"),
            ("/steps/0/status", json!(201), "steps[0].status"),
            ("/steps/0/url", json!(""), "steps[0].url"),
            ("/steps/0/redirected", json!(true), "steps[0].redirected"),
            ("/steps/0/timing_allowed", json!(true), "steps[0].timing_allowed"),
            ("/steps/0/headers", json!([]), "steps[0].headers.etag"),
            ("/steps/0/headers/0/0", json!("a"), "steps[0].headers.a steps[0].headers.etag"),
            ("/steps/0/requests", json!([]), "steps[0].requests[0]"),
            ("/steps/0/requests/0/kind", json!("preflight"), "steps[0].requests[0].kind"),
            ("/steps/0/requests/0/method", json!("PUT"), "steps[0].requests[0].method"),
            ("/steps/0/requests/0/url", json!("http://b.test/x"), "steps[0].requests[0].url"),
            ("/steps/0/requests/0/headers/0/1", json!("null"), "steps[0].requests[0].headers.origin"),
            ("/steps/0/requests/0/credentials", json!(true), "steps[0].requests[0].credentials"),
            ("/steps/0/requests/0/body", json!("bytes"), "steps[0].requests[0].body"),
            ("/steps", json!([]), "steps[0]"),
        ] {
            let mut observation = verdict();
            *observation.pointer_mut(pointer).unwrap() = value;
            assert_eq!(paths(&observation, &verdict()).join(" "), path);
        }
    }

    #[test]
    fn an_engine_is_found_in_its_group() {
        let case = json!({"observed": {"chromium webkit": 1, "firefox": 2}});
        assert_eq!(observed_in(&case, "webkit"), Some(&json!(1)));
        assert_eq!(observed_in(&case, "firefox"), Some(&json!(2)));
        assert_eq!(observed_in(&json!({"observed": {"all": 3}}), "firefox"), Some(&json!(3)));
        assert_eq!(observed_in(&case, "servo"), None);
    }
}
