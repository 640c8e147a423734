//! `Vary`: the request headers that a response depends on, and how they are merged into the handler's `Vary`.

use std::{collections::HashSet, fmt};

use http::header::{
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderName, HeaderValue,
    MaxSizeReached, ORIGIN, VARY,
};

use super::headers::REQUEST_PRIVATE_NETWORK;

/// The number of members up to which repeats are found without allocating. Handlers rarely set more.
const FEW_MEMBERS: usize = 16;

/// The request headers that a response depends on: a set of at most four names, for the `Vary` header.
///
/// A cache may use a stored response only for requests with the same values of these headers
/// ([RFC 9111, 4.1](https://www.rfc-editor.org/rfc/rfc9111#section-4.1)).
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
#[doc(alias = "Vary")]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct VaryMembers(u8);

impl VaryMembers {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const ORIGIN: Self = Self(1);
    pub(crate) const REQUEST_METHOD: Self = Self(2);
    pub(crate) const REQUEST_HEADERS: Self = Self(4);
    pub(crate) const REQUEST_PRIVATE_NETWORK: Self = Self(8);

    /// What makes a request a preflight: its origin and the requested method.
    pub(crate) const OF_PREFLIGHT: Self = Self::ORIGIN.with(Self::REQUEST_METHOD);

    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns whether a header is in the set.
    #[must_use]
    pub fn contains(self, name: &HeaderName) -> bool {
        self.iter().any(|member| member == name)
    }

    /// The names in lower case, in the order in which they are sent.
    pub fn iter(self) -> impl Iterator<Item = &'static HeaderName> {
        MEMBERS.iter().filter(move |(member, _)| self.has(*member)).map(|(_, name)| name)
    }

    /// Sets the `Vary` of a response that has none. Fails if the map is full.
    pub(crate) fn put_into(self, headers: &mut HeaderMap) -> Result<(), MaxSizeReached> {
        if let Some(value) = self.value() {
            headers.try_insert(VARY, value.clone())?;
        }
        Ok(())
    }

    /// Merges the set into the `Vary` of a response, as [`merge`](Self::merge) says. If the map is full, the
    /// header stays as it is.
    pub(crate) fn merge_into(self, headers: &mut HeaderMap) -> Result<(), MaxSizeReached> {
        if !headers.contains_key(VARY) {
            return self.put_into(headers);
        }
        let VaryMerge { once, missing } =
            self.merge(|| headers.get_all(VARY).iter().map(HeaderValue::as_bytes));
        if let Some(once) = once {
            let once = HeaderValue::from_bytes(&once)
                .expect("parts of header values, joined by a comma and a space, are a header value");
            headers.try_insert(VARY, once)?;
        }
        if let Some(missing) = missing {
            headers.try_append(VARY, missing.clone())?;
        }
        Ok(())
    }

    /// Says how the set is merged into the `Vary` lines of a response.
    ///
    /// The members of the response stay, in their order, and are not added twice. `*` covers every name.
    /// Repeated members are removed.
    pub(crate) fn merge<'a, L: Iterator<Item = &'a [u8]>>(self, lines: impl Fn() -> L) -> VaryMerge {
        let members = || members(lines());
        VaryMerge {
            missing: self.missing_in(members).value(),
            once: has_repeats(members).then(|| without_repeats(members())),
        }
    }

    /// The members of the set that are not among `members`.
    fn missing_in<'a, M: Iterator<Item = &'a [u8]>>(self, members: impl Fn() -> M) -> Self {
        if members().any(|member| member == b"*") {
            return Self::NONE;
        }
        let is_there =
            |name: &HeaderName| members().any(|member| member.eq_ignore_ascii_case(name.as_str().as_bytes()));
        MEMBERS
            .iter()
            .filter(|(member, name)| self.has(*member) && !is_there(name))
            .fold(Self::NONE, |missing, (member, _)| missing.with(*member))
    }

    /// The value of a `Vary` header with these members. `None` if there is no member.
    pub(crate) fn value(self) -> Option<&'static HeaderValue> {
        VALUES.get(usize::from(self.0)).filter(|_| self != Self::NONE).map(|(_, value)| value)
    }
}

/// Adds the names that the `Vary` of a response does not have, in a line of their own.
#[cfg(feature = "tower")]
pub(crate) fn add_names(names: &[HeaderName], headers: &mut HeaderMap) -> Result<(), MaxSizeReached> {
    let lines = headers.get_all(VARY);
    let covers = |name: &[u8]| {
        members(lines.iter().map(HeaderValue::as_bytes))
            .any(|member| member == b"*" || member.eq_ignore_ascii_case(name))
    };
    let names: Vec<_> =
        names.iter().map(|name| name.as_str().as_bytes()).filter(|name| !covers(name)).collect();
    if names.is_empty() {
        return Ok(());
    }
    let value = HeaderValue::from_bytes(&without_repeats(names.into_iter()))
        .expect("header names, joined by a comma and a space, are a header value");
    headers.try_append(VARY, value)?;
    Ok(())
}

impl fmt::Debug for VaryMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Writes the value of a `Vary` header.
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

/// The sixteen possible values, prebuilt so that merging does not allocate. The bits of a set are its index.
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

/// The changes that merge a set into the `Vary` lines of a response.
pub(crate) struct VaryMerge {
    /// If members are repeated: one line in place of all lines.
    pub(crate) once: Option<Vec<u8>>,
    /// A line to add.
    pub(crate) missing: Option<&'static HeaderValue>,
}

/// The members of all `Vary` lines, in order, without empty ones.
fn members<'a>(lines: impl Iterator<Item = &'a [u8]>) -> impl Iterator<Item = &'a [u8]> {
    lines
        .flat_map(|line| line.split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
        .filter(|member| !member.is_empty())
}

/// Returns whether a member occurs twice, in any case.
fn has_repeats<'a, M: Iterator<Item = &'a [u8]>>(members: impl Fn() -> M) -> bool {
    if members().take(FEW_MEMBERS + 1).count() <= FEW_MEMBERS {
        return members().enumerate().any(|(index, member)| {
            members().take(index).any(|earlier| earlier.eq_ignore_ascii_case(member))
        });
    }
    // Comparing all pairs would be quadratic, and a proxied response can have very many members.
    let mut sorted: Vec<_> = members().map(<[u8]>::to_ascii_lowercase).collect();
    sorted.sort_unstable();
    sorted.windows(2).any(|pair| matches!(pair, [one, other] if one == other))
}

/// All members in one line, each once, in the order of their first occurrence.
fn without_repeats<'a>(members: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut seen = HashSet::new();
    let once: Vec<_> = members.filter(|member| seen.insert(member.to_ascii_lowercase())).collect();
    once.join(&b", "[..])
}
