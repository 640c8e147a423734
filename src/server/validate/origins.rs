use std::{
    collections::HashSet,
    net::{Ipv4Addr, Ipv6Addr},
};

use crate::origin::{OriginError, SerializedOrigin};

use super::{
    super::{
        builder::PolicyBuilder,
        error::{PolicyError, PolicyErrorKind},
        pattern::{OriginPattern, PatternError},
        place::ConfigPath,
        public_suffix,
        settings::Listed,
        warning::PolicyWarningKind,
    },
    Findings, list,
};

const FIELD: &str = "origins";

/// The name is reserved for being no name.
const STRANGER: &str = "https://nobody.invalid";

/// Schemes that have tuple origins, though no page is ever loaded with one of them.
const SCHEMES_OF_NO_PAGE: [&str; 3] = ["ftp", "ws", "wss"];

pub(super) fn check(builder: &PolicyBuilder, findings: &mut Findings) -> Listed<OriginPattern> {
    let mut insecure = false;
    let mut public_suffixes = false;
    for (index, pattern) in patterns(builder) {
        insecure |= check_insecure(builder, index, &pattern, findings);
        public_suffixes |= check_public_suffix(builder, index, &pattern, findings);
    }
    let mut origins = list(
        FIELD,
        &builder.origins,
        findings,
        |_| true,
        |at, text, findings| {
            OriginPattern::parse(text)
                .map_or_else(|error| findings.error(at, text, kind_of(text, error)), Some)
        },
    );
    leave_out_covered(builder, &mut origins, findings);

    let dangers = builder.dangers;
    let lets_strangers_in = lets_strangers_in(builder);
    let reflects = builder.credentials && (origins.any || lets_strangers_in);
    if reflects && !dangers.any_origin_with_credentials {
        if let Some(index) = builder.origins.iter().position(|text| text == "*") {
            findings.error::<()>(
                ConfigPath::element(FIELD, index),
                "*",
                PolicyErrorKind::AnyOriginWithCredentials,
            );
        }
        if lets_strangers_in {
            findings.add(PolicyError::new(
                ConfigPath::at_field(FIELD),
                PolicyErrorKind::StrangersWithCredentials,
            ));
        }
    }
    if builder.origins.is_empty()
        && builder.predicates.is_empty()
        && !builder.caller_decides_origins
        && !dangers.null_origin
        && !findings.is_misread(FIELD)
    {
        findings.add(PolicyError::new(ConfigPath::at_field(FIELD), PolicyErrorKind::NoOrigin));
    }
    // What a switch changes, by the other settings of this policy.
    let needed = [
        ("dangerous.null_origin", dangers.null_origin, !origins.any || builder.credentials),
        ("dangerous.insecure_origins", dangers.insecure_origins, insecure),
        ("dangerous.public_suffixes", dangers.public_suffixes, public_suffixes),
        ("dangerous.any_origin_with_credentials", dangers.any_origin_with_credentials, reflects),
    ];
    for (field, _, _) in needed.into_iter().filter(|(_, on, needed)| *on && !needed) {
        findings.warn(ConfigPath::at_field(field), PolicyWarningKind::NeedlessDanger);
    }
    origins
}

/// Does a predicate let in an origin that nobody has, so that it most likely lets in any?
fn lets_strangers_in(builder: &PolicyBuilder) -> bool {
    SerializedOrigin::parse(STRANGER.as_bytes())
        .is_ok_and(|stranger| builder.predicates.iter().any(|predicate| predicate(&stranger)))
}

/// The patterns that can be read, and where they stand.
fn patterns(builder: &PolicyBuilder) -> impl Iterator<Item = (usize, OriginPattern)> {
    let texts = builder.origins.iter().enumerate();
    texts.filter_map(|(index, text)| Some((index, OriginPattern::parse(text).ok()?)))
}

fn kind_of(text: &str, error: PatternError) -> PolicyErrorKind {
    match error {
        PatternError::Origin(OriginError::Null) => PolicyErrorKind::NullOrigin,
        _ if is_several(text) => PolicyErrorKind::SeveralOrigins,
        error => PolicyErrorKind::InvalidOrigin(error),
    }
}

/// A list in one text, as it is written in the environment.
fn is_several(text: &str) -> bool {
    let parts = text.split([',', ';', ' ', '\n']).filter(|part| !part.is_empty());
    parts.clone().count() > 1 && parts.into_iter().all(|part| OriginPattern::parse(part).is_ok())
}

/// Would credentials go to an origin that is neither `https` nor on this machine?
fn check_insecure(
    builder: &PolicyBuilder,
    index: usize,
    pattern: &OriginPattern,
    findings: &mut Findings,
) -> bool {
    if SCHEMES_OF_NO_PAGE.contains(&pattern.scheme()) {
        let scheme = pattern.scheme().to_owned();
        findings.warn(ConfigPath::element(FIELD, index), PolicyWarningKind::SchemeOfNoPage { scheme });
    }
    if !builder.credentials || is_loopback(pattern.host()) {
        return false;
    }
    if is_address(pattern.host()) {
        findings.warn(ConfigPath::element(FIELD, index), PolicyWarningKind::CredentialsForAddress);
    }
    let insecure = pattern.scheme() != "https";
    if insecure && !builder.dangers.insecure_origins {
        let at = ConfigPath::element(FIELD, index);
        findings.error::<()>(at, pattern, PolicyErrorKind::InsecureOriginWithCredentials);
    }
    insecure
}

/// Would credentials go to everybody who registers a name?
fn check_public_suffix(
    builder: &PolicyBuilder,
    index: usize,
    pattern: &OriginPattern,
    findings: &mut Findings,
) -> bool {
    let at = ConfigPath::element(FIELD, index);
    if !pattern.matches_subdomains() || is_loopback(pattern.host()) || !public_suffix::is(pattern.host()) {
        return false;
    }
    let suffix = pattern.host().to_owned();
    if !builder.credentials {
        findings.warn(at, PolicyWarningKind::PublicSuffix { suffix });
    } else if !builder.dangers.public_suffixes {
        findings.error::<()>(at, pattern, PolicyErrorKind::PublicSuffixWithCredentials { suffix });
    }
    builder.credentials
}

/// `localhost` and all below it, which browsers never look up, and the addresses that cannot leave the machine.
fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "[::1]"
        || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

fn is_address(host: &str) -> bool {
    host.parse::<Ipv4Addr>().is_ok() || host.trim_matches(['[', ']']).parse::<Ipv6Addr>().is_ok()
}

/// Leaves out the patterns that let in nothing beyond what another one does.
fn leave_out_covered(builder: &PolicyBuilder, origins: &mut Listed<OriginPattern>, findings: &mut Findings) {
    let wide: HashSet<_> = origins.items.iter().filter(|pattern| !pattern.is_exact()).cloned().collect();
    if wide.is_empty() {
        return;
    }
    let cover = |pattern: &OriginPattern| pattern.possible_covers().find(|other| wide.contains(other));
    for (index, pattern) in patterns(builder) {
        if let Some(by) = cover(&pattern).filter(|_| !origins.any) {
            findings
                .warn(ConfigPath::element(FIELD, index), PolicyWarningKind::Covered { by: by.to_string() });
        }
    }
    origins.items.retain(|pattern| cover(pattern).is_none());
}
