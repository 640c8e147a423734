//! The types of a policy's settings: lists, predicates, and the fields of a configuration file.

use std::{collections::BTreeSet, fmt, sync::Arc};

use crate::origin::SerializedOrigin;

/// The element that means everything, in every list.
pub(crate) const ANY: &str = "*";

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

/// One setting, as a field of a configuration file.
#[cfg(feature = "serde")]
pub(crate) enum Field<'a> {
    List(&'a mut List),
    Flag(&'a mut bool),
    Seconds(&'a mut Option<u64>),
    /// A status, and its default.
    Status(&'a mut Option<u16>, http::StatusCode),
    Table(Fields<'a>),
}

/// The fields of a table, by name.
#[cfg(feature = "serde")]
pub(crate) type Fields<'a> = Vec<(&'static str, Field<'a>)>;

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
