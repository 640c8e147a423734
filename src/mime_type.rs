//! MIME types: their essence, and the parameters of those whose charset `XMLHttpRequest` changes.
//!
//! The algorithms are [parse](https://mimesniff.spec.whatwg.org/#parse-a-mime-type) and
//! [serialize](https://mimesniff.spec.whatwg.org/#serialize-a-mime-type).

#[cfg(feature = "browser")]
mod charset;
mod essence;
#[cfg(feature = "browser")]
mod extract;
#[cfg(feature = "browser")]
mod nosniff;
#[cfg(feature = "browser")]
mod parameters;

#[cfg(feature = "browser")]
pub(crate) use self::charset::with_charset_utf_8;
pub(crate) use self::essence::Essence;
#[cfg(feature = "browser")]
pub(crate) use self::extract::{extract_essence, is_html, is_javascript};
#[cfg(feature = "browser")]
pub(crate) use self::nosniff::determine_nosniff;
