//! [Parse a MIME type](https://mimesniff.spec.whatwg.org/#parse-a-mime-type): to failure or its essence; and with its
//! parameters, to be [serialized](https://mimesniff.spec.whatwg.org/#serialize-a-mime-type) again.

#[cfg(feature = "browser")]
mod charset;
mod essence;
#[cfg(feature = "browser")]
mod parameters;

#[cfg(feature = "browser")]
pub(crate) use self::charset::with_charset_utf_8;
pub(crate) use self::essence::Essence;
