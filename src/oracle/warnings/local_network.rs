//! Requests of a public page to this computer or to the local network.

use std::net::IpAddr;

use url::Host;

use crate::{
    browser::{AddressSpace, Warning},
    oracle::transcript::Transcript,
    origin::Origin,
};

pub(super) fn find(transcript: &Transcript) -> Vec<Warning> {
    let request = transcript.request();
    // If the page has an address, addresses are checked, and this is not a guess.
    if request.network.address.is_some() || !is_public(&request.origin) {
        return Vec::new();
    }
    let hosts = transcript.requests().filter_map(|request| request.url.host());
    let local = hosts.filter(|host| is_local(&host.to_owned()));
    local.map(|host| Warning::LocalNetwork { host: host.to_string() }).collect()
}

/// Returns whether a page of this origin comes from the public internet, as far as its name says it.
fn is_public(origin: &Origin) -> bool {
    let host = origin.as_tuple().filter(|origin| matches!(origin.scheme(), "http" | "https"));
    host.and_then(|origin| Host::parse(origin.host()).ok()).is_some_and(|host| match &host {
        // Names of one label, and these, are of local networks.
        Host::Domain(name) => name.contains('.') && !name.ends_with(".local") && !is_local(&host),
        _ => !is_local(&host),
    })
}

fn is_local(host: &Host<String>) -> bool {
    let is_private = |address: IpAddr| AddressSpace::of(address) != AddressSpace::Public;
    match host {
        Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => is_private((*address).into()),
        Host::Ipv6(address) => is_private((*address).into()),
    }
}
