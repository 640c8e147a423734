//! Reading and printing undo each other.

use crossorigin::{
    origin::{SerializedOrigin, TupleOrigin},
    server::{OriginPattern, Policy, PolicyConfig},
};
use proptest::prelude::*;

use crate::{
    distribution::reaches,
    proptest_config::cases,
    strategies::{near_misses, origin_let_in, origin_pattern, policy_settings, tuple_origin},
};

proptest! {
    #![proptest_config(cases(1000))]

    /// An origin is read as what it was printed from.
    #[test]
    fn origins(origin in tuple_origin()) {
        prop_assert_eq!(origin.to_string().parse::<TupleOrigin>(), Ok(origin.clone()));
        let serialized = SerializedOrigin::parse(origin.as_str().as_bytes()).unwrap();
        prop_assert_eq!((serialized.scheme(), serialized.host(), serialized.port()), (origin.scheme(), origin.host(), origin.port()));
        prop_assert_eq!(TupleOrigin::from(serialized), origin);
    }

    /// Whatever bytes are an origin are the bytes that it prints, and never those of another: there is one spelling.
    #[test]
    fn near_misses_of_origins((origin, bytes) in tuple_origin().prop_flat_map(|it| (Just(it.clone()), near_misses(&it)))) {
        if let Ok(other) = TupleOrigin::parse(&bytes) {
            prop_assert_eq!(other.as_str().as_bytes(), &*bytes);
            prop_assert_ne!(other, origin);
        }
    }

    /// A pattern is read as what it was printed from, and lets in what is drawn for it.
    #[test]
    fn patterns((text, origin) in origin_pattern().prop_flat_map(|text| {
        let pattern: OriginPattern = text.parse().unwrap();
        (Just(text), origin_let_in(&pattern))
    })) {
        let pattern: OriginPattern = text.parse().unwrap();
        prop_assert_eq!(pattern.to_string(), text);
        prop_assert!(SerializedOrigin::parse(origin.as_str().as_bytes()).is_ok_and(|it| pattern.matches(&it)), "{}", origin);
    }
}

/// Near misses are near: most are no origins, and some are other ones.
#[test]
fn near_misses_are_about_this_law() {
    let near = tuple_origin().prop_flat_map(|it| near_misses(&it));
    reaches(near, 10_000, &["another origin", "no origin"], |bytes, counts| {
        counts.add(if TupleOrigin::parse(bytes).is_ok() { "another origin" } else { "no origin" });
    });
}

proptest! {
    #![proptest_config(cases(256))]

    /// A policy writes itself as configuration, from which the same policy is read; settings written as configuration
    /// are the policy that their builder builds; and a policy's own builder builds it again.
    #[test]
    fn policies(settings in policy_settings()) {
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
        // What was left out as covered was the only thing to warn about in the lists.
        let covered = |policy: &Policy| policy.warnings().iter().filter(|it| it.kind.name() == "Covered").count();
        prop_assert_eq!(again.as_ref().map(covered), Ok(0));
    }
}
