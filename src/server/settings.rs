//! All settings of a policy, and their types: lists, predicates, and the fields of a configuration.

use std::{collections::BTreeSet, fmt, sync::Arc};

use http::StatusCode;

use crate::origin::SerializedOrigin;

/// The element that means everything, in every list.
pub(crate) const ANY: &str = "*";

/// The origin that means none. In a configuration, it stands for an empty list of names too.
pub(crate) const OFF: &str = "off";

/// All settings of a policy, as they are printed, compared and serialized.
///
/// A new setting needs a field here, its names in [`fields`](Self::fields), and a method of the builder.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Settings {
    pub(crate) origins: List,
    pub(crate) predicates: Predicates,
    pub(crate) caller_decides_origins: bool,
    pub(crate) credentials: bool,
    pub(crate) methods: List,
    pub(crate) headers: List,
    pub(crate) expose: List,
    /// In seconds.
    pub(crate) max_age: Option<u64>,
    pub(crate) preflight_status: Option<u16>,
    pub(crate) refusal_status: Option<u16>,
    pub(crate) private_network: bool,
    pub(crate) development: bool,
    pub(crate) dangerous: DangerousSettings,
}

/// The settings that only methods whose names begin with "dangerously" switch on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct DangerousSettings {
    pub(crate) null_origin: bool,
    pub(crate) insecure_origins: bool,
    pub(crate) public_suffixes: bool,
    pub(crate) any_origin_with_credentials: bool,
}

impl Settings {
    /// The default status of an accepted preflight.
    pub(crate) const PREFLIGHT_STATUS: StatusCode = StatusCode::NO_CONTENT;

    /// The default status of a refused preflight.
    pub(crate) const REFUSAL_STATUS: StatusCode = StatusCode::FORBIDDEN;

    /// Whether the origins are [`OFF`] and nothing else.
    pub(crate) fn allows_no_origin(&self) -> bool {
        !self.origins.is_empty() && self.origins.iter().all(|text| text == OFF)
    }

    /// The settings as fields of a configuration, each with the name of the builder's method.
    #[cfg(feature = "serde")]
    pub(crate) fn fields(&mut self) -> Vec<Field<'_>> {
        let dangerous = &mut self.dangerous;
        let dangerous = vec![
            Field::flag("null_origin", "dangerously_allow_null_origin", &mut dangerous.null_origin),
            Field::flag(
                "insecure_origins",
                "dangerously_allow_insecure_origins",
                &mut dangerous.insecure_origins,
            ),
            Field::flag(
                "public_suffixes",
                "dangerously_allow_public_suffixes",
                &mut dangerous.public_suffixes,
            ),
            Field::flag(
                "any_origin_with_credentials",
                "dangerously_reflect_any_origin_with_credentials",
                &mut dangerous.any_origin_with_credentials,
            ),
        ];
        let field = |name, method, setting| Field { name, method, setting };
        let status = |given, default| Setting::Status { given, default };
        vec![
            field("origins", "allow_origins", Setting::Origins(&mut self.origins)),
            Field::flag("credentials", "allow_credentials", &mut self.credentials),
            field("methods", "allow_methods", Setting::Names(&mut self.methods)),
            field("headers", "allow_headers", Setting::Names(&mut self.headers)),
            field("expose", "expose_headers", Setting::Names(&mut self.expose)),
            field("max_age", "max_age", Setting::Seconds(&mut self.max_age)),
            field(
                "preflight_status",
                "preflight_status",
                status(&mut self.preflight_status, Self::PREFLIGHT_STATUS),
            ),
            field("refusal_status", "refusal_status", status(&mut self.refusal_status, Self::REFUSAL_STATUS)),
            Field::flag("private_network", "allow_private_network", &mut self.private_network),
            Field::flag("development", "development", &mut self.development),
            field("dangerous", "dangerous", Setting::Table(dangerous)),
        ]
    }
}

/// A list of strings, in the order in which they were given. [`ANY`] can be one of them.
#[derive(Clone, Default)]
pub(crate) struct List(Vec<String>);

impl List {
    pub(crate) fn push(&mut self, text: &str) {
        self.0.push(text.to_owned());
    }

    pub(crate) fn extend(&mut self, texts: impl IntoIterator<Item = impl AsRef<str>>) {
        self.0.extend(texts.into_iter().map(|text| text.as_ref().to_owned()));
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, String> {
        self.0.iter()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The index of the first [`ANY`].
    pub(crate) fn position_of_any(&self) -> Option<usize> {
        self.iter().position(|text| text == ANY)
    }
}

impl FromIterator<String> for List {
    fn from_iter<I: IntoIterator<Item = String>>(texts: I) -> Self {
        Self(texts.into_iter().collect())
    }
}

/// Lists are compared as sets: neither order nor repeats matter.
impl PartialEq for List {
    fn eq(&self, other: &Self) -> bool {
        self.iter().collect::<BTreeSet<_>>() == other.iter().collect::<BTreeSet<_>>()
    }
}

impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A predicate on origins, from the user of the crate.
pub(crate) type OriginPredicate = dyn Fn(&SerializedOrigin<'_>) -> bool + Send + Sync;

/// The predicates of a policy.
#[derive(Clone, Default)]
pub(crate) struct Predicates(Vec<Arc<OriginPredicate>>);

impl Predicates {
    pub(crate) fn push(&mut self, predicate: Arc<OriginPredicate>) {
        self.0.push(predicate);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The index of the first predicate that allows the origin.
    pub(crate) fn position(&self, origin: &SerializedOrigin<'_>) -> Option<usize> {
        self.0.iter().position(|predicate| predicate(origin))
    }
}

/// Predicates are equal if they are the same value.
impl PartialEq for Predicates {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len()
            && self.0.iter().zip(&other.0).all(|(one, other)| Arc::ptr_eq(one, other))
    }
}

/// Prints the number of predicates.
impl fmt::Debug for Predicates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.len().fmt(f)
    }
}

/// A field of a configuration.
#[cfg(feature = "serde")]
pub(crate) struct Field<'a> {
    pub(crate) name: &'static str,
    /// The name of the builder's method, which the field has too.
    pub(crate) method: &'static str,
    pub(crate) setting: Setting<'a>,
}

/// The setting of a field, by its type.
#[cfg(feature = "serde")]
pub(crate) enum Setting<'a> {
    /// A list in which [`OFF`] can be the only element.
    Origins(&'a mut List),
    Names(&'a mut List),
    Flag(&'a mut bool),
    Seconds(&'a mut Option<u64>),
    Status {
        given: &'a mut Option<u16>,
        default: StatusCode,
    },
    Table(Vec<Field<'a>>),
}

#[cfg(feature = "serde")]
impl<'a> Field<'a> {
    fn flag(name: &'static str, method: &'static str, flag: &'a mut bool) -> Self {
        Self { name, method, setting: Setting::Flag(flag) }
    }
}

/// A validated list without repeats.
#[derive(Debug, Clone)]
pub(crate) struct CheckedList<T> {
    /// Whether [`ANY`] is in the list.
    pub(crate) any: bool,
    pub(crate) items: Vec<T>,
}

impl<T: ToString> CheckedList<T> {
    /// The list as in a configuration.
    pub(crate) fn to_list(&self) -> List {
        let any = self.any.then(|| ANY.to_owned());
        any.into_iter().chain(self.items.iter().map(ToString::to_string)).collect()
    }
}
