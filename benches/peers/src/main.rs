//! Measures everything in one run and prints it as tables of ratios.
//!
//! ```text
//! cargo run --release --manifest-path benches/peers/Cargo.toml             # prints them
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --write  # and puts them into benches/README.md
//! ```

mod alone;
mod filled;
mod machine;
mod measure;
mod peers;
mod situation;
mod table;
mod targets;

use std::{collections::HashMap, fs};

use crossorigin_benches::server::Situation;
use situation::Setting;

/// How many origins are allowed.
const COUNTS: [usize; 5] = [1, 10, 1000, 10_000, 100_000];

/// The medians of one situation in nanoseconds, by the name of the contender.
type Medians = HashMap<&'static str, f64>;

/// By situation, number of origins, and whether wildcards stand among them.
pub struct Results(HashMap<(Situation, usize, bool), Medians>);

impl Results {
    pub fn get(&self, situation: Situation, count: usize, wildcards: bool) -> Option<&Medians> {
        self.0.get(&(situation, count, wildcards))
    }

    pub fn time(&self, situation: Situation, count: usize, contender: &str) -> f64 {
        self.0[&(situation, count, false)][contender]
    }

    fn measure() -> Self {
        let mut results = HashMap::new();
        for count in COUNTS {
            for situation in Situation::ALL {
                for wildcards in [false, true] {
                    // Wildcards make a difference to who is let in.
                    let tells = matches!(situation, Situation::ActualAllowed | Situation::ActualRefused);
                    if !wildcards || tells && count >= 10 {
                        eprintln!("{}, {count} origins", situation.name());
                        let setting = Setting::new(situation, count, wildcards);
                        let mut contenders = setting.contenders();
                        let medians = measure::medians(&mut contenders);
                        let names = contenders.iter().map(|contender| contender.name);
                        results.insert((situation, count, wildcards), names.zip(medians).collect());
                    }
                }
            }
        }
        Self(results)
    }
}

fn main() {
    let memory = alone::memory_per_entry();
    let results = Results::measure();
    let filled = filled::Filled::measure();
    let alone = alone::Alone::measure(memory);
    let text = [
        machine::describe(),
        targets::table(&results, &alone),
        alone.table(),
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
