//! Destinations: what a response is for.

use crate::browser::keywords::keywords;

/// Writes the enum and its names.
macro_rules! destinations {
    ($($(#[$doc:meta])+ $variant:ident $name:literal,)+) => {
        /// A request's [destination](https://fetch.spec.whatwg.org/#concept-request-destination): what the
        /// response is for.
        ///
        /// It decides about `Sec-Fetch-Dest`, about checks of the MIME type, and about directives of Content
        /// Security Policy. The CORS protocol does not read it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        #[non_exhaustive]
        pub enum Destination {
            $($(#[$doc])+ $variant,)+
        }

        keywords! {
            /// The destination's name in the standard, such as `image`, or the empty string.
            Destination, "a destination", compared by str::eq:
            $($variant = $name,)+
        }
    };
}

impl Destination {
    /// Returns whether a request with this destination is a
    /// [navigation request](https://fetch.spec.whatwg.org/#navigation-request).
    pub(crate) const fn is_navigation(self) -> bool {
        matches!(self, Self::Document | Self::Embed | Self::Frame | Self::Iframe | Self::Object)
    }
}

destinations! {
    /// The empty string: `fetch()`, `XMLHttpRequest`, `EventSource`, beacons, pings, WebSockets, and everything
    /// else without a destination.
    #[default]
    Empty "",
    /// An `<audio>` element.
    Audio "audio",
    /// A module of `audioWorklet.addModule()`.
    AudioWorklet "audioworklet",
    /// A navigation of a tab or window.
    Document "document",
    /// An `<embed>` element.
    Embed "embed",
    /// A font of `@font-face`.
    Font "font",
    /// A `<frame>` element.
    Frame "frame",
    /// An `<iframe>` element.
    Iframe "iframe",
    /// An image of an element, of CSS or of SVG, or an icon.
    Image "image",
    /// A JSON module.
    Json "json",
    /// A web application manifest.
    Manifest "manifest",
    /// An `<object>` element.
    Object "object",
    /// A module of `CSS.paintWorklet.addModule()`.
    PaintWorklet "paintworklet",
    /// A report, such as one about Content Security Policy.
    Report "report",
    /// A script, or a module of a page.
    Script "script",
    /// The script of a service worker.
    ServiceWorker "serviceworker",
    /// The script of a `SharedWorker`.
    SharedWorker "sharedworker",
    /// A style sheet.
    Style "style",
    /// A text module.
    Text "text",
    /// A `<track>` element.
    Track "track",
    /// A `<video>` element.
    Video "video",
    /// A request of Federated Credential Management.
    WebIdentity "webidentity",
    /// The script of a `Worker`.
    Worker "worker",
    /// An XSLT style sheet.
    Xslt "xslt",
}
