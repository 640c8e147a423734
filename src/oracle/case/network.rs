//! Addresses and permissions of a case: local network access.

use serde::Deserialize;

use super::{Case, invalid::InvalidCase, response::CaseResponse};
use crate::browser::{AddressSpace, Page, Permission};

/// The state of the page's permissions; `prompt` if absent.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct CasePermissions {
    #[serde(with = "PermissionName")]
    loopback_network: Permission,
    #[serde(with = "PermissionName")]
    local_network: Permission,
}

#[derive(Deserialize)]
#[serde(remote = "Permission", rename_all = "kebab-case")]
enum PermissionName {
    Prompt,
    Granted,
    Denied,
    NotAllowed,
    NoDocument,
}

impl Case {
    /// A page of this case, with the case's address and permissions.
    pub(super) fn in_network(&self, page: Page) -> Page {
        let CasePermissions { loopback_network, local_network } = self.permissions;
        let page = page.with_permission(AddressSpace::Loopback, loopback_network);
        let page = page.with_permission(AddressSpace::Local, local_network);
        let page = match self.secure_context {
            Some(is_secure) => page.with_secure_context(is_secure),
            None => page,
        };
        match self.page_ip {
            Some(ip) => page.with_address(ip),
            None => page,
        }
    }

    /// If the page has an address, each server must have one.
    pub(super) fn check_addresses(&self) -> Result<(), InvalidCase> {
        if self.page_ip.is_none() {
            return Ok(());
        }
        let missing =
            |at: String| Err(InvalidCase::new(at, "it is required, because the case has `page_ip`"));
        for (index, step) in self.steps.iter().enumerate() {
            if let Some(response) = step.responses.iter().position(CaseResponse::needs_address) {
                return missing(format!("steps[{index}].responses[{response}].ip"));
            }
        }
        let mut routes = self.routes.iter().flatten();
        if let Some((url, _)) = routes.find(|(_, route)| route.ip.is_none()) {
            return missing(format!("routes[{url}].ip"));
        }
        match &self.server {
            Some(server) if server.ip.is_none() => missing("server.ip".to_owned()),
            _ => Ok(()),
        }
    }
}
