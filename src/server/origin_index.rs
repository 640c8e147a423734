//! All origin patterns of a policy, found by hash: the cost of a look-up does not grow with their number.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::{BuildHasherDefault, DefaultHasher},
};

use super::pattern::{OriginPattern, PortPattern};
use crate::origin::SerializedOrigin;

/// The standard library's hash without a random key: this crate has no randomness, and needs none here. What is
/// stored comes from configuration; requests only look things up, so they cannot fill a bucket.
type Hashing = BuildHasherDefault<DefaultHasher>;

/// The patterns of a policy.
#[derive(Debug, Clone, Default)]
pub(crate) struct OriginIndex {
    /// Origins without wildcards.
    exact: HashSet<Box<[u8]>, Hashing>,
    /// Patterns with wildcards, by scheme. There are few schemes: a tree is faster than a hash.
    wildcards: BTreeMap<Box<str>, Wildcards>,
}

#[derive(Debug, Clone)]
struct Wildcards {
    /// Hosts with any port.
    hosts: HashSet<Box<str>, Hashing>,
    /// Domains whose subdomains are let in.
    domains: HashMap<Box<str>, Ports, Hashing>,
    /// The length of the longest of these domains, and of the shortest: most others are told apart without a hash.
    longest: usize,
    shortest: usize,
}

#[derive(Debug, Clone)]
enum Ports {
    Any,
    /// Sorted; `None` is the default port.
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
        if pattern.matches_subdomains() {
            let length = pattern.host().len();
            wildcards.longest = wildcards.longest.max(length);
            wildcards.shortest = wildcards.shortest.min(length);
            let ports = wildcards.domains.entry(pattern.host().into()).or_insert(Ports::These(Vec::new()));
            ports.insert(pattern.port());
        } else {
            wildcards.hosts.insert(pattern.host().into());
        }
    }

    /// Returns whether these bytes are one of the origins without wildcards.
    pub(crate) fn lists(&self, origin: &[u8]) -> bool {
        self.exact.contains(origin)
    }

    /// Returns whether there is any pattern with a wildcard.
    pub(crate) fn has_wildcards(&self) -> bool {
        !self.wildcards.is_empty()
    }

    /// Returns whether a pattern with a wildcard lets the origin in.
    pub(crate) fn matches_wildcard(&self, origin: &SerializedOrigin<'_>) -> bool {
        let Some(wildcards) = self.wildcards.get(origin.scheme()) else { return false };
        wildcards.hosts.contains(origin.host()) || wildcards.matches_domain(origin.host(), origin.port())
    }
}

impl Default for Wildcards {
    fn default() -> Self {
        Self { hosts: HashSet::default(), domains: HashMap::default(), longest: 0, shortest: usize::MAX }
    }
}

impl Wildcards {
    /// Walks up the domains above the host: of `a.b.test`, first `b.test`, then `test`.
    fn matches_domain(&self, host: &str, port: Option<u16>) -> bool {
        let dots = host.bytes().enumerate().filter(|(_, byte)| *byte == b'.');
        dots.filter_map(|(dot, _)| host.get(dot + 1..))
            .filter(|domain| (self.shortest..=self.longest).contains(&domain.len()))
            .any(|domain| self.domains.get(domain).is_some_and(|ports| ports.contains(port)))
    }
}

impl Ports {
    fn insert(&mut self, port: PortPattern) {
        match (self, port) {
            (Self::Any, _) => {}
            (ports, PortPattern::Any) => *ports = Self::Any,
            (Self::These(ports), PortPattern::Exactly(port)) => {
                if let Err(place) = ports.binary_search(&port) {
                    ports.insert(place, port);
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
