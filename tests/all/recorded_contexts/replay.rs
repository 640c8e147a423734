//! Replays the corpus without a browser, with the profile of each engine.

use std::fmt::Write;

use serde_json::Value;

use super::differences::{Class, listed};
use crate::recorded_browsers::{compare::ENGINES, corpus::contexts_corpus};

/// Every difference between an engine and its profile is listed, and every listed case differs as its entry
/// says.
#[test]
#[allow(clippy::print_stdout, reason = "`--nocapture` shows the counts")]
fn profiles_agree_with_their_engines_except_in_listed_differences() {
    let entries = listed().difference;
    let mut wrong = String::new();
    for engine in ENGINES {
        let (mut predicted, mut with_listed, mut out_of_scope) = (0, 0, 0);
        let mut shown = vec![Vec::new(); entries.len()];
        for recorded in contexts_corpus() {
            let id = recorded.id();
            let Some(profile) = recorded.profile_of(engine) else { continue };
            assert!(recorded.is_observed_in(engine), "{id}: {engine} was not observed");
            let differences = recorded.differences(&recorded.verdict(&profile), engine);
            let mut classes: Vec<Class> = Vec::new();
            for difference in &differences {
                let covering = entries.iter().position(|entry| entry.covers(engine, id, &difference.path));
                match covering {
                    Some(index) => {
                        classes.push(entries[index].class);
                        shown[index].push(id);
                    }
                    None => writeln!(wrong, "{engine} {id} is not listed: {difference}").unwrap(),
                }
            }
            match () {
                () if differences.is_empty() => predicted += 1,
                () if classes.iter().all(|class| class.is_out_of_scope()) => out_of_scope += 1,
                () => with_listed += 1,
            }
        }
        for (entry, shown) in entries.iter().zip(&shown) {
            for id in entry.lists(engine).filter(|id| !shown.contains(id)) {
                writeln!(wrong, "{engine} {id} is listed, and does not differ: {}", entry.what).unwrap();
            }
        }
        println!("{engine}: {predicted} predicted, {with_listed} listed, {out_of_scope} out of scope");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// In the cases about local network access, the oracle warns a page over https about mixed content exactly if the browser
/// did not send a request that its profile sends.
#[test]
fn warnings_about_mixed_content_agree_with_the_engines() {
    let is_warned = |step: &Value| {
        let warnings = step["warnings"].as_array().into_iter().flatten();
        warnings.into_iter().any(|warning| warning["kind"] == "MixedContent")
    };
    let has_requests =
        |step: &Value| step["requests"].as_array().is_some_and(|requests| !requests.is_empty());
    for engine in ["chromium", "firefox"] {
        let (mut blocked, mut sent) = (0, 0);
        let local = contexts_corpus().iter().filter(|recorded| recorded.has_addresses());
        for recorded in local.filter(|recorded| recorded.page().starts_with("https:")) {
            let Some(profile) = recorded.profile_of(engine) else { continue };
            let verdict = recorded.verdict(&profile);
            let observed = recorded.observed_in(engine)["steps"].as_array().unwrap();
            for (predicted, observed) in verdict["steps"].as_array().unwrap().iter().zip(observed) {
                let is_blocked = has_requests(predicted) && !has_requests(observed);
                assert_eq!(is_warned(predicted), is_blocked, "{engine} {}: {predicted}", recorded.id());
                match is_blocked {
                    true => blocked += 1,
                    false => sent += 1,
                }
            }
        }
        assert!(blocked > 0 && sent > 0, "{engine}: {blocked} blocked, {sent} sent");
    }
}
