//! The settings of a policy as plain data, and what they allow.

use std::time::Duration;

use crossorigin::{
    http::StatusCode,
    server::{Policy, PolicyBuilder},
};
use serde::{Serialize, Serializer, ser::Error as _};

use super::patterns;

/// The settings of a policy as plain data. A test computes from them what the policy allows, without using
/// the policy.
///
/// They are serialized as the configuration of the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PolicySettings {
    /// [Patterns](crossorigin::server::OriginPattern); `*` is any origin, and `off` alone allows no origin.
    pub(crate) origins: Vec<String>,
    /// Whether `null` is allowed.
    pub(crate) null_origin: bool,
    /// Whether credentials are allowed.
    pub(crate) credentials: bool,
    /// Methods; `*` is any.
    pub(crate) methods: Vec<String>,
    /// Request-headers; `*` is any.
    pub(crate) headers: Vec<String>,
    /// Response headers; `*` is any.
    pub(crate) expose: Vec<String>,
    /// How many seconds a browser may cache the response to a preflight.
    pub(crate) max_age: Option<u64>,
    /// The status of accepted preflights.
    pub(crate) preflight_status: u16,
    /// The status of refused preflights.
    pub(crate) refusal_status: u16,
    /// Whether private network access is allowed.
    pub(crate) private_network: bool,
    /// Whether the development switch is on.
    pub(crate) development: bool,
}

impl PolicySettings {
    /// The builder of the policy, with every dangerous switch that it needs.
    ///
    /// It builds, unless [`origins`](Self::origins) is empty without [`null_origin`](Self::null_origin),
    /// [`expose`](Self::expose) has a `*` together with [`credentials`](Self::credentials), or an element of
    /// a list is invalid.
    pub(crate) fn to_builder(&self) -> PolicyBuilder {
        let mut builder = Policy::builder()
            .allow_origins(&self.origins)
            .allow_methods(&self.methods)
            .allow_headers(&self.headers)
            .expose_headers(&self.expose)
            .preflight_status(StatusCode::from_u16(self.preflight_status).unwrap_or(StatusCode::NO_CONTENT))
            .refusal_status(StatusCode::from_u16(self.refusal_status).unwrap_or(StatusCode::FORBIDDEN));
        if self.null_origin {
            builder = builder.dangerously_allow_null_origin();
        }
        if self.credentials {
            builder = builder
                .allow_credentials()
                .dangerously_allow_insecure_origins()
                .dangerously_allow_public_suffixes()
                .dangerously_reflect_any_origin_with_credentials();
        }
        if let Some(seconds) = self.max_age {
            builder = builder.max_age(Duration::from_secs(seconds));
        }
        if self.private_network {
            builder = builder.allow_private_network();
        }
        if self.development {
            builder = builder.development();
        }
        builder
    }
}

/// Serializes as the configuration of the policy, which must be valid.
impl Serialize for PolicySettings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let policy = self.to_builder().build().map_err(S::Error::custom)?;
        policy.to_config().map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// Returns whether a page of this origin, or of `null`, is allowed.
pub(crate) fn allows_origin(settings: &PolicySettings, origin: &str) -> bool {
    let any = settings.origins.iter().any(|pattern| pattern == "*");
    if origin == "null" {
        // Any origin without credentials is `*`, which covers `null` too. With credentials the origin is
        // echoed, except `null`.
        return settings.null_origin || (any && !settings.credentials);
    }
    let matches =
        |pattern: &String| !["*", "off"].contains(&&**pattern) && patterns::matches(pattern, origin);
    (any && patterns::origin(origin).is_some()) || settings.origins.iter().any(matches)
}

pub(crate) fn allows_method(settings: &PolicySettings, method: &str) -> bool {
    let lists = |text: &str| settings.methods.iter().any(|it| normalized(it) == text);
    is_safelisted(method) || lists(method) || (lists("*") && !is_forbidden(method))
}

pub(crate) fn allows_header(settings: &PolicySettings, name: &str) -> bool {
    lists(&settings.headers, name) || settings.headers.iter().any(|it| it == "*")
}

/// Six methods are normalized to upper case. The others keep their case.
pub(crate) fn normalized(method: &str) -> String {
    let upper = method.to_ascii_uppercase();
    let known = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"].contains(&&*upper);
    if known { upper } else { method.to_owned() }
}

fn is_forbidden(method: &str) -> bool {
    ["CONNECT", "TRACE", "TRACK"].iter().any(|it| it.eq_ignore_ascii_case(method))
}

pub(super) fn lists(names: &[String], name: &str) -> bool {
    names.iter().any(|it| it.eq_ignore_ascii_case(name))
}

pub(super) fn is_safelisted(method: &str) -> bool {
    ["GET", "HEAD", "POST"].contains(&method)
}
