//! The initiators: everything on the web platform that makes requests, in one table.
//!
//! The constructors in `initiator/`, the data format and the page `docs/initiators.md` are made from it.

mod description;
mod entry;

pub(crate) use entry::{BodyRule, CredentialsRule, Entry, HeaderRule, ModeRule, UrlRule};

use super::{
    destination::Destination as D,
    modes::{CacheMode, CredentialsMode, Mode, RedirectMode},
};
use crate::standard::Algorithm;

/// Writes the enum and the table.
macro_rules! initiators {
    ($($(#[doc = $doc:literal])+ $Variant:ident $name:literal $title:literal $entry:expr;)+) => {
        /// The API, the element or the user agent's feature that makes a request.
        ///
        /// [`Page::request`](super::Page::request) makes the requests of all initiators.
        /// [The table of initiators](crate::_documentation::initiators) shows mode, credentials mode,
        /// destination and everything else that each of them sets, and what a page may set.
        ///
        /// Fetch's own *initiator* and *initiator type* are other properties of a request.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Initiator {
            $($(#[doc = $doc])+ $Variant,)+
        }

        impl Initiator {
            /// All initiators.
            pub const ALL: &[Self] = &[$(Self::$Variant,)+];

            /// The initiator as messages write it, such as `fetch()`, `<img>` or `EventSource`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Variant => $title,)+
                }
            }

            /// The initiator's name for programs, such as `fetch`, `image` or `event-source`, as cases of the
            /// [`oracle`](crate::oracle) have it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$Variant => $name,)+
                }
            }

            /// The documentation of the variant, for `docs/initiators.md`.
            #[doc(hidden)]
            #[must_use]
            pub const fn documentation(self) -> &'static str {
                match self {
                    $(Self::$Variant => concat!($($doc),+),)+
                }
            }

            /// What the table says about the initiator.
            pub(crate) const fn entry(self) -> &'static Entry {
                match self {
                    $(Self::$Variant => const { &$entry },)+
                }
            }
        }

        #[cfg(all(feature = "oracle", feature = "serde"))]
        impl super::keywords::Keyword for Initiator {
            const NAMES: &'static [&'static str] = &[$($name,)+];

            fn with_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|initiator| initiator.name() == name)
            }
        }
    };
}

initiators! {
    /// A call of `fetch()`. [`Page::fetch`](super::Page::fetch) has all its options.
    Fetch "fetch" "fetch()"
        Entry { algorithm: Algorithm::RequestConstructor, ..Entry::SCRIPT };
    /// An `XMLHttpRequest`. [`Page::xml_http_request`](super::Page::xml_http_request) has all its options.
    XmlHttpRequest "xhr" "XMLHttpRequest"
        Entry {
            mode: ModeRule::Fixed(Mode::Cors),
            credentials: CredentialsRule::WithCredentials,
            algorithm: Algorithm::XhrSend,
            ..Entry::SCRIPT
        };
    /// Any element with a URL and an attribute `crossorigin`, without a destination.
    Element "element" "element"
        Entry::ELEMENT;
    /// An `<img>` or another image. A CSS image that does not need CORS, such as `background-image`, the poster of
    /// a `<video>` and an `<input type=image>` are images without an attribute.
    Image "image" "<img>"
        Entry { destinations: &[D::Image], algorithm: Algorithm::UpdateTheImageData, ..Entry::ELEMENT };
    /// An `<audio>` or a `<video>`. The user agent sets `Range`.
    Media "media" "<video>"
        Entry {
            destinations: &[D::Video, D::Audio],
            headers: HeaderRule::Only(&["range", "if-range"]),
            algorithm: Algorithm::MediaResourceFetch,
            ..Entry::ELEMENT
        };
    /// A `<track>`, with the attribute `crossorigin` of its `<audio>` or `<video>`.
    Track "track" "<track>"
        Entry {
            mode: ModeRule::AttributeOrSameOrigin,
            destinations: &[D::Track],
            algorithm: Algorithm::TrackProcessingModel,
            ..Entry::ELEMENT
        };
    /// A classic `<script>`.
    Script "script" "<script>"
        Entry { destinations: &[D::Script], algorithm: Algorithm::FetchClassicScript, ..Entry::ELEMENT };
    /// A `<script type=module>`, an `import` or an `import()`. A static `import` in a module worker has the
    /// destination of the worker, and its page is the page that made the worker.
    ModuleScript "module-script" "<script type=module>"
        Entry {
            credentials: CredentialsRule::AttributeOrSameOrigin,
            destinations: &[
                D::Script,
                D::Json,
                D::Style,
                D::Text,
                D::Worker,
                D::SharedWorker,
                D::ServiceWorker,
                D::AudioWorklet,
                D::PaintWorklet,
            ],
            algorithm: Algorithm::FetchSingleModuleScript,
            ..Entry::CORS
        };
    /// A `<link rel=stylesheet>`. An `@import` is a style sheet without an attribute. HTML sets no destination; the
    /// destination is that of [Fetch's table](https://fetch.spec.whatwg.org/#destination-table).
    Stylesheet "stylesheet" "<link rel=stylesheet>"
        Entry { destinations: &[D::Style], algorithm: Algorithm::CreateLinkRequest, ..Entry::ELEMENT };
    /// A CSS image whose pixels CSS reads: `mask-image`, `shape-outside`.
    CssImage "css-image" "CSS mask"
        Entry { destinations: &[D::Image], algorithm: Algorithm::FetchStyleResource, ..Entry::CORS };
    /// A font of `@font-face` or `FontFace`.
    Font "font" "@font-face"
        Entry { destinations: &[D::Font], algorithm: Algorithm::FetchFont, ..Entry::CORS };
    /// A `<link rel=preload>`. The destination is that of its attribute `as`; the empty one is `as=fetch`.
    Preload "preload" "<link rel=preload>"
        Entry {
            destinations: &[D::Empty, D::Font, D::Image, D::Script, D::Style, D::Track],
            algorithm: Algorithm::Preload,
            ..Entry::ELEMENT
        };
    /// A `<link rel=modulepreload>`.
    ModulePreload "module-preload" "<link rel=modulepreload>"
        Entry {
            mode: ModeRule::Module,
            credentials: CredentialsRule::AttributeOrSameOrigin,
            destinations: &[
                D::Script,
                D::Json,
                D::Style,
                D::Text,
                D::Worker,
                D::SharedWorker,
                D::ServiceWorker,
                D::AudioWorklet,
                D::PaintWorklet,
            ],
            algorithm: Algorithm::FetchModulePreload,
            ..Entry::CORS
        };
    /// A `<link rel=prefetch>`.
    Prefetch "prefetch" "<link rel=prefetch>"
        Entry {
            own_headers: &[("sec-purpose", "prefetch")],
            algorithm: Algorithm::LinkTypePrefetch,
            ..Entry::ELEMENT
        };
    /// A `<link rel=icon>`, or the user agent's own request for `/favicon.ico`.
    Icon "icon" "<link rel=icon>"
        Entry { destinations: &[D::Image], algorithm: Algorithm::LinkTypeIcon, ..Entry::ELEMENT };
    /// A `<link rel=manifest>`.
    Manifest "manifest" "<link rel=manifest>"
        Entry {
            credentials: CredentialsRule::AttributeOrSameOrigin,
            destinations: &[D::Manifest],
            algorithm: Algorithm::LinkTypeManifest,
            ..Entry::CORS
        };
    /// The script of a classic `Worker`.
    Worker "worker" "Worker"
        Entry {
            mode: ModeRule::Fixed(Mode::SameOrigin),
            destinations: &[D::Worker],
            algorithm: Algorithm::FetchClassicWorkerScript,
            ..Entry::CORS
        };
    /// The script of a classic `SharedWorker`.
    SharedWorker "shared-worker" "SharedWorker"
        Entry {
            mode: ModeRule::Fixed(Mode::SameOrigin),
            destinations: &[D::SharedWorker],
            algorithm: Algorithm::FetchClassicWorkerScript,
            ..Entry::CORS
        };
    /// The script of a `Worker` or `SharedWorker` with `type: "module"`. Its imports are module scripts.
    ModuleWorker "module-worker" "module worker"
        Entry {
            mode: ModeRule::Fixed(Mode::SameOrigin),
            credentials: CredentialsRule::Script,
            destinations: &[D::Worker, D::SharedWorker],
            algorithm: Algorithm::FetchModuleWorkerScript,
            ..Entry::CORS
        };
    /// The script of a service worker that is registered or updated. If the registration has
    /// `updateViaCache: "all"`, the cache mode is "default": change [`Request::cache`](super::Request::cache).
    ServiceWorker "service-worker" "service worker"
        Entry {
            mode: ModeRule::Fixed(Mode::SameOrigin),
            destinations: &[D::ServiceWorker],
            redirect: RedirectMode::Error,
            own_headers: &[("service-worker", "script")],
            cache: CacheMode::NoCache,
            algorithm: Algorithm::ServiceWorkerUpdate,
            ..Entry::CORS
        };
    /// A call of `importScripts()` in a worker.
    ImportScripts "import-scripts" "importScripts()"
        Entry {
            mode: ModeRule::Fixed(Mode::NoCors),
            destinations: &[D::Script],
            algorithm: Algorithm::FetchWorkerImportedScript,
            ..Entry::CORS
        };
    /// A call of `addModule()` of a worklet.
    Worklet "worklet" "addModule()"
        Entry {
            credentials: CredentialsRule::Script,
            destinations: &[D::AudioWorklet, D::PaintWorklet],
            algorithm: Algorithm::FetchWorkletScript,
            ..Entry::CORS
        };
    /// An `EventSource`. The user agent sets `Last-Event-ID` when it connects again.
    EventSource "event-source" "EventSource"
        Entry {
            credentials: CredentialsRule::WithCredentials,
            own_headers: &[("accept", "text/event-stream")],
            headers: HeaderRule::Only(&["last-event-id"]),
            cache: CacheMode::NoStore,
            algorithm: Algorithm::EventSourceConstructor,
            ..Entry::CORS
        };
    /// A call of `navigator.sendBeacon()`.
    Beacon "beacon" "sendBeacon()"
        Entry {
            mode: ModeRule::BodyType,
            body: BodyRule::Replayable,
            url: UrlRule::Http,
            algorithm: Algorithm::SendBeacon,
            ..Entry::NO_CORS_POST
        };
    /// A ping of a hyperlink with the attribute `ping`. The user agent sets `Ping-From` and `Ping-To`.
    Ping "ping" "<a ping>"
        Entry {
            own_headers: &[("content-type", "text/ping")],
            headers: HeaderRule::Only(&["ping-from", "ping-to"]),
            url: UrlRule::Http,
            has_referrer: false,
            algorithm: Algorithm::HyperlinkAuditing,
            ..Entry::NO_CORS_POST
        };
    /// A report to an endpoint of the Reporting API.
    Report "report" "Reporting API"
        Entry {
            mode: ModeRule::Fixed(Mode::Cors),
            credentials: CredentialsRule::Fixed(CredentialsMode::SameOrigin),
            destinations: &[D::Report],
            own_headers: &[("content-type", "application/reports+json")],
            unsafe_request: true,
            has_referrer: false,
            algorithm: Algorithm::AttemptToDeliverReports,
            ..Entry::NO_CORS_POST
        };
    /// A report to the `report-uri` of a Content Security Policy.
    CspReport "csp-report" "report-uri"
        Entry {
            credentials: CredentialsRule::Fixed(CredentialsMode::SameOrigin),
            destinations: &[D::Report],
            redirect: RedirectMode::Error,
            own_headers: &[("content-type", "application/csp-report")],
            algorithm: Algorithm::ReportViolation,
            ..Entry::NO_CORS_POST
        };
    /// The handshake of a `WebSocket`. Its URL becomes one with the scheme `http` or `https`. The user agent
    /// sets the headers of the handshake.
    WebSocket "web-socket" "WebSocket"
        Entry {
            mode: ModeRule::Fixed(Mode::WebSocket),
            credentials: CredentialsRule::Fixed(CredentialsMode::Include),
            redirect: RedirectMode::Error,
            headers: HeaderRule::Only(&[
                "connection",
                "sec-websocket-extensions",
                "sec-websocket-key",
                "sec-websocket-protocol",
                "sec-websocket-version",
                "upgrade",
            ]),
            url: UrlRule::WebSocket,
            cache: CacheMode::NoStore,
            has_referrer: false,
            algorithm: Algorithm::EstablishWebSocketConnection,
            ..Entry::CORS
        };
    /// The session of a `WebTransport`.
    WebTransport "web-transport" "WebTransport"
        Entry {
            mode: ModeRule::Fixed(Mode::WebTransport),
            credentials: CredentialsRule::Fixed(CredentialsMode::Omit),
            redirect: RedirectMode::Error,
            methods: &["CONNECT"],
            headers: HeaderRule::Script,
            url: UrlRule::WebTransport,
            cache: CacheMode::NoStore,
            has_referrer: false,
            algorithm: Algorithm::WebTransportConstructor,
            ..Entry::CORS
        };
    /// A navigation of a tab or a window. In the standard, its redirect mode is "manual", and HTML follows
    /// the redirects: see [`RedirectMode::Manual`].
    Navigation "navigation" "navigation"
        Entry {
            destinations: &[D::Document],
            algorithm: Algorithm::CreateNavigationParams,
            ..Entry::NAVIGATION
        };
    /// A navigation of an `<iframe>`, `<frame>`, `<object>` or `<embed>`. An `<object>` or `<embed>` makes its first
    /// request by its own steps, which set the same, and redirect mode "follow".
    Frame "frame" "<iframe>"
        Entry {
            destinations: &[D::Iframe, D::Frame, D::Object, D::Embed],
            algorithm: Algorithm::CreateNavigationParams,
            ..Entry::NAVIGATION
        };
    /// The submission of a `<form>`. The destination is that of its target.
    Form "form" "<form>"
        Entry {
            destinations: &[D::Document, D::Iframe, D::Frame, D::Object, D::Embed],
            algorithm: Algorithm::SubmitForm,
            ..Entry::NAVIGATION
        };
}

impl Initiator {
    /// Returns whether a script chooses the credentials mode, or at least "same-origin" or "include".
    pub(crate) fn chooses_credentials(self) -> bool {
        matches!(self.entry().credentials, CredentialsRule::Script | CredentialsRule::WithCredentials)
    }
}
