//! The settings of a policy, in plain sight, and what they allow.

use std::time::Duration;

use crossorigin::{
    http::StatusCode,
    server::{Policy, PolicyBuilder},
};
use serde::{Serialize, Serializer, ser::Error as _};

use super::patterns;

/// What a policy is made of, in plain sight: a test can read here what it allows, without asking the policy.
///
/// It is serialized as the configuration of the same policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PolicySettings {
    /// [Patterns](crossorigin::server::OriginPattern); `*` is any origin.
    pub(crate) origins: Vec<String>,
    /// Is `null` allowed?
    pub(crate) null_origin: bool,
    /// Are credentials allowed?
    pub(crate) credentials: bool,
    /// Methods; `*` is any.
    pub(crate) methods: Vec<String>,
    /// Request-headers; `*` is any.
    pub(crate) headers: Vec<String>,
    /// Response headers; `*` is any.
    pub(crate) expose: Vec<String>,
    /// How long the answer to a preflight may be kept, in seconds.
    pub(crate) max_age: Option<u64>,
    /// The status of accepted preflights.
    pub(crate) preflight_status: u16,
    /// The status of refused preflights.
    pub(crate) refusal_status: u16,
    /// Is private network access answered?
    pub(crate) private_network: bool,
    /// Is the development switch on?
    pub(crate) development: bool,
}

impl PolicySettings {
    /// The builder of the policy, with every dangerous switch that it needs.
    ///
    /// It builds, unless [`origins`](Self::origins) is empty without [`null_origin`](Self::null_origin), or
    /// [`expose`](Self::expose) has a `*` beside [`credentials`](Self::credentials), or an element of a list is none.
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

/// As the configuration of the same policy, which must be valid.
impl Serialize for PolicySettings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let policy = self.to_builder().build().map_err(S::Error::custom)?;
        policy.to_config().map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// Whether a page of this origin, or of `null`, is allowed.
pub(crate) fn allows_origin(settings: &PolicySettings, origin: &str) -> bool {
    let any = settings.origins.iter().any(|pattern| pattern == "*");
    if origin == "null" {
        // Any origin without credentials is `*`, which covers `null` too; with them it is any that can be named.
        return settings.null_origin || (any && !settings.credentials);
    }
    let matches = |pattern: &String| pattern != "*" && patterns::matches(pattern, origin);
    (any && patterns::origin(origin).is_some()) || settings.origins.iter().any(matches)
}

pub(crate) fn allows_method(settings: &PolicySettings, method: &str) -> bool {
    let lists = |text: &str| settings.methods.iter().any(|it| normalized(it) == text);
    is_safelisted(method) || lists(method) || (lists("*") && !is_forbidden(method))
}

pub(crate) fn allows_header(settings: &PolicySettings, name: &str) -> bool {
    let any = settings.headers.iter().any(|it| it == "*");
    // `*` in a response does not cover it. With credentials the name itself is in the response.
    let covered = !name.eq_ignore_ascii_case("authorization") || settings.credentials;
    lists(&settings.headers, name) || (any && covered)
}

/// Pages and policies write six methods in any case, the others as they are.
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
