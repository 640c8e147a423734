//! The snapshot of the standards that this crate follows, and the steps in it that a decision rests on.
//!
//! ```text
//!   CORS-preflight fetch 7.5
//!   └─────────┬────────┘ └┬┘
//!   Algorithm::name()   StandardStep::number(), as counted in FETCH_SNAPSHOT
//! ```
//!
//! Step numbers change when a standard is edited. All step numbers in this crate refer to one commit of
//! [whatwg/fetch](https://github.com/whatwg/fetch) and one of [whatwg/xhr](https://github.com/whatwg/xhr). An
//! item of a list without numbers (a "switch") has the number of the step that it belongs to.
//!
//! # Links in this documentation
//! - [`StandardStep::link`] and every other link next to a step number lead to the snapshot. WHATWG publishes
//!   each commit of a standard's main branch under `commit-snapshots/`, where it never changes.
//! - A link to an algorithm or a term without a step number leads to the living standard.
//! - HTML, URL and the other standards are not pinned.

use std::fmt;

macro_rules! fetch_snapshot {
    () => {
        "586cd2a44c2a865b37c166dc0740f3fb8bb220d6"
    };
}

macro_rules! xhr_snapshot {
    () => {
        "d375b2858e46f8c253d1f1380744ee7ebec432b4"
    };
}

/// The commit of <https://github.com/whatwg/fetch> (2 July 2026) that the step numbers of Fetch refer to, in
/// hexadecimal.
pub const FETCH_SNAPSHOT: &str = fetch_snapshot!();

/// The commit of <https://github.com/whatwg/xhr> (14 May 2026) that the step numbers of `XMLHttpRequest`
/// refer to, in hexadecimal.
pub const XHR_SNAPSHOT: &str = xhr_snapshot!();

macro_rules! fetch {
    ($anchor:literal) => {
        concat!("https://fetch.spec.whatwg.org/commit-snapshots/", fetch_snapshot!(), "/#", $anchor)
    };
}

macro_rules! xhr {
    ($anchor:literal) => {
        concat!("https://xhr.spec.whatwg.org/commit-snapshots/", xhr_snapshot!(), "/#", $anchor)
    };
}

/// The living standard.
macro_rules! html {
    ($page_and_anchor:literal) => {
        concat!("https://html.spec.whatwg.org/multipage/", $page_and_anchor)
    };
}

/// A standard that neither Fetch nor HTML contains.
macro_rules! other {
    ($url:literal) => {
        $url
    };
}

/// Defines [`Algorithm`] from a table: the variant, the name as the standard writes it, the standard and the
/// anchor.
macro_rules! algorithms {
    ($($variant:ident: $name:literal, $standard:ident!($anchor:literal);)*) => {
        /// An algorithm of the standards that can decide about a fetch.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Algorithm {
            $(#[doc = concat!("[", $name, "](", $standard!($anchor), ").")] $variant,)*
        }

        impl Algorithm {
            /// The algorithm's name as the standard writes it, such as `CORS check`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            const fn link(self) -> &'static str {
                match self {
                    $(Self::$variant => $standard!($anchor),)*
                }
            }
        }
    };
}

algorithms! {
    MainFetch: "main fetch", fetch!("concept-main-fetch");
    SchemeFetch: "scheme fetch", fetch!("concept-scheme-fetch");
    HttpFetch: "HTTP fetch", fetch!("concept-http-fetch");
    HttpRedirectFetch: "HTTP-redirect fetch", fetch!("concept-http-redirect-fetch");
    HttpNetworkOrCacheFetch: "HTTP-network-or-cache fetch", fetch!("concept-http-network-or-cache-fetch");
    CorsPreflightFetch: "CORS-preflight fetch", fetch!("cors-preflight-fetch");
    CorsCheck: "CORS check", fetch!("concept-cors-check");
    LocalNetworkAccessCheck: "Local Network Access check",
        other!("https://wicg.github.io/local-network-access/#local-network-access-check");
    TaoCheck: "TAO check", fetch!("concept-tao-check");
    ResourcePolicyInternalCheck: "cross-origin resource policy internal check",
        fetch!("cross-origin-resource-policy-internal-check");
    HeadersAppend: "Headers append", fetch!("concept-headers-append");
    RequestConstructor: "new Request()", fetch!("dom-request");
    XhrOpen: "open()", xhr!("dom-xmlhttprequest-open");
    XhrSend: "send()", xhr!("dom-xmlhttprequest-send");
    XhrSetRequestHeader: "setRequestHeader()", xhr!("dom-xmlhttprequest-setrequestheader");
    CreatePotentialCorsRequest: "create a potential-CORS request",
        html!("urls-and-fetching.html#create-a-potential-cors-request");
    UpdateTheImageData: "update the image data", html!("images.html#update-the-image-data");
    MediaResourceFetch: "resource fetch algorithm", html!("media.html#concept-media-load-resource");
    TrackProcessingModel: "start the track processing model",
        html!("media.html#start-the-track-processing-model");
    CreateLinkRequest: "create a link request", html!("semantics.html#create-a-link-request");
    Preload: "preload", html!("links.html#preload");
    LinkTypeIcon: "link type \"icon\"", html!("links.html#rel-icon");
    LinkTypePrefetch: "link type \"prefetch\"", html!("links.html#link-type-prefetch");
    LinkTypeManifest: "link type \"manifest\"", html!("links.html#link-type-manifest");
    FetchClassicScript: "fetch a classic script", html!("webappapis.html#fetch-a-classic-script");
    FetchSingleModuleScript: "fetch a single module script",
        html!("webappapis.html#fetch-a-single-module-script");
    FetchModulePreload: "fetch a modulepreload module script graph",
        html!("webappapis.html#fetch-a-modulepreload-module-script-graph");
    FetchClassicWorkerScript: "fetch a classic worker script",
        html!("webappapis.html#fetch-a-classic-worker-script");
    FetchModuleWorkerScript: "fetch a module worker script graph",
        html!("webappapis.html#fetch-a-module-worker-script-tree");
    FetchWorkerImportedScript: "fetch a classic worker-imported script",
        html!("webappapis.html#fetch-a-classic-worker-imported-script");
    FetchWorkletScript: "fetch a worklet script graph", html!("webappapis.html#fetch-a-worklet-script-graph");
    EventSourceConstructor: "EventSource()", html!("server-sent-events.html#dom-eventsource");
    HyperlinkAuditing: "hyperlink auditing", html!("links.html#hyperlink-auditing");
    CreateNavigationParams: "create navigation params by fetching",
        html!("browsing-the-web.html#create-navigation-params-by-fetching");
    SubmitForm: "submit a form", html!("form-control-infrastructure.html#form-submission-algorithm");
    FetchStyleResource: "fetch a style resource",
        other!("https://drafts.csswg.org/css-values-4/#fetch-a-style-resource");
    FetchFont: "fetch a font", other!("https://drafts.csswg.org/css-fonts-4/#fetch-a-font");
    SendBeacon: "sendBeacon()", other!("https://w3c.github.io/beacon/#sec-processing-model");
    AttemptToDeliverReports: "attempt to deliver reports",
        other!("https://w3c.github.io/reporting/#try-delivery");
    ReportViolation: "report a violation", other!("https://w3c.github.io/webappsec-csp/#report-violation");
    ServiceWorkerUpdate: "Update", other!("https://w3c.github.io/ServiceWorker/#update-algorithm");
    EstablishWebSocketConnection: "establish a WebSocket connection",
        other!("https://websockets.spec.whatwg.org/#concept-websocket-establish");
    WebTransportConstructor: "WebTransport()",
        other!("https://w3c.github.io/webtransport/#webtransport-constructor");
}

/// A step of an algorithm in the snapshot. Prints as `CORS-preflight fetch 7.5`.
///
/// Errors and traces of the browser side have one for each decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StandardStep {
    algorithm: Algorithm,
    number: &'static str,
}

impl StandardStep {
    /// A step by its number in the snapshot. An empty number means the whole algorithm.
    #[cfg(feature = "browser")]
    pub(crate) const fn new(algorithm: Algorithm, number: &'static str) -> Self {
        Self { algorithm, number }
    }

    /// The algorithm that the step belongs to.
    #[must_use]
    pub const fn algorithm(self) -> Algorithm {
        self.algorithm
    }

    /// The step's number, such as `7.5`. Empty if the whole algorithm is meant.
    #[must_use]
    pub const fn number(self) -> &'static str {
        self.number
    }

    /// The URL of the algorithm, for Fetch and `XMLHttpRequest` in the pinned snapshot, for which
    /// [`number`](Self::number) is right.
    #[must_use]
    pub const fn link(self) -> &'static str {
        self.algorithm.link()
    }
}

impl fmt::Display for StandardStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.algorithm.name())?;
        if self.number.is_empty() { Ok(()) } else { write!(f, " {}", self.number) }
    }
}

#[cfg(test)]
mod tests {
    use super::{FETCH_SNAPSHOT, XHR_SNAPSHOT};

    /// The table of steps that `docs/` has is checked against the same snapshot.
    #[test]
    fn the_links_of_the_coverage_table_lead_to_the_snapshots() {
        let table = include_str!("../docs/coverage.md");
        for (standard, snapshot) in [("fetch", FETCH_SNAPSHOT), ("xhr", XHR_SNAPSHOT)] {
            let pinned = format!("<https://{standard}.spec.whatwg.org/commit-snapshots/{snapshot}/#");
            assert!(table.contains(&pinned));
            let any = format!("<https://{standard}.spec.whatwg.org/");
            assert_eq!(table.matches(&any).count(), table.matches(&pinned).count());
        }
    }
}
