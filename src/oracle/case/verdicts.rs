//! What came of a case in all profiles.

use super::{Played, Verdict};
use serde::Serialize;
use std::collections::BTreeMap;

/// What came of a [`Case`](super::Case) in each profile, and where they part from the standard.
///
/// ```
/// use crossorigin::oracle::case::{Case, Verdicts};
/// let case: Case = serde_json::from_str(r#"{
///     "id": "token", "page": "https://app.example", "profile": "all",
///     "steps": [{"request": {"url": "https://api.example/me", "headers": [["authorization", "Bearer x"]]},
///                "responses": [{"headers": [["access-control-allow-origin", "*"],
///                                           ["access-control-allow-headers", "*"]]},
///                              {"headers": [["access-control-allow-origin", "*"]]}]}]}"#)?;
/// let played = case.play_in_all()?;
/// let verdicts = serde_json::to_value(Verdicts::new(&case.id, &played))?;
/// assert_eq!(verdicts["profiles"]["standard"]["steps"][0]["reason"], "AuthorizationNeedsExplicitListing");
/// assert_eq!(verdicts["profiles"]["webkit"]["steps"][0]["outcome"], "cors");
/// assert_eq!(verdicts["parts"][0]["profile"], "chromium");
/// assert_eq!(verdicts["parts"][0]["at"], "steps[0].requests[1]");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Verdicts<'a> {
    /// The case's id.
    pub id: &'a str,
    /// The verdict of each profile, by its name.
    pub profiles: BTreeMap<&'static str, Verdict<'a>>,
    /// The profiles that part from the standard.
    pub parts: Vec<VerdictParting>,
}

/// Where a profile first parts from the standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VerdictParting {
    /// The profile's name.
    pub profile: &'static str,
    /// The first place in its verdict that differs, such as `steps[0].requests[1]` or `steps[2].outcome`.
    pub at: String,
}

impl<'a> Verdicts<'a> {
    /// The verdicts on a case that was played in all profiles.
    #[must_use]
    pub fn new(id: &'a str, played: &[(&'static str, Vec<Played>)]) -> Self {
        let standard = played.first().map(|(_, steps)| steps.as_slice()).unwrap_or_default();
        let parts = played.iter().filter_map(|(profile, steps)| {
            let mut steps = standard.iter().zip(steps).enumerate();
            steps.find_map(|(index, (standard, step))| {
                let parting = parting(standard, step)?;
                Some(VerdictParting { profile, at: format!("steps[{index}].{parting}") })
            })
        });
        Self {
            id,
            parts: parts.collect(),
            profiles: played.iter().map(|(profile, steps)| (*profile, Verdict::new(id, steps))).collect(),
        }
    }
}

fn parting(standard: &Played, other: &Played) -> Option<crate::oracle::Parting> {
    match (standard, other) {
        (Played::Fetched(standard), Played::Fetched(other)) => standard.parting(other),
        // The doors do not know profiles.
        _ => None,
    }
}
