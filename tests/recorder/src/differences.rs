//! Differences between browsers and the engine, grouped by kind.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    browser::Engine,
    compare::{Difference, compare},
    player::id,
    verdict::verdict,
};

/// All differences that were found.
#[derive(Debug, Default)]
pub struct Differences {
    /// By kind: the smallest case, and the ids of all cases.
    families: BTreeMap<String, Found>,
    /// The agreement, by browser and profile.
    shares: BTreeMap<(String, String), Share>,
}

/// The numbers of cases that agree.
#[derive(Debug, Default)]
struct Share {
    all: usize,
    agree: usize,
    /// Differences because of the HTTP library below the engine, which no profile reproduces.
    network_stack: usize,
}

#[derive(Debug)]
struct Found {
    smallest: Value,
    difference: Difference,
    ids: Vec<String>,
}

impl Differences {
    /// Compares what a browser did in a case with the verdict of a profile. Returns whether they agree.
    pub fn add(&mut self, engine: Engine, profile: &str, case: &Value, observation: &Value) -> bool {
        let verdict = match verdict(case, profile) {
            Ok(verdict) => verdict,
            Err(problem) => {
                eprintln!("{}: {problem}", id(case));
                return true;
            }
        };
        let differences = compare(observation, &verdict);
        let share = self.shares.entry((engine.name().to_owned(), profile.to_owned())).or_default();
        share.agree += usize::from(differences.is_empty());
        share.all += 1;
        let Some(first) = first_to_explain(engine, differences) else { return true };
        let network_stack = network_stack(engine, &first, observation, &verdict);
        share.network_stack += usize::from(network_stack.is_some());
        let kind = network_stack.map_or_else(|| kind(&first), |what| format!("network stack: {what}"));
        let family = format!("{} against profile {profile}, {kind}", engine.name());
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

    /// Prints each kind once, those with the smallest cases first, and the shares of agreement.
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
        for ((engine, profile), Share { all, agree, network_stack }) in &self.shares {
            let percent = |count: usize| 100.0 * count as f64 / (*all).max(1) as f64;
            print!(
                "{engine} and profile {profile} agree in {agree} of {all} cases, {:.2} %",
                percent(*agree)
            );
            match network_stack {
                0 => println!(),
                _ => {
                    println!("; {:.2} % without effects of the network stack", percent(agree + network_stack))
                }
            }
        }
    }
}

/// The first difference. One that is no more than a header of the HTTP library does not hide the others.
fn first_to_explain(engine: Engine, differences: Vec<Difference>) -> Option<Difference> {
    let is_explained = |difference: &Difference| header_of_library(engine, difference).is_some();
    let index = differences.iter().position(|difference| !is_explained(difference)).unwrap_or(0);
    differences.into_iter().nth(index)
}

/// A known effect of the HTTP library below an engine. The deviations list them as `network-stack`.
fn network_stack(
    engine: Engine,
    first: &Difference,
    observation: &Value,
    verdict: &Value,
) -> Option<&'static str> {
    if engine == Engine::WebKit && delete_became_get(first, observation, verdict) {
        return Some("DELETE became GET");
    }
    header_of_library(engine, first)
}

/// A known effect of the HTTP library on one header, on which nothing else depends.
fn header_of_library(engine: Engine, difference: &Difference) -> Option<&'static str> {
    let by_libsoup = engine == Engine::WebKit && difference.observed.is_null();
    let ends_in_empty_line = |verdict: &str| {
        let is_header = difference.path.contains("].headers.");
        is_header && verdict.ends_with(", ") && difference.observed == verdict.trim_end()
    };
    if by_libsoup && difference.path.ends_with(".headers.user-agent") {
        Some("User-Agent made anew at a redirect")
    } else if by_libsoup && difference.path.ends_with(".headers.range") {
        Some("media without Range, by GStreamer")
    } else if difference.verdict.as_str().is_some_and(ends_in_empty_line) {
        Some("a value that ends in an empty line")
    } else {
        None
    }
}

/// Returns whether a difference is an effect of libsoup in the recorded port of WebKit: a `DELETE` becomes a
/// `GET` after every redirect. The differing request is a `GET` in the browser and a `DELETE` in the profile,
/// or the profile has a preflight that the `GET` does not need.
fn delete_became_get(first: &Difference, observation: &Value, verdict: &Value) -> bool {
    let mut numbers = first.path.split(['[', ']']).filter_map(|part| part.parse::<usize>().ok());
    let (Some(step), Some(number)) = (numbers.next(), numbers.next()) else { return false };
    let request = |side: &Value, number: usize| {
        let request = &side["steps"][step]["requests"][number];
        if request["kind"] != "preflight" {
            return request["method"].as_str().map(str::to_owned);
        }
        let mut headers = request["headers"].as_array()?.iter();
        let line = headers.find(|line| line[0] == "access-control-request-method")?;
        line[1].as_str().map(str::to_owned)
    };
    let before = number.checked_sub(1).map(|before| &verdict["steps"][step]["requests"][before]);
    let is_redirected = before.is_some_and(|before| before["kind"] == "actual");
    let is_needless = first.observed.is_null() && first.verdict["kind"] == "preflight" && is_redirected;
    request(verdict, number).as_deref() == Some("DELETE")
        && (is_needless || request(observation, number).as_deref() == Some("GET"))
}

fn more(count: usize, shown: usize) -> &'static str {
    if count > shown { " …" } else { "" }
}

/// The kind of a difference: the path without its numbers, and the values if there are only a few.
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
        (seen, verdict) if few.iter().any(|field| path.ends_with(field)) => {
            format!(": {seen}, not {verdict}")
        }
        (Value::Null, verdict) => format!(": missing{}", request_kind(verdict)),
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
    use serde_json::json;

    use super::*;

    #[test]
    fn a_delete_that_became_a_get_is_recognized() {
        let side = |kind: &str, method: &str, request: &str| {
            let headers = json!([["access-control-request-method", request]]);
            json!({"steps": [{"requests": [{"kind": kind, "method": method, "headers": headers}]}]})
        };
        let first = |path: &str| Difference { path: path.to_owned(), observed: json!(1), verdict: json!(2) };
        let kind = first("steps[0].requests[0].kind");
        let preflight = side("preflight", "OPTIONS", "DELETE");
        assert!(delete_became_get(&kind, &side("actual", "GET", ""), &preflight));
        assert!(delete_became_get(&kind, &side("preflight", "OPTIONS", "GET"), &preflight));
        assert!(!delete_became_get(&kind, &side("actual", "DELETE", ""), &preflight));
        assert!(!delete_became_get(&kind, &side("actual", "GET", ""), &side("actual", "PUT", "")));
        assert!(!delete_became_get(&first("steps[0].outcome"), &side("actual", "GET", ""), &preflight));

        // If a GET needs no preflight and is refused, there is no request.
        let after = |before: &str| {
            let mut verdict = preflight.clone();
            let request = verdict["steps"][0]["requests"][0].clone();
            verdict["steps"][0]["requests"] = json!([{"kind": before, "method": "DELETE"}, request]);
            let missing = verdict["steps"][0]["requests"][1].clone();
            let first = Difference {
                path: "steps[0].requests[1]".to_owned(),
                observed: json!(null),
                verdict: missing,
            };
            delete_became_get(&first, &side("actual", "DELETE", ""), &verdict)
        };
        assert!(after("actual"));
        assert!(!after("preflight"));
    }

    #[test]
    fn effects_of_the_network_stack_are_recognized() {
        let network_stack = |engine, path: &str, observed, verdict| {
            let first = Difference { path: path.to_owned(), observed, verdict };
            super::network_stack(engine, &first, &json!({}), &json!({}))
        };
        let (agent, accept) =
            ("steps[0].requests[1].headers.user-agent", "steps[0].requests[1].headers.accept");
        assert!(network_stack(Engine::WebKit, agent, json!(null), json!("x")).is_some());
        assert!(network_stack(Engine::WebKit, agent, json!("y"), json!("x")).is_none());
        assert!(network_stack(Engine::Firefox, agent, json!(null), json!("x")).is_none());
        assert!(network_stack(Engine::Chromium, accept, json!("x,"), json!("x, ")).is_some());
        assert!(network_stack(Engine::Chromium, accept, json!("x"), json!("x, ")).is_none());
        assert!(network_stack(Engine::Chromium, accept, json!(null), json!("x, ")).is_none());
    }

    #[test]
    fn a_header_of_the_library_hides_no_other_difference() {
        let difference =
            |path: &str, observed| Difference { path: path.to_owned(), observed, verdict: json!("bytes=0-") };
        let range = || difference("steps[0].requests[0].headers.range", json!(null));
        let other = || difference("steps[0].outcome", json!("error"));
        let first = |engine, differences| first_to_explain(engine, differences).map(|first| first.path);
        assert_eq!(first(Engine::WebKit, vec![range(), other()]), Some(other().path));
        assert_eq!(first(Engine::WebKit, vec![range(), range()]), Some(range().path));
        assert_eq!(first(Engine::Firefox, vec![range(), other()]), Some(range().path));
        assert_eq!(first(Engine::WebKit, vec![]), None);
    }

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
