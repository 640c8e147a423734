//! `Cross-Origin-Embedder-Policy`.

/// The value of a page's
/// [embedder policy](https://html.spec.whatwg.org/multipage/browsers.html#embedder-policy-value), from its
/// header `Cross-Origin-Embedder-Policy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum EmbedderPolicy {
    /// `unsafe-none`: the policy changes nothing. It is the default.
    #[default]
    UnsafeNone,
    /// `credentialless`: cross-origin requests in mode "no-cors" are sent without credentials.
    Credentialless,
    /// `require-corp`: cross-origin responses in mode "no-cors" need `Cross-Origin-Resource-Policy`.
    RequireCorp,
}
