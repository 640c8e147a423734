//! Validation of a policy's origins, alone and together with credentials.

use std::{
    collections::HashSet,
    net::{Ipv4Addr, Ipv6Addr},
};

use super::{
    super::{
        config_path::ConfigPath,
        error::{PolicyError, PolicyErrorKind},
        pattern::{OriginPattern, PatternError},
        settings::{ANY, CheckedList, List, OFF, Settings},
        warning::PolicyWarningKind,
    },
    Findings, list,
};
use crate::origin::{OriginError, SerializedOrigin};

const FIELD: &str = "origins";

/// An origin that nobody can own: the top-level domain `invalid` is reserved
/// ([RFC 2606](https://www.rfc-editor.org/rfc/rfc2606#section-2)).
const UNOWNED_ORIGIN: &str = "https://nobody.invalid";

/// Schemes that have tuple origins, but no pages.
const SCHEMES_WITHOUT_PAGES: [&str; 3] = ["ftp", "ws", "wss"];

pub(super) fn check(given: &Settings, findings: &mut Findings) -> CheckedList<OriginPattern> {
    let mut insecure = false;
    let mut public_suffixes = false;
    for (index, pattern) in patterns(given) {
        insecure |= check_insecure(given, index, &pattern, findings);
        public_suffixes |= check_public_suffix(given, index, &pattern, findings);
    }
    let parse = |_: &ConfigPath, text: &str, _: &mut Findings| match text {
        OFF => Err(PolicyErrorKind::OffWithOrigins),
        _ => OriginPattern::parse(text).map_err(|error| error_kind(text, error)),
    };
    let off = given.allows_no_origin();
    let patterns = if off { &List::default() } else { &given.origins };
    let mut origins = list(FIELD, patterns, findings, |_| true, parse);
    drop_covered(given, &mut origins, findings);

    let dangerous = given.dangerous;
    let predicate_allows_unowned = predicate_allows_unowned(given);
    let reflects = given.credentials && (origins.any || predicate_allows_unowned);
    if reflects && !dangerous.any_origin_with_credentials {
        if let Some(index) = given.origins.position_of_any() {
            let path = ConfigPath::element(FIELD, index);
            findings.error(path, ANY, PolicyErrorKind::AnyOriginWithCredentials);
        }
        if predicate_allows_unowned {
            let path = ConfigPath::of_field(FIELD);
            findings.add(PolicyError::new(path, PolicyErrorKind::StrangersWithCredentials));
        }
    }
    let others_allow = !given.predicates.is_empty() || given.caller_decides_origins || dangerous.null_origin;
    if off && others_allow {
        findings.error(ConfigPath::element(FIELD, 0), OFF, PolicyErrorKind::OffWithOrigins);
    }
    if given.origins.is_empty() && !others_allow && !findings.unreadable.contains(&ConfigPath::WHOLE) {
        findings.add(PolicyError::new(ConfigPath::of_field(FIELD), PolicyErrorKind::NoOrigin));
    }
    // Each dangerous switch: its field, whether it is on, and whether it changes anything in this policy.
    let needed = [
        ("dangerous.null_origin", dangerous.null_origin, !origins.any || given.credentials),
        ("dangerous.insecure_origins", dangerous.insecure_origins, insecure),
        ("dangerous.public_suffixes", dangerous.public_suffixes, public_suffixes),
        ("dangerous.any_origin_with_credentials", dangerous.any_origin_with_credentials, reflects),
    ];
    for (field, _, _) in needed.into_iter().filter(|(_, on, needed)| *on && !needed) {
        findings.warn(ConfigPath::of_field(field), PolicyWarningKind::NeedlessDanger);
    }
    origins
}

/// Returns whether a predicate allows an origin that nobody can own, and therefore most likely any origin.
fn predicate_allows_unowned(given: &Settings) -> bool {
    SerializedOrigin::parse(UNOWNED_ORIGIN.as_bytes())
        .is_ok_and(|unowned| given.predicates.position(&unowned).is_some())
}

/// The valid patterns, with their indexes.
fn patterns(given: &Settings) -> impl Iterator<Item = (usize, OriginPattern)> {
    let texts = given.origins.iter().enumerate();
    texts.filter_map(|(index, text)| Some((index, OriginPattern::parse(text).ok()?)))
}

fn error_kind(text: &str, error: PatternError) -> PolicyErrorKind {
    match error {
        PatternError::Origin(OriginError::Null) => PolicyErrorKind::NullOrigin,
        _ if is_several(text) => PolicyErrorKind::SeveralOrigins,
        _ if is_quoted(text) => PolicyErrorKind::Quoted,
        _ if text.contains(['^', '\\', '(', '|']) || text.contains("://.*") => {
            PolicyErrorKind::RegularExpression
        }
        error => PolicyErrorKind::InvalidOrigin(error),
    }
}

/// Returns whether the string, which is invalid, is valid without quotes.
fn is_quoted(text: &str) -> bool {
    let unquoted = text.trim_matches(['"', '\'']);
    unquoted == ANY || OriginPattern::parse(unquoted).is_ok()
}

/// Returns whether the string is a list of origins, as environment variables have it.
fn is_several(text: &str) -> bool {
    let parts = text.split([',', ';', ' ', '\n']).filter(|part| !part.is_empty());
    parts.clone().count() > 1 && parts.into_iter().all(|part| OriginPattern::parse(part).is_ok())
}

/// Returns whether credentials are allowed for an origin that is neither `https` nor on the local machine.
/// Adds the error for it, and warnings about the scheme and the host. A pattern for any host is an error with
/// credentials that no switch allows.
fn check_insecure(given: &Settings, index: usize, pattern: &OriginPattern, findings: &mut Findings) -> bool {
    if SCHEMES_WITHOUT_PAGES.contains(&pattern.scheme()) {
        let scheme = pattern.scheme().to_owned();
        findings.warn(ConfigPath::element(FIELD, index), PolicyWarningKind::SchemeOfNoPage { scheme });
    }
    if !given.credentials || is_loopback(pattern.host()) {
        return false;
    }
    if pattern.matches_any_host() {
        let path = ConfigPath::element(FIELD, index);
        findings.error(path, pattern, PolicyErrorKind::AnyHostWithCredentials);
        return false;
    }
    if is_address(pattern.host()) {
        findings.warn(ConfigPath::element(FIELD, index), PolicyWarningKind::CredentialsForAddress);
    }
    let insecure = pattern.scheme() != "https";
    if insecure && !given.dangerous.insecure_origins {
        let path = ConfigPath::element(FIELD, index);
        findings.error(path, pattern, PolicyErrorKind::InsecureOriginWithCredentials);
    }
    insecure
}

/// Returns whether credentials are allowed for everyone who registers a name. Adds the error or the warning
/// for it.
fn check_public_suffix(
    given: &Settings,
    index: usize,
    pattern: &OriginPattern,
    findings: &mut Findings,
) -> bool {
    let path = ConfigPath::element(FIELD, index);
    if !pattern.matches_subdomains() || is_loopback(pattern.host()) || !is_public_suffix(pattern.host()) {
        return false;
    }
    let suffix = pattern.host().to_owned();
    if !given.credentials {
        findings.warn(path, PolicyWarningKind::PublicSuffix { suffix });
    } else if !given.dangerous.public_suffixes {
        findings.error(path, pattern, PolicyErrorKind::PublicSuffixWithCredentials { suffix });
    }
    given.credentials
}

/// Returns whether the host is on the local machine: `localhost` and its subdomains, which browsers do not
/// look up in the DNS, and loopback addresses.
fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "[::1]"
        || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

fn is_address(host: &str) -> bool {
    host.parse::<Ipv4Addr>().is_ok() || host.trim_matches(['[', ']']).parse::<Ipv6Addr>().is_ok()
}

/// Drops patterns that match nothing more than another pattern does.
fn drop_covered(given: &Settings, origins: &mut CheckedList<OriginPattern>, findings: &mut Findings) {
    let wildcards: HashSet<_> = origins.items.iter().filter(|pattern| !pattern.is_exact()).cloned().collect();
    if wildcards.is_empty() {
        return;
    }
    let cover = |pattern: &OriginPattern| pattern.possible_covers().find(|other| wildcards.contains(other));
    for (index, pattern) in patterns(given) {
        if let Some(by) = cover(&pattern).filter(|_| !origins.any) {
            findings
                .warn(ConfigPath::element(FIELD, index), PolicyWarningKind::Covered { by: by.to_string() });
        }
    }
    origins.items.retain(|pattern| cover(pattern).is_none());
}

/// Returns whether anyone can register a name under the domain.
///
/// A single label is a public suffix by the default rule of the list. Longer ones are known with the feature
/// `psl` only.
fn is_public_suffix(domain: &str) -> bool {
    #[cfg(feature = "psl")]
    if crate::public_suffix::is_public_suffix(domain) {
        return true;
    }
    !domain.contains('.')
}
