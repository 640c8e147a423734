//! Random exchanges, in the browsers and in the engine.

use crate::arguments::{Hunt, Selection};
use crate::browser::Engine;
use crate::cases::random;
use crate::compare::observed_in;
use crate::corpus;
use crate::differences::Differences;
use crate::engine::profiles;
use crate::player::Player;
use crate::record::chosen;
use crate::witness::{installed, observations};
use serde_json::Value;
use std::io;

/// Plays random cases and prints where the browsers and the engine part. Returns whether they part nowhere.
pub fn hunt(hunt: &Hunt) -> io::Result<bool> {
    let cases = random::cases(&format!("hunt-{}", hunt.seed), hunt.seed, hunt.cases);
    let player = Player::new()?;
    let mut found = Differences::default();
    let mut agree = true;
    for (engine, _) in installed(&hunt.engines) {
        let first = observations(&player, engine, &cases)?;
        // What happens only once is nobody's rule.
        let suspects: Vec<_> = cases
            .iter()
            .zip(&first)
            .filter(|(case, first)| {
                let mut parts = Differences::default();
                !first.as_ref().is_ok_and(|first| add_all(&mut parts, engine, case, first))
            })
            .map(|(case, _)| case.clone())
            .collect();
        let mut again = observations(&player, engine, &suspects)?.into_iter();
        for (case, first) in cases.iter().zip(first) {
            let again = if suspects.contains(case) { again.next() } else { None };
            match (first, again) {
                (Ok(first), Some(Ok(again))) if first != again => {
                    eprintln!("{} {}: unsteady", engine.name(), case["id"]);
                }
                (Ok(first), _) => agree &= add_all(&mut found, engine, case, &first),
                (Err(fault), _) => eprintln!("{} {}: {fault}", engine.name(), case["id"]),
            }
        }
    }
    found.print();
    Ok(agree)
}

/// Compares the corpus with the engine, without any browser. Returns whether they part nowhere.
pub fn replay(selection: &Selection) -> io::Result<bool> {
    let mut found = Differences::default();
    let mut agree = true;
    for family in chosen(selection)? {
        for case in corpus::read(&family.name)? {
            let engines = Engine::ALL.into_iter();
            let wanted =
                engines.filter(|engine| selection.engines.is_empty() || selection.engines.contains(engine));
            for engine in wanted {
                if let Some(observation) = observed_in(&case, engine.name()) {
                    agree &= add_all(&mut found, engine, &without_observations(&case), observation);
                }
            }
        }
    }
    found.print();
    Ok(agree)
}

fn without_observations(case: &Value) -> Value {
    let mut case = case.clone();
    if let Some(members) = case.as_object_mut() {
        members.shift_remove("observed");
    }
    case
}

/// Each browser is held against the standard, and against the profile of its name, if there is one.
fn add_all(found: &mut Differences, engine: Engine, case: &Value, observation: &Value) -> bool {
    let profiles = profiles().into_iter().filter(|&profile| profile == "standard" || profile == engine.name());
    profiles.fold(true, |agree, profile| found.add(engine, profile, case, observation) && agree)
}
