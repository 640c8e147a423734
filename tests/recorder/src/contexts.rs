//! Plays the cases of `tests/cases/contexts` again, each in a page of its own, and compares.

use std::{fs, io, path::Path};

use serde_json::{Value, json};

use crate::{
    browser::Engine,
    compare::{compare, observed_in},
    player::{Player, id},
    runs::{confirmed_observations, installed},
};

/// Parts of cases that an own page cannot play: streams, bodies of random length, frames that are not an
/// `<iframe>`, aborted and synchronous requests, and features of one engine.
const NOT_PLAYABLE: [&str; 7] =
    ["\"stream\"", "multipart/", "\"object\"", "\"failure\"", "sync: true", "fetchLater", "keepalive: true"];

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../cases/contexts");

/// What an own page can play.
const APIS: [&str; 20] = [
    "fetch",
    "xhr",
    "image",
    "media",
    "track",
    "event-source",
    "script",
    "module-script",
    "stylesheet",
    "preload",
    "module-preload",
    "font",
    "css-image",
    "beacon",
    "worker",
    "module-worker",
    "shared-worker",
    "worklet",
    "frame",
    "form",
];

/// Plays the cases that an own page can play, and prints what differs from the recording. Returns whether
/// nothing does.
pub fn check(engines: &[Engine]) -> io::Result<bool> {
    let recorded: Vec<_> = cases()?.into_iter().filter(is_playable).collect();
    let cases: Vec<_> = recorded.iter().map(with_own_urls).collect();
    let player = Player::new()?;
    let mut news = 0;
    for (engine, _) in installed(engines) {
        let differences = |number: usize, seen: &Value| {
            let mut before = observed_in(&recorded[number], engine.name()).cloned().unwrap_or_default();
            let seen = without_own_urls(&cases[number], seen);
            for (step, seen) in before["steps"].as_array_mut().into_iter().flatten().zip(steps(&seen)) {
                // An own page does not observe all outcomes.
                if seen["outcome"].is_null() {
                    step["outcome"] = Value::Null;
                }
            }
            compare(&before, &seen)
        };
        let observations = confirmed_observations(&player, engine, &cases, |number, seen| {
            differences(number, seen).is_empty()
        })?;
        for (number, now) in observations.iter().enumerate() {
            let problems = match now {
                Ok(now) => differences(number, now)
                    .into_iter()
                    .map(|it| format!("{}: recorded {}, now {}", it.path, it.observed, it.verdict))
                    .collect(),
                Err(problem) => vec![problem.clone()],
            };
            for problem in problems {
                news += 1;
                println!("{} {}: {problem}", id(&cases[number]), engine.name());
            }
        }
    }
    eprintln!("{} cases checked, {news} differences", cases.len());
    Ok(news == 0)
}

fn steps(observation: &Value) -> &[Value] {
    observation["steps"].as_array().map_or(&[], Vec::as_slice)
}

fn cases() -> io::Result<Vec<Value>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(Path::new(FOLDER))? {
        files.push(entry?.path());
    }
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        for line in fs::read_to_string(file)?.lines() {
            cases.push(serde_json::from_str(line).map_err(io::Error::other)?);
        }
    }
    Ok(cases)
}

/// Returns whether all steps are of one page, and nothing but the servers of the case is involved.
fn is_playable(case: &Value) -> bool {
    let steps = case["steps"].as_array().map_or(&[][..], Vec::as_slice);
    let is_of_page = |step: &Value| {
        let api = step["request"]["api"].as_str().unwrap_or("fetch");
        step["page"].is_null() && step["request"]["referrer"].is_null() && APIS.contains(&api)
    };
    let policies = case["source"]["page_headers"].as_array().is_none_or(|headers| {
        let known = ["Referrer-Policy", "Cross-Origin-Embedder-Policy", "Cross-Origin-Opener-Policy"];
        headers.iter().all(|line| known.iter().any(|name| line[0] == *name))
    });
    let text = case.to_string();
    policies
        && case["page_ip"].is_null()
        && !case["routes"].is_null()
        && !NOT_PLAYABLE.iter().any(|part| text.contains(part))
        && steps.iter().all(is_of_page)
}

/// The case with its id in all of its URLs, as own pages need it.
fn with_own_urls(case: &Value) -> Value {
    let mut own =
        json!({"id": case["id"], "page": case["page"], "steps": case["steps"], "routes": case["routes"]});
    own["needs"] = "page".into();
    let text = own.to_string();
    let text = HOSTS
        .iter()
        .fold(text, |text, host| text.replace(&format!("{host}/"), &format!("{host}/{}/", id(case))));
    serde_json::from_str(&text).unwrap_or_default()
}

/// The observation with the URLs of the recording.
fn without_own_urls(case: &Value, observation: &Value) -> Value {
    // The path of a form's URL was recorded, and not its query.
    let text = observation.to_string().replace(&format!("/{}/", id(case)), "/").replace("?\"", "\"");
    let mut own: Value = serde_json::from_str(&text).unwrap_or_default();
    let steps = own["steps"].as_array_mut().into_iter().flatten();
    for request in steps.filter_map(|step| step["requests"].as_array_mut()).flatten() {
        if let Some(headers) = request["headers"].as_array_mut() {
            headers.retain(|line| line[0] != "accept");
        }
    }
    own
}

const HOSTS: [&str; 4] =
    ["http://127.0.0.1:9001", "http://127.0.0.1:9002", "http://127.0.0.1:9003", "http://localhost:9002"];
