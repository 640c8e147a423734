//! Origins and patterns, read as plainly as possible by splitting and comparing text. This shares no code
//! with the crate.

/// The scheme, the host and the port of a serialized origin; `None` for any other text.
pub(crate) fn origin(text: &str) -> Option<(&str, &str, Option<u32>)> {
    let (scheme, rest) = text.split_once("://")?;
    let mut letters = scheme.chars();
    let first = letters.next()?;
    if !first.is_ascii_lowercase()
        || !letters.all(|it| it.is_ascii_lowercase() || "0123456789+-.".contains(it))
    {
        return None;
    }
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !rest.ends_with(']') => (host, Some(port)),
        _ => (rest, None),
    };
    let port = match port {
        None => None,
        Some(digits) => {
            let number: u32 = digits.parse().ok()?;
            let plain = number.to_string() == digits && number <= 65535;
            let default =
                matches!((scheme, number), ("http" | "ws", 80) | ("https" | "wss", 443) | ("ftp", 21));
            if !plain || default {
                return None;
            }
            Some(number)
        }
    };
    is_host(host, ["http", "https", "ws", "wss", "ftp"].contains(&scheme)).then_some((scheme, host, port))
}

/// Hosts of the URL Standard's special schemes are domains or addresses. The others are opaque.
fn is_host(host: &str, is_special: bool) -> bool {
    if let Some(address) = host.strip_prefix('[') {
        return address.strip_suffix(']').is_some_and(is_ipv6);
    }
    let labels: Vec<_> = host.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|it| it.is_ascii_alphanumeric() || it == '-' || it == '_')
            && !(is_special && label.chars().any(|it| it.is_ascii_uppercase()))
    };
    let is_octet = |label: &&str| label.parse::<u8>().is_ok_and(|number| number.to_string() == **label);
    let last = labels[labels.len() - 1];
    let ends_in_number = last.chars().all(|it| it.is_ascii_digit())
        || last.strip_prefix("0x").is_some_and(|hex| hex.chars().all(|it| it.is_ascii_hexdigit()));
    host.len() <= 253
        && labels.iter().all(is_label)
        && (!is_special || !ends_in_number || (labels.len() == 4 && labels.iter().all(is_octet)))
}

/// Returns whether the text is an IPv6 address in canonical form: the first of the longest runs of zeros is
/// compressed.
fn is_ipv6(text: &str) -> bool {
    let Ok(address) = text.parse::<std::net::Ipv6Addr>() else { return false };
    let pieces: Vec<_> = address.segments().iter().map(|piece| format!("{piece:x}")).collect();
    for length in (2..=8).rev() {
        for start in 0..=8 - length {
            if pieces[start..start + length].iter().all(|piece| piece == "0") {
                return text
                    == format!("{}::{}", pieces[..start].join(":"), pieces[start + length..].join(":"));
            }
        }
    }
    text == pieces.join(":")
}

/// Returns whether a valid pattern matches the text.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let Some((scheme, host, port)) = origin(text) else { return false };
    let (pattern_scheme, rest) = pattern.split_once("://").unwrap();
    let (pattern_host, pattern_port) = match rest.rsplit_once(':') {
        Some(parts) if !rest.ends_with(']') => parts,
        _ => (rest, ""),
    };
    let hosts = match pattern_host.strip_prefix("*.") {
        None => host == pattern_host || pattern_host == "*",
        Some(domain) => {
            let wanted: Vec<_> = domain.split('.').rev().collect();
            let labels: Vec<_> = host.split('.').rev().collect();
            labels.len() > wanted.len() && labels[..wanted.len()] == wanted[..]
        }
    };
    let ports = pattern_port == "*" || pattern_port == port.map(|it| it.to_string()).unwrap_or_default();
    scheme == pattern_scheme && hosts && ports
}
