//! Random exchanges: everything at once, mostly in a way that gets far.

mod actual;
mod leading;
mod preflight;
mod request;

use serde_json::Value;

use super::draft::{Answer, Draft, at};
use crate::origins::{A, B, C, D, E, NULL};

/// So many cases of a seed.
pub fn cases(seed: u64, count: usize) -> Vec<Value> {
    let mut random = Random(seed);
    (0..count).map(|_| draft(&mut random).finish()).collect()
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or(0)
    }

    /// True so many times of a hundred.
    fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// Mostly one of the first list, and so many times of a hundred an odd one of the second.
    fn pick_or<T: Copy>(&mut self, list: &[T], percent: usize, odd: &[T]) -> T {
        if self.percent(percent) { self.pick(odd) } else { self.pick(list) }
    }
}

/// What holds for a case as a whole.
struct Setting {
    /// Its URLs, each of which redirects to the next.
    chain: Vec<String>,
    /// The embedder policy of its page.
    embedder_policy: Option<&'static str>,
    /// Whether timing is watched: entries are found by URL, so that there can be one fetch only, which ends with a response.
    timing: bool,
    /// Whether an element may ask. It says of an answer with an error status that it failed, although it was delivered.
    elements: bool,
}

fn draft(random: &mut Random) -> Draft {
    let page = random.pick(&[A, A, A, A, A, A, A, A, A, A, NULL, NULL, NULL, NULL, C, C, D, E]);
    let setting = setting(random, page);
    let mut draft = Draft::new("random").page(page);
    let steps = if setting.timing { 1 } else { random.pick(&[1, 1, 1, 1, 2, 2, 3]) };
    for number in 0..steps {
        let url = if random.percent(15) { random.below(setting.chain.len()) } else { 0 };
        let asked = request::request(random, &setting, url);
        draft = draft.fetch(asked.clone());
        // Often the same again, which is what caches are for.
        if number + 1 < steps && random.percent(40) {
            draft = draft.fetch(asked);
        }
    }
    for (index, url) in setting.chain.iter().enumerate() {
        // Now and then it is answered otherwise the second time.
        let preflights: Vec<_> = several(random, preflight::preflight);
        let answers: Vec<_> = several(random, |random| actual::actual(random, &setting, index));
        draft = draft.preflight(url, &preflights).actual(url, &answers);
    }
    draft
}

fn several(random: &mut Random, mut answer: impl FnMut(&mut Random) -> Answer) -> Vec<Answer> {
    let count = if random.percent(10) { 2 } else { 1 };
    (0..count).map(|_| answer(random)).collect()
}

fn setting(random: &mut Random, page: &str) -> Setting {
    let timing = random.percent(6);
    let elements = random.percent(10);
    // A frame has a policy of its own, and its page none.
    let embedder_policy = (page != NULL && random.percent(12))
        .then(|| random.pick(&["require-corp", "require-corp", "credentialless"]));
    let hops = random.pick(&[0, 0, 0, 1, 1, 2, 3]);
    let origins = [A, B, B, B, C, C, D, E];
    let first = if timing { "timing" } else { "x" };
    // A redirect within an origin is what most rules are about.
    let mut origin = random.pick(&origins);
    let chain = (0..=hops).map(|hop| {
        if hop > 0 && random.percent(75) {
            origin = random.pick(&origins);
        }
        at(origin, &format!("{}{hop}", if hop == 0 { first } else { "x" }))
    });
    Setting { chain: chain.collect(), embedder_policy, timing, elements }
}

/// One line for each part of a value, if it has several: what stands in the tables as `a | b`.
fn lines(answer: Answer, name: &str, value: &str) -> Answer {
    value.split(" | ").fold(answer, |answer, line| answer.with(name, line))
}
