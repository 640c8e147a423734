//! `deviations.toml`: where a browser differs, and why. It has the form of the file of the other corpus.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::recorded_browsers::deviations::Rest;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Deviations {
    /// Cases in which a browser does not do what the policies intend.
    pub(crate) intent: Vec<Rest>,
    /// Cases in which a browser does not do what its profile does.
    pub(crate) profile: Vec<Rest>,
}

/// The differences, by engine and case.
pub(crate) type Found<'a> = BTreeMap<(&'a str, &'a str), String>;

pub(crate) fn deviations() -> Deviations {
    toml::from_str(include_str!("../../cases/policies/deviations.toml"))
        .unwrap_or_else(|error| panic!("{error}"))
}

/// Asserts that exactly the listed cases were found.
pub(crate) fn check(listed: &[Rest], found: &Found<'_>) {
    let cases = listed.iter().flat_map(|rest| &rest.cases);
    let known: BTreeSet<_> =
        cases.flat_map(|(engine, ids)| ids.iter().map(move |id| (engine.as_str(), id.as_str()))).collect();
    let unlisted: Vec<_> = found.iter().filter(|(it, _)| !known.contains(*it)).collect();
    let vanished: Vec<_> = known.iter().filter(|it| !found.contains_key(*it)).collect();
    assert!(unlisted.is_empty(), "{} are not listed: {unlisted:#?}", unlisted.len());
    assert!(vanished.is_empty(), "{} are listed and do not differ: {vanished:#?}", vanished.len());
}
