//! `deviations.toml`: where the standard and the profiles differ from the browsers, and why.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use serde::Deserialize;

/// For each engine, the cases in which it differs.
pub(crate) type Cases = BTreeMap<String, BTreeSet<String>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Deviations {
    /// Differences that the profiles reproduce.
    pub(crate) rule: Vec<Rule>,
    /// Differences that they do not reproduce.
    pub(crate) rest: Vec<Rest>,
}

/// A field of `Profile` in which an engine differs from the standard.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    pub(crate) field: String,
    pub(crate) class: Class,
    /// The step of the standard.
    pub(crate) step: String,
    /// What the field is about.
    pub(crate) what: String,
    /// What the standard says, and how the difference can be seen.
    pub(crate) reason: String,
    /// Why no case of the corpus shows it.
    pub(crate) unobserved: Option<String>,
    /// For each engine, the cases that show it.
    #[serde(default, deserialize_with = "cases")]
    pub(crate) cases: Cases,
}

/// A difference that the profiles do not reproduce.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rest {
    pub(crate) class: Class,
    /// The step of the standard.
    pub(crate) step: String,
    /// What it is about.
    pub(crate) what: String,
    /// What the standard says, and how the difference can be seen.
    pub(crate) reason: String,
    /// For each engine, the cases in which its profile differs from it because of this.
    #[serde(deserialize_with = "cases")]
    pub(crate) cases: Cases,
}

/// The kind of a deviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Class {
    /// The engine does something unintended.
    EngineBug,
    /// The engine intends to differ, or has never followed the standard.
    StandardNotFollowed,
    /// The standard leaves it to the engine.
    Permitted,
    /// The HTTP library below the engine does it.
    NetworkStack,
    /// The standard can be read either way.
    Unclear,
}

impl Class {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::EngineBug => "engine bug",
            Self::StandardNotFollowed => "standard not followed",
            Self::Permitted => "permitted by the standard",
            Self::NetworkStack => "network stack",
            Self::Unclear => "unclear",
        }
    }
}

pub(crate) fn path() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "cases", "browsers", "deviations.toml"].iter().collect()
}

pub(crate) fn deviations() -> Deviations {
    toml::from_str(&std::fs::read_to_string(path()).unwrap()).unwrap_or_else(|error| panic!("{error}"))
}

/// Reads a list of cases such as `acao-007 redirect-chains-012..019`.
fn cases<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Cases, D::Error> {
    let written = BTreeMap::<String, String>::deserialize(deserializer)?;
    let read =
        written.into_iter().map(|(engine, ids)| (engine, ids.split_whitespace().flat_map(expand).collect()));
    Ok(read.collect())
}

fn expand(ids: &str) -> Vec<String> {
    let Some((first, last)) = ids.split_once("..") else { return vec![ids.to_owned()] };
    let (family, first) = first.rsplit_once('-').unwrap_or_else(|| panic!("{ids}"));
    let numbers: (u32, u32) = (first.parse().unwrap(), last.parse().unwrap());
    (numbers.0..=numbers.1).map(|number| format!("{family}-{number:03}")).collect()
}

/// Writes a list of cases in the form that `cases` reads.
pub(crate) fn written(ids: &BTreeSet<String>) -> String {
    let mut parts = Vec::new();
    let mut runs: Vec<(&str, u32, u32)> = Vec::new();
    for id in ids {
        // The cases of `tests/cases/contexts` have no numbers.
        let numbered = id.rsplit_once('-').filter(|(_, number)| number.len() == 3);
        let numbered = numbered.and_then(|(family, number)| Some((family, number.parse::<u32>().ok()?)));
        match (numbered, runs.last_mut()) {
            (None, _) => parts.push(id.clone()),
            (Some((family, number)), Some((other, _, last))) if *other == family && *last + 1 == number => {
                *last = number;
            }
            (Some((family, number)), _) => runs.push((family, number, number)),
        }
    }
    parts.extend(runs.iter().map(|(family, first, last)| match last - first {
        0 => format!("{family}-{first:03}"),
        1 => format!("{family}-{first:03} {family}-{last:03}"),
        _ => format!("{family}-{first:03}..{last:03}"),
    }));
    parts.join(" ")
}

#[test]
fn lists_of_cases_are_read_as_they_are_written() {
    let ids = ["a-b-001", "a-b-002", "a-b-003", "a-b-009", "c-099", "c-100", "http-304", "x-0", "y"];
    let ids: BTreeSet<_> = ids.into_iter().map(str::to_owned).collect();
    assert_eq!(written(&ids), "x-0 y a-b-001..003 a-b-009 c-099 c-100 http-304");
    assert_eq!(written(&ids).split(' ').flat_map(expand).collect::<BTreeSet<_>>(), ids);
}
