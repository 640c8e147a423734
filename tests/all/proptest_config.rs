//! The number of cases per property, and the size of hostile inputs. One variable makes every run longer or
//! shorter.

#[cfg(feature = "server")]
use proptest::test_runner::{Config, RngSeed};

/// The variable that multiplies the cases of every property, such as 1000 for a long run or 0.1 for a quick
/// one.
const VARIABLE: &str = "CROSSORIGIN_CASES";

fn factor() -> String {
    std::env::var(VARIABLE).unwrap_or_else(|_| "1".to_owned())
}

/// The configuration of a property that usually has this number of cases.
///
/// Up to the usual number every run draws the same cases, so that only a change of the code can make a test
/// fail. A longer run is a search, and draws other cases each time.
#[cfg(feature = "server")]
pub(crate) fn cases(usual: u32) -> Config {
    let cases = times(usual, &factor());
    Config {
        cases,
        rng_seed: if cases > usual { RngSeed::Random } else { RngSeed::Fixed(1) },
        failure_persistence: None,
        max_shrink_iters: 2_000,
        // A value that a filter rejects is drawn again, without a limit.
        max_local_rejects: u32::MAX,
        max_global_rejects: u32::MAX,
        ..Config::default()
    }
}

/// The length of a hostile input in bytes: one megabyte. A long run uses up to ten, more than a network would
/// carry.
pub(crate) fn hostile_length() -> usize {
    const MEGABYTE: u32 = 1_000_000;
    times(MEGABYTE, &factor()).clamp(MEGABYTE, 10 * MEGABYTE) as usize
}

/// A number times a factor, which is positive and may be a fraction. The result is at least 1.
fn times(usual: u32, factor: &str) -> u32 {
    let number = factor.trim().parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0);
    let number = number.unwrap_or_else(|| panic!("{VARIABLE} is not a factor: `{factor}`"));
    // A cast of a number that is too large returns the largest integer.
    ((f64::from(usual) * number) as u32).max(1)
}

#[cfg(feature = "server")]
#[test]
fn only_a_longer_run_draws_other_cases() {
    assert_eq!(cases(1_000).rng_seed == RngSeed::Random, times(1_000, &factor()) > 1_000);
}

#[test]
fn factors_may_be_fractions() {
    assert_eq!(times(256, "1"), 256);
    assert_eq!(times(1_000, "1000"), 1_000_000);
    assert_eq!(times(256, " 0.1\n"), 25);
    assert_eq!(times(256, "0.0001"), 1);
    assert_eq!(times(256, "1e12"), u32::MAX);
    for wrong in ["", "x", "0", "-1", "inf", "NaN", "1,5"] {
        assert!(std::panic::catch_unwind(|| times(256, wrong)).is_err(), "{wrong}");
    }
}
