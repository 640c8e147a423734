//! The matrix of policies, pages and requests, grouped by what varies.

mod credentials;
mod origins;
mod redirects;
mod requests;
mod responses;

use super::draft::{PolicyDraft, Server};
use crate::cases::{Family, draft::Fetch};

pub fn matrix() -> Vec<Family> {
    vec![
        family("origins", origins::drafts()),
        family("methods", requests::methods()),
        family("headers", requests::headers()),
        family("exposure", responses::exposure()),
        family("statuses", responses::statuses()),
        family("max-age", responses::max_age()),
        family("credentials", credentials::drafts()),
        family("redirects", redirects::drafts()),
    ]
}

fn family(name: &str, drafts: impl IntoIterator<Item = PolicyDraft>) -> Family {
    let drafts = drafts.into_iter().enumerate();
    let cases = drafts.map(|(number, draft)| draft.finish(&format!("{name}-{number:03}"))).collect();
    Family { name: name.to_owned(), cases }
}

/// A case with one fetch from one server.
fn one(about: &str, page: &str, fetch: &Fetch, server: &Server) -> PolicyDraft {
    PolicyDraft::new(about, page).fetch(fetch).server(fetch.url(), server)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::{
        player::id,
        policies::{case::Case, intent::intent},
    };

    #[test]
    fn every_case_is_valid_and_has_its_own_id_and_intent() {
        let (mut ids, mut meanings) = (HashSet::new(), HashSet::new());
        for case in matrix().iter().flat_map(|family| &family.cases) {
            assert!(ids.insert(id(case).to_owned()), "{case}");
            match Case::read(case) {
                Ok(read) => assert!(intent(&read).is_array()),
                Err(problem) => panic!("{problem}: {case}"),
            }
            let mut meaning = case.clone();
            meaning["about"] = "".into();
            let meaning = meaning.to_string().replace(id(case), "");
            assert!(meanings.insert(meaning), "twice: {case}");
        }
    }
}
