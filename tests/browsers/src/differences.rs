//! Differences between browsers and the engine, by family.

use crate::browser::Engine;
use crate::compare::{Difference, compare};
use crate::engine::verdict;
use crate::player::id;
use serde_json::Value;
use std::collections::BTreeMap;

/// What was found.
#[derive(Debug, Default)]
pub struct Differences {
    /// By what they have in common: the case with the smallest text, and how many there are.
    families: BTreeMap<String, Found>,
    /// By browser and profile: how many cases agree, of how many.
    shares: BTreeMap<(String, String), (usize, usize)>,
}

#[derive(Debug)]
struct Found {
    smallest: Value,
    difference: Difference,
    ids: Vec<String>,
}

impl Differences {
    /// Compares what a browser did in a case with what the profile says of it.
    pub fn add(&mut self, engine: Engine, profile: &str, case: &Value, observation: &Value) -> bool {
        let verdict = match verdict(case, profile) {
            Ok(verdict) => verdict,
            Err(fault) => {
                eprintln!("{}: {fault}", id(case));
                return true;
            }
        };
        let differences = compare(observation, &verdict);
        let share = self.shares.entry((engine.name().to_owned(), profile.to_owned())).or_default();
        share.0 += usize::from(differences.is_empty());
        share.1 += 1;
        let Some(first) = differences.into_iter().next() else { return true };
        let family = format!("{} against profile {profile}, {}", engine.name(), kind(&first));
        let found = self.families.entry(family).or_insert_with(|| Found {
            smallest: case.clone(),
            difference: first.clone(),
            ids: Vec::new(),
        });
        found.ids.push(id(case).to_owned());
        if case.to_string().len() < found.smallest.to_string().len() {
            found.smallest = case.clone();
            found.difference = first;
        }
        false
    }

    /// Prints each family once, those with the smallest cases first, and the shares of agreement.
    pub fn print(&self) {
        let mut families: Vec<_> = self.families.iter().collect();
        families.sort_by_key(|(_, found)| found.smallest.to_string().len());
        for (family, found) in families {
            let first: Vec<_> = found.ids.iter().take(8).map(String::as_str).collect();
            println!(
                "\n{family}: {} cases ({}{})",
                found.ids.len(),
                first.join(" "),
                more(found.ids.len(), 8)
            );
            println!("  {}", found.difference);
            println!("  {}", found.smallest);
        }
        println!();
        for ((engine, profile), (agree, all)) in &self.shares {
            let share = 100.0 * *agree as f64 / (*all).max(1) as f64;
            println!("{engine} and profile {profile} agree in {agree} of {all} cases, {share:.2} %");
        }
    }
}

fn more(count: usize, shown: usize) -> &'static str {
    if count > shown { " …" } else { "" }
}

/// What differences have in common: the path without its numbers, and the values where there are few of them.
fn kind(difference: &Difference) -> String {
    let mut path = String::new();
    let mut inside = false;
    for char in difference.path.chars() {
        inside = (inside || char == '[') && char != ']';
        if !inside || char == '[' {
            path.push(char);
        }
    }
    let few = ["outcome", "kind", "method", "credentials", "body", "redirected", "timing_allowed"];
    let values = match (&difference.observed, &difference.verdict) {
        (seen, said) if few.iter().any(|field| path.ends_with(field)) => format!(": {seen}, not {said}"),
        (Value::Null, said) => format!(": missing{}", request_kind(said)),
        (seen, Value::Null) => format!(": unexpected{}", request_kind(seen)),
        _ => String::new(),
    };
    path + &values
}

fn request_kind(value: &Value) -> String {
    value["kind"].as_str().map_or_else(String::new, |kind| format!(" {kind}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_kind_has_no_numbers_and_few_values() {
        for (path, observed, verdict, expected) in [
            (
                "steps[1].requests[12].headers.origin",
                json!("a"),
                json!("b"),
                "steps[].requests[].headers.origin",
            ),
            ("steps[0].outcome", json!("cors"), json!("error"), r#"steps[].outcome: "cors", not "error""#),
            (
                "steps[0].requests[1]",
                json!(null),
                json!({"kind": "actual"}),
                "steps[].requests[]: missing actual",
            ),
            ("steps[0].headers.x", json!("1"), json!(null), "steps[].headers.x: unexpected"),
        ] {
            assert_eq!(kind(&Difference { path: path.to_owned(), observed, verdict }), expected);
        }
    }
}
