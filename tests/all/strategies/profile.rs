//! Random profiles.

use crossorigin::browser::Profile;
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, prop_oneof},
    sample::select,
};

/// Often one of the four presets, otherwise a mixture: each rule comes from one of the presets.
pub(crate) fn profile() -> impl Strategy<Value = Profile> {
    let names: Vec<_> = Profile::rule_names().collect();
    let sources = vec(select(Profile::all().to_vec()), names.len());
    let mixed = (Just(names), sources).prop_map(|(names, sources)| {
        let rules = names.iter().zip(&sources);
        rules.fold(Profile::standard(), |mixed, (name, source)| mixed.with_rule_of(name, source))
    });
    prop_oneof![select(Profile::all().to_vec()), mixed]
}
