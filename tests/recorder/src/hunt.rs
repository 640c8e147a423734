//! Random exchanges, in the browsers and in the engine.

use std::io;

use serde_json::Value;

use crate::{
    arguments::{Hunt, Kind, Selection},
    browser::Engine,
    cases::{pages, random, with_id},
    compare::observed_in,
    corpus,
    differences::Differences,
    player::Player,
    record::chosen,
    runs::{confirmed_observations, installed},
    verdict::profiles,
};

/// Plays random cases and prints the differences between browsers and engine. Returns whether they agree.
pub fn hunt(hunt: &Hunt) -> io::Result<bool> {
    let cases = match hunt.kind {
        Kind::Exchanges => random::cases(hunt.seed, hunt.cases),
        Kind::Pages => pages::cases(hunt.seed, hunt.cases),
    };
    let cases = cases.into_iter().enumerate();
    let cases: Vec<_> =
        cases.map(|(number, case)| with_id(&case, &format!("hunt-{}-{number}", hunt.seed))).collect();
    let player = Player::new()?;
    let mut found = Differences::default();
    let mut agree = true;
    for (engine, _) in installed(&hunt.engines) {
        let agrees =
            |number: usize, seen: &Value| add_all(&mut Differences::default(), engine, &cases[number], seen);
        let observations = confirmed_observations(&player, engine, &cases, agrees)?;
        for (case, observation) in cases.iter().zip(observations) {
            match observation {
                Ok(observation) => agree &= add_all(&mut found, engine, case, &observation),
                Err(problem) => eprintln!("{} {}: {problem}", engine.name(), case["id"]),
            }
        }
    }
    found.print();
    Ok(agree)
}

/// Compares the corpus with the engine, without a browser. Returns whether there are no differences.
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
                    agree &= add_all(&mut found, engine, &corpus::without_observations(&case), observation);
                }
            }
        }
    }
    found.print();
    Ok(agree)
}

/// Compares the browser with the standard, and with the profile of its name if there is one.
fn add_all(found: &mut Differences, engine: Engine, case: &Value, observation: &Value) -> bool {
    let mut agree = true;
    for profile in profiles() {
        if profile == "standard" || profile == engine.name() {
            agree &= found.add(engine, profile, case, observation);
        }
    }
    agree
}
