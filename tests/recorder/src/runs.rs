//! Plays cases in the engines once or several times, and returns the observations.

use std::{fmt::Display, io, time::Instant};

use serde_json::Value;

use crate::{
    browser::Engine,
    http::{Request, ServerResponse},
    observation::observe,
    player::{CaseServer, Pace, Player},
    scripted_responses::ScriptedResponses,
};

impl CaseServer for ScriptedResponses {
    fn respond(&mut self, url: &str, request: &Request) -> ServerResponse {
        self.next(url, request)
    }
}

/// The wanted engines (or all) with their versions. An engine that is not installed is skipped.
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

/// The observation of each case, or the reason why it could not be observed.
pub type Observations = Vec<Result<Value, String>>;

/// The observations of one run, in the order of the cases.
fn observations(player: &Player, engine: Engine, cases: &[Value], pace: Pace) -> io::Result<Observations> {
    let start = Instant::now();
    let run = player.play(engine, cases, pace, |case| Box::new(ScriptedResponses::new(case)))?;
    eprintln!("{}: {} cases in {:.1} s", engine.name(), cases.len(), start.elapsed().as_secs_f64());
    let observations = cases.iter().zip(&run.completed);
    Ok(observations.map(|(case, completed)| observe(case, completed, &run.own_headers)).collect())
}

/// The observations of several runs, if they are [steady].
pub fn steady_observations(
    player: &Player,
    engine: Engine,
    cases: &[Value],
    runs: usize,
) -> io::Result<Observations> {
    steady(cases, runs, |cases, pace| observations(player, engine, cases, pace))
}

/// The result of several runs if all of them are equal, and a problem otherwise. A case with different
/// results gets a second chance: it is played alone, as many times again.
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
                (Ok(before), Ok(now)) if before != now => {
                    *first = Err(format!("the runs differ: {before} / {now}"))
                }
                (Ok(_), Err(problem)) => *first = Err(format!("the runs differ: {problem}")),
                _ => {}
            }
        }
    }
    Ok(steady)
}

/// The observations of one run. A case with an unexpected observation is played again alone, and only that
/// run counts.
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
