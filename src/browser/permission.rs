//! A page's permissions for local network access.

use crate::browser::address_space::{Address, AddressSpace};

/// Whether a page may reach an address space that is less public than its own: the state of its permission
/// `loopback-network` or `local-network`, and what keeps it from asking for it.
///
/// See [`Page::with_permission`](crate::browser::Page::with_permission).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Permission {
    /// The user decides when the page needs the permission.
    #[default]
    Prompt,
    /// The page has the permission.
    Granted,
    /// The page does not have the permission, and the user is not asked.
    Denied,
    /// The permissions policy of a frame does not allow it, because the element in the page around it has no
    /// `allow` for the permission.
    NotAllowed,
    /// The page does not have the permission, and it is a service worker or a shared worker, which has no document
    /// in which the user could be asked.
    NoDocument,
}

/// What local network access asks about the client of a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ClientNetwork {
    /// The address that the page came from. Without it, nothing is checked.
    pub(crate) address: Option<Address>,
    pub(crate) is_secure_context: bool,
    pub(crate) permissions: Permissions,
}

/// The state of both permissions.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Permissions {
    loopback: Permission,
    local: Permission,
}

impl Permissions {
    /// The permission for a space. A public address needs none.
    pub(crate) fn of(self, space: AddressSpace) -> Permission {
        match space {
            AddressSpace::Loopback => self.loopback,
            AddressSpace::Local => self.local,
            AddressSpace::Public => Permission::Granted,
        }
    }

    pub(crate) fn set(&mut self, space: AddressSpace, permission: Permission) {
        match space {
            AddressSpace::Loopback => self.loopback = permission,
            AddressSpace::Local => self.local = permission,
            AddressSpace::Public => {}
        }
    }
}
