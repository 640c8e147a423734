//! Records the matrix.

use std::{collections::HashMap, io};

use serde_json::{Value, json};

use super::{
    case::Case,
    intent::intent,
    matrix::matrix,
    recorded::{self, ByCase, Recorded},
    servers::Servers,
    wire::Exchange,
};
use crate::{
    browser::Engine,
    cases::Family,
    corpus::today,
    http::Request,
    observation::observe,
    player::{CompletedCase, Pace, Player, id},
    runs::{installed, steady},
};

/// The number of runs of each case. A case with different results is not written.
const RUNS: usize = 3;

/// Plays the matrix in the engines and writes the results. Returns whether all cases could be written.
pub fn record(engines: &[Engine]) -> io::Result<bool> {
    let families = matrix();
    let cases: Vec<_> = families.iter().flat_map(|family| family.cases.clone()).collect();
    let (mut about, mut all) = (recorded::read_engines(), Vec::new());
    let installed = installed(engines);
    let player = Player::new()?;
    let mut unsteady = Vec::new();
    for engine in Engine::ALL {
        let mut by_case = ByCase::new();
        if let Some((_, version)) = installed.iter().find(|(other, _)| *other == engine) {
            for (case, recorded) in
                cases.iter().zip(steady(&cases, RUNS, |cases, pace| play(&player, engine, cases, pace))?)
            {
                match recorded {
                    Ok(recorded) => drop(by_case.insert(id(case).to_owned(), recorded)),
                    Err(problem) => {
                        eprintln!("{} {}: left out: {problem}", id(case), engine.name());
                        unsteady.push(id(case));
                    }
                }
            }
            about[engine.name()] = json!({"version": version, "recorded": today()?});
        } else {
            let before = families.iter().map(|family| recorded::read(&family.name, &family.cases, engine));
            by_case.extend(before.flatten());
        }
        all.push((engine, by_case));
    }
    let steady = families.iter().map(|Family { name, cases }| {
        let steady = cases.iter().filter(|case| !unsteady.contains(&id(case)));
        let steady = steady.map(|case| Ok((case.clone(), intent(&read(case)?)))).collect::<io::Result<_>>();
        Ok((name.clone(), steady?))
    });
    recorded::write(&steady.collect::<io::Result<Vec<_>>>()?, &all, about)?;
    eprintln!("{} cases, {} left out", cases.len(), unsteady.len());
    Ok(unsteady.is_empty())
}

fn read(case: &Value) -> io::Result<Case> {
    Case::read(case).map_err(|problem| io::Error::other(format!("{}: {problem}", id(case))))
}

/// What an engine does in the cases of one run.
fn play(
    player: &Player,
    engine: Engine,
    cases: &[Value],
    pace: Pace,
) -> io::Result<Vec<Result<Recorded, String>>> {
    let servers: HashMap<_, _> =
        cases.iter().map(|case| Ok((id(case).to_owned(), read(case)?))).collect::<io::Result<_>>()?;
    let server = |case: &Value| Box::new(Servers::new(servers[id(case)].clone())) as _;
    let run = player.play(engine, cases, pace, server)?;
    let recorded = cases.iter().zip(&run.completed).map(|(case, completed)| {
        let mut observed = observe(case, completed, &run.own_headers)?;
        // The requests are written as they were sent.
        for step in observed["steps"].as_array_mut().into_iter().flatten() {
            step.as_object_mut().and_then(|members| members.shift_remove("requests"));
        }
        let servers = Servers::new(servers[id(case)].clone());
        let steps = 0..case["steps"].as_array().map_or(0, Vec::len);
        let sent = steps.map(|step| exchanges(completed, step, &servers)).collect::<Result<_, _>>()?;
        Ok(Recorded { observed, sent })
    });
    Ok(recorded.collect())
}

fn exchanges(completed: &CompletedCase, step: usize, servers: &Servers) -> Result<Vec<Exchange>, String> {
    let entries = completed.log.iter().filter(|entry| entry.step == step);
    let exchange = |url: &str, request: &Request| {
        let response = servers.response(url, request).ok_or_else(|| format!("{url}: no policy responds"))?;
        Ok(Exchange { head: request.head.clone(), response })
    };
    entries.map(|entry| exchange(&entry.url, &entry.request)).collect()
}
