//! The recorded cases.

use std::{path::Path, sync::LazyLock};

use crossorigin::{browser::Profile, oracle::case::Case};
use serde::Deserialize;
use serde_json::Value;

use super::compare::{compare, observed_in};

/// A case with the observations of all engines.
pub(crate) struct Recorded {
    pub(crate) case: Case,
    value: Value,
}

impl Recorded {
    pub(crate) fn id(&self) -> &str {
        self.case.id()
    }

    /// Returns whether the engine was observed in this case.
    pub(crate) fn is_observed_in(&self, engine: &str) -> bool {
        observed_in(&self.value, engine).is_some()
    }

    /// Plays the case with a profile. The servers of these cases send the names of headers in lower case.
    pub(crate) fn verdict(&self, profile: &Profile) -> Value {
        let profile = profile.clone().with_lower_case_header_names(true);
        let verdict =
            self.case.play_with(profile).unwrap_or_else(|invalid| panic!("{}: {invalid}", self.id()));
        serde_json::to_value(verdict).unwrap()
    }

    /// The differences between a verdict and what a browser did; none if the browser was not observed.
    pub(crate) fn differences(&self, verdict: &Value, engine: &str) -> Vec<String> {
        let differences = observed_in(&self.value, engine).map(|observation| compare(observation, verdict));
        differences.unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    /// Returns whether the engine with this profile does what the browser did.
    pub(crate) fn agrees(&self, profile: &Profile, engine: &str) -> bool {
        self.differences(&self.verdict(profile), engine).is_empty()
    }
}

/// All cases, sorted by file.
pub(crate) fn corpus() -> &'static [Recorded] {
    static CORPUS: LazyLock<Vec<Recorded>> = LazyLock::new(read);
    &CORPUS
}

fn read() -> Vec<Recorded> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/browsers");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
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
