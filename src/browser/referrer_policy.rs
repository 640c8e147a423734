//! Referrer policies, which decide about the `Origin` header of requests outside CORS.

use http::header::REFERRER_POLICY;

use crate::{browser::keywords::keywords, bytes::trim_tab_or_space, header_list::HeaderList};

/// A [referrer policy](https://w3c.github.io/webappsec-referrer-policy/#referrer-policies), which decides
/// about the `Origin` header of requests outside CORS.
///
/// [`as_str`](Self::as_str) spells the names. `FromStr` compares them case-insensitively in ASCII, as the
/// header and the attribute `referrerpolicy` have them; a script's `referrerPolicy` has them as `as_str` does.
/// The empty string, which stands for the policy of the page, is not among them.
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

keywords! {
    /// The policy's name in headers and scripts, such as `no-referrer`.
    ReferrerPolicy, "a referrer policy", compared by str::eq_ignore_ascii_case:
    NoReferrer = "no-referrer",
    NoReferrerWhenDowngrade = "no-referrer-when-downgrade",
    SameOrigin = "same-origin",
    Origin = "origin",
    StrictOrigin = "strict-origin",
    OriginWhenCrossOrigin = "origin-when-cross-origin",
    StrictOriginWhenCrossOrigin = "strict-origin-when-cross-origin",
    UnsafeUrl = "unsafe-url",
}

impl ReferrerPolicy {
    /// [Parses a referrer policy from a `Referrer-Policy` header](https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header):
    /// returns the last known policy; `None` without one.
    ///
    /// A server can list newer policies after older ones, which older browsers know. A token that the
    /// header's grammar does not allow, such as `no_referrer`, makes all lines of the header invalid.
    ///
    /// ```
    /// use crossorigin::{browser::ReferrerPolicy, header_list::HeaderList, http::header::REFERRER_POLICY};
    /// let mut headers = HeaderList::new();
    /// headers.append(REFERRER_POLICY, "no-referrer, a-newer-policy")?;
    /// assert_eq!(ReferrerPolicy::from_headers(&headers), Some(ReferrerPolicy::NoReferrer));
    /// # Ok::<(), crossorigin::header_list::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn from_headers(headers: &HeaderList) -> Option<Self> {
        Self::from_headers_with(headers, false)
    }

    /// The algorithm of [`from_headers`](Self::from_headers), in which `skips_invalid` makes an element that the grammar does
    /// not allow an unknown token.
    ///
    /// ```abnf
    /// "Referrer-Policy:" 1#(policy-token / extension-token)
    /// extension-token = 1*( ALPHA / "-" )
    /// ```
    pub(crate) fn from_headers_with(headers: &HeaderList, skips_invalid: bool) -> Option<Self> {
        // Step 1: extract header list values. Elements that do not match the grammar make it fail.
        let lines = headers.lines(&REFERRER_POLICY);
        let elements = lines.flat_map(|line| line.split(|&byte| byte == b',')).map(trim_tab_or_space);
        // Step 2: the empty string.
        let mut policy = None;
        // Step 3: the last token that is a referrer policy.
        for element in elements {
            if !skips_invalid && !element.iter().all(|&byte| byte.is_ascii_alphabetic() || byte == b'-') {
                return None;
            }
            policy = str::from_utf8(element).ok().and_then(Self::named).or(policy);
        }
        // Step 4: return policy.
        policy
    }
}
