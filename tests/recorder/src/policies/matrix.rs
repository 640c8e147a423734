//! The matrix: policies, pages and requests, by what is varied.

mod answers;
mod credentials;
mod origins;
mod redirects;
mod requests;

use super::draft::{PolicyDraft, Server};
use crate::cases::{Family, draft::Fetch};

pub fn matrix() -> Vec<Family> {
    vec![
        family("origins", origins::drafts()),
        family("methods", requests::methods()),
        family("headers", requests::headers()),
        family("exposure", answers::exposure()),
        family("statuses", answers::statuses()),
        family("max-age", answers::max_age()),
        family("credentials", credentials::drafts()),
        family("redirects", redirects::drafts()),
    ]
}

fn family(name: &str, drafts: impl IntoIterator<Item = PolicyDraft>) -> Family {
    let drafts = drafts.into_iter().enumerate();
    let cases = drafts.map(|(number, draft)| draft.finish(&format!("{name}-{number:03}"))).collect();
    Family { name: name.to_owned(), cases }
}

/// One fetch of one server.
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
    fn every_case_is_one_and_has_an_id_and_a_meaning_of_its_own() {
        let (mut ids, mut meanings) = (HashSet::new(), HashSet::new());
        for case in matrix().iter().flat_map(|family| &family.cases) {
            assert!(ids.insert(id(case).to_owned()), "{case}");
            match Case::read(case) {
                Ok(read) => assert!(intent(&read).is_array()),
                Err(fault) => panic!("{fault}: {case}"),
            }
            let mut meaning = case.clone();
            meaning["about"] = "".into();
            let meaning = meaning.to_string().replace(id(case), "");
            assert!(meanings.insert(meaning), "twice: {case}");
        }
    }
}
