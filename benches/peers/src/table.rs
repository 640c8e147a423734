//! The table of all measured times.

use crossorigin_benches::server::Scenario;

use crate::{
    Results,
    setup::{ACTIX, BUNNER, CLONE, CORE, FLOOR, LAYER, LAYER_FLOOR, NO_OP, OURS, TOWER},
};

const COLUMNS: [&str; 10] = [OURS, FLOOR, CORE, BUNNER, LAYER, LAYER_FLOOR, TOWER, ACTIX, NO_OP, CLONE];

pub fn all_times(results: &Results, counts: &[usize]) -> String {
    let mut text = "### All times, in nanoseconds\n".to_owned();
    for &count in counts {
        text += &format!(
            "\n| {count} origins | {} |\n|---{}|\n",
            COLUMNS.join(" | "),
            "|--:".repeat(COLUMNS.len())
        );
        for scenario in Scenario::ALL {
            for wildcards in [false, true] {
                let Some(medians) = results.get(scenario, count, wildcards) else { continue };
                let times = COLUMNS
                    .map(|name| medians.get(name).map_or("–".to_owned(), |time| format!("{time:.0}")));
                let kind = if wildcards { ", wildcards among them" } else { "" };
                text += &format!("| {}{kind} | {} |\n", scenario.name(), times.join(" | "));
            }
        }
    }
    text
}
