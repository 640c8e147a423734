//! Measures everything in one run and prints it as tables of ratios.
//!
//! ```text
//! cargo run --release --manifest-path benches/peers/Cargo.toml             # prints them
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --write  # and puts them into benches/README.md
//! ```

mod filled;
mod machine;
mod measure;
mod peers;
mod setup;
mod table;
mod targets;
mod without_peers;

use std::{collections::HashMap, fs};

use crossorigin_benches::server::Scenario;
use setup::Setup;

/// The numbers of allowed origins.
const COUNTS: [usize; 5] = [1, 10, 1000, 10_000, 100_000];

/// The medians of one scenario in nanoseconds, by the name of the contender.
type Medians = HashMap<&'static str, f64>;

/// The medians by scenario, number of origins, and whether there are wildcards.
pub struct Results(HashMap<(Scenario, usize, bool), Medians>);

impl Results {
    pub fn get(&self, scenario: Scenario, count: usize, wildcards: bool) -> Option<&Medians> {
        self.0.get(&(scenario, count, wildcards))
    }

    pub fn time(&self, scenario: Scenario, count: usize, contender: &str) -> f64 {
        self.0[&(scenario, count, false)][contender]
    }

    fn measure() -> Self {
        let mut results = HashMap::new();
        for count in COUNTS {
            for scenario in Scenario::ALL {
                for wildcards in [false, true] {
                    // Wildcards matter only for the origin.
                    let tells = matches!(scenario, Scenario::ActualAllowed | Scenario::ActualRefused);
                    if !wildcards || tells && count >= 10 {
                        eprintln!("{}, {count} origins", scenario.name());
                        let setup = Setup::new(scenario, count, wildcards);
                        let mut contenders = setup.contenders();
                        let medians = measure::medians(&mut contenders);
                        let names = contenders.iter().map(|contender| contender.name);
                        results.insert((scenario, count, wildcards), names.zip(medians).collect());
                    }
                }
            }
        }
        Self(results)
    }
}

fn main() {
    let memory = without_peers::memory_per_entry();
    let results = Results::measure();
    let filled = filled::Filled::measure();
    let without_peers = without_peers::WithoutPeers::measure(memory);
    let text = [
        machine::describe(),
        targets::table(&results, &without_peers),
        without_peers.table(),
        filled.table(),
        table::all_times(&results, &COUNTS),
    ]
    .join("\n");
    println!("{text}");
    if std::env::args().any(|argument| argument == "--write") {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
        let readme = fs::read_to_string(path).unwrap();
        let (before, rest) = readme.split_once("<!-- measured -->\n").unwrap();
        let (_, after) = rest.split_once("<!-- end -->\n").unwrap();
        fs::write(path, format!("{before}<!-- measured -->\n{text}<!-- end -->\n{after}")).unwrap();
    }
}
