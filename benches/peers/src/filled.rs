//! Layers around a handler whose responses already have headers, as most responses do.

use crossorigin_benches::server::Scenario;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::{
    measure::{Contender, medians},
    setup::Setup,
};

const ORIGINS: usize = 10;

const FOUR: [(&str, &str); 4] = [
    ("content-type", "application/json"),
    ("content-length", "512"),
    ("etag", "\"33a64df551425fcc55e4d42a148795d9\""),
    ("cache-control", "no-cache"),
];

/// The header that a handler with compression adds.
const VARY: (&str, &str) = ("vary", "accept-encoding");

/// The name of each request, and the medians of all contenders in nanoseconds.
pub struct Filled(Vec<(String, Vec<(&'static str, f64)>)>);

impl Filled {
    pub fn measure() -> Self {
        eprintln!("responses with headers");
        let mut rows = Vec::new();
        for (kind, vary) in [("", None), (", `Vary` among them", Some(VARY))] {
            let lines = FOUR.into_iter().chain(vary);
            let headers: HeaderMap = lines
                .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
                .collect();
            for scenario in [Scenario::ActualAllowed, Scenario::ActualRefused, Scenario::NoOrigin] {
                let setup = Setup::new(scenario, ORIGINS, false);
                let mut contenders = setup.around_filled(&headers);
                let medians = medians(&mut contenders);
                let names = contenders.iter().map(|Contender { name, .. }| *name);
                rows.push((format!("{}{kind}", scenario.name()), names.zip(medians).collect()));
            }
        }
        Self(rows)
    }

    pub fn table(&self) -> String {
        let names: Vec<_> = self.0[0].1.iter().map(|(name, _)| *name).collect();
        let mut text = format!(
            "### Responses that have four headers already, in nanoseconds\n\n| 10 origins | {} |\n|---{}|\n",
            names.join(" | "),
            "|--:".repeat(names.len())
        );
        for (request, times) in &self.0 {
            let times: Vec<_> = times.iter().map(|(_, time)| format!("{time:.0}")).collect();
            text += &format!("| {request} | {} |\n", times.join(" | "));
        }
        text
    }
}
