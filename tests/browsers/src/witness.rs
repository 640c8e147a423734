//! What the engines do with cases: plays them and makes observations of what happened.

use crate::answers::Answers;
use crate::browser::Engine;
use crate::http::{Reply, Request};
use crate::observation::observe;
use crate::player::{CaseServer, Player};
use serde_json::Value;
use std::io;
use std::time::Instant;

impl CaseServer for Answers {
    fn answer(&mut self, url: &str, request: &Request) -> Reply {
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

/// The observations of one run, in the order of the cases.
pub fn observations(
    player: &Player,
    engine: Engine,
    cases: &[Value],
) -> io::Result<Vec<Result<Value, String>>> {
    let start = Instant::now();
    let run = player.play(engine, cases, |case| Box::new(Answers::new(case)))?;
    eprintln!("{}: {} cases in {:.1} s", engine.name(), cases.len(), start.elapsed().as_secs_f64());
    let observations = cases.iter().zip(&run.played);
    Ok(observations.map(|(case, played)| observe(case, played, &run.own_headers)).collect())
}

/// The observations of several runs, where all of them are the same; otherwise what is wrong.
pub fn steady_observations(
    player: &Player,
    engine: Engine,
    cases: &[Value],
    runs: usize,
) -> io::Result<Vec<Result<Value, String>>> {
    let mut steady = observations(player, engine, cases)?;
    for _ in 1..runs {
        let again = observations(player, engine, cases)?;
        for (first, next) in steady.iter_mut().zip(again) {
            match (&*first, &next) {
                (Ok(before), Ok(now)) if before != now => *first = Err(format!("unsteady: {before} / {now}")),
                (Ok(_), Err(fault)) => *first = Err(format!("unsteady: {fault}")),
                _ => {}
            }
        }
    }
    Ok(steady)
}
