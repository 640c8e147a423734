//! Parsing and printing are inverse.

use crossorigin::{
    origin::{SerializedOrigin, TupleOrigin},
    server::{OriginPattern, Policy, PolicyConfig},
};
use proptest::prelude::*;

use crate::{
    distribution::reaches,
    proptest_config::cases,
    strategies::{matching_origin, near_misses, origin_pattern, policy_settings, tuple_origin},
};

proptest! {
    #![proptest_config(cases(1000))]

    /// An origin that was printed parses to the same origin.
    #[test]
    fn a_printed_origin_parses_to_the_same_origin(origin in tuple_origin()) {
        prop_assert_eq!(origin.to_string().parse::<TupleOrigin>(), Ok(origin.clone()));
        let serialized = SerializedOrigin::parse(origin.as_str().as_bytes()).unwrap();
        prop_assert_eq!((serialized.scheme(), serialized.host(), serialized.port()), (origin.scheme(), origin.host(), origin.port()));
        prop_assert_eq!(TupleOrigin::from(serialized), origin);
    }

    /// The bytes that parse as an origin are the bytes that it prints. Each origin has one spelling, so a
    /// near miss that parses is another origin.
    #[test]
    fn accepted_near_misses_are_other_origins((origin, bytes) in tuple_origin().prop_flat_map(|it| (Just(it.clone()), near_misses(&it)))) {
        if let Ok(other) = TupleOrigin::parse(&bytes) {
            prop_assert_eq!(other.as_str().as_bytes(), &*bytes);
            prop_assert_ne!(other, origin);
        }
    }

    /// A pattern that was printed parses to the same pattern, and matches the origins that are drawn for it.
    #[test]
    fn a_printed_pattern_parses_to_the_same_pattern((text, origin) in origin_pattern().prop_flat_map(|text| {
        let pattern: OriginPattern = text.parse().unwrap();
        (Just(text), matching_origin(&pattern))
    })) {
        let pattern: OriginPattern = text.parse().unwrap();
        prop_assert_eq!(pattern.to_string(), text);
        prop_assert!(SerializedOrigin::parse(origin.as_str().as_bytes()).is_ok_and(|it| pattern.matches(&it)), "{}", origin);
    }
}

/// Most near misses are invalid, and some are other origins.
#[test]
fn near_misses_are_invalid_or_other_origins() {
    let near = tuple_origin().prop_flat_map(|it| near_misses(&it));
    reaches(near, 10_000, &["another origin", "no origin"], |bytes, counts| {
        counts.add(if TupleOrigin::parse(bytes).is_ok() { "another origin" } else { "no origin" });
    });
}

proptest! {
    #![proptest_config(cases(256))]

    /// A policy written as configuration is read as the same policy. Settings written as configuration are
    /// the policy that their builder builds. The builder of a policy builds the same policy again.
    #[test]
    fn a_policy_survives_its_configuration_and_its_builder(settings in policy_settings()) {
        let policy = settings.to_builder().build().unwrap();
        let text = serde_json::to_string(&policy).unwrap();
        prop_assert_eq!(serde_json::from_str::<Policy>(&text).unwrap(), policy.clone(), "{}", text);
        prop_assert_eq!(serde_json::to_string(&serde_json::from_str::<Policy>(&text).unwrap()).unwrap(), text);

        prop_assert_eq!(policy.to_config().unwrap().build(), Ok(policy.clone()));

        let written = serde_json::to_string(&settings).unwrap();
        let configuration: PolicyConfig = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(configuration.build(), Ok(policy.clone()), "{}", written);

        let again = policy.to_builder().build();
        prop_assert_eq!(again.as_ref(), Ok(&policy));
        // The elements that `*` covers were left out, so there is no warning about them.
        let covered = |policy: &Policy| policy.warnings().iter().filter(|it| it.kind.name() == "Covered").count();
        prop_assert_eq!(again.as_ref().map(covered), Ok(0));
    }
}
