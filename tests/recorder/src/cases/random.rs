//! Random exchanges that combine everything. Most of them are chosen so that the fetch gets far.

mod actual;
mod leading;
mod preflight;
mod request;

use serde_json::Value;

use super::draft::{Draft, ScriptedResponse, at};
use crate::origins::{A, B, C, D, E, NULL};

/// The first cases of a seed.
pub fn cases(seed: u64, count: usize) -> Vec<Value> {
    let mut random = Random(seed);
    (0..count).map(|_| draft(&mut random).finish()).collect()
}

/// SplitMix64.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn network_stack(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or(0)
    }

    /// Returns true with this probability in percent.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.network_stack(100) < percent
    }

    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.network_stack(list.len())]
    }

    /// An element of the first list, or with this probability in percent an odd one of the second.
    fn pick_or<T: Copy>(&mut self, list: &[T], percent: usize, odd: &[T]) -> T {
        if self.percent(percent) { self.pick(odd) } else { self.pick(list) }
    }
}

/// The settings of a whole case.
struct Setting {
    /// The URLs. Each redirects to the next.
    chain: Vec<String>,
    /// The embedder policy of the page.
    embedder_policy: Option<&'static str>,
    /// Whether timing is observed. Entries are found by URL, so there can be only one fetch, which ends with
    /// a response.
    timing: bool,
    /// Whether an element may be the initiator. It reports a delivered response with an error status as
    /// failed.
    elements: bool,
}

fn draft(random: &mut Random) -> Draft {
    let page = random.pick(&[A, A, A, A, A, A, A, A, A, A, NULL, NULL, NULL, NULL, C, C, D, E]);
    let setting = setting(random, page);
    let mut draft = Draft::new("random").page(page);
    let steps = if setting.timing { 1 } else { random.pick(&[1, 1, 1, 1, 2, 2, 3]) };
    for number in 0..steps {
        let url = if random.percent(15) { random.network_stack(setting.chain.len()) } else { 0 };
        let request = request::request(random, &setting, url);
        draft = draft.fetch(request.clone());
        // Often the same request again, so that caches are used.
        if number + 1 < steps && random.percent(40) {
            draft = draft.fetch(request);
        }
    }
    for (index, url) in setting.chain.iter().enumerate() {
        // Sometimes the second response differs.
        let preflights: Vec<_> = several(random, preflight::preflight);
        let responses: Vec<_> = several(random, |random| actual::actual(random, &setting, index));
        draft = draft.preflight(url, &preflights).actual(url, &responses);
    }
    draft
}

fn several(
    random: &mut Random,
    mut response: impl FnMut(&mut Random) -> ScriptedResponse,
) -> Vec<ScriptedResponse> {
    let count = if random.percent(10) { 2 } else { 1 };
    (0..count).map(|_| response(random)).collect()
}

fn setting(random: &mut Random, page: &str) -> Setting {
    let timing = random.percent(6);
    let elements = random.percent(10);
    // The frame has the policy, and the top-level page does not.
    let embedder_policy = (page != NULL && random.percent(12))
        .then(|| random.pick(&["require-corp", "require-corp", "credentialless"]));
    let hops = random.pick(&[0, 0, 0, 1, 1, 2, 3]);
    let origins = [A, B, B, B, C, C, D, E];
    let first = if timing { "timing" } else { "x" };
    // Many rules are about redirects within one origin.
    let mut origin = random.pick(&origins);
    let chain = (0..=hops).map(|hop| {
        if hop > 0 && random.percent(75) {
            origin = random.pick(&origins);
        }
        at(origin, &format!("{}{hop}", if hop == 0 { first } else { "x" }))
    });
    Setting { chain: chain.collect(), embedder_policy, timing, elements }
}

/// One line for each part of a value. The tables separate the parts by ` | `.
fn lines(response: ScriptedResponse, name: &str, value: &str) -> ScriptedResponse {
    value.split(" | ").fold(response, |response, line| response.with(name, line))
}
