//! Replays the corpus without a browser, with the profile of each engine.

use std::fmt::Write;

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
