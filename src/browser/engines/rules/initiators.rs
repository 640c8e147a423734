//! Rules for what initiators set.

use super::group;

group! {
    /// Mode, credentials mode, unsafe-request flag and referrer policy of the requests of single initiators.
    InitiatorRules {
        /// Whether fonts of style sheets have mode "no-cors" and credentials mode "include".
        ///
        /// Standard: they have mode "cors" and credentials mode "same-origin" (CSS Fonts, fetch a font).
        /// WebKit: they have mode "no-cors" and credentials mode "include", so any font of any server is
        /// used.
        fonts_are_no_cors: bool = false,

        /// Whether a `<track>` without the attribute `crossorigin` has mode "no-cors".
        ///
        /// Standard: it has mode "same-origin" (create a potential-CORS request, step 2).
        /// WebKit: it has mode "no-cors".
        tracks_are_no_cors: bool = false,

        /// Whether a preload of a font has mode "cors" and credentials mode "same-origin", whatever the
        /// attribute `crossorigin` says.
        ///
        /// Standard: the attribute decides (create a potential-CORS request, steps 1, 3 and 4).
        /// Firefox: it always has them.
        font_preloads_are_anonymous: bool = false,

        /// Whether `importScripts()` has credentials mode "include".
        ///
        /// Standard: it has credentials mode "same-origin", the default of a request (fetch a classic
        /// worker-imported script).
        /// Chromium, Firefox and WebKit: it has credentials mode "include".
        imported_scripts_include_credentials: bool = false,

        /// Whether a report to a `report-uri` of another origin is sent.
        ///
        /// Standard: it is a network error, because its mode is "no-cors" and its redirect mode is "error"
        /// (Content Security Policy, report a violation; main fetch, step 12).
        /// Chromium, Firefox and WebKit: it is sent.
        csp_reports_are_sent: bool = false,

        /// Whether a beacon has the unsafe-request flag, so that the type of its body may need a preflight.
        ///
        /// Standard: it has not (Beacon, processing model).
        /// Chromium, Firefox and WebKit: it has.
        beacons_are_unsafe: bool = false,

        /// Whether CSS images of the page have the default referrer policy, whatever the page's policy is.
        ///
        /// Standard: they have the page's policy (CSS Values, fetch a style resource).
        /// Chromium: they have the default policy, unless a script made the style sheet.
        css_images_have_the_default_policy: bool = false,

        /// Whether the WebSocket of a worker at a `data:` URL has the origin of the page that made the worker.
        ///
        /// Standard: it has the opaque origin of the worker (HTML, run a worker).
        /// Firefox and WebKit: it has the origin of the page.
        web_sockets_of_data_workers_have_the_page_origin: bool = false,
    }
}
