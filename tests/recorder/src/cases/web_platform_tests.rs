//! The cases from web-platform-tests, adapted to loopback: the origins become those of the corpus, and
//! responses in order become routes.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::{
    origins::{A, B, C, D, E, NULL, origin_of},
    verdict::verdict,
};

const CASES: &str = include_str!("../../../cases/wpt.jsonl");

/// Headers that have other effects than CORS in real servers and browsers.
const HEADERS_WITH_OTHER_EFFECTS: [&str; 8] = [
    "connection",
    "content-encoding",
    "transfer-encoding",
    "trailer",
    "www-authenticate",
    "refresh",
    "alt-svc",
    "clear-site-data",
];
const STATUSES_WITH_OTHER_EFFECTS: [u64; 5] = [101, 304, 401, 407, 421];

/// All cases that can be played. `/~/` stands for the path of the case.
pub fn cases() -> Vec<Value> {
    CASES.lines().filter_map(|line| adapt(&serde_json::from_str(line).ok()?)).collect()
}

fn adapt(case: &Value) -> Option<Value> {
    let steps = case["steps"].as_array()?;
    let completed = verdict(case, "standard").ok()?;
    let mut origins = OriginMap::default();
    let page = match case["page"].as_str()? {
        NULL => NULL.to_owned(),
        page if page == origin_of(page) => origins.origin(page)?,
        _ => return None,
    };
    let mut adapted = Vec::new();
    let mut routes: Map<String, Value> = Map::new();
    for (step, verdict) in steps.iter().zip(completed["steps"].as_array()?) {
        if step["partition"].is_string() || step["at"].as_f64().unwrap_or(0.0) > 0.0 {
            return None;
        }
        adapted.push(json!({"request": origins.request(&step["request"])?}));
        let responses = step["responses"].as_array()?;
        for (number, response) in responses.iter().enumerate() {
            let Some(sent) = verdict["requests"].get(number) else { continue };
            let kind = sent["kind"].as_str()?;
            let url = origins.url(sent["url"].as_str()?.split('#').next()?)?;
            let route = routes.entry(url).or_insert_with(|| json!({}));
            match route[kind].as_array_mut() {
                Some(list) => list.push(origins.response(response)?),
                None => route[kind] = json!([origins.response(response)?]),
            }
        }
    }
    let about = format!("{}: {}", case["source"].as_str()?, case["about"].as_str().unwrap_or_default());
    let adapted = json!({"about": about, "page": page, "steps": adapted, "routes": routes});
    has_same_verdict(&adapted, &completed).then_some(adapted)
}

/// Returns whether the adapted case has the same verdict as the original.
fn has_same_verdict(adapted: &Value, before: &Value) -> bool {
    let case =
        json!({"id": "", "page": adapted["page"], "steps": adapted["steps"], "routes": adapted["routes"]});
    let Ok(now) = verdict(&case, "standard") else { return false };
    let summary = |verdict: &Value| {
        let steps = verdict["steps"].as_array().cloned().unwrap_or_default();
        let kinds = |step: &Value| {
            let requests = step["requests"].as_array().cloned().unwrap_or_default();
            requests
                .iter()
                .map(|request| format!("{} {}", request["kind"], request["method"]))
                .collect::<Vec<_>>()
        };
        let of = |step: &Value| format!("{} {} {:?}", step["outcome"], step["reason"], kinds(step));
        steps.iter().map(of).collect::<Vec<_>>()
    };
    summary(&now) == summary(before)
}

/// The new origin for each original one.
#[derive(Default)]
struct OriginMap {
    origins: HashMap<String, &'static str>,
}

impl OriginMap {
    fn origin(&mut self, origin: &str) -> Option<String> {
        let next = [A, B, C, D, E].get(self.origins.len()).copied();
        match self.origins.get(origin) {
            Some(known) => Some((*known).to_owned()),
            None => {
                self.origins.insert(origin.to_owned(), next?);
                next.map(str::to_owned)
            }
        }
    }

    /// An absolute URL, without user name and password.
    fn url(&mut self, url: &str) -> Option<String> {
        if !(url.starts_with("http://") || url.starts_with("https://")) || url.contains('@') {
            return None;
        }
        let origin = origin_of(url);
        let rest = &url[origin.len()..];
        Some(format!("{}/~{}", self.origin(origin)?, if rest.starts_with('/') { rest } else { "/" }))
    }

    fn request(&mut self, request: &Value) -> Option<Value> {
        let mut adapted = Map::new();
        for (name, value) in request.as_object()? {
            let default = [
                ("api", json!("fetch")),
                ("method", json!("GET")),
                ("headers", json!([])),
                ("mode", json!("cors")),
                ("credentials", json!("same-origin")),
                ("redirect", json!("follow")),
                ("body", json!("none")),
            ];
            if !default.contains(&(name.as_str(), value.clone())) {
                adapted.insert(name.clone(), value.clone());
            }
        }
        if adapted.get("body") == Some(&json!("stream")) {
            return None;
        }
        adapted.insert("url".to_owned(), self.url(request["url"].as_str()?)?.into());
        Some(adapted.into())
    }

    fn response(&mut self, response: &Value) -> Option<Value> {
        if response["network_error"] == true {
            return Some(response.clone());
        }
        let status = response["status"].as_u64().unwrap_or(200);
        if STATUSES_WITH_OTHER_EFFECTS.contains(&status) {
            return None;
        }
        let mut lines = Vec::new();
        for line in response["headers"].as_array().into_iter().flatten() {
            let (name, value) = (line[0].as_str()?.to_ascii_lowercase(), line[1].as_str()?);
            if HEADERS_WITH_OTHER_EFFECTS.contains(&name.as_str()) {
                return None;
            }
            let value = if name == "location" { self.location(value)? } else { self.value(value) };
            lines.push(json!([name, value]));
        }
        Some(json!({"status": status, "headers": lines}))
    }

    fn location(&mut self, location: &str) -> Option<String> {
        if location.starts_with('/') && !location.starts_with("//") {
            return Some(format!("/~{location}"));
        }
        match location.starts_with("http") {
            true => self.url(location),
            false => Some(location.to_owned()),
        }
    }

    /// A value with its origins replaced, the longest ones first.
    fn value(&self, value: &str) -> String {
        let mut origins: Vec<_> = self.origins.iter().collect();
        origins.sort_by_key(|(origin, _)| std::cmp::Reverse(origin.len()));
        origins
            .iter()
            .fold(value.to_owned(), |value, (origin, adapted)| value.replace(origin.as_str(), adapted))
    }
}
