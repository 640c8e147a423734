//! [Local network access](https://wicg.github.io/local-network-access/): a draft, by which HTTP-network-or-cache fetch and
//! HTTP-network fetch check the address of a connection, or of a stored response, before they use it.

use super::Fetch;
use crate::{
    browser::{
        address_space::{Address, AddressSpace},
        diagnosis::{Finding, Phase, Reason, Refused, Warning},
        engines::AddressAccess,
        permission::Permission,
    },
    standard::Algorithm::LocalNetworkAccessCheck,
};

impl Fetch {
    /// Returns whether the embedder must give the address of each connection, because it gave the page's.
    pub(crate) fn needs_addresses(&self) -> bool {
        self.request.network.address.is_some()
    }

    /// Checks the address of a connection. Returns the address space about which the user decides; `None` if there is
    /// nothing to decide.
    pub(crate) fn check_address(
        &mut self,
        phase: Phase,
        address: Address,
    ) -> Result<Option<AddressSpace>, Box<Refused>> {
        match self.engine.local_network_access_check(&self.request, address) {
            Ok(AddressAccess::Unchecked) => Ok(None),
            Ok(AddressAccess::Disabled(space)) => {
                self.warn(Warning::LocalNetworkUnchecked { space });
                Ok(None)
            }
            Ok(AddressAccess::Allowed { space, step, by_permission }) => {
                let finding = Finding::AddressAllowed { space, by_permission };
                self.note((LocalNetworkAccessCheck, step), |_| finding);
                Ok(None)
            }
            Ok(AddressAccess::Ask(space)) => Ok(Some(space)),
            Err(reason) => Err(Refused::without_response(phase, reason)),
        }
    }

    /// Step 5.13.1: the user grants the permission, for the rest of this fetch too.
    pub(crate) fn grant(&mut self, space: AddressSpace) {
        self.request.network.permissions.set(space, Permission::Granted);
        let finding = Finding::AddressAllowed { space, by_permission: true };
        self.note((LocalNetworkAccessCheck, "5.13.1"), |_| finding);
    }

    /// Step 5.13.2: the user does not grant the permission.
    pub(crate) fn refuse_permission(phase: Phase, space: AddressSpace) -> Box<Refused> {
        let reason = Reason::LocalNetworkDenied { space, permission: Permission::Prompt };
        Refused::without_response(phase, reason)
    }
}
