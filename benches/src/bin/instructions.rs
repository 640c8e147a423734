//! Counts the instructions of the hot paths under valgrind. The counts hardly differ between runs, even on a
//! busy machine.
//!
//! ```text
//! cargo run --release --manifest-path benches/Cargo.toml --bin instructions            # all
//! cargo run --release --manifest-path benches/Cargo.toml --bin instructions preflight  # those with this in their name
//! ```

use std::{env, process::Command};

use crossorigin_benches::jobs;

/// Enough repetitions to make the work at the start negligible.
const TIMES: usize = 200;

fn main() {
    let arguments: Vec<_> = env::args().skip(1).collect();
    match &arguments[..] {
        // This runs under valgrind.
        [flag, name, times] if flag == "--run" => run(name, times.parse().unwrap()),
        [] => count(""),
        [part] => count(part),
        _ => panic!("at most one argument: a part of the name"),
    }
}

fn run(name: &str, times: usize) {
    jobs::all().iter().find(|job| job.name == name).unwrap().run(times);
}

fn count(part: &str) {
    println!("| job | instructions |\n|---|--:|");
    for job in jobs::all().iter().filter(|job| job.name.contains(part)) {
        let times = if job.times > 1 { 1 } else { TIMES };
        let (once, twice) = (instructions(&job.name, times), instructions(&job.name, 2 * times));
        println!("| {} | {} |", job.name, (twice - once) / (times as u64 * job.times));
    }
}

/// All instructions of a process that does the job this many times.
fn instructions(name: &str, times: usize) -> u64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe().unwrap())
        .args(["--run", name, &times.to_string()])
        .output()
        .expect("valgrind must be installed");
    let report = String::from_utf8_lossy(&output.stderr);
    let collected = report.lines().find_map(|line| line.split_once("Collected : "));
    collected.unwrap_or_else(|| panic!("{report}")).1.trim().parse().unwrap()
}
