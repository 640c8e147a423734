//! The recorded cases.

use std::{path::PathBuf, sync::LazyLock};

use crossorigin::{browser::Profile, oracle::case::Case};
use serde::Deserialize;
use serde_json::Value;

use crate::recorded_browsers::compare::{Difference, compare, observed_in};

/// A case with the observations of all engines, or of one engine in one configuration.
pub(super) struct Recorded {
    case: Case,
    value: Value,
}

impl Recorded {
    pub(super) fn id(&self) -> &str {
        self.case.id()
    }

    /// The differences between what an engine did, and the verdict of its profile. `None` if the case was recorded
    /// in a configuration of another engine.
    pub(super) fn differences(&self, engine: &str) -> Option<Vec<Difference>> {
        let configuration = self.value["source"]["configuration"].as_str().unwrap_or(engine);
        if !configuration.starts_with(engine) {
            return None;
        }
        let observed = observed_in(&self.value, engine);
        let observed = observed.unwrap_or_else(|| panic!("{}: {engine} was not observed", self.id()));
        let verdict = self.case.play_with(configured(engine, configuration));
        let verdict = verdict.unwrap_or_else(|invalid| panic!("{}: {invalid}", self.id()));
        let mut verdict = serde_json::to_value(verdict).unwrap();
        remove_unobserved(&mut verdict);
        let mut differences = compare(&comparable(observed, &verdict), &verdict);
        differences.extend(taints(observed, &verdict));
        Some(differences)
    }
}

/// The profile of an engine in a configuration. Granted and denied permissions are in the case.
fn configured(engine: &str, configuration: &str) -> Profile {
    let profile = Profile::named(engine).unwrap();
    match configuration {
        "chromium lna off" => profile.with_local_network_access(false),
        // With `network.lna.websocket.enabled`.
        "firefox network.lna.*" => {
            profile.with_rule_of("local_network.web_sockets_are_exempt", &Profile::standard())
        }
        _ => profile,
    }
}

/// Removes what was not recorded: two headers that the user agent sets.
fn remove_unobserved(verdict: &mut Value) {
    for request in requests(verdict) {
        if let Some(headers) = request["headers"].as_array_mut() {
            headers.retain(|line| line[0] != "accept" && line[0] != "service-worker");
        }
    }
}

fn requests(steps: &mut Value) -> impl Iterator<Item = &mut Value> {
    let steps = steps["steps"].as_array_mut().into_iter().flatten();
    steps.filter_map(|step| step["requests"].as_array_mut()).flatten()
}

/// An observation without what the verdict cannot say in this form. The recorder cannot see whether the
/// request or its initiator was refused.
fn comparable(observed: &Value, verdict: &Value) -> Value {
    let mut observed = observed.clone();
    for (index, step) in observed["steps"].as_array_mut().unwrap().iter_mut().enumerate() {
        let said = &verdict["steps"][index];
        if step["outcome"] == "error" && said["outcome"] == "refused" {
            step["outcome"] = "refused".into();
        }
    }
    observed
}

/// The steps whose image taints a canvas in the browser only, or in the profile only. An image taints a
/// canvas if its response is opaque.
fn taints(observed: &Value, verdict: &Value) -> Vec<Difference> {
    let steps = observed["steps"].as_array().unwrap().iter().enumerate();
    let differing = steps.filter_map(|(index, step)| {
        let taints = step["taints_canvas"].as_bool()?;
        let said = verdict["steps"][index]["outcome"] == "opaque";
        (taints != said).then(|| Difference {
            path: format!("steps[{index}].taints_canvas"),
            observed: taints.into(),
            verdict: said.into(),
        })
    });
    differing.collect()
}

pub(super) fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "cases", "contexts"].iter().collect()
}

/// All cases, sorted by file.
pub(super) fn corpus() -> &'static [Recorded] {
    static CORPUS: LazyLock<Vec<Recorded>> = LazyLock::new(read);
    &CORPUS
}

fn read() -> Vec<Recorded> {
    let mut files: Vec<_> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let mut recorded = Vec::new();
    for path in files {
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let value: Value = serde_json::from_str(line).unwrap();
            let case = Case::deserialize(&value).unwrap_or_else(|error| panic!("{}: {error}", value["id"]));
            recorded.push(Recorded { case, value });
        }
    }
    recorded
}
