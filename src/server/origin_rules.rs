//! Whether a policy allows an origin.

use http::HeaderValue;

use super::{
    headers::Lines,
    refusal::PolicyRefusal,
    rules::{ANY_ORIGIN, Rules},
};
use crate::origin::{OriginError, SerializedOrigin};

/// What the caller decided about the origin of a request, instead of the policy.
///
/// Pass it to [`Policy::decide_with`](super::Policy::decide_with). With the feature `tower`, a layer outside
/// of the [`CorsLayer`](crate::tower::CorsLayer::new) can put it into the extensions of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OriginDecision {
    /// The origin may read the response.
    Allowed,
    /// The origin may not read the response.
    NotAllowed,
}

/// The value of `Access-Control-Allow-Origin` for a request, if the policy or the caller allows its origin.
pub(crate) fn allow_origin<'a>(
    rules: &Rules,
    origin: Lines<'a>,
    decided: Option<OriginDecision>,
) -> Result<&'a HeaderValue, PolicyRefusal> {
    if decided.is_some() && !rules.settings.caller_decides_origins {
        return Err(PolicyRefusal::UnexpectedOriginDecision);
    }
    if rules.shares_with_all() && decided.is_none() {
        return Ok(&ANY_ORIGIN);
    }
    let value = match origin {
        Lines::One(value) => value,
        Lines::Several => return Err(PolicyRefusal::SeveralOrigins),
        Lines::Absent => return Err(PolicyRefusal::OriginNotAllowed),
    };
    // A listed origin was parsed when the policy was built. The same bytes need not be parsed again.
    if decided.is_some() || !rules.origins.contains_exact(value.as_bytes()) {
        check(rules, value.as_bytes(), decided)?;
    }
    // The request's value, not the equal one of the policy: its reference count is not shared with other
    // threads.
    Ok(value)
}

/// See [`Policy::allows_origin`](super::Policy::allows_origin).
pub(crate) fn allows(rules: &Rules, origin: &[u8]) -> bool {
    rules.origins.contains_exact(origin) || check(rules, origin, None).is_ok()
}

/// Checks an origin that is not listed one by one.
fn check(rules: &Rules, origin: &[u8], decided: Option<OriginDecision>) -> Result<(), PolicyRefusal> {
    let settings = &rules.settings;
    let refusal = match decided {
        None if settings.caller_decides_origins => PolicyRefusal::OriginNotDecided,
        _ => PolicyRefusal::OriginNotAllowed,
    };
    // If the policy has only such a list, most origins that are not in it can be refused without parsing
    // them.
    let has_other_rules =
        rules.any_origin || rules.origins.has_wildcards() || !settings.predicates.is_empty();
    if decided.is_none() && !has_other_rules && SerializedOrigin::is_plain(origin) {
        return Err(refusal);
    }
    let (allowed, refusal) = match SerializedOrigin::parse(origin) {
        Ok(origin) => {
            let listed = || {
                rules.any_origin
                    || rules.origins.matches_wildcard(&origin)
                    || settings.predicates.position(&origin).is_some()
            };
            (decided.map_or_else(listed, |decision| decision == OriginDecision::Allowed), refusal)
        }
        // Only the policy can allow `null`. The caller can still refuse it.
        Err(OriginError::Null) => {
            let allowed = settings.dangerous.null_origin || rules.shares_with_all();
            (allowed && decided != Some(OriginDecision::NotAllowed), PolicyRefusal::NullOrigin)
        }
        Err(error) => (false, PolicyRefusal::InvalidOrigin(error)),
    };
    if allowed { Ok(()) } else { Err(refusal) }
}
