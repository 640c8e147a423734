//! What to do if local network access refuses. No header of a response helps.

use super::{Fix, Side};
use crate::browser::{address_space::AddressSpace, permission::Permission};

/// The fixes for a permission that a page does not have.
pub(super) fn of_denial(space: AddressSpace, permission: Permission) -> Vec<Fix> {
    let what = match space {
        AddressSpace::Loopback => "apps on this device",
        AddressSpace::Local | AddressSpace::Public => "devices on the local network",
    };
    let name = space.permission_name().unwrap_or_default();
    match permission {
        Permission::NotAllowed => vec![Fix::new(
            Side::Page,
            format!("Add `allow=\"{name}\"` to the element of the frame; no response header helps."),
        )],
        Permission::NoDocument => vec![Fix::new(
            Side::Page,
            format!(
                "Make the request in a page, so that the user can let the site access {what}; no response \
                 header helps."
            ),
        )],
        Permission::Prompt => {
            vec![by_user(&format!("Let the site access {what} when the browser asks")), by_administrator()]
        }
        Permission::Denied | Permission::Granted => {
            let how = format!("Let the site access {what}, in the browser's settings for the site");
            vec![by_user(&how), by_administrator()]
        }
    }
}

fn by_user(how: &str) -> Fix {
    Fix::new(Side::User, format!("{how}; no response header helps, and CORS applies after that."))
}

fn by_administrator() -> Fix {
    let text = "Let an administrator allow it, in Chrome with the policy `LocalNetworkAccessAllowedForUrls`.";
    Fix::new(Side::User, text)
}

/// The fix for a page that is not a secure context.
pub(super) fn of_insecure_context() -> Vec<Fix> {
    let text = "Load the page over https, and the pages around it, so that the browser can ask the user; no \
                response header helps, and CORS applies after that.";
    vec![Fix::new(Side::Page, text)]
}

/// The fix for a request that names another address space.
pub(super) fn of_mismatch(space: AddressSpace) -> Vec<Fix> {
    let text = format!("Set `targetAddressSpace` to \"{space}\" in the page; no response header helps.");
    vec![Fix::new(Side::Page, text)]
}
