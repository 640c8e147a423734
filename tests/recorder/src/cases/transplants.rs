//! The cases that come from web-platform-tests, on loopback: origins become those of the corpus, answers in order become
//! routes.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::{
    engine::verdict,
    origins::{A, B, C, D, E, NULL, origin_of},
};

const CASES: &str = include_str!("../../../cases/wpt.jsonl");

/// What a real server and a real browser do something about that is not CORS.
const HEADERS_WITH_A_LIFE: [&str; 8] = [
    "connection",
    "content-encoding",
    "transfer-encoding",
    "trailer",
    "www-authenticate",
    "refresh",
    "alt-svc",
    "clear-site-data",
];
const STATUSES_WITH_A_LIFE: [u64; 5] = [101, 304, 401, 407, 421];

/// All that can be played, as they are; `/~/` stands for the path of the case.
pub fn cases() -> Vec<Value> {
    CASES.lines().filter_map(|line| transplant(&serde_json::from_str(line).ok()?)).collect()
}

fn transplant(case: &Value) -> Option<Value> {
    let steps = case["steps"].as_array()?;
    let played = verdict(case, "standard").ok()?;
    let mut soil = Soil::default();
    let page = match case["page"].as_str()? {
        NULL => NULL.to_owned(),
        page if page == origin_of(page) => soil.origin(page)?,
        _ => return None,
    };
    let mut planted = Vec::new();
    let mut routes: Map<String, Value> = Map::new();
    for (step, verdict) in steps.iter().zip(played["steps"].as_array()?) {
        if step["partition"].is_string() || step["at"].as_f64().unwrap_or(0.0) > 0.0 {
            return None;
        }
        planted.push(json!({"request": soil.request(&step["request"])?}));
        let answers = step["responses"].as_array()?;
        for (number, answer) in answers.iter().enumerate() {
            let Some(sent) = verdict["requests"].get(number) else { continue };
            let kind = sent["kind"].as_str()?;
            let url = soil.url(sent["url"].as_str()?.split('#').next()?)?;
            let route = routes.entry(url).or_insert_with(|| json!({}));
            match route[kind].as_array_mut() {
                Some(list) => list.push(soil.answer(answer)?),
                None => route[kind] = json!([soil.answer(answer)?]),
            }
        }
    }
    let about = format!("{}: {}", case["source"].as_str()?, case["about"].as_str().unwrap_or_default());
    let planted = json!({"about": about, "page": page, "steps": planted, "routes": routes});
    lives(&planted, &played).then_some(planted)
}

/// Whether the engine says of it what it said before.
fn lives(planted: &Value, before: &Value) -> bool {
    let case =
        json!({"id": "", "page": planted["page"], "steps": planted["steps"], "routes": planted["routes"]});
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

/// Which origin becomes which.
#[derive(Default)]
struct Soil {
    origins: HashMap<String, &'static str>,
}

impl Soil {
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
        let mut planted = Map::new();
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
                planted.insert(name.clone(), value.clone());
            }
        }
        if planted.get("body") == Some(&json!("stream")) {
            return None;
        }
        planted.insert("url".to_owned(), self.url(request["url"].as_str()?)?.into());
        Some(planted.into())
    }

    fn answer(&mut self, answer: &Value) -> Option<Value> {
        if answer["network_error"] == true {
            return Some(answer.clone());
        }
        let status = answer["status"].as_u64().unwrap_or(200);
        if STATUSES_WITH_A_LIFE.contains(&status) {
            return None;
        }
        let mut lines = Vec::new();
        for line in answer["headers"].as_array().into_iter().flatten() {
            let (name, value) = (line[0].as_str()?.to_ascii_lowercase(), line[1].as_str()?);
            if HEADERS_WITH_A_LIFE.contains(&name.as_str()) {
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

    /// A value with the origins that it names, those with the longest names first.
    fn value(&self, value: &str) -> String {
        let mut origins: Vec<_> = self.origins.iter().collect();
        origins.sort_by_key(|(origin, _)| std::cmp::Reverse(origin.len()));
        origins
            .iter()
            .fold(value.to_owned(), |value, (origin, planted)| value.replace(origin.as_str(), planted))
    }
}
