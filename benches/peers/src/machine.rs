//! The date, the machine and the versions of the measurement.

use std::{fs, process::Command};

const CRATES: [&str; 6] = ["http", "tower-http", "actix-cors", "actix-web", "cors-core", "bunner_cors_rs"];

pub fn describe() -> String {
    let versions = CRATES.map(|name| format!("{name} {}", version(name))).join(", ");
    format!("{}; {}; {}; {versions}.\n", output("date", "+%F"), processor(), output("rustc", "--version"))
}

fn output(program: &str, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output();
    output.map_or_else(
        |_| "unknown".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}

fn processor() -> String {
    let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{}, {cores} cores", model.map_or("an unknown processor", |(_, name)| name))
}

/// The version of a package in the lock file.
fn version(name: &str) -> &'static str {
    let lock = include_str!("../Cargo.lock");
    // The newest, if there are two: actix-web uses an older `http`.
    let entry = lock.rsplit("[[package]]").find(|entry| entry.contains(&format!("name = \"{name}\"\n")));
    let version = entry.and_then(|entry| entry.split_once("version = \"")?.1.split_once('"'));
    version.map_or("?", |(version, _)| version)
}
