//! What the command `crossorigin` reads, in addition to the cases of the library: captures of browsers and tools.
//!
//! This library exists for the command, for its tests and for its fuzz targets. It promises no stability: to embed CORS in a
//! program, use the library `crossorigin`.

#[cfg(feature = "import")]
pub mod import;
