//! Rules for the headers `Sec-Fetch-*`.

use super::group;

group! {
    /// Which requests have the headers, and what they say.
    FetchMetadataRules {
        /// Whether handshakes of WebSockets have the headers.
        ///
        /// Standard: every request to a potentially trustworthy URL has them (append the Fetch metadata headers for a
        /// request, step 1).
        /// Chromium: handshakes do not.
        sent_with_web_sockets: bool = true,

        /// Whether requests in mode "cors" have the headers after a redirect to another origin.
        ///
        /// Standard: they do.
        /// WebKit: they do not, until another redirect stays within one origin.
        sent_after_redirects_in_cors: bool = true,

        /// Whether the URLs that redirected count for the `Sec-Fetch-Site` of a preflight.
        ///
        /// Standard: they do, because the preflight has the request's URL list (set the `Sec-Fetch-Site` header, step
        /// 5).
        /// Chromium and Firefox: only the URL of the preflight counts.
        preflights_compare_all_urls: bool = true,

        /// Whether the `Sec-Fetch-Site` of a preflight is `cross-site` after a redirect that made the origin `null`.
        ///
        /// Standard: only the URLs count (set the `Sec-Fetch-Site` header, step 5).
        /// WebKit: the new origin is another site than every URL.
        tainted_preflights_are_cross_site: bool = false,

        /// Whether two ports of one IP address are one site after a redirect.
        ///
        /// Standard: they are, as before a redirect (set the `Sec-Fetch-Site` header, step 5.3).
        /// Firefox: they are not after a redirect.
        addresses_stay_sites_after_redirects: bool = true,

        /// Whether `Sec-Fetch-Dest` of `<object>` and `<embed>` is `iframe`.
        ///
        /// Standard: it is `object` and `embed`.
        /// WebKit: it is `iframe`.
        embeds_are_iframes: bool = false,

        /// Whether `Sec-Fetch-Dest` of reports is `empty`.
        ///
        /// Standard: it is `report`.
        /// WebKit: it is `empty`.
        reports_are_empty: bool = false,

        /// Whether `Sec-Fetch-Dest` of WebSockets is `websocket`.
        ///
        /// Standard: it is `empty`.
        /// WebKit: it is `websocket`.
        web_sockets_have_a_destination: bool = false,
    }
}
