//! Which origin a request comes from, and whether the policy lets it in.

use http::{HeaderMap, HeaderValue, header::ORIGIN};

use crate::origin::{OriginError, SerializedOrigin};

use super::{policy::Compiled, ready_answers::ANY_ORIGIN, refusal::PolicyRefusal};

/// What the `Origin` headers of a request say.
///
/// Browsers send the header with every CORS request, and with same-origin requests other than `GET` and `HEAD` too:
/// its presence does not mean that a request is cross-origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestOrigin<'a> {
    /// There is none.
    Absent,
    /// One that is neither an origin nor `null`.
    Invalid(OriginError),
    /// `null`: some opaque origin.
    Null,
    /// One origin.
    Origin(SerializedOrigin<'a>),
    /// More than one header.
    Several,
}

/// An answer about an origin that was found outside of the policy, see [`Policy::decide_with`](super::Policy::decide_with).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OriginAnswer {
    /// Share with the origin.
    Allowed,
    /// Do not.
    NotAllowed,
}

/// Reads the `Origin` headers of a request.
///
/// ```
/// use crossorigin::{http::{HeaderMap, HeaderValue, header::ORIGIN}, server::{RequestOrigin, request_origin}};
///
/// let mut headers = HeaderMap::new();
/// assert_eq!(request_origin(&headers), RequestOrigin::Absent);
/// headers.insert(ORIGIN, HeaderValue::from_static("https://a.test:8443"));
/// assert!(matches!(request_origin(&headers), RequestOrigin::Origin(origin) if origin.port() == Some(8443)));
/// ```
#[must_use]
pub fn request_origin(headers: &HeaderMap) -> RequestOrigin<'_> {
    match OriginHeader::of(headers) {
        OriginHeader::Absent => RequestOrigin::Absent,
        OriginHeader::Several => RequestOrigin::Several,
        OriginHeader::One(value) => match SerializedOrigin::parse(value.as_bytes()) {
            Ok(origin) => RequestOrigin::Origin(origin),
            Err(OriginError::Null) => RequestOrigin::Null,
            Err(error) => RequestOrigin::Invalid(error),
        },
    }
}

/// The `Origin` headers, not parsed yet: most origins are found without.
#[derive(Clone, Copy)]
pub(crate) enum OriginHeader<'a> {
    Absent,
    One(&'a HeaderValue),
    Several,
}

impl<'a> OriginHeader<'a> {
    pub(crate) fn of(headers: &'a HeaderMap) -> Self {
        let mut lines = headers.get_all(ORIGIN).into_iter();
        match (lines.next(), lines.next()) {
            (None, _) => Self::Absent,
            (Some(value), None) => Self::One(value),
            (Some(_), Some(_)) => Self::Several,
        }
    }
}

/// The value of `Access-Control-Allow-Origin` for a request, if the policy lets its origin in.
pub(crate) fn allow_origin<'a>(
    policy: &Compiled,
    origin: OriginHeader<'a>,
    answer: Option<OriginAnswer>,
) -> Result<&'a HeaderValue, PolicyRefusal> {
    if policy.settings.shares_with_all() && answer.is_none() {
        return Ok(&ANY_ORIGIN);
    }
    let value = match origin {
        OriginHeader::One(value) => value,
        OriginHeader::Several => return Err(PolicyRefusal::SeveralOrigins),
        OriginHeader::Absent => return Err(PolicyRefusal::OriginNotAllowed),
    };
    // What is listed was parsed when the policy was built, and the same bytes need no parsing again.
    if answer.is_some() || !policy.origins.lists(value.as_bytes()) {
        check(policy, value.as_bytes(), answer)?;
    }
    // The value of the request and not an equal one of the policy: it is at hand, and no other thread counts its clones.
    Ok(value)
}

/// See [`Policy::allows_origin`](super::Policy::allows_origin).
pub(crate) fn allows(policy: &Compiled, origin: &[u8]) -> bool {
    policy.origins.lists(origin) || check(policy, origin, None).is_ok()
}

/// The rules for everything but origins listed one by one.
fn check(policy: &Compiled, origin: &[u8], answer: Option<OriginAnswer>) -> Result<(), PolicyRefusal> {
    let settings = &policy.settings;
    // Where nothing but a list lets origins in, the usual ones that are not listed need no parsing.
    let has_rules = settings.origins.any || policy.origins.has_wildcards() || !settings.predicates.is_empty();
    if answer.is_none() && !has_rules && SerializedOrigin::is_plain(origin) {
        return Err(PolicyRefusal::OriginNotAllowed);
    }
    let (allowed, refusal) = match SerializedOrigin::parse(origin) {
        Ok(origin) => {
            let listed = || {
                settings.origins.any
                    || policy.origins.matches_wildcard(&origin)
                    || settings.predicates.iter().any(|predicate| predicate(&origin))
            };
            (
                answer.map_or_else(listed, |answer| answer == OriginAnswer::Allowed),
                PolicyRefusal::OriginNotAllowed,
            )
        }
        // The policy has to allow `null`; another's answer can only take that back.
        Err(OriginError::Null) => {
            let allowed = settings.dangers.null_origin || settings.shares_with_all();
            (allowed && answer != Some(OriginAnswer::NotAllowed), PolicyRefusal::NullOrigin)
        }
        Err(error) => (false, PolicyRefusal::InvalidOrigin(error)),
    };
    if allowed { Ok(()) } else { Err(refusal) }
}
