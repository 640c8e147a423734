//! The `crossorigin` attribute of elements.

/// The state of an element's `crossorigin` attribute, a
/// [CORS settings attribute](https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-settings-attributes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CrossOriginAttribute {
    /// The state Anonymous: `crossorigin`, `crossorigin=anonymous`, or an unknown value.
    Anonymous,
    /// The state Use Credentials: `crossorigin=use-credentials`.
    UseCredentials,
}
