//! Profiles of browsers.

use std::time::Duration;

use proptest::{
    option,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::select,
};

use crate::browser::{
    CacheKeyOrigin, MaxAgeUpdate, NegativeMaxAge, NetworkErrorClears, Profile, SafelistJudges,
};

/// Every combination of what the text of the standard leaves open or browsers do otherwise, and often the text itself.
pub fn profile() -> impl Strategy<Value = Profile> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let clears = [NetworkErrorClears::Nothing, NetworkErrorClears::CurrentUrl, NetworkErrorClears::EveryUrl];
    let choices = (
        select(clears.to_vec()),
        select(&[CacheKeyOrigin::ByteSerialized, CacheKeyOrigin::Initiator][..]),
        select(&[NegativeMaxAge::DefaultMaxAge, NegativeMaxAge::NotCached][..]),
        select(&[MaxAgeUpdate::KeepsStoringTime, MaxAgeUpdate::StartsAgain][..]),
        select(&[SafelistJudges::EachLine, SafelistJudges::CombinedValue][..]),
    );
    let limit = option::of(select(&[0_u64, 5, 600, 7200, 86_400][..]));
    let mixed = (flags, choices, limit).prop_map(|(flags, choices, limit)| {
        let mut profile = Profile::standard();
        profile.name = "mixed";
        (
            profile.authorization_wildcard,
            profile.forced_preflight_allows_method,
            profile.cached_wildcard_serves_credentials,
            profile.preflight_is_partitioned,
        ) = flags;
        (
            profile.network_error_clears,
            profile.cache_key_origin,
            profile.negative_max_age,
            profile.max_age_update,
            profile.safelist_judges,
        ) = choices;
        profile.max_age_limit = limit.map(Duration::from_secs);
        profile
    });
    prop_oneof![Just(Profile::standard()), mixed]
}
