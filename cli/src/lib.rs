//! What the command `crossorigin` reads, in addition to the cases of the library: captures of browsers and tools.
//!
//! This library exists for the command, for its tests and for its fuzz targets. It promises no stability: to embed CORS in a
//! program, use the library `crossorigin`.

#[cfg(feature = "import")]
pub mod import;
mod redaction;

/// A text, such as a message for a person, with other words in place of the secrets in its URLs.
#[must_use]
pub fn without_secrets(text: &str) -> String {
    redaction::redacted_text(text)
}
