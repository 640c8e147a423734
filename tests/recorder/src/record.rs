//! Records the corpus, and checks it.

use std::io;

use serde_json::Value;

use crate::{
    arguments::Selection,
    browser::Engine,
    cases::{Family, families},
    compare::compare,
    corpus::{self, ById, by_id},
    player::{Player, id},
    runs::{Observations, confirmed_observations, installed, steady_observations},
};

/// The number of runs of each case. A case with different results is not written.
const RUNS: usize = 3;

/// Records the families and writes them. Returns whether all cases could be written.
pub fn record(selection: &Selection) -> io::Result<bool> {
    let families = chosen(selection)?;
    let engines = installed(&selection.engines);
    let cases = cases_of(&families);
    let player = Player::new()?;
    let mut recorded = Vec::new();
    for &(engine, _) in &engines {
        recorded.push((engine, steady_observations(&player, engine, &cases, RUNS)?));
    }
    let (mut number, mut left_out) = (0, 0);
    for family in &families {
        let before = by_id(corpus::read(&family.name)?);
        let mut written = Vec::new();
        for case in &family.cases {
            match with_observations(case, &before, observations_of(&recorded, number)) {
                Ok(case) => written.push(case),
                Err(problem) => {
                    left_out += 1;
                    eprintln!("{}: left out: {problem}", id(case));
                }
            }
            number += 1;
        }
        corpus::write(&family.name, &written)?;
    }
    corpus::write_engines(&engines)?;
    eprintln!("{} cases written, {left_out} left out", cases.len() - left_out);
    Ok(left_out == 0)
}

/// The case with new observations, or with the recorded ones of engines that were not run.
fn with_observations<'a>(
    case: &Value,
    before: &ById,
    now: impl Iterator<Item = (Engine, Option<&'a Result<Value, String>>)>,
) -> Result<Value, String> {
    let mut observations = Vec::new();
    for (engine, now) in now {
        let observation = match now {
            Some(now) => Some(now.clone().map_err(|problem| format!("{}: {problem}", engine.name()))?),
            None => corpus::recorded(before, case, engine).cloned(),
        };
        observations.extend(observation.map(|observation| (engine.name(), observation)));
    }
    Ok(corpus::with_observations(case, &observations))
}

/// Plays the families once and prints what differs from the recording. Returns whether nothing does.
pub fn check(selection: &Selection) -> io::Result<bool> {
    let families = chosen(selection)?;
    let cases = cases_of(&families);
    let mut corpus = Vec::new();
    for family in &families {
        corpus.extend(corpus::read(&family.name)?);
    }
    let corpus = by_id(corpus);
    let player = Player::new()?;
    let mut news = 0;
    for (engine, _) in installed(&selection.engines) {
        let before: Vec<_> = cases.iter().map(|case| corpus::recorded(&corpus, case, engine)).collect();
        let observations = confirmed_observations(&player, engine, &cases, |number, seen| {
            before[number].is_some_and(|before| compare(seen, before).is_empty())
        })?;
        for ((case, before), now) in cases.iter().zip(before).zip(&observations) {
            for problem in changes(before, now) {
                news += 1;
                println!("{} {}: {problem}", id(case), engine.name());
            }
        }
    }
    eprintln!("{} cases checked, {news} differences", cases.len());
    Ok(news == 0)
}

/// The differences from the recording.
fn changes(before: Option<&Value>, now: &Result<Value, String>) -> Vec<String> {
    match (before, now) {
        (None, _) => vec!["never recorded".to_owned()],
        (Some(_), Err(problem)) => vec![problem.clone()],
        (Some(before), Ok(now)) => compare(now, before)
            .into_iter()
            .map(|new| format!("{}: now {}, recorded {}", new.path, new.observed, new.verdict))
            .collect(),
    }
}

/// The selected families.
pub fn chosen(selection: &Selection) -> io::Result<Vec<Family>> {
    let all = families();
    if let Some(unknown) =
        selection.families.iter().find(|name| all.iter().all(|family| family.name != **name))
    {
        let names: Vec<_> = all.iter().map(|family| family.name.as_str()).collect();
        return Err(io::Error::other(format!(
            "unknown family {unknown}; the families are {}",
            names.join(", ")
        )));
    }
    let wanted = |family: &Family| selection.families.is_empty() || selection.families.contains(&family.name);
    Ok(all.into_iter().filter(wanted).collect())
}

fn cases_of(families: &[Family]) -> Vec<Value> {
    families.iter().flat_map(|family| family.cases.clone()).collect()
}

/// What each engine did in the case with this index; `None` if the engine was not run.
fn observations_of(
    recorded: &[(Engine, Observations)],
    number: usize,
) -> impl Iterator<Item = (Engine, Option<&Result<Value, String>>)> {
    Engine::ALL.into_iter().map(move |engine| {
        let of_engine = recorded.iter().find(|(other, _)| *other == engine);
        (engine, of_engine.and_then(|(_, observations)| observations.get(number)))
    })
}
