//! Rules for responses.

use super::group;

/// What happens to an empty line of a name that has another line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EmptyLines {
    /// It counts.
    Count,
    /// It is skipped, except for `Location`.
    Skipped,
    /// It is skipped, except for `Location`, and for `Access-Control-Allow-Origin` if response tainting is
    /// "cors". This is what happens if servers spell the second name so.
    SkippedExceptAllowOrigin,
}

impl EmptyLines {
    /// What happens if servers send names in lower case, or spell them in the usual way.
    pub(crate) fn with_lower_case_names(self, lower_case: bool) -> Self {
        match self {
            Self::Count => Self::Count,
            Self::Skipped | Self::SkippedExceptAllowOrigin if lower_case => Self::Skipped,
            Self::Skipped | Self::SkippedExceptAllowOrigin => Self::SkippedExceptAllowOrigin,
        }
    }
}

/// Which opaque responses opaque-response blocking lets through by their MIME type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OpaqueResponses {
    /// There is no opaque-response blocking.
    NeverBlocked,
    /// Style sheets, SVG images, and all audio and video.
    MediaTypesAllowed,
    /// Style sheets, SVG images, scripts, and what the draft of opaque-response blocking does not allow, but
    /// is needed to play media.
    ScriptTypesAllowed,
}

group! {
    /// How the headers of a response are read, and what they allow.
    ResponseRules {
        /// What an empty line counts when the lines of a name are combined.
        ///
        /// Standard: it counts (get a header, step 2), so `true` and an empty line become `true, `.
        /// Firefox: it is skipped, except for `Location`, and in a CORS check for two lines that are both
        /// spelled `Access-Control-Allow-Origin`.
        empty_lines: EmptyLines = EmptyLines::Count,

        /// Whether a response that a service worker made is a basic filtered response, whatever the mode and
        /// the URL of the request.
        ///
        /// Standard: response tainting decides the type, as for every other response (main fetch, step 14),
        /// so in mode "cors" scripts see only the exposed headers, and in mode "no-cors" nothing.
        /// Chromium, Firefox, WebKit: it is a basic filtered response, so scripts see everything.
        service_worker_responses_are_basic: bool = false,

        /// Whether an IP address is same site with itself on another port, for
        /// `Cross-Origin-Resource-Policy: same-site`.
        ///
        /// Standard: it is, because ports do not matter to schemelessly same site (cross-origin resource
        /// policy internal check, step 5).
        /// Chromium: it is not.
        addresses_are_sites: bool = true,

        /// Whether all hosts without a registrable domain that are not IP addresses, such as `localhost`, are
        /// one site for `Cross-Origin-Resource-Policy: same-site`, together with opaque origins.
        ///
        /// Standard: two hosts of this kind must be equal, and an opaque origin is same site with no other
        /// origin (schemelessly same site).
        /// Chromium: they are one site.
        hosts_without_registrable_domain_are_same_site: bool = false,

        /// Whether a `Cross-Origin-Resource-Policy` with an unknown value counts as absent, so that the
        /// embedder policy `require-corp` refuses the response.
        ///
        /// Standard: it counts as absent (cross-origin resource policy internal check, steps 3 and 4).
        /// Firefox: an unknown value lets the response through, unless it is empty.
        unknown_resource_policy_is_none: bool = true,

        /// Whether the user agent knows the embedder policy `credentialless`.
        ///
        /// Standard: it knows the policy, which removes credentials in mode "no-cors" (HTTP-network-or-cache
        /// fetch, step 8.4).
        /// WebKit: it does not know the policy, which counts as `unsafe-none`.
        supports_credentialless: bool = true,

        /// Whether in mode "no-cors" the TAO check compares with the origin that a redirect tainted.
        ///
        /// Standard: it does (TAO check, step 5).
        /// WebKit: it compares with the page's origin.
        timing_is_tainted_in_no_cors: bool = true,

        /// Whether the timing of an opaque response is hidden if its status is 206 or not an ok status,
        /// unless the response is a script, a style sheet or `image/svg+xml`.
        ///
        /// Standard: it is not hidden if no TAO check failed (main fetch, step 19).
        /// Firefox: it is hidden.
        opaque_timing_needs_ok_status: bool = false,

        /// Whether the HTTP cache keeps responses to requests with credentials apart from those without.
        ///
        /// Standard: they are in one HTTP cache partition (determine the HTTP cache partition).
        /// Firefox: it keeps them apart.
        stored_apart_by_credentials: bool = false,

        /// Whether the HTTP cache stores a response that the CORS check refuses.
        ///
        /// Standard: it does, because HTTP-network-or-cache fetch stores the response before the check (step
        /// 10.5.2).
        /// Chromium and WebKit: they do not store it.
        stores_refused_responses: bool = true,

        /// How opaque-response blocking judges an opaque response by its status and its headers.
        ///
        /// Standard: Fetch has no opaque-response blocking.
        /// Chromium: it blocks types that no element loads, such as `application/zip`, and HTML, JSON, XML and
        /// text with `nosniff`. It allows all types of audio and video, and looks at the bodies of scripts.
        /// Firefox: it does the same, but allows all types of scripts and text with `nosniff`, looks at the
        /// bodies of audio and video, and blocks HTML, JSON and XML with the status 206.
        opaque_responses: OpaqueResponses = OpaqueResponses::NeverBlocked,
    }
}
