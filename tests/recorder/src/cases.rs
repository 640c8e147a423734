//! The cases of the corpus, made from tables, with one family for each subject.

mod cache;
pub mod draft;
mod found;
mod initiators;
mod locations;
mod other_checks;
pub mod pages;
mod preflights;
pub mod random;
mod redirects;
mod requests;
mod response_headers;
mod rules;
mod safelist;
mod web_platform_tests;

use std::collections::HashSet;

use draft::finished;
use serde_json::{Value, json};

use crate::origins::{A, NULL};

/// The cases of one subject.
#[derive(Debug, Clone)]
pub struct Family {
    pub name: String,
    pub cases: Vec<Value>,
}

/// All families. A case that equals an earlier one is left out.
pub fn families() -> Vec<Family> {
    let mut known = HashSet::new();
    let mut family = |name: &str, cases: Vec<Value>| {
        let new = cases.into_iter().filter(|case| known.insert(content(case)));
        let cases = new.enumerate().map(|(number, case)| with_id(&case, &format!("{name}-{number:03}")));
        Family { name: name.to_owned(), cases: cases.collect() }
    };
    vec![
        family("acao", finished(response_headers::allow_origin())),
        family("acac", finished(response_headers::allow_credentials())),
        family("acam", finished(response_headers::allow_methods())),
        family("acah", finished(response_headers::allow_headers())),
        family("aceh", finished(response_headers::expose_headers())),
        family("safelist", finished(safelist::safelist())),
        family("combinations", finished(safelist::combinations())),
        family("doors", finished(requests::initiators())),
        family("modes", finished(requests::modes())),
        family("origins", finished(requests::origins())),
        family("xhr", finished(requests::xhr())),
        family("preflight-status", finished(preflights::preflight_statuses())),
        family("status", finished(preflights::statuses())),
        family("redirect-chains", finished(redirects::chains())),
        family("redirect-methods", finished(redirects::methods())),
        family("redirect-headers", finished(redirects::headers())),
        family("redirect-modes", finished(redirects::modes())),
        family("redirect-locations", finished(locations::locations())),
        family("redirect-counts", finished(locations::counts())),
        family("redirect-preflights", finished(redirects::preflights())),
        family("cache-reuse", finished(cache::reuse())),
        family("cache-max-age", finished(cache::max_age())),
        family("cache-failures", finished(cache::failures())),
        family("cache-times", finished(cache::times())),
        family("no-cors", finished(other_checks::no_cors())),
        family("resource-policy", finished(other_checks::resource_policy())),
        family("embedder-policy", finished(other_checks::embedder_policy())),
        family("elements", finished(other_checks::elements())),
        family("timing", finished(other_checks::timing())),
        family("referrer-policies", finished(other_checks::referrer_policies())),
        family("rules", finished(rules::rules())),
        family("web-platform-tests", web_platform_tests::cases()),
        family("redirect-hints", finished(found::hints())),
        family("location-credentials", finished(found::location_credentials())),
        family("repeated-locations", finished(found::repeated_locations())),
        family("empty-lines", finished(found::empty_lines())),
        family("timing-statuses", finished(found::timing_of_statuses())),
        family("content-types", finished(found::content_types())),
        family("user-agents", finished(found::user_agents())),
        family("lost-bodies", finished(found::lost_bodies())),
        family("data-locations", finished(found::data_locations())),
        family("loops", finished(found::loops())),
        family("charsets", finished(found::charsets())),
        family("method-overrides", finished(found::method_overrides())),
        family("random", random::cases(1, 1000)),
        family("canonical-names", initiators::canonical_names()),
        family("initiators", initiators::initiators()),
        family("initiators-redirected", initiators::redirected()),
        family("initiators-referrers", initiators::referrers()),
    ]
}

/// The content of a case, without its description.
fn content(case: &Value) -> String {
    json!([case["page"], case["steps"], case["routes"]]).to_string()
}

/// The case with this id, which becomes a part of its URLs. A page with an opaque origin is a frame in the
/// top-level page.
pub fn with_id(case: &Value, id: &str) -> Value {
    let mut named = json!({"id": id});
    if let (Some(named), Some(members)) = (named.as_object_mut(), case.as_object()) {
        named.extend(members.clone());
    }
    if case["page"] == NULL {
        for step in named["steps"].as_array_mut().into_iter().flatten() {
            step["partition"] = A.into();
        }
    }
    let named = named.to_string().replace("/~/", &format!("/{id}/"));
    // Browsers change backslashes of a location to slashes. JSON escapes each of them.
    serde_json::from_str(&named.replace(r"\\~\\", &format!(r"\\{id}\\"))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{player::id, verdict::verdict};

    #[test]
    fn every_case_is_valid_and_has_its_own_id_and_urls() {
        let mut ids = HashSet::new();
        for case in families().iter().flat_map(|family| &family.cases) {
            assert!(ids.insert(id(case).to_owned()), "{case}");
            if let Err(problem) = verdict(case, "standard") {
                panic!("{problem}: {case}");
            }
            for (url, _) in case["routes"].as_object().into_iter().flatten() {
                assert!(url.contains(&format!("/{}/", id(case))), "{url}: {case}");
            }
        }
        assert!(ids.len() > 2500);
    }
}
