//! What the engines do with cases: plays them and makes observations of what happened.

use std::{fmt::Display, io, time::Instant};

use serde_json::Value;

use crate::{
    answers::Answers,
    browser::Engine,
    http::{Reply, Request},
    observation::observe,
    player::{CaseServer, Pace, Player},
};

impl CaseServer for Answers {
    fn respond(&mut self, url: &str, request: &Request) -> Reply {
        self.next(url, request)
    }
}

/// The engines to ask: those that are wanted, or all; each with its version. One that is not installed is skipped.
pub fn installed(wanted: &[Engine]) -> Vec<(Engine, String)> {
    let wanted = if wanted.is_empty() { &Engine::ALL } else { wanted };
    let versions = wanted.iter().map(|&engine| (engine, engine.version()));
    versions
        .filter_map(|(engine, version)| {
            if version.is_none() {
                eprintln!("{}: not installed, skipped (install.sh installs it)", engine.name());
            }
            Some((engine, version?))
        })
        .collect()
}

/// An observation of each case, or why there is none.
pub type Observations = Vec<Result<Value, String>>;

/// The observations of one run, in the order of the cases.
fn observations(player: &Player, engine: Engine, cases: &[Value], pace: Pace) -> io::Result<Observations> {
    let start = Instant::now();
    let run = player.play(engine, cases, pace, |case| Box::new(Answers::new(case)))?;
    eprintln!("{}: {} cases in {:.1} s", engine.name(), cases.len(), start.elapsed().as_secs_f64());
    let observations = cases.iter().zip(&run.played);
    Ok(observations.map(|(case, played)| observe(case, played, &run.own_headers)).collect())
}

/// The observations of several runs, as far as they are [steady].
pub fn steady_observations(
    player: &Player,
    engine: Engine,
    cases: &[Value],
    runs: usize,
) -> io::Result<Observations> {
    steady(cases, runs, |cases, pace| observations(player, engine, cases, pace))
}

/// What came of several runs where all of them are the same, otherwise what is wrong. A case that does not always end the
/// same gets a second chance, alone, as often.
pub fn steady<T: PartialEq + Display>(
    cases: &[Value],
    runs: usize,
    play: impl Fn(&[Value], Pace) -> io::Result<Vec<Result<T, String>>>,
) -> io::Result<Vec<Result<T, String>>> {
    let mut steady = steady_at(cases, runs, Pace::Together, &play)?;
    let unsteady: Vec<_> = (0..cases.len()).filter(|&number| steady[number].is_err()).collect();
    if !unsteady.is_empty() {
        let cases: Vec<_> = unsteady.iter().map(|&number| cases[number].clone()).collect();
        let again = steady_at(&cases, runs, Pace::Alone, &play)?;
        unsteady.iter().zip(again).for_each(|(&number, again)| steady[number] = again);
    }
    Ok(steady)
}

fn steady_at<T: PartialEq + Display>(
    cases: &[Value],
    runs: usize,
    pace: Pace,
    play: impl Fn(&[Value], Pace) -> io::Result<Vec<Result<T, String>>>,
) -> io::Result<Vec<Result<T, String>>> {
    let mut steady = play(cases, pace)?;
    for _ in 1..runs {
        for (first, next) in steady.iter_mut().zip(play(cases, pace)?) {
            match (&*first, &next) {
                (Ok(before), Ok(now)) if before != now => *first = Err(format!("unsteady: {before} / {now}")),
                (Ok(_), Err(fault)) => *first = Err(format!("unsteady: {fault}")),
                _ => {}
            }
        }
    }
    Ok(steady)
}

/// The observations of one run. Those that are not as expected are made once more, alone, and only that counts.
pub fn confirmed_observations(
    player: &Player,
    engine: Engine,
    cases: &[Value],
    expected: impl Fn(usize, &Value) -> bool,
) -> io::Result<Observations> {
    let mut confirmed = observations(player, engine, cases, Pace::Together)?;
    let is_expected = |number: usize| confirmed[number].as_ref().is_ok_and(|seen| expected(number, seen));
    let suspects: Vec<_> = (0..cases.len()).filter(|&number| !is_expected(number)).collect();
    if !suspects.is_empty() {
        let cases: Vec<_> = suspects.iter().map(|&number| cases[number].clone()).collect();
        let again = observations(player, engine, &cases, Pace::Alone)?;
        suspects.iter().zip(again).for_each(|(&number, again)| confirmed[number] = again);
    }
    Ok(confirmed)
}
