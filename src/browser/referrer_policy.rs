//! The `Referrer-Policy` of a redirect, which decides about `Origin` on the hops that follow.

use crate::browser::ReferrerPolicy;
use crate::bytes::trim_tab_or_space;
use crate::header_list::HeaderList;
use http::header::REFERRER_POLICY;

/// [Parse a referrer policy from a `Referrer-Policy` header](https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header):
/// the last value that is a policy counts, so that newer ones can stand before older ones.
pub(crate) fn referrer_policy_of(headers: &HeaderList) -> Option<ReferrerPolicy> {
    let lines = headers.lines(&REFERRER_POLICY);
    lines
        .flat_map(|line| line.split(|&byte| byte == b','))
        .map(trim_tab_or_space)
        .filter_map(ReferrerPolicy::from_name)
        .last()
}
