//! The CORS safelist of request headers.

use http::HeaderName;

use crate::{bytes::DisplayByte, mime_type::Essence, range::parse_single_range};

/// The maximum length of a [CORS-safelisted
/// request-header](https://fetch.spec.whatwg.org/#cors-safelisted-request-header)'s value, in bytes.
pub const CORS_SAFELISTED_VALUE_LIMIT: usize = 128;

/// The reason why a header is not a CORS-safelisted request-header, and therefore needs a preflight.
///
/// Its message continues the sentence "the header needs a preflight because …".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotSafelisted {
    /// The value of `Accept-Language` or `Content-Language` has a byte that is not safelisted there.
    #[error(
        "{} at byte {index} of its value is not a letter, a digit, a space or one of *,-.;=",
        DisplayByte(*.byte)
    )]
    LanguageByte {
        /// The unsafe byte.
        byte: u8,
        /// The index of the byte in the value, from 0.
        index: usize,
    },
    /// The `Content-Type` is not one of the three that HTML forms can send.
    #[error(
        "its type `{essence}` is not one of application/x-www-form-urlencoded, multipart/form-data, text/plain"
    )]
    MimeEssence {
        /// The type without its parameters, in lower case.
        essence: String,
    },
    /// The value of `Content-Type` is not a MIME type.
    #[error("its value is not a valid MIME type such as text/plain")]
    MimeTypeInvalid,
    /// The name is not on the list, so the value does not matter.
    #[error("its name is not one of accept, accept-language, content-language, content-type, range")]
    Name,
    /// The value of `Range` is not one range, such as `bytes=0-499`.
    #[error("its value is not a single range such as bytes=0-499")]
    RangeInvalid,
    /// The range has no start, as in `bytes=-500`.
    #[error("its range has no start, as in bytes=-500")]
    RangeWithoutStart,
    /// The value has a [CORS-unsafe request-header
    /// byte](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte).
    #[error("{} at byte {index} of its value is not allowed without a preflight", DisplayByte(*.byte))]
    UnsafeByte {
        /// The unsafe byte.
        byte: u8,
        /// The index of the byte in the value, from 0.
        index: usize,
    },
    /// The value is longer than [`CORS_SAFELISTED_VALUE_LIMIT`].
    #[error("its value has {length} bytes, and more than {CORS_SAFELISTED_VALUE_LIMIT} require a preflight")]
    ValueTooLong {
        /// The length of the value, in bytes.
        length: usize,
    },
}

variant_names! {
    /// The name of the variant: a short word for programs.
    #[doc(hidden)]
    pub fn name of NotSafelisted {
        LanguageByte,
        MimeEssence,
        MimeTypeInvalid,
        Name,
        RangeInvalid,
        RangeWithoutStart,
        UnsafeByte,
        ValueTooLong,
    }
}

/// Checks that a header is a [CORS-safelisted
/// request-header](https://fetch.spec.whatwg.org/#cors-safelisted-request-header), which needs no preflight.
///
/// `value` is the value of one line, as bytes. Do not combine several lines.
///
/// ```
/// use crossorigin::http::header::CONTENT_TYPE;
/// use crossorigin::request_header::cors_safelisted_request_header;
///
/// assert_eq!(cors_safelisted_request_header(&CONTENT_TYPE, b"text/plain;charset=utf-8"), Ok(()));
///
/// let why = cors_safelisted_request_header(&CONTENT_TYPE, b"application/json").err();
/// assert_eq!(
///     why.map(|why| why.to_string()).as_deref(),
///     Some("its type `application/json` is not one of application/x-www-form-urlencoded, multipart/form-data, text/plain"),
/// );
/// ```
///
/// # Errors
/// Returns the reason why the header needs a preflight. Only [`NotSafelisted::MimeEssence`] allocates.
#[doc(alias = "simple")]
pub fn cors_safelisted_request_header(name: &HeaderName, value: &[u8]) -> Result<(), NotSafelisted> {
    check(name, value).map_err(|unsafe_part| match unsafe_part {
        UnsafePart::Essence(essence) => NotSafelisted::MimeEssence { essence: essence.to_string() },
        UnsafePart::Other(reason) => reason,
    })
}

/// Returns whether a header is a [CORS-safelisted
/// request-header](https://fetch.spec.whatwg.org/#cors-safelisted-request-header), which needs no preflight.
///
/// It does not allocate. [`cors_safelisted_request_header`] returns the reason too.
#[must_use]
pub fn is_cors_safelisted_request_header(name: &HeaderName, value: &[u8]) -> bool {
    check(name, value).is_ok()
}

/// Returns whether the byte is a control byte other than tab, DEL, or one of `"():<>?@[\]{}`: a [CORS-unsafe
/// request-header byte](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte). Bytes from 0x80 are
/// safe.
fn is_cors_unsafe_request_header_byte(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\t') || byte == 0x7F || br#""():<>?@[\]{}"#.contains(&byte)
}

/// The reason why a header is not safelisted, with the essence not yet copied.
enum UnsafePart<'a> {
    Essence(Essence<'a>),
    Other(NotSafelisted),
}

impl From<NotSafelisted> for UnsafePart<'_> {
    fn from(reason: NotSafelisted) -> Self {
        Self::Other(reason)
    }
}

fn check<'a>(name: &HeaderName, value: &'a [u8]) -> Result<(), UnsafePart<'a>> {
    let name = name.as_str();
    // Step 2, "Otherwise": first here, because for another name the length of the value is not the reason.
    if !matches!(name, "accept" | "accept-language" | "content-language" | "content-type" | "range") {
        return Err(NotSafelisted::Name.into());
    }
    // Step 1: the value is too long.
    if value.len() > CORS_SAFELISTED_VALUE_LIMIT {
        return Err(NotSafelisted::ValueTooLong { length: value.len() }.into());
    }
    // Step 2: the name decides which values are safe.
    match name {
        "accept" => without_unsafe_bytes(value)?,
        "content-type" => return content_type(value),
        "range" => range(value)?,
        _ => language(value)?,
    }
    // Step 3: the header is safelisted.
    Ok(())
}

fn without_unsafe_bytes(value: &[u8]) -> Result<(), NotSafelisted> {
    match find(value, is_cors_unsafe_request_header_byte) {
        Some((index, byte)) => Err(NotSafelisted::UnsafeByte { byte, index }),
        None => Ok(()),
    }
}

fn language(value: &[u8]) -> Result<(), NotSafelisted> {
    match find(value, |byte| !byte.is_ascii_alphanumeric() && !b" *,-.;=".contains(&byte)) {
        Some((index, byte)) => Err(NotSafelisted::LanguageByte { byte, index }),
        None => Ok(()),
    }
}

fn content_type(value: &[u8]) -> Result<(), UnsafePart<'_>> {
    // Step 2.1: there is no unsafe byte.
    without_unsafe_bytes(value)?;
    // Steps 2.2 and 2.3: the value parses as a MIME type.
    let essence = Essence::parse(value).ok_or(NotSafelisted::MimeTypeInvalid)?;
    // Step 2.4: the type is one of three.
    let safe = essence.is("application", "x-www-form-urlencoded")
        || essence.is("multipart", "form-data")
        || essence.is("text", "plain");
    if safe { Ok(()) } else { Err(UnsafePart::Essence(essence)) }
}

fn range(value: &[u8]) -> Result<(), NotSafelisted> {
    // Steps 2.1 and 2.2: the value parses as one range, without whitespace.
    let range = parse_single_range(value).ok_or(NotSafelisted::RangeInvalid)?;
    // Step 2.3: the range has a start.
    range.start.map(|_| ()).ok_or(NotSafelisted::RangeWithoutStart)
}

fn find(value: &[u8], wanted: impl Fn(u8) -> bool) -> Option<(usize, u8)> {
    value.iter().copied().enumerate().find(|(_, byte)| wanted(*byte))
}
