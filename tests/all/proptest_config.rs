//! How often each law is tried, and on what: one place, so that one variable makes every run longer or shorter.

use proptest::test_runner::{Config, RngSeed};

/// The variable that multiplies the cases of every law: 1000 for a long run, 0.1 for a quick one.
const VARIABLE: &str = "CROSSORIGIN_CASES";

/// So many cases, unless the variable says otherwise.
///
/// They are the same in every run, so that a failure comes of the change and not of the draw. Who asks for more than usual is
/// searching, and gets others each time.
pub(crate) fn cases(usual: u32) -> Config {
    let factor = std::env::var(VARIABLE).unwrap_or_else(|_| "1".to_owned());
    let cases = times(usual, &factor).unwrap_or_else(|| panic!("{VARIABLE} is no factor: `{factor}`"));
    Config {
        cases,
        rng_seed: if cases > usual { RngSeed::Random } else { RngSeed::Fixed(1) },
        failure_persistence: None,
        max_shrink_iters: 2_000,
        // What is drawn again, because it was none of its kind by chance, does not count, however often.
        max_local_rejects: u32::MAX,
        max_global_rejects: u32::MAX,
        ..Config::default()
    }
}

/// A factor is a positive number, and may be a fraction; one case is always left.
fn times(usual: u32, factor: &str) -> Option<u32> {
    let factor: f64 =
        factor.trim().parse().ok().filter(|factor: &f64| factor.is_finite() && *factor > 0.0)?;
    // A cast of a number that is too large gives the largest.
    Some(((f64::from(usual) * factor) as u32).max(1))
}

#[test]
fn only_a_search_draws_anew() {
    let searches = std::env::var(VARIABLE).is_ok_and(|factor| times(1_000, &factor) > Some(1_000));
    assert_eq!(cases(1_000).rng_seed == RngSeed::Random, searches);
}

#[test]
fn factors_may_be_fractions() {
    assert_eq!(times(256, "1"), Some(256));
    assert_eq!(times(1_000, "1000"), Some(1_000_000));
    assert_eq!(times(256, " 0.1\n"), Some(25));
    assert_eq!(times(256, "0.0001"), Some(1));
    assert_eq!(times(256, "1e12"), Some(u32::MAX));
    for wrong in ["", "x", "0", "-1", "inf", "NaN", "1,5"] {
        assert_eq!(times(256, wrong), None, "{wrong}");
    }
}
