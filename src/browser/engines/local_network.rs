//! [Local network access](https://wicg.github.io/local-network-access/), which is not in the standard.

use std::net::IpAddr;

#[cfg(feature = "oracle")]
use url::{Host, Url};

use super::{Engine, rules::LocalNetworkRules};
use crate::browser::{
    address_space::{Address, AddressSpace, is_site_local_or_for_documentation},
    destination::Destination,
    diagnosis::Reason,
    modes::Mode,
    permission::Permission,
    state::CurrentRequest,
    trustworthy::is_potentially_trustworthy_origin,
    url_origin::origin_is_same_as_url,
};

/// What comes of a check that does not refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AddressAccess {
    /// There is nothing to check.
    Unchecked,
    /// The profile checks nothing. With a check, the page would need a permission for this address space.
    Disabled(AddressSpace),
    /// The page may reach the address space, by this step of the draft.
    Allowed { space: AddressSpace, step: &'static str, by_permission: bool },
    /// The user decides whether the page may reach the address space.
    Ask(AddressSpace),
}

impl Engine {
    /// [Local Network Access check](https://wicg.github.io/local-network-access/#local-network-access-check), as Chromium
    /// does it.
    pub(crate) fn local_network_access_check(
        &self,
        request: &CurrentRequest,
        address: Address,
    ) -> Result<AddressAccess, Reason> {
        let rules = &self.rules.local_network;
        // Step 3: the policy container is null. Here the page has no address.
        let Some(page_address) = request.network.address else { return Ok(AddressAccess::Unchecked) };
        if self.is_exempt_from_local_network_access(request) {
            return Ok(AddressAccess::Unchecked);
        }
        // Step 1: determine the IP address space.
        let space = rules.address_space(address);
        let needs_permission =
            rules.address_space(page_address) == AddressSpace::Public && space != AddressSpace::Public;
        let is_same_origin = request.origin.as_tuple().is_some_and(is_potentially_trustworthy_origin)
            && origin_is_same_as_url(&request.origin, request.current_url());
        if !rules.is_checked {
            let would_ask = needs_permission && !is_same_origin;
            return Ok(if would_ask { AddressAccess::Disabled(space) } else { AddressAccess::Unchecked });
        }
        let allowed = |step| Ok(AddressAccess::Allowed { space, step, by_permission: false });
        // Step 2: the request's origin is potentially trustworthy, and same origin with the current URL.
        if is_same_origin {
            return allowed("2");
        }
        // Step 4: the request has a target IP address space. Step 4.2: it is another space. Step 4.3 would allow the
        // request, and the draft sets the target of URLs such as `http://192.168.0.1/` by itself, so every page could
        // reach them without permission. No engine does either.
        match request.target_address_space {
            Some(target) if target != space && !rules.ignores_target => {
                return Err(Reason::AddressSpaceMismatch { target, space });
            }
            _ => {}
        }
        // Step 5: the space is less public than the page's. Engines check only public pages.
        if !needs_permission {
            return allowed("6");
        }
        // Step 5.2: the page is not a secure context.
        if !request.network.is_secure_context && !rules.insecure_pages_may_ask {
            return Err(Reason::LocalNetworkInsecureContext { space });
        }
        // Step 5.8: there is no document. Step 5.9: the document is not allowed to use the permission. Steps 5.10
        // to 5.13: the state of the permission.
        match request.network.permissions.of(space) {
            Permission::Granted => Ok(AddressAccess::Allowed { space, step: "5.12", by_permission: true }),
            Permission::Prompt => Ok(AddressAccess::Ask(space)),
            permission @ (Permission::Denied | Permission::NotAllowed | Permission::NoDocument) => {
                Err(Reason::LocalNetworkDenied { space, permission })
            }
        }
    }

    /// Returns whether a request is not checked: navigations of tabs and windows are not, and WebSockets need not be.
    fn is_exempt_from_local_network_access(&self, request: &CurrentRequest) -> bool {
        match request.mode {
            Mode::Navigate => request.destination == Destination::Document,
            Mode::WebSocket => self.rules.local_network.web_sockets_are_exempt,
            _ => false,
        }
    }
}

impl LocalNetworkRules {
    /// Determine the IP address space, with the engine's table.
    fn address_space(&self, address: Address) -> AddressSpace {
        match address {
            Address::Space(space) => space,
            Address::Ip(IpAddr::V6(ip))
                if self.documentation_addresses_are_public && is_site_local_or_for_documentation(ip) =>
            {
                AddressSpace::Public
            }
            Address::Ip(ip) => AddressSpace::of(ip),
        }
    }

    /// [Should fetching request be blocked as mixed content?](https://w3c.github.io/webappsec-mixed-content/#should-block-fetch),
    /// step 1.3: the user agent has been instructed to allow mixed content. Local network access has its own check of
    /// these requests. A name says nothing about an address, except for `.local`, so a page names the address space.
    #[cfg(feature = "oracle")]
    pub(crate) fn allows_mixed_content(&self, url: &Url, target: Option<AddressSpace>) -> bool {
        let is_local_ip = |ip: IpAddr| self.address_space(ip.into()) != AddressSpace::Public;
        let is_local_host = match url.host() {
            Some(Host::Domain(name)) => name.ends_with(".local"),
            Some(Host::Ipv4(ip)) => is_local_ip(ip.into()),
            Some(Host::Ipv6(ip)) => is_local_ip(ip.into()),
            None => false,
        };
        let is_local_target = target.is_some_and(|space| space != AddressSpace::Public);
        self.is_checked && !self.local_servers_are_mixed_content && (is_local_host || is_local_target)
    }
}
