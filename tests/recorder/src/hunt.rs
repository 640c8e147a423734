//! Random exchanges, in the browsers and in the engine.

use std::{fs, io};

use serde_json::{Value, json};

use crate::{
    arguments::{Hunt, Kind, Play, Selection},
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
    compare_all(&hunt.engines, &cases, |_, _, _| {})
}

/// Plays the cases of a file, one a line. Prints what each browser did, and the differences. Returns whether
/// browsers and engine agree.
pub fn play(play: &Play) -> io::Result<bool> {
    let text = fs::read_to_string(&play.file)?;
    let cases: Result<Vec<Value>, _> = text.lines().map(serde_json::from_str).collect();
    let cases = cases.map_err(io::Error::other)?.into_iter().enumerate();
    let cases: Vec<_> = cases
        .map(|(number, case)| {
            let id = case["id"].as_str().map_or_else(|| format!("play-{number}"), str::to_owned);
            with_id(&case, &id)
        })
        .collect();
    compare_all(&play.engines, &cases, |engine, case, observation| {
        println!("{}", json!({"id": case["id"], "engine": engine.name(), "observed": observation}));
    })
}

/// Plays the cases and prints the differences between browsers and engine. Returns whether they agree.
fn compare_all(
    engines: &[Engine],
    cases: &[Value],
    observed: impl Fn(Engine, &Value, &Value),
) -> io::Result<bool> {
    let player = Player::new()?;
    let mut found = Differences::default();
    let mut agree = true;
    for (engine, _) in installed(engines) {
        let agrees = |number: usize, seen: &Value| {
            Differences::default().add(engine, engine.name(), &cases[number], seen)
        };
        let observations = confirmed_observations(&player, engine, cases, agrees)?;
        for (case, observation) in cases.iter().zip(observations) {
            match observation {
                Ok(observation) => {
                    observed(engine, case, &observation);
                    agree &= add_all(&mut found, engine, case, &observation);
                }
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
