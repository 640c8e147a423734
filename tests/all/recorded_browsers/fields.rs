//! The fields of a profile, by name.

use crossorigin::{browser::Profile, strategies};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// A field, such as `cache.wildcard`.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    /// Its value, as `Debug` writes it.
    pub(crate) value: fn(&Profile) -> String,
    /// Gives the first profile the second one's value.
    pub(crate) take: fn(&mut Profile, &Profile),
}

macro_rules! fields {
    ($($group:ident: $($field:ident)+;)+) => {
        &[$($(Field {
            name: concat!(stringify!($group), ".", stringify!($field)),
            value: |profile| format!("{:?}", profile.$group.$field),
            take: |profile, other| profile.$group.$field = other.$group.$field,
        },)+)+]
    };
}

pub(crate) const FIELDS: &[Field] = fields! {
    request_headers: safelist_judges total_limit client_hints bytes_beyond_ascii_are_unsafe
        content_type_is_read_strictly range_is_read_loosely range_limit user_agent_is_forbidden body_type_is_guarded
        lost_form_says_its_type charsets_are_replaced charsets_change_late repeated_lines;
    preflight: authorization_wildcard forced_allows_method forced_without_body is_partitioned origin stays headers
        has_user_agent names_once;
    cache: max_age_limit max_age_syntax max_age_update zero_ends_entries keeps_refused
        insufficient_is_removed safelisted_methods head_is_safelisted url_length_limit conditional_requests
        key_origin opaque_origins credentials_serve_all wildcard authorization_wildcard network_error_clears
        only_preflighted_clear redirect_mode_error_clears;
    redirect: empty_location repeated_location location_credentials headers client_hints_stay
        body_type_is_a_header
        same_origin_checked_as_include same_origin_follows_no_cors error_without_location manual_reads_location
        elements_follow_data policies_stand_alone;
    origin: follows_referrer_policy redirects_apply_referrer_policy every_crossing_taints stays_on_get elements_say_it opaque_says_null;
    response: empty_lines_count addresses_are_sites bare_names_are_one_site unknown_resource_policy_is_none knows_credentialless
        timing_is_tainted_in_no_cors opaque_timing_needs_ok_status;
};

impl Field {
    /// Whether a profile parts from the text here.
    pub(crate) fn deviates(&self, profile: &Profile) -> bool {
        (self.value)(profile) != (self.value)(&Profile::standard())
    }

    /// The profile with the text's rule here.
    pub(crate) fn by_the_text(&self, profile: &Profile) -> Profile {
        let mut changed = profile.clone();
        (self.take)(&mut changed, &Profile::standard());
        changed
    }
}

/// The list above names every field there is.
#[test]
fn no_field_is_missing() {
    let printed = format!("{:#?}", Profile::standard());
    let mut group = "";
    let mut names = Vec::new();
    for line in printed.lines() {
        let name = line.trim_start().split(": ").next().unwrap_or_default();
        match line.len() - line.trim_start().len() {
            4 => group = name,
            8 => names.push(format!("{group}.{name}")),
            _ => {}
        }
    }
    assert_eq!(FIELDS.iter().map(|field| field.name).collect::<Vec<_>>(), names);
}

/// Profiles that are put together at random have every rule otherwise than the text, now and then.
#[test]
fn strategies_draw_every_rule() {
    let mut runner = TestRunner::deterministic();
    let drawn = (0..400).map(|_| strategies::profile().new_tree(&mut runner).unwrap().current());
    let mixed: Vec<_> = drawn.filter(|profile| profile.name == "mixed").collect();
    for field in FIELDS {
        assert!(mixed.iter().any(|profile| field.deviates(profile)), "{}", field.name);
    }
}
