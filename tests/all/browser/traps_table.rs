//! The list of all traps, so that none is forgotten.
//!
//! The traps are points of the Fetch Standard that implementations get wrong, numbered 1 to 98 with 36a and 46a. All of
//! them are in scope; of two a part is below the engine, which is given what HTTP-network-or-cache fetch returns: the
//! retry after a 421 (80) and the revalidation of the user agent's own cache (93).

use std::collections::BTreeSet;

const SOURCES: [&str; 7] = [
    include_str!("traps_requests.rs"),
    include_str!("traps_preflight.rs"),
    include_str!("traps_cors_check.rs"),
    include_str!("traps_cache.rs"),
    include_str!("traps_redirects.rs"),
    include_str!("traps_responses.rs"),
    include_str!("traps_service_worker.rs"),
];

/// Each trap with the tests that set it.
const TRAPS: [(&str, &[&str]); 100] = [
    ("T1", &["t01_patch_keeps_its_case"]),
    ("T2", &["t02_put_is_upper_cased_and_the_list_is_not"]),
    ("T3", &["t03_a_safelisted_method_needs_no_permission"]),
    ("T4", &["t04_head_is_safelisted_in_the_cache_too"]),
    ("T5", &["t05_the_limit_of_128_bytes_is_one_of_each_line"]),
    (
        "T6",
        &[
            "t06_the_limit_of_1024_bytes_is_one_of_all_safelisted_lines",
            "t06_the_limit_of_1024_bytes_counts_the_accept_of_the_user_agent",
        ],
    ),
    ("T7", &["t07_unsafe_values_do_not_count_towards_the_1024_bytes"]),
    ("T8", &["t08_a_quoted_charset_has_unsafe_bytes"]),
    ("T9", &["t09_a_list_of_types_is_not_a_type"]),
    ("T10", &["t10_each_line_of_content_type_is_judged_alone"]),
    ("T11", &["t11_content_type_is_parsed_as_a_mime_type"]),
    ("T12", &["t12_languages_have_fewer_bytes_than_accept"]),
    ("T13", &["t13_accept_may_have_tabs_and_bytes_beyond_ascii"]),
    ("T14", &["t14_single_ranges_with_a_start_are_safelisted"]),
    ("T15", &["t15_other_ranges_are_not"]),
    ("T16", &["t16_names_are_asked_for_sorted_once_and_without_spaces"]),
    ("T17", &["t17_what_the_transport_adds_needs_no_permission"]),
    ("T18", &["t18_without_the_unsafe_request_flag_nothing_needs_a_preflight"]),
    ("T19", &["t19_method_override_headers_are_split_with_regard_to_quotes"]),
    ("T20", &["t20_a_forced_preflight_of_get"]),
    ("T21", &["t21_a_forced_preflight_without_allowed_methods_allows_the_method"]),
    ("T22", &["t22_an_empty_list_of_methods_is_not_an_absent_one"]),
    ("T23", &["t23_a_forced_preflight_is_cached_by_what_its_answer_listed"]),
    ("T24", &["t24_a_preflight_carries_no_credentials"]),
    ("T25", &["t25_a_preflight_does_not_follow_redirects"]),
    ("T26", &["t26_a_preflight_needs_an_ok_status"]),
    ("T27", &["t27_the_cors_check_of_a_preflight_looks_at_the_requests_credentials_mode"]),
    ("T28", &["t28_the_answer_after_a_preflight_is_checked_again"]),
    ("T29", &["t29_a_list_that_cannot_be_parsed_refuses_though_it_is_not_needed"]),
    ("T30", &["t30_empty_elements_are_passed_over_and_quotes_are_not"]),
    ("T31", &["t31_allowed_header_names_are_compared_in_any_case"]),
    ("T32", &["t32_authorization_is_not_covered_by_wildcard"]),
    ("T33", &["t33_wildcards_do_not_count_with_credentials"]),
    ("T34", &["t34_a_wildcard_may_stand_among_others"]),
    ("T35", &["t35_a_preflight_asks_for_the_headers_of_its_request_only"]),
    ("T36", &["t36_a_preflight_asks_for_all_unsafe_names_and_not_only_for_the_missing"]),
    ("T36a", &["t36a_a_preflight_is_decided_on_its_head"]),
    ("T37", &["t37_no_header_and_null_are_two_things"]),
    ("T38", &["t38_two_lines_are_one_value_with_a_comma"]),
    ("T39", &["t39_origins_are_compared_as_bytes"]),
    ("T40", &["t40_lists_of_origins_fail"]),
    ("T41", &["t41_a_wildcard_does_not_count_with_credentials"]),
    ("T42", &["t42_allow_credentials_is_exactly_true"]),
    ("T43", &["t43_a_cached_wildcard_serves_requests_with_credentials"]),
    ("T44", &["t44_the_default_port_is_no_other_origin"]),
    ("T45", &["t45_a_host_that_ends_like_another_is_another"]),
    ("T46", &["t46_what_is_no_number_is_five_seconds"]),
    ("T46a", &["t46a_a_negative_number_is_five_seconds_or_none"]),
    ("T47", &["t47_zero_expires_at_once"]),
    ("T48", &["t48_a_huge_number_is_the_limit"]),
    ("T49", &["t49_entries_stored_with_credentials_serve_those_without"]),
    ("T50", &["t50_methods_in_the_cache_keep_their_case"]),
    ("T51", &["t51_a_network_error_clears_the_entries_of_its_url"]),
    ("T52", &["t52_what_is_cleared_is_what_belongs_to_the_current_url"]),
    ("T53", &["t53_the_fragment_belongs_to_the_key"]),
    ("T54", &["t54_an_updated_max_age_counts_from_the_first_storing"]),
    (
        "T55",
        &[
            "t55_opaque_origins_of_a_partition_share",
            "t55_opaque_origins_in_tabs_of_their_own_do_not_share",
            "t55_a_tainted_origin_is_another_key",
        ],
    ),
    ("T56", &["t56_partitions_do_not_share"]),
    ("T57", &["t57_a_redirect_itself_is_checked"]),
    ("T58", &["t58_a_same_origin_redirect_is_not_checked"]),
    ("T59", &["t59_back_at_its_own_origin_a_request_stays_cors_and_its_origin_is_lost"]),
    ("T60", &["t60_a_third_origin_sees_null"]),
    ("T61", &["t61_a_redirect_within_an_origin_does_not_taint"]),
    ("T62", &["t62_a_redirect_within_a_site_taints"]),
    ("T63", &["t63_the_new_url_is_preflighted_again"]),
    ("T64", &["t64_which_redirects_make_which_methods_get"]),
    ("T65", &["t65_headers_of_the_body_go_with_the_body"]),
    ("T66", &["t66_authorization_goes_at_the_first_other_origin"]),
    ("T67", &["t67_authorization_stays_within_an_origin"]),
    ("T68", &["t68_user_information_in_locations"]),
    ("T69", &["t69_twenty_redirects_are_followed"]),
    ("T70", &["t70_locations_that_are_none"]),
    ("T71", &["t71_redirects_lead_to_http_only"]),
    ("T72", &["t72_a_fragment_is_handed_on_unless_the_location_has_one"]),
    ("T73", &["t73_a_stream_is_sent_once"]),
    ("T74", &["t74_the_cors_check_comes_before_the_redirect_mode"]),
    ("T75", &["t75_redirect_mode_error_does_not_look_at_the_location"]),
    ("T76", &["t76_no_cors_must_follow_redirects_of_other_origins"]),
    ("T77", &["t77_mode_same_origin_does_not_leave"]),
    ("T78", &["t78_opaque_never_becomes_basic_again"]),
    ("T79", &["t79_a_401_of_another_origin_is_an_answer"]),
    ("T80", &["t80_a_request_can_be_sent_again_without_a_second_origin"]),
    ("T81", &["t81_exposed_headers_are_all_or_none"]),
    ("T82", &["t82_a_wildcard_exposes_all_but_cookies_and_nothing_with_credentials"]),
    ("T83", &["t83_seven_headers_are_always_exposed"]),
    ("T84", &["t84_an_opaque_response_shows_nothing"]),
    ("T85", &["t85_a_partial_response_needs_a_request_for_a_part"]),
    ("T86", &["t86_origin_without_cors"]),
    ("T87", &["t87_the_referrer_policy_hides_the_origin_from_less_secure_urls"]),
    ("T88", &["t88_no_cors_keeps_its_origin_over_one_redirect"]),
    ("T89", &["t89_a_websocket_says_its_origin_and_checks_nothing"]),
    ("T90", &["t90_hsts_comes_before_the_comparison_of_origins"]),
    ("T91", &["t91_data_urls_are_basic_and_no_target_of_redirects"]),
    ("T92", &["t92_an_opaque_origin_is_never_the_same"]),
    ("T93", &["t93_a_304_for_the_author_is_checked_as_it_is"]),
    (
        "T94",
        &["t94_cross_origin_resource_policy", "t94_a_credentialless_page_sends_no_credentials_to_others"],
    ),
    ("T95", &["t95_timing_is_shared_by_every_hop_or_not_at_all"]),
    (
        "T96",
        &["t96_types_that_a_request_must_not_see", "t96_a_redirected_response_needs_redirect_mode_follow"],
    ),
    ("T97", &["t97_the_door_refuses_before_any_fetch"]),
    ("T98", &["t98_only_four_bytes_are_whitespace"]),
];

#[test]
fn every_trap_has_a_test_and_every_such_test_its_trap() {
    let is_trap = |name: &&str| {
        name.strip_prefix('t').is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()))
    };
    let written: BTreeSet<_> = SOURCES
        .iter()
        .flat_map(|source| source.split("#[test]\nfn ").skip(1))
        .filter_map(|function| function.split('(').next())
        .filter(is_trap)
        .collect();
    let listed: BTreeSet<_> = TRAPS.iter().flat_map(|(_, tests)| tests.iter().copied()).collect();
    assert_eq!(written, listed);

    for (trap, tests) in TRAPS {
        assert!(!tests.is_empty(), "{trap}");
        // T5 is tested by `t05_…`, T36a by `t36a_…`.
        let width = if trap.ends_with('a') { 3 } else { 2 };
        let prefix = format!("t{:0>width$}_", trap.trim_start_matches('T'));
        assert!(tests.iter().all(|test| test.starts_with(&prefix)), "{trap}");
    }
    let numbers: BTreeSet<_> = TRAPS.iter().map(|(trap, _)| trap.to_string()).collect();
    let expected = (1..=98).map(|number| format!("T{number}")).chain(["T36a".to_owned(), "T46a".to_owned()]);
    assert_eq!(numbers, expected.collect());
}
