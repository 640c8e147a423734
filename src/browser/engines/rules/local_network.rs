//! Rules for local network access.

use super::group;

group! {
    /// Which requests may reach less public address spaces. The standard has no local network access, so its values are
    /// those of Chromium, except that nothing is checked.
    LocalNetworkRules {
        /// Whether the addresses of connections are checked.
        ///
        /// Standard: they are not.
        /// Chromium and Firefox: they are.
        is_checked: bool = false,

        /// Whether `targetAddressSpace` is ignored.
        ///
        /// Standard: it has no such member. In Chromium, another address space is an error.
        /// Firefox: it is ignored.
        ignores_target: bool = false,

        /// Whether a page that is not a secure context may have a permission.
        ///
        /// Standard: it has no local network access. In Chromium, such a page is refused.
        /// Firefox: it may have the permission, and it may ask for it.
        insecure_pages_may_ask: bool = false,

        /// Whether WebSockets are not checked.
        ///
        /// Standard: it has no local network access. In Chromium, WebSockets are checked.
        /// Firefox: they are not checked.
        web_sockets_are_exempt: bool = false,

        /// Whether `fec0::/10`, `2001:db8::/32` and `3fff::/20` are public.
        ///
        /// Standard: it has no address spaces. In Chromium, these addresses are local.
        /// Firefox: they are public.
        documentation_addresses_are_public: bool = false,

        /// Whether servers on the local network are mixed content like all others.
        ///
        /// Standard: it has no local network access. In Chromium, a page over https may reach them over http.
        /// Firefox: they are mixed content.
        local_servers_are_mixed_content: bool = false,
    }
}
