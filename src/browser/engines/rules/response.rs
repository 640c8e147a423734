//! Rules for responses.

use super::group;

group! {
    /// How the headers of a response are read, and what they allow.
    ResponseRules {
        /// Whether an empty line counts when the lines of a name are combined.
        ///
        /// Standard: it does (get a header, step 2), so `true` and an empty line are `true, `.
        empty_lines_count: bool = true,

        /// Whether an IP address is same site with itself for `Cross-Origin-Resource-Policy: same-site`.
        ///
        /// Standard: it is, whatever the ports are (cross-origin resource policy internal check, step 5: schemelessly same
        /// site).
        addresses_are_sites: bool = true,

        /// Whether all hosts without a registrable domain that are not IP addresses, such as `localhost`, are of one site there,
        /// together with opaque origins.
        ///
        /// Standard: such hosts must be equal, and an opaque origin is same site with no other (schemelessly same site).
        hosts_without_registrable_domain_are_same_site: bool = false,

        /// Whether a `Cross-Origin-Resource-Policy` with another value than the three counts as absent, so that the embedder
        /// policy `require-corp` refuses it.
        ///
        /// Standard: it does (cross-origin resource policy internal check, steps 3 and 4).
        unknown_resource_policy_is_none: bool = true,

        /// Whether the embedder policy `credentialless` is known.
        ///
        /// Standard: it is, and removes credentials in mode "no-cors" (HTTP-network-or-cache fetch, step 8.4).
        supports_credentialless: bool = true,

        /// Whether the TAO check compares with the tainted origin in mode "no-cors".
        ///
        /// Standard: it does (TAO check, step 5).
        timing_is_tainted_in_no_cors: bool = true,

        /// Whether the timing of an opaque response may be read only if the status is an ok status other than 206, or if the
        /// response is a script, a style sheet or `image/svg+xml`.
        ///
        /// Standard: a TAO check that passed is enough (main fetch, step 19).
        opaque_timing_needs_ok_status: bool = false,
    }
}
