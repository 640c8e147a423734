//! All origin patterns of a policy, in hash tables: the time of a look-up does not grow with their number.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::{BuildHasherDefault, DefaultHasher},
};

use super::pattern::{OriginPattern, PortPattern};
use crate::origin::SerializedOrigin;

/// The standard library's hash, without a random key, because this crate has no source of randomness. None is
/// needed: only configuration adds entries, and requests only look them up, so that no request can cause
/// collisions.
type Hashing = BuildHasherDefault<DefaultHasher>;

/// The patterns of a policy.
#[derive(Debug, Clone, Default)]
pub(crate) struct OriginIndex {
    /// Origins without wildcards.
    exact: HashSet<Box<[u8]>, Hashing>,
    /// Patterns with wildcards, by scheme. A tree, because with few schemes it is faster than a hash table.
    wildcards: BTreeMap<Box<str>, Wildcards>,
}

#[derive(Debug, Clone)]
struct Wildcards {
    /// Ports that are allowed with any host.
    of_any_host: Ports,
    /// Hosts that are allowed with any port.
    hosts: HashSet<Box<str>, Hashing>,
    /// Domains whose subdomains are allowed, with the ports.
    domains: HashMap<Box<str>, Ports, Hashing>,
    /// The length of the longest of these domains, in bytes. Most other domains are excluded by their length,
    /// without a hash.
    longest: usize,
    /// The length of the shortest of these domains, in bytes.
    shortest: usize,
}

#[derive(Debug, Clone)]
enum Ports {
    Any,
    /// Sorted. `None` is the default port of the scheme.
    These(Vec<Option<u16>>),
}

impl OriginIndex {
    pub(crate) fn new(patterns: &[OriginPattern]) -> Self {
        let mut index = Self::default();
        patterns.iter().for_each(|pattern| index.insert(pattern));
        index
    }

    fn insert(&mut self, pattern: &OriginPattern) {
        if pattern.is_exact() {
            self.exact.insert(pattern.to_string().into_bytes().into());
            return;
        }
        let wildcards = self.wildcards.entry(pattern.scheme().into()).or_default();
        if pattern.matches_any_host() {
            wildcards.of_any_host.insert(pattern.port());
        } else if pattern.matches_subdomains() {
            let length = pattern.host().len();
            wildcards.longest = wildcards.longest.max(length);
            wildcards.shortest = wildcards.shortest.min(length);
            let ports = wildcards.domains.entry(pattern.host().into()).or_insert(Ports::NONE);
            ports.insert(pattern.port());
        } else {
            wildcards.hosts.insert(pattern.host().into());
        }
    }

    /// Returns whether these bytes are one of the origins without wildcards.
    pub(crate) fn contains_exact(&self, origin: &[u8]) -> bool {
        self.exact.contains(origin)
    }

    /// Returns whether there is any pattern with a wildcard.
    pub(crate) fn has_wildcards(&self) -> bool {
        !self.wildcards.is_empty()
    }

    /// Returns whether a pattern with a wildcard matches the origin.
    pub(crate) fn matches_wildcard(&self, origin: &SerializedOrigin<'_>) -> bool {
        let Some(wildcards) = self.wildcards.get(origin.scheme()) else { return false };
        wildcards.of_any_host.contains(origin.port())
            || wildcards.hosts.contains(origin.host())
            || wildcards.matches_domain(origin.host(), origin.port())
    }
}

impl Default for Wildcards {
    fn default() -> Self {
        Self {
            of_any_host: Ports::NONE,
            hosts: HashSet::default(),
            domains: HashMap::default(),
            longest: 0,
            shortest: usize::MAX,
        }
    }
}

impl Wildcards {
    /// Looks up the domains above the host, the longest first: for `a.b.test`, `b.test` and `test`.
    fn matches_domain(&self, host: &str, port: Option<u16>) -> bool {
        let dots = host.bytes().enumerate().filter(|(_, byte)| *byte == b'.');
        dots.filter_map(|(dot, _)| host.get(dot + 1..))
            .filter(|domain| (self.shortest..=self.longest).contains(&domain.len()))
            .any(|domain| self.domains.get(domain).is_some_and(|ports| ports.contains(port)))
    }
}

impl Ports {
    const NONE: Self = Self::These(Vec::new());

    fn insert(&mut self, port: PortPattern) {
        match (self, port) {
            (Self::Any, _) => {}
            (ports, PortPattern::Any) => *ports = Self::Any,
            (Self::These(ports), PortPattern::Exactly(port)) => {
                if let Err(index) = ports.binary_search(&port) {
                    ports.insert(index, port);
                }
            }
        }
    }

    fn contains(&self, port: Option<u16>) -> bool {
        match self {
            Self::Any => true,
            Self::These(ports) => ports.binary_search(&port).is_ok(),
        }
    }
}
