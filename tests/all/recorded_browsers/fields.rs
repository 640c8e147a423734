//! The rules of a profile, by name.

use crossorigin::browser::Profile;

use crate::{distribution::reaches, strategies};

/// A rule, by its name, such as `cache.wildcard`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Field(pub(crate) String);

impl Field {
    pub(crate) fn all() -> Vec<Self> {
        Profile::rule_names().map(Self).collect()
    }

    /// Its value, as `Debug` writes it.
    pub(crate) fn value(&self, profile: &Profile) -> String {
        profile.rule(&self.0).unwrap_or_else(|| panic!("there is no rule {}", self.0))
    }

    /// Whether a profile differs from the standard here.
    pub(crate) fn deviates(&self, profile: &Profile) -> bool {
        self.value(profile) != self.value(&Profile::standard())
    }

    /// The profile with the standard's rule here.
    pub(crate) fn by_the_text(&self, profile: &Profile) -> Profile {
        profile.clone().with_rule_of(&self.0, &Profile::standard())
    }
}

/// Profiles that are put together at random have every rule otherwise than the standard, now and then.
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
