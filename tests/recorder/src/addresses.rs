//! Records what browsers do with addresses: local network access. Each case has a page of its own, at an address of the
//! loopback interface, where every address of the cases is.

mod cases;

use std::{fs, io, process::Command, sync::LazyLock};

use serde_json::{Value, json};

use crate::{
    browser::{Engine, Setup},
    corpus::with_observations,
    player::{Player, id},
    runs::{installed, steady_observations},
};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../cases/contexts/addresses.jsonl");

/// How often each case is played.
const RUNS: usize = 2;

/// Records all cases. Returns whether each could be observed.
pub fn record(engines: &[Engine]) -> io::Result<bool> {
    let cases = cases::all();
    add_addresses()?;
    let mut player = Player::at_every_address(cases::PORT)?;
    let mut fine = true;
    let mut observations = vec![Vec::new(); cases.len()];
    for (engine, _) in installed(engines) {
        // Headless Chromium responds to prompts by itself. In Firefox they stay open, and keep it from the next page.
        let can_ask = engine != Engine::Firefox;
        for setup in setups(&cases).into_iter().filter(|setup| can_ask || !setup.asks()) {
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
    let lines = cases.iter().zip(&observations).map(|(case, seen)| {
        let mut case = with_observations(case, seen);
        if let Some(members) = case.as_object_mut() {
            members.shift_remove("needs");
        }
        format!("{case}\n")
    });
    fs::write(FILE, lines.collect::<String>())?;
    Ok(fine)
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
