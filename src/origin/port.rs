//! The port of an origin.

use super::error::OriginError;

/// The [default port](https://url.spec.whatwg.org/#default-port) of a scheme in lower case, if it has one.
pub(crate) fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "ftp" => Some(21),
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        _ => None,
    }
}

/// Parses a port, which begins at byte `start` of the origin.
pub(super) fn parse_port(digits: &str, start: usize) -> Result<u16, OriginError> {
    let mut port = 0_u32;
    for (at, byte) in digits.bytes().enumerate() {
        if !byte.is_ascii_digit() || at > 4 {
            return Err(OriginError::PortByte { byte, index: start + at });
        }
        port = port * 10 + u32::from(byte - b'0');
    }
    if digits.is_empty() {
        Err(OriginError::PortEmpty)
    } else if digits.len() > 1 && digits.starts_with('0') {
        Err(OriginError::PortLeadingZero)
    } else {
        u16::try_from(port).map_err(|_| OriginError::PortTooLarge { port })
    }
}
