//! Whether a policy lets an origin in.

use http::HeaderValue;

use super::{
    headers::Lines,
    refusal::PolicyRefusal,
    rules::{ANY_ORIGIN, Rules},
};
use crate::origin::{OriginError, SerializedOrigin};

/// An answer about an origin that was found outside of the policy, see [`Policy::decide_with`](super::Policy::decide_with).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OriginDecision {
    /// Share with the origin.
    Allowed,
    /// Do not.
    NotAllowed,
}

/// The value of `Access-Control-Allow-Origin` for a request, if the policy lets its origin in.
pub(crate) fn allow_origin<'a>(
    rules: &Rules,
    origin: Lines<'a>,
    decided: Option<OriginDecision>,
) -> Result<&'a HeaderValue, PolicyRefusal> {
    if rules.shares_with_all() && decided.is_none() {
        return Ok(&ANY_ORIGIN);
    }
    let value = match origin {
        Lines::One(value) => value,
        Lines::Several => return Err(PolicyRefusal::SeveralOrigins),
        Lines::Absent => return Err(PolicyRefusal::OriginNotAllowed),
    };
    // What is listed was parsed when the policy was built, and the same bytes need no parsing again.
    if decided.is_some() || !rules.origins.lists(value.as_bytes()) {
        check(rules, value.as_bytes(), decided)?;
    }
    // The value of the request and not an equal one of the policy: it is at hand, and no other thread counts its clones.
    Ok(value)
}

/// See [`Policy::allows_origin`](super::Policy::allows_origin).
pub(crate) fn allows(rules: &Rules, origin: &[u8]) -> bool {
    rules.origins.lists(origin) || check(rules, origin, None).is_ok()
}

/// The rules for everything but origins listed one by one.
fn check(rules: &Rules, origin: &[u8], decided: Option<OriginDecision>) -> Result<(), PolicyRefusal> {
    let settings = &rules.settings;
    // Where nothing but a list lets origins in, the usual ones that are not listed need no parsing.
    let has_rules = rules.any_origin || rules.origins.has_wildcards() || !settings.predicates.is_empty();
    if decided.is_none() && !has_rules && SerializedOrigin::is_plain(origin) {
        return Err(PolicyRefusal::OriginNotAllowed);
    }
    let (allowed, refusal) = match SerializedOrigin::parse(origin) {
        Ok(origin) => {
            let listed = || {
                rules.any_origin
                    || rules.origins.matches_wildcard(&origin)
                    || settings.predicates.position(&origin).is_some()
            };
            (
                decided.map_or_else(listed, |decision| decision == OriginDecision::Allowed),
                PolicyRefusal::OriginNotAllowed,
            )
        }
        // The policy has to allow `null`; another's answer can only take that back.
        Err(OriginError::Null) => {
            let allowed = settings.dangerous.null_origin || rules.shares_with_all();
            (allowed && decided != Some(OriginDecision::NotAllowed), PolicyRefusal::NullOrigin)
        }
        Err(error) => (false, PolicyRefusal::InvalidOrigin(error)),
    };
    if allowed { Ok(()) } else { Err(refusal) }
}
