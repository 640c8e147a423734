//! A checked configuration: what a policy is compared and printed by.

use std::{collections::BTreeSet, fmt, sync::Arc};

use http::{HeaderName, Method, StatusCode};

use super::{builder::OriginPredicate, pattern::OriginPattern};

/// What the user of the crate said, checked, each thing once, in the order it was said in.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) origins: Listed<OriginPattern>,
    pub(crate) predicates: Vec<OriginPredicate>,
    pub(crate) caller_decides_origins: bool,
    pub(crate) credentials: bool,
    pub(crate) methods: Listed<Method>,
    /// Beside `any`, nothing but `authorization` is left, and that only without credentials.
    pub(crate) headers: Listed<HeaderName>,
    pub(crate) expose: Listed<HeaderName>,
    pub(crate) max_age: Option<u64>,
    pub(crate) preflight_status: StatusCode,
    pub(crate) refusal_status: StatusCode,
    pub(crate) private_network: bool,
    pub(crate) development: bool,
    pub(crate) dangers: Dangers,
}

/// A list, or `*`.
#[derive(Debug, Clone)]
pub(crate) struct Listed<T> {
    pub(crate) any: bool,
    pub(crate) items: Vec<T>,
}

/// What only a method whose name begins with "dangerously" can switch on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Dangers {
    pub(crate) null_origin: bool,
    pub(crate) insecure_origins: bool,
    pub(crate) public_suffixes: bool,
    pub(crate) any_origin_with_credentials: bool,
}

impl Settings {
    /// Is the answer the same for every origin, and for none: `*`, without credentials?
    pub(crate) fn shares_with_all(&self) -> bool {
        self.origins.any && !self.credentials
    }
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { any: false, items: Vec::new() }
    }
}

impl<T: AsText> Listed<T> {
    /// As it is written in configuration.
    pub(crate) fn texts(&self) -> impl Iterator<Item = String> {
        self.any.then(|| "*".to_owned()).into_iter().chain(self.items.iter().map(AsText::text))
    }
}

/// Lists are sets: their order does not count.
impl<T: AsText> PartialEq for Listed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.texts().collect::<BTreeSet<_>>() == other.texts().collect::<BTreeSet<_>>()
    }
}

/// What an element of a list looks like in configuration.
pub(crate) trait AsText {
    fn text(&self) -> String;
}

impl AsText for OriginPattern {
    fn text(&self) -> String {
        self.to_string()
    }
}

impl AsText for Method {
    fn text(&self) -> String {
        self.as_str().to_owned()
    }
}

impl AsText for HeaderName {
    fn text(&self) -> String {
        self.as_str().to_owned()
    }
}

/// Predicates are equal when they are the same one.
impl PartialEq for Settings {
    fn eq(&self, other: &Self) -> bool {
        // Named one by one, so that a field which is added cannot be forgotten.
        let Self {
            origins,
            predicates,
            caller_decides_origins,
            credentials,
            methods,
            headers,
            expose,
            max_age,
            preflight_status,
            refusal_status,
            private_network,
            development,
            dangers,
        } = self;
        predicates.len() == other.predicates.len()
            && predicates.iter().zip(&other.predicates).all(|(one, another)| Arc::ptr_eq(one, another))
            && *origins == other.origins
            && *caller_decides_origins == other.caller_decides_origins
            && *credentials == other.credentials
            && *methods == other.methods
            && *headers == other.headers
            && *expose == other.expose
            && *max_age == other.max_age
            && *preflight_status == other.preflight_status
            && *refusal_status == other.refusal_status
            && *private_network == other.private_network
            && *development == other.development
            && *dangers == other.dangers
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy")
            .field("origins", &self.origins.texts().collect::<Vec<_>>())
            .field("predicates", &self.predicates.len())
            .field("caller_decides_origins", &self.caller_decides_origins)
            .field("credentials", &self.credentials)
            .field("methods", &self.methods.texts().collect::<Vec<_>>())
            .field("headers", &self.headers.texts().collect::<Vec<_>>())
            .field("expose", &self.expose.texts().collect::<Vec<_>>())
            .field("max_age", &self.max_age)
            .field("preflight_status", &self.preflight_status)
            .field("refusal_status", &self.refusal_status)
            .field("private_network", &self.private_network)
            .field("development", &self.development)
            .field("dangers", &self.dangers)
            .finish()
    }
}
