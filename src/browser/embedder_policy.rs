//! `Cross-Origin-Embedder-Policy`.

/// The value of the page's [embedder policy](https://html.spec.whatwg.org/multipage/browsers.html#embedder-policy-value)
/// (`Cross-Origin-Embedder-Policy`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum EmbedderPolicy {
    /// `unsafe-none`: the default.
    #[default]
    UnsafeNone,
    /// `credentialless`: requests in mode "no-cors" to other origins carry no credentials.
    Credentialless,
    /// `require-corp`: responses in mode "no-cors" from other origins need `Cross-Origin-Resource-Policy`.
    RequireCorp,
}
