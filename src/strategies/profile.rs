//! Profiles of browsers.

use std::time::Duration;

use proptest::{
    option,
    prelude::{Strategy, any, prop_oneof},
    sample::select,
};

use crate::browser::{
    CacheKeyOrigin, CachedWildcard, ConditionalRequests, EmptyLocation, LocationCredentials, MaxAgeSyntax,
    MaxAgeUpdate, NetworkErrorClears, OpaqueSaysNull, OriginHeaderRules, PreflightCacheRules,
    PreflightHeaders, PreflightOrigin, PreflightRules, Profile, RedirectHeaders, RedirectRules,
    RepeatedLocation, ResponseRules, SafelistedMethods,
};
use crate::request_header::{RepeatedLines, RequestHeaderRules, SafelistJudges};

/// Every combination of what the text of the standard leaves open or browsers do otherwise, and often one of the four
/// profiles that there are.
pub fn profile() -> impl Strategy<Value = Profile> {
    let rules = (
        request_header_rules(),
        preflight_rules(),
        cache_rules(),
        redirect_rules(),
        origin_header_rules(),
        response_rules(),
    );
    let mixed = rules.prop_map(|(request_headers, preflight, cache, redirect, origin, response)| Profile {
        name: "mixed",
        request_headers,
        preflight,
        cache,
        redirect,
        origin,
        response,
    });
    prop_oneof![select(Profile::all().to_vec()), mixed]
}

fn request_header_rules() -> impl Strategy<Value = RequestHeaderRules> {
    let judges = select(&[SafelistJudges::EachLine, SafelistJudges::CombinedValue][..]);
    let range_limit = option::of(select(&[0_u64, 9, u64::MAX][..]));
    let repeated = select(&[RepeatedLines::AllGoOut, RepeatedLines::Merged][..]);
    (judges, repeated, range_limit, any::<[bool; 10]>()).prop_map(|(judges, repeated, range_limit, flags)| {
        let mut rules = RequestHeaderRules::STANDARD;
        rules.safelist_judges = judges;
        rules.repeated_lines = repeated;
        rules.range_limit = range_limit;
        [
            rules.total_limit,
            rules.client_hints,
            rules.bytes_beyond_ascii_are_unsafe,
            rules.content_type_is_read_strictly,
            rules.range_is_read_loosely,
            rules.user_agent_is_forbidden,
            rules.body_type_is_guarded,
            rules.lost_form_says_its_type,
            rules.charsets_are_replaced,
            rules.charsets_change_late,
        ] = flags;
        rules
    })
}

fn preflight_rules() -> impl Strategy<Value = PreflightRules> {
    let origins = select(&[PreflightOrigin::ByteSerialized, PreflightOrigin::Initiator][..]);
    let headers = select(
        &[PreflightHeaders::Left, PreflightHeaders::FirstSet, PreflightHeaders::FirstSetButLastTaken][..],
    );
    (origins, headers, any::<[bool; 7]>()).prop_map(|(origin, headers, flags)| {
        let mut rules = PreflightRules { origin, headers, ..PreflightRules::STANDARD };
        [
            rules.authorization_wildcard,
            rules.forced_allows_method,
            rules.forced_without_body,
            rules.is_partitioned,
            rules.stays,
            rules.has_user_agent,
            rules.names_once,
        ] = flags;
        rules
    })
}

fn cache_rules() -> impl Strategy<Value = PreflightCacheRules> {
    let syntaxes = [MaxAgeSyntax::DeltaSeconds, MaxAgeSyntax::SignedInteger, MaxAgeSyntax::DigitsOrNothing];
    let keys = [
        CacheKeyOrigin::ByteSerialized,
        CacheKeyOrigin::Initiator,
        CacheKeyOrigin::InitiatorUntilTainted,
        CacheKeyOrigin::InitiatorThenFetch,
    ];
    let wildcards = [
        CachedWildcard::AllRequests,
        CachedWildcard::WithoutCredentials,
        CachedWildcard::StoredWithoutCredentials,
        CachedWildcard::NoRequests,
    ];
    let safelisted = [SafelistedMethods::AsListed, SafelistedMethods::Kept, SafelistedMethods::KeptForGood];
    let conditional =
        [ConditionalRequests::AreServed, ConditionalRequests::AskAgain, ConditionalRequests::AskAgainByFetch];
    let clears = [NetworkErrorClears::Nothing, NetworkErrorClears::CurrentUrl, NetworkErrorClears::EveryUrl];
    let choices = (
        select(syntaxes.to_vec()),
        select(&[MaxAgeUpdate::KeepsStoringTime, MaxAgeUpdate::StartsAgain][..]),
        select(keys.to_vec()),
        select(wildcards.to_vec()),
        select(clears.to_vec()),
        select(conditional.to_vec()),
    );
    let limit = option::of(select(&[0_u64, 5, 600, 7200, 86_400][..]));
    let limits = (limit, option::of(select(&[0_usize, 30, 1_023][..])), select(safelisted.to_vec()));
    (choices, limits, any::<[bool; 9]>()).prop_map(|(choices, limits, flags)| {
        let (limit, url_length_limit, safelisted_methods) = limits;
        let (
            max_age_syntax,
            max_age_update,
            key_origin,
            wildcard,
            network_error_clears,
            conditional_requests,
        ) = choices;
        let mut rules = PreflightCacheRules {
            max_age_limit: limit.map(Duration::from_secs),
            max_age_syntax,
            max_age_update,
            key_origin,
            wildcard,
            network_error_clears,
            url_length_limit,
            safelisted_methods,
            conditional_requests,
            ..PreflightCacheRules::STANDARD
        };
        [
            rules.zero_ends_entries,
            rules.keeps_refused,
            rules.insufficient_is_removed,
            rules.head_is_safelisted,
            rules.opaque_origins,
            rules.credentials_serve_all,
            rules.authorization_wildcard,
            rules.only_preflighted_clear,
            rules.redirect_mode_error_clears,
        ] = flags;
        rules
    })
}

fn redirect_rules() -> impl Strategy<Value = RedirectRules> {
    let empty = [EmptyLocation::Followed, EmptyLocation::Ignored, EmptyLocation::Refused];
    let choices = (
        select(empty.to_vec()),
        select(
            &[RepeatedLocation::Refused, RepeatedLocation::FollowedIfEqual, RepeatedLocation::Combined][..],
        ),
        select(
            &[
                LocationCredentials::RefusedElsewhere,
                LocationCredentials::RefusedElsewhereLate,
                LocationCredentials::RefusedUnlessByXmlHttpRequest,
            ][..],
        ),
    );
    let headers =
        [RedirectHeaders::Left, RedirectHeaders::AllReturn, RedirectHeaders::AllButAuthorizationReturn];
    let choices = (choices, select(headers.to_vec()));
    (choices, any::<[bool; 8]>()).prop_map(|(((empty, repeated, credentials), headers), flags)| {
        let [
            client_hints_stay,
            body_type_is_a_header,
            policies_stand_alone,
            same_origin_checked_as_include,
            same_origin_follows_no_cors,
            error_without_location,
            manual_reads_location,
            elements_follow_data,
        ] = flags;
        RedirectRules {
            empty_location: empty,
            repeated_location: repeated,
            location_credentials: credentials,
            headers,
            client_hints_stay,
            body_type_is_a_header,
            same_origin_checked_as_include,
            same_origin_follows_no_cors,
            error_without_location,
            manual_reads_location,
            elements_follow_data,
            policies_stand_alone,
        }
    })
}

fn origin_header_rules() -> impl Strategy<Value = OriginHeaderRules> {
    let opaque = [OpaqueSaysNull::ByMethod, OpaqueSaysNull::UntilRewritten, OpaqueSaysNull::UntilCrossing];
    (select(opaque.to_vec()), any::<[bool; 5]>()).prop_map(|(opaque_says_null, flags)| {
        let mut rules = OriginHeaderRules { opaque_says_null, ..OriginHeaderRules::STANDARD };
        [
            rules.follows_referrer_policy,
            rules.redirects_apply_referrer_policy,
            rules.every_crossing_taints,
            rules.stays_on_get,
            rules.elements_say_it,
        ] = flags;
        rules
    })
}

fn response_rules() -> impl Strategy<Value = ResponseRules> {
    any::<[bool; 7]>().prop_map(|flags| {
        let mut rules = ResponseRules::STANDARD;
        [
            rules.empty_lines_count,
            rules.addresses_are_sites,
            rules.bare_names_are_one_site,
            rules.unknown_resource_policy_is_none,
            rules.knows_credentialless,
            rules.timing_is_tainted_in_no_cors,
            rules.opaque_timing_needs_ok_status,
        ] = flags;
        rules
    })
}
