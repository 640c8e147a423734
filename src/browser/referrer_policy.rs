//! Referrer policies, which decide about the `Origin` header of requests outside CORS.

use http::header::REFERRER_POLICY;

use crate::{bytes::trim_tab_or_space, header_list::HeaderList};

/// A [referrer policy](https://w3c.github.io/webappsec-referrer-policy/#referrer-policies), which decides
/// about the `Origin` header of requests outside CORS.
///
/// [`as_str`](Self::as_str) spells the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[expect(missing_docs, reason = "the names are the policies' own, and `as_str` spells them")]
pub enum ReferrerPolicy {
    NoReferrer,
    NoReferrerWhenDowngrade,
    SameOrigin,
    Origin,
    StrictOrigin,
    OriginWhenCrossOrigin,
    /// The default referrer policy.
    #[default]
    StrictOriginWhenCrossOrigin,
    UnsafeUrl,
}

impl ReferrerPolicy {
    pub(crate) const ALL: [Self; 8] = [
        Self::NoReferrer,
        Self::NoReferrerWhenDowngrade,
        Self::SameOrigin,
        Self::Origin,
        Self::StrictOrigin,
        Self::OriginWhenCrossOrigin,
        Self::StrictOriginWhenCrossOrigin,
        Self::UnsafeUrl,
    ];

    /// The policy's name in headers and scripts, such as `no-referrer`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoReferrer => "no-referrer",
            Self::NoReferrerWhenDowngrade => "no-referrer-when-downgrade",
            Self::SameOrigin => "same-origin",
            Self::Origin => "origin",
            Self::StrictOrigin => "strict-origin",
            Self::OriginWhenCrossOrigin => "origin-when-cross-origin",
            Self::StrictOriginWhenCrossOrigin => "strict-origin-when-cross-origin",
            Self::UnsafeUrl => "unsafe-url",
        }
    }

    /// The policy with this name, compared case-insensitively in ASCII as in the header; `None` for an
    /// unknown name.
    #[must_use]
    pub fn from_name(name: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| name.eq_ignore_ascii_case(policy.as_str().as_bytes()))
    }
}

/// [Parse a referrer policy from a `Referrer-Policy` header](https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header):
/// returns the last known policy. A server can list newer policies after older ones, which older browsers
/// know.
///
/// ```abnf
/// "Referrer-Policy:" 1#(policy-token / extension-token)
/// extension-token = 1*( ALPHA / "-" )
/// ```
///
/// Unknown tokens must match this grammar. An element that does not makes extracting header list values fail,
/// and all lines of the header are ignored. With `skip_invalid`, only that element is ignored.
pub(crate) fn referrer_policy_of(headers: &HeaderList, skip_invalid: bool) -> Option<ReferrerPolicy> {
    let lines = headers.lines(&REFERRER_POLICY);
    let elements = lines.flat_map(|line| line.split(|&byte| byte == b',')).map(trim_tab_or_space);
    let mut policy = None;
    for element in elements {
        if !skip_invalid && !element.iter().all(|&byte| byte.is_ascii_alphabetic() || byte == b'-') {
            return None;
        }
        policy = ReferrerPolicy::from_name(element).or(policy);
    }
    policy
}
