//! `Vary`: which request headers an answer depends on, and how they are merged into what a handler said.

use std::{collections::HashSet, fmt};

use http::header::{
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, GetAll, HeaderMap, HeaderName,
    HeaderValue, MaxSizeReached, ORIGIN, VARY,
};

use super::headers::REQUEST_PRIVATE_NETWORK;

/// Handlers rarely name more members than this; up to here, repeats are looked for without allocating.
const FEW_MEMBERS: usize = 16;

/// The request headers that an answer depends on, a set of at most four names.
///
/// A cache that keeps the answer has to give it only to requests which agree in these headers.
///
/// ```
/// use crossorigin::{http::{HeaderMap, Method}, server::Policy};
///
/// let policy = Policy::builder().allow_origin("https://app.example").build()?;
/// let request = HeaderMap::new();
/// let decision = policy.decide(&Method::GET, &request);
/// assert_eq!(decision.vary().to_string(), "origin"); // although this request had no `Origin`
/// # Ok::<(), crossorigin::server::PolicyErrors>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct VaryMembers(u8);

impl VaryMembers {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const ORIGIN: Self = Self(1);
    pub(crate) const REQUEST_METHOD: Self = Self(2);
    pub(crate) const REQUEST_HEADERS: Self = Self(4);
    pub(crate) const REQUEST_PRIVATE_NETWORK: Self = Self(8);

    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns whether this header is one of them.
    #[must_use]
    pub fn contains(self, name: &HeaderName) -> bool {
        self.iter().any(|member| member == name)
    }

    /// The names, in the order in which they are sent.
    pub fn iter(self) -> impl Iterator<Item = &'static HeaderName> {
        MEMBERS.iter().filter(move |(member, _)| self.has(*member)).map(|(_, name)| name)
    }

    /// Sets the `Vary` of a response that has none, if there is room for it.
    pub(crate) fn put_into(self, headers: &mut HeaderMap) -> Result<(), MaxSizeReached> {
        if let Some(value) = self.value() {
            headers.try_insert(VARY, value.clone())?;
        }
        Ok(())
    }

    /// Merges the set into the `Vary` of a response.
    ///
    /// What is there stays, in its order; a name that is there already is not repeated, `*` takes in every name,
    /// and repeats that were there before are mended. Without room, what is there stays as it is.
    pub(crate) fn merge_into(self, headers: &mut HeaderMap) -> Result<(), MaxSizeReached> {
        let lines = headers.get_all(VARY);
        if lines.iter().next().is_none() {
            return self.put_into(headers);
        }
        let missing = self.missing_in(&lines);
        if has_repeats(&lines) {
            remove_repeats(headers)?;
        }
        if let Some(value) = missing.value() {
            headers.try_append(VARY, value.clone())?;
        }
        Ok(())
    }

    /// Those that the lines do not name.
    fn missing_in(self, lines: &Lines<'_>) -> Self {
        if members(lines).any(|member| member == b"*") {
            return Self::NONE;
        }
        let is_there = |name: &HeaderName| {
            members(lines).any(|member| member.eq_ignore_ascii_case(name.as_str().as_bytes()))
        };
        MEMBERS
            .iter()
            .filter(|(member, name)| self.has(*member) && !is_there(name))
            .fold(Self::NONE, |missing, (member, _)| missing.with(*member))
    }

    /// The value of a `Vary` header that names these, unless there are none.
    pub(crate) fn value(self) -> Option<&'static HeaderValue> {
        VALUES.get(usize::from(self.0)).filter(|_| self != Self::NONE).map(|(_, value)| value)
    }
}

impl fmt::Debug for VaryMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// As the value of a `Vary` header.
impl fmt::Display for VaryMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        VALUES.get(usize::from(self.0)).map_or(Ok(()), |(text, _)| f.write_str(text))
    }
}

static MEMBERS: [(VaryMembers, HeaderName); 4] = [
    (VaryMembers::ORIGIN, ORIGIN),
    (VaryMembers::REQUEST_METHOD, ACCESS_CONTROL_REQUEST_METHOD),
    (VaryMembers::REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_HEADERS),
    (VaryMembers::REQUEST_PRIVATE_NETWORK, REQUEST_PRIVATE_NETWORK),
];

/// The sixteen possible values, ready, so that merging never has to build one: a set is its own index.
static VALUES: [(&str, HeaderValue); 16] = [
    ready(""),
    ready("origin"),
    ready("access-control-request-method"),
    ready("origin, access-control-request-method"),
    ready("access-control-request-headers"),
    ready("origin, access-control-request-headers"),
    ready("access-control-request-method, access-control-request-headers"),
    ready("origin, access-control-request-method, access-control-request-headers"),
    ready("access-control-request-private-network"),
    ready("origin, access-control-request-private-network"),
    ready("access-control-request-method, access-control-request-private-network"),
    ready("origin, access-control-request-method, access-control-request-private-network"),
    ready("access-control-request-headers, access-control-request-private-network"),
    ready("origin, access-control-request-headers, access-control-request-private-network"),
    ready(
        "access-control-request-method, access-control-request-headers, \
         access-control-request-private-network",
    ),
    ready(
        "origin, access-control-request-method, access-control-request-headers, \
         access-control-request-private-network",
    ),
];

const fn ready(text: &'static str) -> (&'static str, HeaderValue) {
    (text, HeaderValue::from_static(text))
}

type Lines<'a> = GetAll<'a, HeaderValue>;

/// The members of all `Vary` lines, in order, without empty ones.
fn members<'a>(lines: &Lines<'a>) -> impl Iterator<Item = &'a [u8]> {
    lines
        .iter()
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
        .map(|member| member.trim_ascii())
        .filter(|member| !member.is_empty())
}

fn has_repeats(lines: &Lines<'_>) -> bool {
    if members(lines).take(FEW_MEMBERS + 1).count() <= FEW_MEMBERS {
        return members(lines).enumerate().any(|(index, member)| {
            members(lines).take(index).any(|earlier| earlier.eq_ignore_ascii_case(member))
        });
    }
    // Comparing each with each would be quadratic, and a proxied response may hold very many.
    let mut sorted: Vec<_> = members(lines).map(<[u8]>::to_ascii_lowercase).collect();
    sorted.sort_unstable();
    sorted.windows(2).any(|pair| matches!(pair, [one, other] if one == other))
}

/// Writes all members anew, each once, where it first stood.
fn remove_repeats(headers: &mut HeaderMap) -> Result<(), MaxSizeReached> {
    let mut seen = HashSet::new();
    let lines = headers.get_all(VARY);
    let once: Vec<_> = members(&lines).filter(|member| seen.insert(member.to_ascii_lowercase())).collect();
    let value = HeaderValue::from_bytes(&once.join(&b", "[..]))
        .expect("parts of values, joined by a comma and a space, are a value");
    headers.try_insert(VARY, value)?;
    Ok(())
}
