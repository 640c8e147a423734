use http::HeaderName;

use crate::{bytes::Shown, mime_type::Essence, range::parse_single_range};

/// The longest value, in bytes, that a CORS-safelisted request-header may have.
pub const CORS_SAFELISTED_VALUE_LIMIT: usize = 128;

/// Why a header is not a CORS-safelisted request-header, and so needs a preflight.
///
/// The texts go on from "the header needs a preflight because …".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotSafelisted {
    /// A byte which no language tag has.
    #[error(
        "{} at byte {index} of its value is none of the letters, digits, spaces and *,-.;= that a language may have",
        Shown(*.byte)
    )]
    LanguageByte {
        /// The byte.
        byte: u8,
        /// Where it stands in the value, from 0.
        index: usize,
    },
    /// A type that no form can send.
    #[error(
        "its type `{essence}` is none of application/x-www-form-urlencoded, multipart/form-data, text/plain"
    )]
    MimeEssence {
        /// The type without its parameters, in lower case.
        essence: String,
    },
    /// A `Content-Type` that is not a MIME type.
    #[error("its value is not a MIME type such as text/plain")]
    MimeTypeInvalid,
    /// A name that is not on the list; whatever the value.
    #[error("its name is none of accept, accept-language, content-language, content-type, range")]
    Name,
    /// A `Range` that is not one simple range.
    #[error("its value is not a single range such as bytes=0-499")]
    RangeInvalid,
    /// A `Range` that counts from the end.
    #[error("its range has no start, as in bytes=-500")]
    RangeWithoutStart,
    /// A [CORS-unsafe request-header byte](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte).
    #[error("{} at byte {index} of its value is not allowed without a preflight", Shown(*.byte))]
    UnsafeByte {
        /// The byte.
        byte: u8,
        /// Where it stands in the value, from 0.
        index: usize,
    },
    /// More than [`CORS_SAFELISTED_VALUE_LIMIT`] bytes.
    #[error("its value is {length} bytes long and {CORS_SAFELISTED_VALUE_LIMIT} is the limit")]
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

/// Is this header a
/// [CORS-safelisted request-header](https://fetch.spec.whatwg.org/#cors-safelisted-request-header), which needs
/// no preflight, and if it is not, why?
///
/// The value is that of one line, not of several combined.
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
///     Some("its type `application/json` is none of application/x-www-form-urlencoded, multipart/form-data, text/plain"),
/// );
/// ```
///
/// # Errors
/// The reason why it is not. Only [`NotSafelisted::MimeEssence`] allocates.
pub fn cors_safelisted_request_header(name: &HeaderName, value: &[u8]) -> Result<(), NotSafelisted> {
    judge(name, value).map_err(|unsafe_part| match unsafe_part {
        UnsafePart::Essence(essence) => NotSafelisted::MimeEssence { essence: essence.to_string() },
        UnsafePart::Other(reason) => reason,
    })
}

/// As [`cors_safelisted_request_header`], without the reason; never allocates.
#[must_use]
pub fn is_cors_safelisted_request_header(name: &HeaderName, value: &[u8]) -> bool {
    judge(name, value).is_ok()
}

/// Is it a control byte other than tab, DEL, or one of `"():<>?@[\]{}`: a
/// [CORS-unsafe request-header byte](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte)?
///
/// Bytes from 0x80 are not.
fn is_cors_unsafe_request_header_byte(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\t') || byte == 0x7F || br#""():<>?@[\]{}"#.contains(&byte)
}

/// The reason, with the essence not yet copied.
enum UnsafePart<'a> {
    Essence(Essence<'a>),
    Other(NotSafelisted),
}

impl From<NotSafelisted> for UnsafePart<'_> {
    fn from(reason: NotSafelisted) -> Self {
        Self::Other(reason)
    }
}

fn judge<'a>(name: &HeaderName, value: &'a [u8]) -> Result<(), UnsafePart<'a>> {
    let name = name.as_str();
    // Step 2, otherwise: comes first here, because a shorter value would not make another name safe.
    if !matches!(name, "accept" | "accept-language" | "content-language" | "content-type" | "range") {
        return Err(NotSafelisted::Name.into());
    }
    // Step 1: the value is too long.
    if value.len() > CORS_SAFELISTED_VALUE_LIMIT {
        return Err(NotSafelisted::ValueTooLong { length: value.len() }.into());
    }
    // Step 2: the name decides what the value may be.
    match name {
        "accept" => without_unsafe_bytes(value)?,
        "content-type" => return content_type(value),
        "range" => range(value)?,
        _ => language(value)?,
    }
    // Step 3: it is safe.
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
    // Step 2.1: a byte that is not safe.
    without_unsafe_bytes(value)?;
    // Steps 2.2 and 2.3: it must parse as a MIME type.
    let essence = Essence::parse(value).ok_or(NotSafelisted::MimeTypeInvalid)?;
    // Step 2.4: and be one of three.
    let safe = essence.is("application", "x-www-form-urlencoded")
        || essence.is("multipart", "form-data")
        || essence.is("text", "plain");
    if safe { Ok(()) } else { Err(UnsafePart::Essence(essence)) }
}

fn range(value: &[u8]) -> Result<(), NotSafelisted> {
    // Steps 2.1 and 2.2: it must parse as one range, without whitespace.
    let range = parse_single_range(value).ok_or(NotSafelisted::RangeInvalid)?;
    // Step 2.3: and have a start.
    range.start.map(|_| ()).ok_or(NotSafelisted::RangeWithoutStart)
}

fn find(value: &[u8], wanted: impl Fn(u8) -> bool) -> Option<(usize, u8)> {
    value.iter().copied().enumerate().find(|(_, byte)| wanted(*byte))
}
