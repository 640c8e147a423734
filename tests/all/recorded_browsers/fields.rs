//! The rules of a profile, by name.

use crossorigin::browser::Profile;

use crate::{distribution::reaches, strategies};

/// A rule, identified by its name, such as `cache.wildcard`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Field(pub(crate) String);

impl Field {
    pub(crate) fn all() -> Vec<Self> {
        Profile::rule_names().map(Self).collect()
    }

    /// The value of the rule, as `Debug` writes it.
    pub(crate) fn value(&self, profile: &Profile) -> String {
        profile.rule(&self.0).unwrap_or_else(|| panic!("there is no rule {}", self.0))
    }

    /// Returns whether a profile differs from the standard in this rule.
    pub(crate) fn deviates(&self, profile: &Profile) -> bool {
        self.value(profile) != self.value(&Profile::standard())
    }

    /// The profile with the standard's value of this rule.
    pub(crate) fn with_standard_rule(&self, profile: &Profile) -> Profile {
        profile.clone().with_rule_of(&self.0, &Profile::standard())
    }
}

/// Random profiles differ from the standard in every rule now and then.
#[test]
fn strategies_draw_every_rule() {
    let fields = Field::all();
    let names: Vec<_> = fields.iter().map(|field| field.0.as_str()).collect();
    reaches(strategies::profile(), 4_000, &names, |profile, counts| {
        for field in fields.iter().filter(|field| profile.name() == "custom" && field.deviates(profile)) {
            counts.add(&field.0);
        }
    });
}
