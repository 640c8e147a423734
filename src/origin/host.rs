//! The host of an origin.

use std::net::Ipv4Addr;

use super::{
    error::{MAX_HOST_LENGTH, MAX_LABEL_LENGTH, OriginError},
    ipv6,
    port::default_port,
};

/// The kind of an origin's [host](https://url.spec.whatwg.org/#concept-host).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HostKind {
    /// A name, such as `a.test`, or the identifier of a browser extension.
    Domain,
    /// An IPv4 address of four decimal numbers, such as `127.0.0.1`.
    Ipv4,
    /// An IPv6 address in square brackets, such as `[::1]`.
    Ipv6,
}

impl HostKind {
    /// The kind of a serialized host.
    pub(crate) fn of(host: &str) -> Self {
        match host {
            host if host.starts_with('[') => Self::Ipv6,
            host if host.parse::<Ipv4Addr>().is_ok() => Self::Ipv4,
            _ => Self::Domain,
        }
    }
}

/// Checks the host of an origin with this scheme. The host begins at byte `start` of the origin.
///
/// The hosts of schemes without a default port are opaque hosts: they can have letters in upper case, and end
/// in a number.
pub(crate) fn check_host(scheme: &str, host: &str, start: usize) -> Result<HostKind, OriginError> {
    match host.len() {
        0 => return Err(OriginError::HostEmpty),
        1..=MAX_HOST_LENGTH => {}
        length => return Err(OriginError::HostTooLong { length }),
    }
    if let Some(inner) = host.strip_prefix('[') {
        ipv6::check(inner.strip_suffix(']').ok_or(OriginError::Ipv6)?)?;
        return Ok(HostKind::Ipv6);
    }
    let is_opaque = default_port(scheme).is_none();
    let (mut index, mut last) = (start, &b""[..]);
    for label in host.as_bytes().split(|byte| *byte == b'.') {
        check_label(label, index, is_opaque)?;
        index += label.len() + 1;
        last = label;
    }
    if !is_number(last) {
        return Ok(HostKind::Domain);
    }
    match HostKind::of(host) {
        // A domain that ends in a number must be an IPv4 address.
        HostKind::Domain if !is_opaque => Err(OriginError::Ipv4),
        kind => Ok(kind),
    }
}

/// One or more letters, digits, `-` and `_`: in any place, because browsers load pages from `my_service` and
/// `a-.test` too. Only the labels of opaque hosts can have letters in upper case.
fn check_label(label: &[u8], start: usize, is_opaque: bool) -> Result<(), OriginError> {
    for (at, byte) in label.iter().copied().enumerate() {
        let index = start + at;
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' => {}
            b'A'..=b'Z' if is_opaque => {}
            b'A'..=b'Z' => return Err(OriginError::Uppercase { index }),
            _ => return Err(OriginError::HostByte { byte, index }),
        }
    }
    match label.len() {
        0 => Err(OriginError::LabelEmpty { index: start }),
        1..=MAX_LABEL_LENGTH => Ok(()),
        length => Err(OriginError::LabelTooLong { length, index: start }),
    }
}

/// Returns whether this is the last label of a host that [ends in a
/// number](https://url.spec.whatwg.org/#ends-in-a-number-checker): all digits, or `0x` and any number of
/// hexadecimal digits.
fn is_number(label: &[u8]) -> bool {
    label.iter().all(u8::is_ascii_digit)
        || label.strip_prefix(b"0x").is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
}
