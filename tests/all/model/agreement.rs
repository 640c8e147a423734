//! Engine and model agree about every fetch, whatever the page requests and the network responds.

use proptest::prelude::*;

use super::{
    Browser,
    main_fetch::is_cors_safelisted_method,
    observation::{disagreement, model_origin, run_model},
    random_worlds::world,
};
use crate::{distribution::reaches, proptest_config::cases};

proptest! {
    #![proptest_config(cases(1_000))]

    /// Engine and model send the same requests, have the same outcome (the same failing step, or the same
    /// visible response), and store the same cache entries, fetch by fetch, while time passes.
    #[test]
    fn engine_and_model_agree(world in world()) {
        let disagreement = disagreement(&world);
        prop_assert!(disagreement.is_none(), "{}", disagreement.unwrap_or_default());
    }
}

/// The worlds reach every case: every step that can fail does, every kind of response is delivered, and cache
/// entries are used.
#[test]
fn worlds_reach_every_step() {
    let expected = [
        "main fetch 12",
        "main fetch 12.1",
        "scheme fetch 3",
        "scheme fetch 4",
        "HTTP fetch 4.3",
        "HTTP fetch 6.3.1",
        "CORS check 2",
        "CORS check 4",
        "CORS check 8",
        "CORS-preflight fetch 7.3",
        "CORS-preflight fetch 7.5",
        "CORS-preflight fetch 7.6",
        "CORS-preflight fetch 7.7",
        "CORS-preflight fetch 8",
        "HTTP-redirect fetch 5",
        "HTTP-redirect fetch 6",
        "HTTP-redirect fetch 7",
        "HTTP-redirect fetch 9",
        "HTTP-redirect fetch 10",
        "HTTP-redirect fetch 11",
        "cross-origin resource policy internal check 5",
        "basic after 0 redirects",
        "basic after 1 redirects",
        "cors after 0 redirects",
        "cors after 2 redirects",
        "opaque after 0 redirects",
        "opaque after 2 redirects",
        "opaqueredirect after 0 redirects",
        "permitted by the cache",
    ];
    reaches(world(), 15_000, &expected, |world, counts| {
        let mut model = Browser::new();
        for fetch in &world.fetches {
            let seen = run_model(&mut model, &model_origin(world), fetch);
            let end = match &seen.outcome {
                Ok(delivered) => {
                    format!("{} after {} redirects", delivered.kind, delivered.url_list.len().min(4) - 1)
                }
                Err(step) => step.clone(),
            };
            counts.add(end);
            let needs_preflight = fetch.use_cors_preflight
                || (fetch.unsafe_request && !is_cors_safelisted_method(fetch.method.as_bytes()));
            let is_direct = seen.outcome.is_ok_and(|it| it.kind == "cors" && it.url_list.len() == 1);
            if needs_preflight && is_direct && seen.sent.len() == 1 {
                counts.add("permitted by the cache");
            }
        }
    });
}
