//! The rules: every point at which an engine differs from the standard, grouped by algorithm.
//!
//! A rule is a value. [`Rules::STANDARD`] has the values of the standard. The presets
//! ([`chromium`](super::chromium), [`firefox`](super::firefox), [`webkit`](super::webkit)) have the values of
//! an engine, and the files of the folder `engines` act on them. The documentation of a rule has a sentence
//! for the standard, and one for each engine that differs.

mod cache;
mod fetch_metadata;
mod initiators;
mod local_network;
mod origin;
mod preflight;
mod redirect;
mod referrer;
mod request_headers;
mod response;

pub(crate) use cache::{
    BypassingCacheModes, CacheKeyOrigin, ConditionalRequests, MaxAgeSyntax, PreflightCacheRules,
    SafelistedMethods,
};
pub(crate) use fetch_metadata::FetchMetadataRules;
pub(crate) use initiators::InitiatorRules;
pub(crate) use local_network::LocalNetworkRules;
pub(crate) use origin::{NoCorsOpaqueOrigin, OriginHeaderRules};
pub(crate) use preflight::{PreflightHeaders, PreflightRules};
pub(crate) use redirect::{
    EmptyLocation, LocationCredentials, RedirectHeaders, RedirectRules, RepeatedLocation,
};
pub(crate) use referrer::ReferrerRules;
pub(crate) use request_headers::{RequestHeaderRules, StreamBodies};
pub(crate) use response::{EmptyLines, OpaqueResponses, ResponseRules};

/// Defines a group of rules: the struct, the standard's values, and access by name, with which tests switch
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
            /// The standard's values.
            pub(crate) const STANDARD: Self = Self { $($rule: $standard,)+ };
            /// The names of the rules.
            pub(crate) const NAMES: &[&str] = &[$(stringify!($rule),)+];

            /// The value of the rule with this name, as `Debug` writes it.
            pub(crate) fn value(&self, name: &str) -> Option<String> {
                match name {
                    $(stringify!($rule) => Some(format!("{:?}", self.$rule)),)+
                    _ => None,
                }
            }

            /// Copies the rule with this name from another profile; does nothing if there is no such rule.
            pub(crate) fn copy_rule(&mut self, name: &str, other: &Self) {
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
    pub(crate) initiators: InitiatorRules,
    pub(crate) request_headers: RequestHeaderRules,
    pub(crate) preflight: PreflightRules,
    pub(crate) cache: PreflightCacheRules,
    pub(crate) redirect: RedirectRules,
    pub(crate) referrer: ReferrerRules,
    pub(crate) origin: OriginHeaderRules,
    pub(crate) fetch_metadata: FetchMetadataRules,
    pub(crate) response: ResponseRules,
    pub(crate) local_network: LocalNetworkRules,
    /// Whether the CORS protocol is enforced. No engine differs here by itself, so the rule is in no group: only
    /// an embedder changes it.
    ///
    /// Standard: it is (main fetch, steps 12 and 14; HTTP fetch, step 4.4).
    /// Chromium with `--disable-web-security`: it is not. No preflight is made, no CORS check is run, and each
    /// response is a basic filtered response.
    pub(crate) cors_is_enforced: bool,
}

impl Rules {
    /// The standard's values.
    pub(crate) const STANDARD: Self = Self {
        initiators: InitiatorRules::STANDARD,
        request_headers: RequestHeaderRules::STANDARD,
        preflight: PreflightRules::STANDARD,
        cache: PreflightCacheRules::STANDARD,
        redirect: RedirectRules::STANDARD,
        referrer: ReferrerRules::STANDARD,
        origin: OriginHeaderRules::STANDARD,
        fetch_metadata: FetchMetadataRules::STANDARD,
        response: ResponseRules::STANDARD,
        local_network: LocalNetworkRules::STANDARD,
        cors_is_enforced: true,
    };

    /// The name of every rule with its group, such as `cache.max_age_limit`.
    pub(crate) fn names() -> impl Iterator<Item = String> {
        let groups = [
            ("initiators", InitiatorRules::NAMES),
            ("request_headers", RequestHeaderRules::NAMES),
            ("preflight", PreflightRules::NAMES),
            ("cache", PreflightCacheRules::NAMES),
            ("redirect", RedirectRules::NAMES),
            ("referrer", ReferrerRules::NAMES),
            ("origin", OriginHeaderRules::NAMES),
            ("fetch_metadata", FetchMetadataRules::NAMES),
            ("response", ResponseRules::NAMES),
            ("local_network", LocalNetworkRules::NAMES),
        ];
        groups.into_iter().flat_map(|(group, names)| names.iter().map(move |name| format!("{group}.{name}")))
    }

    /// The value of the rule with this name, as `Debug` writes it.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let (group, name) = name.split_once('.')?;
        match group {
            "initiators" => self.initiators.value(name),
            "request_headers" => self.request_headers.value(name),
            "preflight" => self.preflight.value(name),
            "cache" => self.cache.value(name),
            "redirect" => self.redirect.value(name),
            "referrer" => self.referrer.value(name),
            "origin" => self.origin.value(name),
            "fetch_metadata" => self.fetch_metadata.value(name),
            "response" => self.response.value(name),
            "local_network" => self.local_network.value(name),
            _ => None,
        }
    }

    /// Copies the rule with this name from another profile; does nothing if there is no such rule.
    pub(crate) fn copy_rule(&mut self, name: &str, other: &Self) {
        match name.split_once('.') {
            Some(("initiators", name)) => self.initiators.copy_rule(name, &other.initiators),
            Some(("request_headers", name)) => self.request_headers.copy_rule(name, &other.request_headers),
            Some(("preflight", name)) => self.preflight.copy_rule(name, &other.preflight),
            Some(("cache", name)) => self.cache.copy_rule(name, &other.cache),
            Some(("redirect", name)) => self.redirect.copy_rule(name, &other.redirect),
            Some(("referrer", name)) => self.referrer.copy_rule(name, &other.referrer),
            Some(("origin", name)) => self.origin.copy_rule(name, &other.origin),
            Some(("fetch_metadata", name)) => self.fetch_metadata.copy_rule(name, &other.fetch_metadata),
            Some(("response", name)) => self.response.copy_rule(name, &other.response),
            Some(("local_network", name)) => self.local_network.copy_rule(name, &other.local_network),
            _ => {}
        }
    }
}
