//! The table of the targets, and whether they were reached.

use crossorigin_benches::server::Scenario::{
    self, ActualAllowed, ActualRefused, PreflightAllowed, PreflightRefusedByHeader, PreflightRefusedByMethod,
    PreflightRefusedByOrigin,
};

use crate::{
    Results,
    setup::{CORE, FLOOR, LAYER, LAYER_FLOOR, OURS, TOWER},
    without_peers::WithoutPeers,
};

/// The scenario, and the least ratios of the times of tower-http and of cors-core to ours.
const TEN_ORIGINS: [(Scenario, f64, Option<f64>); 6] = [
    (ActualAllowed, 2.8, None),
    (ActualRefused, 4.5, Some(2.5)),
    (PreflightAllowed, 2.0, Some(2.5)),
    (PreflightRefusedByOrigin, 4.5, Some(2.5)),
    (PreflightRefusedByMethod, 4.5, Some(2.5)),
    (PreflightRefusedByHeader, 4.5, Some(2.5)),
];

pub fn table(results: &Results, without_peers: &WithoutPeers) -> String {
    let mut rows = Vec::new();
    for (scenario, tower, core) in TEN_ORIGINS {
        let name = format!("{}, 10 origins", scenario.name());
        let ratio = |peer, ours| results.time(scenario, 10, peer) / results.time(scenario, 10, ours);
        rows.push(at_least(&name, "`decide`, `apply`: tower-http takes", ratio(TOWER, OURS), tower));
        rows.push(at_least(&name, "our layer: tower-http takes", ratio(TOWER, LAYER), tower));
        if let Some(core) = core {
            rows.push(at_least(&name, "`decide`, `apply`: cors-core takes", ratio(CORE, OURS), core));
        }
        rows.push(at_most(&name, "`decide`, `apply` take of the floor", ratio(OURS, FLOOR), 1.4));
        rows.push(at_most(&name, "our layer takes of the floor", ratio(LAYER, LAYER_FLOOR), 1.4));
    }
    for (scenario, ..) in TEN_ORIGINS {
        let name = format!("{}, 10,000 origins", scenario.name());
        let ratio = |peer| results.time(scenario, 10_000, peer) / results.time(scenario, 10_000, OURS);
        rows.push(at_least(&name, "`decide`, `apply`: tower-http takes", ratio(TOWER), 30.0));
        rows.push(at_least(&name, "`decide`, `apply`: cors-core takes", ratio(CORE), 500.0));
    }
    rows.extend(without_peers.targets());
    format!(
        "### Targets\n\n| job | what | ratio | target | reached |\n|---|---|--:|--:|---|\n{}\n",
        rows.concat()
    )
}

pub fn at_least(job: &str, what: &str, ratio: f64, wanted: f64) -> String {
    row(job, what, ratio, &format!("≥ {wanted}"), ratio >= wanted)
}

pub fn at_most(job: &str, what: &str, ratio: f64, wanted: f64) -> String {
    row(job, what, ratio, &format!("≤ {wanted}"), ratio <= wanted)
}

fn row(job: &str, what: &str, ratio: f64, wanted: &str, reached: bool) -> String {
    let reached = if reached { "yes" } else { "**no**" };
    let ratio = if ratio < 100.0 { format!("{ratio:.2}") } else { format!("{ratio:.0}") };
    format!("| {job} | {what} | {ratio} | {wanted} | {reached} |\n")
}
