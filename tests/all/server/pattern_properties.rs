//! Patterns and their index, compared with the reference.

use crossorigin::{
    origin::SerializedOrigin,
    server::{OriginPattern, Policy},
};
use proptest::prelude::*;

use super::strategies::{near_pair, origin_text, pattern_text};
use crate::{proptest_config::cases, reference::patterns};

proptest! {
    #![proptest_config(cases(4000))]

    /// Crate and reference agree on what is an origin, and on its parts.
    #[test]
    fn origins_parse_as_in_the_reference(text in origin_text()) {
        let ours = SerializedOrigin::parse(text.as_bytes());
        let ours = ours.as_ref().map(|it| (it.scheme(), it.host(), it.port().map(u32::from))).ok();
        prop_assert_eq!(ours, patterns::origin(&text));
    }

    /// A pattern matches what the reference matches, and prints as it was written.
    #[test]
    fn a_pattern_matches_as_in_the_reference(
        (pattern, origin) in prop_oneof![1 => (pattern_text(), origin_text()), 4 => near_pair()],
    ) {
        let Ok(parsed) = OriginPattern::parse(&pattern) else { return Ok(()) };
        prop_assert_eq!(parsed.to_string(), &*pattern);
        let ours = SerializedOrigin::parse(origin.as_bytes()).is_ok_and(|it| parsed.matches(&it));
        prop_assert_eq!(ours, patterns::matches(&pattern, &origin), "{} and {}", pattern, origin);
    }

    /// A valid pattern without a wildcard is an origin, and matches that origin only.
    #[test]
    fn a_pattern_without_wildcards_is_an_origin(text in origin_text()) {
        if let Ok(pattern) = OriginPattern::parse(&text) && !text.contains('*') {
            prop_assert!(pattern.is_exact());
            prop_assert!(SerializedOrigin::parse(text.as_bytes()).is_ok_and(|it| pattern.matches(&it)));
        }
    }

}

proptest! {
    #![proptest_config(cases(1000))]

    /// A policy matches what one of its patterns matches. Neither the look-up by hash nor leaving out covered
    /// patterns changes that.
    #[test]
    fn a_policy_matches_what_one_of_its_patterns_matches(
        pairs in prop::collection::vec(near_pair(), 1..12),
        mut origins in prop::collection::vec(origin_text(), 1..12),
    ) {
        let (patterns, near): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        origins.extend(near);
        let patterns: Vec<_> =
            patterns.into_iter().filter(|text| OriginPattern::parse(text).is_ok()).collect();
        if patterns.is_empty() {
            return Ok(());
        }
        let policy = Policy::builder().allow_origins(&patterns).build().unwrap();
        for origin in origins {
            let expected = patterns.iter().any(|pattern| patterns::matches(pattern, &origin));
            prop_assert_eq!(policy.allows_origin(&origin), expected, "{:?} and {}", patterns, origin);
        }
    }
}

/// Labels and hosts at and around their length limits, which random texts rarely reach.
#[test]
fn long_names_parse_as_in_the_reference() {
    let lengths = [1, 62, 63, 64];
    for one in lengths {
        for other in lengths {
            for count in 1..6 {
                for end in ["", "-", ".", "1", ":1"] {
                    let host = format!("{}.{}", vec!["a".repeat(one); count].join("."), "b".repeat(other));
                    let text = format!("https://{host}{end}");
                    let ours = SerializedOrigin::parse(text.as_bytes());
                    let ours =
                        ours.as_ref().map(|it| (it.scheme(), it.host(), it.port().map(u32::from))).ok();
                    assert_eq!(ours, patterns::origin(&text));
                }
            }
        }
    }
}
