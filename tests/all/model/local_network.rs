//! Local network access: the draft's check (WICG/local-network-access at cfe0313), with what Chromium does in place of
//! two of its steps. Fetch has neither.

use std::net::IpAddr;

use super::{
    Browser, Origin, Request,
    origin::{is_same_origin, origin_of},
    world::Addresses,
};

/// The non-public IP address blocks, in the draft's order within each version. Chromium does not have the draft's
/// 198.18.0.0/15.
const BLOCKS: [(&str, u32, &str); 16] = [
    ("127.0.0.0", 8, "loopback"),
    ("10.0.0.0", 8, "local"),
    ("100.64.0.0", 10, "local"),
    ("172.16.0.0", 12, "local"),
    ("192.168.0.0", 16, "local"),
    ("169.254.0.0", 16, "local"),
    ("0.0.0.0", 32, "loopback"),
    ("0.0.0.0", 8, "local"),
    ("::1", 128, "loopback"),
    ("fc00::", 7, "local"),
    ("fe80::", 10, "local"),
    ("fec0::", 10, "local"),
    ("::", 128, "loopback"),
    ("2001:db8::", 32, "local"),
    ("3fff::", 20, "local"),
    ("::ffff:127.0.0.0", 104, "loopback"),
];

/// An address as 128 bits. An IPv4 address is in ::ffff:0:0/96, as an IPv4-mapped one.
fn bits(address: &str) -> u128 {
    match address.parse().unwrap() {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// Determine the IP address space.
pub(crate) fn determine_the_ip_address_space(address: &str) -> &'static str {
    for (block, length, space) in BLOCKS {
        let length = if block.contains(':') { length } else { 96 + length };
        if bits(block) >> (128 - length) == bits(address) >> (128 - length) {
            return space;
        }
    }
    "public"
}

/// Is origin potentially trustworthy?
fn is_potentially_trustworthy(origin: &Origin) -> bool {
    match origin {
        Origin::Tuple(scheme, host, _) => {
            ["https", "wss"].contains(&scheme.as_str())
                || ["127.0.0.1", "[::1]", "localhost"].contains(&host.as_str())
        }
        _ => false,
    }
}

impl Browser {
    /// The Local Network Access check for the next connection. Returns null, or the step that returned a network error.
    pub(crate) fn local_network_access_check(&mut self, request: &Request) -> Option<&'static str> {
        let Addresses { page, is_secure_context, permissions, is_granted, servers, .. } =
            self.addresses.clone()?;
        let address = servers[self.connections % servers.len()];
        self.connections += 1;
        // 3. If request's policy container is null, then return null.
        if page.is_empty() {
            return None;
        }
        // (Chromium.) Navigations of a tab are not checked.
        if request.mode == "navigate" && request.destination == "document" {
            return None;
        }
        // 1. Let addressSpace be the result of running the determine the IP address space algorithm on address.
        let address_space = determine_the_ip_address_space(address);
        // 2. If request's origin is a potentially trustworthy origin and request's current URL's origin is same
        // origin with request's origin, then return null.
        if is_potentially_trustworthy(&request.origin)
            && is_same_origin(&origin_of(request.current_url()), &request.origin)
        {
            return None;
        }
        // 4. If request's target IP address space is not null, then:
        if !self.target_ip_address_space.is_empty() {
            // 4.2. If addressSpace is not equal to it, then return a network error.
            if address_space != self.target_ip_address_space {
                return Some("Local Network Access check 4.2");
            }
            // (Chromium.) 4.3. Return null. Chromium goes on.
        }
        // 5. If addressSpace is less public than request's policy container's IP address space, then:
        // (Chromium.) and that is public.
        if determine_the_ip_address_space(page) == "public" && address_space != "public" {
            // 5.2. If request's client is not a secure context, then return error.
            if !is_secure_context {
                return Some("Local Network Access check 5.2");
            }
            // 5.4. Let permissionName be "local-network" or "loopback-network".
            let permission_state =
                if address_space == "loopback" { &mut self.permissions.0 } else { &mut self.permissions.1 };
            if permission_state.is_empty() {
                *permission_state = if address_space == "loopback" { permissions.0 } else { permissions.1 };
            }
            match *permission_state {
                // 5.8. If document is null, then return error.
                "no document" => return Some("Local Network Access check 5.8"),
                // 5.9. If document is not allowed to use permissionName, then return error.
                "not allowed" => return Some("Local Network Access check 5.9"),
                // 5.11. If permissionState is denied, then return error.
                "denied" => return Some("Local Network Access check 5.11"),
                // 5.12. If permissionState is granted, then return null.
                "granted" => return None,
                // 5.13. Prompt the user to choose whether to grant permissionName.
                _ if is_granted => *permission_state = "granted",
                _ => return Some("Local Network Access check 5.13.2"),
            }
        }
        // 6. Return null.
        None
    }
}
