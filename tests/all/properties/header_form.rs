//! The form in which headers are written does not change a decision of the browser.

use std::hash::{DefaultHasher, Hash, Hasher};

use proptest::prelude::*;

use super::player::{CompletedFetch, Player};
use crate::{
    distribution::reaches,
    model::{
        random_worlds::world,
        world::{Fetch, Template, Text, World},
    },
    proptest_config::cases,
};

/// A number for a name, independent of its case. It differs for each seed.
fn number(name: &str, seed: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    (name.to_ascii_lowercase(), seed).hash(&mut hasher);
    hasher.finish()
}

/// The header lines with their names in another order and another case. The lines of one name keep their
/// order, because it matters.
fn rewritten<Value: Clone>(lines: &[(Text, Value)], seed: u64) -> Vec<(Text, Value)> {
    let mut lines = lines.to_vec();
    lines.sort_by_key(|(name, _)| number(name, seed));
    for (index, (name, _)) in lines.iter_mut().enumerate() {
        let bits = number(name, seed.wrapping_add(index as u64));
        let letters = name.chars().enumerate().map(|(at, letter)| match bits >> (at % 64) & 1 {
            0 => letter.to_ascii_uppercase(),
            _ => letter.to_ascii_lowercase(),
        });
        *name = letters.collect::<String>().into();
    }
    lines
}

fn rewritten_fetch(fetch: &Fetch, seed: u64) -> Fetch {
    let responses = |templates: &[Template]| {
        let rewritten =
            templates.iter().map(|it| Template { headers: rewritten(&it.headers, seed), ..it.clone() });
        rewritten.collect::<Vec<_>>()
    };
    Fetch {
        headers: rewritten(&fetch.headers, seed),
        to_preflights: responses(&fetch.to_preflights),
        to_actual_requests: responses(&fetch.to_actual_requests),
        ..fetch.clone()
    }
}

/// Everything that can be observed, without the order of lines with different names.
fn observable_text(completed: &CompletedFetch) -> String {
    let sorted = |headers: &crossorigin::header_list::HeaderList| {
        let mut lines: Vec<_> =
            headers.iter().map(|(name, value)| (name.to_string(), value.to_vec())).collect();
        lines.sort_by(|one, other| one.0.cmp(&other.0));
        lines
    };
    let sent = completed.exchanges.iter().map(|it| {
        let out = &it.sent;
        let line =
            (out.kind, &out.method, out.url.as_str(), out.credentials, out.body, out.hop, &out.partition);
        format!("{line:?} {:?}\n", sorted(&out.headers))
    });
    let end = match &completed.outcome {
        Err(error) => format!("{error} {:?}", error.fixes()),
        Ok(response) => format!(
            "{:?} {:?} {:?} {:?}",
            response.response_type(),
            response.status(),
            response.url_list(),
            sorted(response.headers())
        ),
    };
    sent.chain([end]).collect()
}

fn play_both_forms(world: &World, seed: u64) -> Vec<[CompletedFetch; 2]> {
    let [mut one, mut other] = [Player::new(), Player::new()];
    let fetches = world.fetches.iter();
    fetches.map(|fetch| [one.play(world, fetch), other.play(world, &rewritten_fetch(fetch, seed))]).collect()
}

proptest! {
    #![proptest_config(cases(500))]

    /// Neither the order nor the case of header names, in a request of the page or in a response, changes a
    /// request that is sent, an outcome, a reason or a fix.
    #[test]
    fn header_order_and_name_case_do_not_matter(world in world(), seed in any::<u64>()) {
        for [as_written, rewritten] in play_both_forms(&world, seed) {
            prop_assert_eq!(observable_text(&as_written), observable_text(&rewritten));
        }
    }
}

/// Rewriting changes the order, for fetches with every kind of outcome.
#[test]
fn this_property_is_exercised() {
    reaches(
        (world(), any::<u64>()),
        5_000,
        &["delivered, in another order", "refused, in another order", "sent in another order"],
        |(world, seed), counts| {
            for [as_written, rewritten] in play_both_forms(world, *seed) {
                let names = |completed: &CompletedFetch| {
                    let heads = completed.exchanges.iter().filter_map(|it| it.response.as_ref());
                    let names = heads.map(|head| {
                        head.headers.iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>()
                    });
                    names.collect::<Vec<_>>()
                };
                if names(&as_written) != names(&rewritten) {
                    counts.add(match &as_written.outcome {
                        Ok(_) => "delivered, in another order",
                        Err(_) => "refused, in another order",
                    });
                }
                let first = |completed: &CompletedFetch| {
                    let (name, _) = completed.exchanges.first()?.sent.headers.iter().next()?;
                    Some(name.to_string())
                };
                if first(&as_written) != first(&rewritten) {
                    counts.add("sent in another order");
                }
            }
        },
    );
}
