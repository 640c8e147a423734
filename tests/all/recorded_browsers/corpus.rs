//! The recorded cases.

use std::{path::PathBuf, sync::LazyLock};

use crossorigin::{browser::Profile, oracle::case::Case};
use serde::Deserialize;
use serde_json::Value;

use super::compare::{Difference, compare, observed_in};
use crate::recorded_contexts::observation as contexts;

/// A case with the observations of all engines.
pub(crate) struct Recorded {
    case: Case,
    value: Value,
    /// Whether it is a case of `tests/cases/contexts`, whose observations have another form.
    is_context: bool,
}

impl Recorded {
    pub(crate) fn id(&self) -> &str {
        self.case.id()
    }

    /// Returns whether the engine was observed in this case.
    pub(crate) fn is_observed_in(&self, engine: &str) -> bool {
        observed_in(&self.value, engine).is_some()
    }

    /// What the engine did in this case.
    pub(crate) fn observed_in(&self, engine: &str) -> &Value {
        observed_in(&self.value, engine).unwrap_or_else(|| panic!("{}: {engine} was not observed", self.id()))
    }

    /// The configuration of the engine that the case was recorded in, if it was not the usual one.
    pub(crate) fn configuration(&self) -> Option<&str> {
        self.value["source"]["configuration"].as_str()
    }

    /// The URL of the page.
    pub(crate) fn page(&self) -> &str {
        self.value["page"].as_str().unwrap()
    }

    /// Returns whether the case is about local network access. Browsers are set up for each of these cases, and not
    /// every engine plays all of them.
    pub(crate) fn has_addresses(&self) -> bool {
        !self.value["page_ip"].is_null()
    }

    /// The profile of an engine in the configuration of the case; `None` if that is a configuration of another
    /// engine, and if the engine did not play a case about local network access.
    pub(crate) fn profile_of(&self, engine: &str) -> Option<Profile> {
        if self.has_addresses() && !self.is_observed_in(engine) {
            return None;
        }
        let configuration = self.configuration().unwrap_or(engine);
        configuration.starts_with(engine).then(|| contexts::configured(engine, configuration))
    }

    /// Plays the case with a profile. Unless the case says something else, the servers of the folder
    /// `browsers` send the names of headers in lower case.
    pub(crate) fn verdict(&self, profile: &Profile) -> Value {
        let is_lower_case = !self.is_context && self.value["header_names"].is_null();
        let profile = profile.clone().with_lower_case_header_names(is_lower_case);
        let verdict =
            self.case.play_with(profile).unwrap_or_else(|invalid| panic!("{}: {invalid}", self.id()));
        let mut verdict = serde_json::to_value(verdict).unwrap();
        if self.is_context {
            contexts::remove_unobserved(&mut verdict);
        }
        verdict
    }

    /// The differences between a verdict and what a browser did; none if the browser was not observed.
    pub(crate) fn differences(&self, verdict: &Value, engine: &str) -> Vec<Difference> {
        match observed_in(&self.value, engine) {
            Some(observed) if self.is_context => contexts::compare(observed, verdict),
            Some(observed) => compare(observed, verdict),
            None => Vec::new(),
        }
    }

    /// Returns whether the engine with this profile does what the browser did.
    pub(crate) fn agrees(&self, profile: &Profile, engine: &str) -> bool {
        self.differences(&self.verdict(profile), engine).is_empty()
    }
}

/// The cases of `tests/cases/browsers`, sorted by file.
pub(crate) fn corpus() -> &'static [Recorded] {
    static CORPUS: LazyLock<Vec<Recorded>> = LazyLock::new(|| recorded_in("browsers"));
    &CORPUS
}

/// The cases of `tests/cases/contexts`, sorted by file.
pub(crate) fn contexts_corpus() -> &'static [Recorded] {
    static CORPUS: LazyLock<Vec<Recorded>> = LazyLock::new(|| recorded_in("contexts"));
    &CORPUS
}

/// A folder of `tests/cases`.
pub(crate) fn folder(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "cases", name].iter().collect()
}

/// The cases of all files in a folder, sorted by file.
fn recorded_in(name: &str) -> Vec<Recorded> {
    let files = std::fs::read_dir(folder(name)).unwrap();
    let mut files: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let mut recorded = Vec::new();
    for path in files {
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let value: Value = serde_json::from_str(line).unwrap();
            let case = Case::deserialize(&value).unwrap_or_else(|error| panic!("{}: {error}", value["id"]));
            recorded.push(Recorded { case, value, is_context: name == "contexts" });
        }
    }
    recorded
}
