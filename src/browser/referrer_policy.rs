//! The `Referrer-Policy` of a redirect, which decides about `Origin` on the hops that follow.

use crate::browser::ReferrerPolicy;
use crate::bytes::trim_tab_or_space;
use crate::header_list::HeaderList;
use http::header::REFERRER_POLICY;

/// [Parse a referrer policy from a `Referrer-Policy` header](https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header):
/// the last value that is a policy counts, so that newer ones can stand before older ones.
///
/// ```abnf
/// "Referrer-Policy:" 1#(policy-token / extension-token)
/// extension-token = 1*( ALPHA / "-" )
/// ```
///
/// That much a policy to come can look like. An element of anything else makes the header fail as a whole, on all its
/// lines, as extracting header list values has it.
///
/// Where policies stand alone, such an element is only not one.
pub(crate) fn referrer_policy_of(headers: &HeaderList, stand_alone: bool) -> Option<ReferrerPolicy> {
    let lines = headers.lines(&REFERRER_POLICY);
    let elements = lines.flat_map(|line| line.split(|&byte| byte == b',')).map(trim_tab_or_space);
    let mut policy = None;
    for element in elements {
        if !stand_alone && !element.iter().all(|&byte| byte.is_ascii_alphabetic() || byte == b'-') {
            return None;
        }
        policy = ReferrerPolicy::from_name(element).or(policy);
    }
    policy
}
