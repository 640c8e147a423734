//! Records what browsers do with addresses: local network access. Each case has a page of its own, at an address of the
//! loopback interface, where every address of the cases is.

mod cases;

use std::{fs, io, process::Command, sync::LazyLock};

use serde_json::{Value, json};

use crate::{
    browser::{Engine, Setup},
    corpus,
    player::{Player, id},
    runs::{installed, steady_observations},
};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../cases/contexts/addresses.jsonl");

/// How often each case is played.
const RUNS: usize = 2;

/// Records all cases. Returns whether each could be observed. Recordings of engines that are not played are kept.
pub fn record(engines: &[Engine]) -> io::Result<bool> {
    let cases = cases::all();
    let earlier = corpus::by_id(corpus::read_file(FILE.as_ref())?);
    add_addresses()?;
    let mut player = Player::at_every_address(cases::PORT)?;
    let mut fine = true;
    let mut observations = vec![Vec::new(); cases.len()];
    // WebKit has no local network access.
    let mut played = installed(engines);
    played.retain(|(engine, _)| *engine != Engine::WebKit);
    for &(engine, _) in &played {
        for setup in setups(&cases) {
            let numbers: Vec<_> =
                (0..cases.len()).filter(|&number| Setup::of(&cases[number]) == setup).collect();
            let chosen: Vec<_> = numbers.iter().map(|&number| cases[number].clone()).collect();
            player.setup = setup;
            for (&number, seen) in numbers.iter().zip(steady_observations(&player, engine, &chosen, RUNS)?) {
                match seen {
                    Ok(seen) => observations[number].push((engine.name(), in_short(seen))),
                    Err(problem) => {
                        fine = false;
                        println!("{} {}: {problem}", id(&cases[number]), engine.name());
                    }
                }
            }
        }
    }
    let lines = cases.iter().map(as_stored).zip(observations).map(|(case, mut seen)| {
        let others = Engine::ALL.into_iter().filter(|engine| played.iter().all(|(other, _)| other != engine));
        let recorded =
            |engine: Engine| Some((engine.name(), corpus::recorded(&earlier, &case, engine)?.clone()));
        seen.extend(others.filter_map(recorded));
        seen.sort_by_key(|(name, _)| *name);
        format!("{}\n", corpus::with_observations(&case, &seen))
    });
    fs::write(FILE, lines.collect::<String>())?;
    Ok(fine)
}

/// A case as the file has it.
fn as_stored(case: &Value) -> Value {
    let mut case = case.clone();
    if let Some(members) = case.as_object_mut() {
        members.shift_remove("needs");
    }
    case
}

/// The setups of all cases, each once.
fn setups(cases: &[Value]) -> Vec<Setup> {
    let mut setups: Vec<Setup> = Vec::new();
    for setup in cases.iter().map(Setup::of) {
        if !setups.contains(&setup) {
            setups.push(setup);
        }
    }
    setups
}

/// Gives the loopback interface every address of the cases that it does not have.
fn add_addresses() -> io::Result<()> {
    static OWN: LazyLock<[&str; 4]> = LazyLock::new(|| ["127.0.0.1", "0.0.0.0", "::1", "::"]);
    for address in cases::addresses().into_iter().filter(|address| !OWN.contains(address)) {
        let length = if address.contains(':') { 128 } else { 32 };
        let mut add = Command::new("ip");
        add.args(["address", "add", &format!("{address}/{length}"), "dev", "lo"]);
        if address.contains(':') {
            add.arg("nodad");
        }
        if !add.status()?.success() {
            return Err(io::Error::other(format!("ip: {address}")));
        }
    }
    Ok(())
}

/// An observation without what local network access does not decide.
fn in_short(mut observation: Value) -> Value {
    for step in observation["steps"].as_array_mut().into_iter().flatten() {
        let requests = step["requests"].as_array().into_iter().flatten();
        let requests: Vec<_> = requests
            .map(|request| json!({"kind": request["kind"], "method": request["method"], "url": request["url"]}))
            .collect();
        let outcome = step["outcome"].clone();
        *step = json!({"requests": requests});
        if !outcome.is_null() {
            step["outcome"] = outcome;
        }
    }
    observation
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{compare::observed_in, corpus::without_observations};

    /// A changed table must be recorded again.
    #[test]
    fn the_recorded_cases_are_those_of_the_tables_in_both_engines() {
        let recorded = corpus::read_file(FILE.as_ref()).unwrap();
        let bare: Vec<_> = recorded.iter().map(without_observations).collect();
        assert_eq!(bare, cases::all().iter().map(as_stored).collect::<Vec<_>>());
        for case in &recorded {
            let is_observed = |engine: &Engine| observed_in(case, engine.name()).is_some();
            assert!([Engine::Chromium, Engine::Firefox].iter().all(is_observed), "{}", id(case));
        }
    }
}
