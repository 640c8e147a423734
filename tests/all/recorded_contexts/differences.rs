//! `differences.toml`: where the profiles differ from the engines in these cases, and why.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::recorded_browsers::corpus::{contexts_corpus, folder};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listed {
    /// Differences between an engine and its profile.
    pub(super) difference: Vec<Entry>,
    /// Recorded cases that are not in the corpus.
    pub(super) left_out: Vec<LeftOut>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) class: Class,
    pub(super) what: String,
    /// What the profile does, and how the difference can be seen.
    pub(super) reason: String,
    /// The parts of a step or of a request in which the difference shows, such as `requests.headers.origin`.
    /// A part includes the parts inside it.
    pub(super) at: Vec<String>,
    /// For each engine, the cases.
    pub(super) cases: BTreeMap<String, Cases>,
}

/// A list of ids.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Cases {
    /// Separated by spaces.
    Words(String),
    /// With spaces in them.
    List(Vec<String>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeftOut {
    reason: String,
    cases: String,
}

/// The kind of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Class {
    /// The engine does something else than its profile, and the profile could follow it.
    Engine,
    /// The HTTP library below the engine does it.
    NetworkStack,
    /// The engine does not have the feature, or has it off.
    FeatureAbsent,
    /// The feature decides it after the fetch, or instead of a fetch.
    AboveFetch,
    /// The rules of cookies decide it.
    CookiePolicy,
    /// The data format cannot say it.
    NotExpressible,
    /// The program that recorded it.
    Harness,
}

impl Class {
    /// Returns whether the fetch of the crate does what the browser did, and only something around it does
    /// not.
    pub(super) fn is_out_of_scope(self) -> bool {
        !matches!(self, Self::Engine | Self::NetworkStack)
    }
}

impl Entry {
    /// Returns whether the entry lists a difference. `path` is as `compare` writes it.
    pub(super) fn covers(&self, engine: &str, id: &str, path: &str) -> bool {
        let part = without_numbers(path);
        let inside = |at: &String| {
            part.strip_prefix(at.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.lists(engine).any(|listed| listed == id) && self.at.iter().any(inside)
    }

    /// The cases of an engine.
    pub(super) fn lists(&self, engine: &str) -> impl Iterator<Item = &str> {
        let cases = self.cases.get(engine).into_iter();
        cases.flat_map(|cases| match cases {
            Cases::Words(words) => words.split_whitespace().collect(),
            Cases::List(list) => list.iter().map(String::as_str).collect::<Vec<_>>(),
        })
    }
}

/// `steps[1].requests[0].url` as `requests.url`.
fn without_numbers(path: &str) -> String {
    let parts = path.split('.').map(|part| part.split('[').next().unwrap_or(part));
    parts.skip(1).collect::<Vec<_>>().join(".")
}

pub(super) fn listed() -> Listed {
    let text = std::fs::read_to_string(folder("contexts").join("differences.toml")).unwrap();
    toml::from_str(&text).unwrap_or_else(|error| panic!("{error}"))
}

/// Each entry can be verified: it gives a reason.
#[test]
fn every_entry_gives_a_reason() {
    let Listed { difference, left_out } = listed();
    for entry in difference {
        assert!(entry.reason.len() > 40 && entry.what.len() > 10, "{}", entry.what);
        assert!(!entry.at.is_empty() && !entry.cases.is_empty(), "{}", entry.what);
    }
    for left_out in left_out {
        assert!(left_out.reason.len() > 10 && !left_out.cases.is_empty(), "{}", left_out.cases);
    }
}

/// 149 cases were recorded, and 242 of local network access. Each is in the corpus, or is left out with a reason.
#[test]
fn every_recorded_case_is_here_or_left_out() {
    let left_out = listed().left_out;
    let left_out = left_out.iter().flat_map(|left_out| left_out.cases.split_whitespace());
    let ids: Vec<_> = contexts_corpus().iter().map(|recorded| recorded.id()).chain(left_out).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert_eq!(ids.len(), 149 + 242);
}
