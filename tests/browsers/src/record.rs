//! Recording the corpus, and checking it.

use crate::arguments::Selection;
use crate::browser::Engine;
use crate::cases::{Family, families};
use crate::compare::compare;
use crate::corpus;
use crate::player::{Player, id};
use crate::witness::{installed, steady_observations};
use serde_json::Value;
use std::io;

/// How often each case is played. One that does not always end the same is not written.
const RUNS: usize = 3;

/// Observations of all cases of the families, by engine.
type Recorded = Vec<(Engine, Vec<Result<Value, String>>)>;

/// Records the families and writes them. Returns whether all cases could be written.
pub fn record(selection: &Selection) -> io::Result<bool> {
    let families = chosen(selection)?;
    let engines = installed(&selection.engines);
    let recorded = play(&families, &engines, RUNS)?;
    let mut left_out = 0;
    let mut start = 0;
    for family in &families {
        let before = corpus::read(&family.name)?;
        let mut written = Vec::new();
        for (index, case) in family.cases.iter().enumerate() {
            let observations = observations_of(&recorded, start + index);
            let observations = observations.map(|(engine, now)| match now {
                Some(now) => now.clone().map(|now| (engine.name(), now)),
                None => corpus::recorded(&before, case, engine)
                    .map(|before| (engine.name(), before.clone()))
                    .ok_or_else(|| "never recorded".to_owned()),
            });
            let (seen, faults): (Vec<_>, Vec<_>) =
                observations.partition::<Vec<_>, _>(|observation| observation.is_ok());
            let seen: Vec<_> = seen.into_iter().flatten().collect();
            let unsteady = faults.iter().flat_map(|fault| fault.as_ref().err());
            let unsteady: Vec<_> = unsteady.filter(|fault| *fault != "never recorded").collect();
            if unsteady.is_empty() {
                written.push(corpus::with_observations(case, &seen));
            } else {
                left_out += 1;
                unsteady.iter().for_each(|fault| eprintln!("{}: left out: {fault}", id(case)));
            }
        }
        corpus::write(&family.name, &written)?;
        start += family.cases.len();
    }
    corpus::write_engines(&engines)?;
    eprintln!("{} cases written, {left_out} left out", start - left_out);
    Ok(left_out == 0)
}

/// Plays the families once and says what is no longer as it was recorded. Returns whether nothing is.
pub fn check(selection: &Selection) -> io::Result<bool> {
    let families = chosen(selection)?;
    let engines = installed(&selection.engines);
    let recorded = play(&families, &engines, 1)?;
    let mut news = 0;
    let mut start = 0;
    for family in &families {
        let before = corpus::read(&family.name)?;
        for (index, case) in family.cases.iter().enumerate() {
            for (engine, now) in observations_of(&recorded, start + index) {
                for fault in changes(corpus::recorded(&before, case, engine), now) {
                    news += 1;
                    println!("{} {}: {fault}", id(case), engine.name());
                }
            }
        }
        start += family.cases.len();
    }
    eprintln!("{start} cases checked in {} engines, {news} differences", engines.len());
    Ok(news == 0)
}

/// What is not as it was recorded.
fn changes(before: Option<&Value>, now: Option<&Result<Value, String>>) -> Vec<String> {
    match (before, now) {
        (_, None) => Vec::new(),
        (None, Some(_)) => vec!["never recorded".to_owned()],
        (Some(_), Some(Err(fault))) => vec![fault.clone()],
        (Some(before), Some(Ok(now))) => {
            let told = compare(now, before).into_iter();
            told.map(|difference| {
                format!("{}: now {}, recorded {}", difference.path, difference.observed, difference.verdict)
            })
            .collect()
        }
    }
}

/// The families that are wanted.
pub fn chosen(selection: &Selection) -> io::Result<Vec<Family>> {
    let all = families();
    if let Some(unknown) =
        selection.families.iter().find(|name| all.iter().all(|family| family.name != **name))
    {
        let names: Vec<_> = all.iter().map(|family| family.name.as_str()).collect();
        return Err(io::Error::other(format!("{unknown}: no family; there are {}", names.join(", "))));
    }
    let wanted = |family: &Family| selection.families.is_empty() || selection.families.contains(&family.name);
    Ok(all.into_iter().filter(wanted).collect())
}

fn play(families: &[Family], engines: &[(Engine, String)], runs: usize) -> io::Result<Recorded> {
    let cases: Vec<_> = families.iter().flat_map(|family| family.cases.clone()).collect();
    let player = Player::new()?;
    let played =
        engines.iter().map(|&(engine, _)| Ok((engine, steady_observations(&player, engine, &cases, runs)?)));
    played.collect()
}

/// What each engine did in the case of that number; `None` if it was not asked.
fn observations_of(
    recorded: &Recorded,
    number: usize,
) -> impl Iterator<Item = (Engine, Option<&Result<Value, String>>)> {
    Engine::ALL.into_iter().map(move |engine| {
        let of_engine = recorded.iter().find(|(other, _)| *other == engine);
        (engine, of_engine.and_then(|(_, observations)| observations.get(number)))
    })
}
