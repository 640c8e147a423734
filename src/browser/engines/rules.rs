//! The rules: every point at which an engine does not do what the standard says, by the algorithm that it belongs to.
//!
//! A rule is a value. What the standard says is its value in [`Rules::STANDARD`]; the presets
//! ([`chromium`](super::chromium), [`firefox`](super::firefox), [`webkit`](super::webkit)) say what an engine does instead,
//! and the other files of this folder act on it.

mod cache;
mod origin;
mod preflight;
mod redirect;
mod request_headers;
mod response;

pub(crate) use cache::{
    CacheKeyOrigin, ConditionalRequests, MaxAgeSyntax, PreflightCacheRules, SafelistedMethods,
};
pub(crate) use origin::{NoCorsOpaqueOrigin, OriginHeaderRules};
pub(crate) use preflight::{PreflightHeaders, PreflightRules};
pub(crate) use redirect::{
    EmptyLocation, LocationCredentials, RedirectHeaders, RedirectRules, RepeatedLocation,
};
pub(crate) use request_headers::RequestHeaderRules;
pub(crate) use response::ResponseRules;

/// Writes a group of rules down once: the struct, the standard's values, and access by name, which the tests use to switch
/// off one difference of an engine.
macro_rules! group {
    (
        $(#[$about:meta])*
        $Group:ident {
            $($(#[$doc:meta])* $rule:ident: $Type:ty = $standard:expr,)+
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) struct $Group {
            $($(#[$doc])* pub(crate) $rule: $Type,)+
        }

        impl $Group {
            /// What the standard says.
            pub(crate) const STANDARD: Self = Self { $($rule: $standard,)+ };
            /// The names of the rules.
            pub(crate) const NAMES: &[&str] = &[$(stringify!($rule),)+];

            /// The value of the rule of that name, as `Debug` writes it.
            pub(crate) fn value(&self, name: &str) -> Option<String> {
                match name {
                    $(stringify!($rule) => Some(format!("{:?}", self.$rule)),)+
                    _ => None,
                }
            }

            /// Takes over the rule of that name; does nothing if there is none.
            pub(crate) fn take(&mut self, name: &str, other: &Self) {
                match name {
                    $(stringify!($rule) => self.$rule = other.$rule,)+
                    _ => {}
                }
            }
        }
    };
}
use group;

/// All rules of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rules {
    pub(crate) request_headers: RequestHeaderRules,
    pub(crate) preflight: PreflightRules,
    pub(crate) cache: PreflightCacheRules,
    pub(crate) redirect: RedirectRules,
    pub(crate) origin: OriginHeaderRules,
    pub(crate) response: ResponseRules,
}

impl Rules {
    /// What the standard says.
    pub(crate) const STANDARD: Self = Self {
        request_headers: RequestHeaderRules::STANDARD,
        preflight: PreflightRules::STANDARD,
        cache: PreflightCacheRules::STANDARD,
        redirect: RedirectRules::STANDARD,
        origin: OriginHeaderRules::STANDARD,
        response: ResponseRules::STANDARD,
    };

    /// Every rule, by group and name, such as `cache.max_age_limit`.
    pub(crate) fn names() -> impl Iterator<Item = String> {
        let groups = [
            ("request_headers", RequestHeaderRules::NAMES),
            ("preflight", PreflightRules::NAMES),
            ("cache", PreflightCacheRules::NAMES),
            ("redirect", RedirectRules::NAMES),
            ("origin", OriginHeaderRules::NAMES),
            ("response", ResponseRules::NAMES),
        ];
        groups.into_iter().flat_map(|(group, names)| names.iter().map(move |name| format!("{group}.{name}")))
    }

    /// The value of the rule of that name, as `Debug` writes it.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let (group, name) = name.split_once('.')?;
        match group {
            "request_headers" => self.request_headers.value(name),
            "preflight" => self.preflight.value(name),
            "cache" => self.cache.value(name),
            "redirect" => self.redirect.value(name),
            "origin" => self.origin.value(name),
            "response" => self.response.value(name),
            _ => None,
        }
    }

    /// Takes over the rule of that name; does nothing if there is none.
    pub(crate) fn take(&mut self, name: &str, other: &Self) {
        match name.split_once('.') {
            Some(("request_headers", name)) => self.request_headers.take(name, &other.request_headers),
            Some(("preflight", name)) => self.preflight.take(name, &other.preflight),
            Some(("cache", name)) => self.cache.take(name, &other.cache),
            Some(("redirect", name)) => self.redirect.take(name, &other.redirect),
            Some(("origin", name)) => self.origin.take(name, &other.origin),
            Some(("response", name)) => self.response.take(name, &other.response),
            _ => {}
        }
    }
}
