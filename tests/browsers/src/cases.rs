//! The cases of the corpus, made by tables: one family for each rule.

mod cache;
mod draft;
mod elsewhere;
mod preflights;
pub mod random;
mod redirects;
mod requests;
mod response_headers;

use draft::Draft;
use serde_json::Value;

/// Cases of one kind.
#[derive(Debug, Clone)]
pub struct Family {
    pub name: String,
    pub cases: Vec<Value>,
}

impl Family {
    fn new(name: &str, drafts: impl IntoIterator<Item = Draft>) -> Self {
        let drafts = drafts.into_iter().enumerate();
        let cases = drafts.map(|(number, draft)| draft.finish(&format!("{name}-{number:03}"))).collect();
        Self { name: name.to_owned(), cases }
    }
}

/// All families.
pub fn families() -> Vec<Family> {
    vec![
        Family::new("acao", response_headers::allow_origin()),
        Family::new("acac", response_headers::allow_credentials()),
        Family::new("acam", response_headers::allow_methods()),
        Family::new("acah", response_headers::allow_headers()),
        Family::new("aceh", response_headers::expose_headers()),
        Family::new("safelist", requests::safelist()),
        Family::new("combinations", requests::combinations()),
        Family::new("doors", requests::doors()),
        Family::new("modes", requests::modes()),
        Family::new("origins", requests::origins()),
        Family::new("xhr", requests::xhr()),
        Family::new("preflight-status", preflights::preflight_statuses()),
        Family::new("status", preflights::statuses()),
        Family::new("redirect-chains", redirects::chains()),
        Family::new("redirect-methods", redirects::methods()),
        Family::new("redirect-headers", redirects::headers()),
        Family::new("redirect-modes", redirects::modes()),
        Family::new("redirect-locations", redirects::locations()),
        Family::new("redirect-counts", redirects::counts()),
        Family::new("redirect-preflights", redirects::preflights()),
        Family::new("cache-reuse", cache::reuse()),
        Family::new("cache-max-age", cache::max_age()),
        Family::new("cache-failures", cache::failures()),
        Family::new("cache-times", cache::times()),
        Family::new("no-cors", elsewhere::no_cors()),
        Family::new("resource-policy", elsewhere::resource_policy()),
        Family::new("embedder-policy", elsewhere::embedder_policy()),
        Family::new("elements", elsewhere::elements()),
        Family::new("timing", elsewhere::timing()),
        Family::new("referrer-policies", elsewhere::referrer_policies()),
        Family { name: "random".to_owned(), cases: random::cases("random", 1, 600) },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::verdict;
    use crate::player::id;
    use std::collections::HashSet;

    #[test]
    fn every_case_is_one_and_has_an_id_of_its_own() {
        let mut ids = HashSet::new();
        for case in families().iter().flat_map(|family| &family.cases) {
            assert!(ids.insert(id(case).to_owned()), "{case}");
            if let Err(fault) = verdict(case, "standard") {
                panic!("{fault}: {case}");
            }
        }
    }

    #[test]
    fn every_url_is_the_cases_own() {
        for case in families().iter().flat_map(|family| &family.cases) {
            let own = format!("/{}/", id(case));
            for (url, _) in case["routes"].as_object().into_iter().flatten() {
                assert!(url.contains(&own), "{url}: {case}");
            }
        }
    }
}
