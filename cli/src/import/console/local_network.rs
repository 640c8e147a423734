//! Firefox's messages about local network access. Firefox also prints them for requests that it allows.

use std::net::IpAddr;

use url::{Host, Url};

use super::{Told, between, blocked::first_url, rules::Meaning};

/// What Firefox prints if the user decides, and what it prints afterwards.
const BEGINNINGS: [&str; 2] = ["Local Network Access permission required:", "Local Network Access detected:"];

/// Reads `… initiator “…”, attempting to access target “…” (IP:port) via fetch. Secure context: true, prompt action: allow`.
pub(super) fn read(line: &str) -> Option<Told> {
    let [required, detected] = BEGINNINGS.map(|begin| line.split_once(begin).map(|(_, text)| text));
    let text = required.or(detected)?;
    let (before, target) = text.split_once(" target ")?;
    let action = between(text, "prompt action: ", "").unwrap_or_default().to_ascii_lowercase();
    let is_allowed = action.contains("allow") || (required.is_none() && !action.contains("deny"));
    let mechanism = between(target, " via ", ".");
    Some(Told {
        meaning: Some(Meaning::only("firefox", "LocalNetworkDenied")),
        browser: Some("firefox"),
        url: Some(first_url(target)?),
        origin: before.split_once("initiator ").and_then(|(_, initiator)| first_url(initiator)),
        initiator: mechanism
            .filter(|mechanism| mechanism.starts_with("xhr"))
            .map(|_| "XMLHttpRequest".to_owned()),
        ip: between(target, " (", ")").and_then(ip_of_connection),
        is_allowed,
        ..Told::default()
    })
}

/// The address before the port.
fn ip_of_connection(text: &str) -> Option<IpAddr> {
    let (ip, _) = text.rsplit_once(':')?;
    ip.trim_matches(['[', ']']).parse().ok()
}

/// The address that a URL names itself. `localhost` and its subdomains are this machine.
pub(super) fn ip_of_url(url: &str) -> Option<IpAddr> {
    match Url::parse(url).ok()?.host()? {
        Host::Ipv4(ip) => Some(ip.into()),
        Host::Ipv6(ip) => Some(ip.into()),
        Host::Domain(name) if name == "localhost" || name.ends_with(".localhost") => {
            Some([127, 0, 0, 1].into())
        }
        Host::Domain(_) => None,
    }
}
