//! [CORS-safelisted request-header](https://fetch.spec.whatwg.org/#cors-safelisted-request-header), as
//! engines check it.

use std::borrow::Cow;

use http::{
    HeaderName,
    header::{ACCEPT, CONTENT_TYPE, RANGE},
};

use super::rules::RequestHeaderRules;
use crate::{
    range::{SingleRange, parse_single_range},
    request_header::{
        CORS_SAFELISTED_VALUE_LIMIT, NotSafelisted, cors_safelisted_request_header,
        is_cors_safelisted_request_header,
    },
};

impl RequestHeaderRules {
    /// Returns whether a header line is safelisted; never allocates by the standard's rules.
    pub(super) fn is_cors_safelisted_request_header(&self, name: &HeaderName, value: &[u8]) -> bool {
        if *self == Self::STANDARD {
            return is_cors_safelisted_request_header(name, value);
        }
        self.cors_safelisted_request_header(name, value).is_ok()
    }

    /// Checks whether a header line is safelisted.
    ///
    /// # Errors
    /// The reason why it is not.
    pub(super) fn cors_safelisted_request_header(
        &self,
        name: &HeaderName,
        value: &[u8],
    ) -> Result<(), NotSafelisted> {
        // Step 1: the value must not be too long. For a client hint, the reason is the length and not the
        // name.
        if value.len() > CORS_SAFELISTED_VALUE_LIMIT {
            return match cors_safelisted_request_header(name, value) {
                Err(NotSafelisted::Name) if self.is_safe_hint(name, value) => {
                    Err(NotSafelisted::ValueTooLong { length: value.len() })
                }
                by_standard => by_standard,
            };
        }
        // Step 2: the name decides what the value may be.
        match name.as_str() {
            "accept" => {
                self.only_safe_bytes(value).and_then(|()| cors_safelisted_request_header(name, value))
            }
            "content-type" => self.content_type(value),
            "range" => self.range(value),
            _ if self.is_safe_hint(name, value) => Ok(()),
            _ => cors_safelisted_request_header(name, value),
        }
    }

    fn is_safe_hint(&self, name: &HeaderName, value: &[u8]) -> bool {
        self.client_hints && is_client_hint(name.as_str(), value)
    }

    /// [CORS-unsafe request-header byte](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte):
    /// finds the first byte from 0x80, unless the standard refuses a byte before it.
    fn only_safe_bytes(&self, value: &[u8]) -> Result<(), NotSafelisted> {
        let Some(index) = value.iter().position(|byte| !byte.is_ascii()) else { return Ok(()) };
        if !self.bytes_beyond_ascii_are_unsafe {
            return Ok(());
        }
        let (before, from) = value.split_at(index);
        cors_safelisted_request_header(&ACCEPT, before)?;
        Err(NotSafelisted::UnsafeByte { byte: from.first().copied().unwrap_or_default(), index })
    }

    /// [Parse a MIME type](https://mimesniff.spec.whatwg.org/#parse-a-mime-type): a value that looks like a
    /// list may be invalid.
    fn content_type(&self, value: &[u8]) -> Result<(), NotSafelisted> {
        self.only_safe_bytes(value)?;
        match cors_safelisted_request_header(&CONTENT_TYPE, value) {
            Ok(()) | Err(NotSafelisted::MimeEssence { .. })
                if self.content_type_is_read_strictly && looks_like_a_list(value) =>
            {
                Err(NotSafelisted::MimeTypeInvalid)
            }
            by_standard => by_standard,
        }
    }

    /// [Parse a single range header value](https://fetch.spec.whatwg.org/#simple-range-header-value).
    fn range(&self, value: &[u8]) -> Result<(), NotSafelisted> {
        let value = match self.range_is_read_loosely {
            true => value.iter().filter(|byte| **byte != b'+').map(u8::to_ascii_lowercase).collect(),
            false => Cow::Borrowed(value),
        };
        let range = parse_single_range(&value);
        if range.is_some_and(|range| self.is_beyond_limit(range)) {
            return Err(NotSafelisted::RangeInvalid);
        }
        cors_safelisted_request_header(&RANGE, &value)
    }

    fn is_beyond_limit(&self, range: SingleRange<'_>) -> bool {
        let Some(limit) = self.range_limit else { return false };
        let is_beyond = |digits: &[u8]| {
            let number = str::from_utf8(digits).ok().and_then(|digits| digits.parse::<u64>().ok());
            number.is_none_or(|number| number > limit)
        };
        range.start.is_some_and(is_beyond) || range.end.is_some_and(is_beyond)
    }
}

/// Returns whether a header is a legacy client hint (without the prefix `Sec-CH-`) with a valid value.
fn is_client_hint(name: &str, value: &[u8]) -> bool {
    let is_one_of = |values: &[&str]| values.iter().any(|it| value.eq_ignore_ascii_case(it.as_bytes()));
    match name {
        "intervention" => true,
        "save-data" => is_one_of(&["on"]),
        "ect" => is_one_of(&["slow-2g", "2g", "3g", "4g"]),
        "device-memory" | "downlink" | "dpr" | "rtt" | "viewport-width" | "width" => {
            let number = str::from_utf8(value).ok().and_then(|text| text.parse::<f64>().ok());
            number.is_some_and(|number| number.is_finite() && number >= 0.0)
        }
        _ => false,
    }
}

/// Returns whether the value has a comma, or ends in the semicolon of an empty last parameter.
fn looks_like_a_list(value: &[u8]) -> bool {
    let is_semicolon = |byte: &&u8| **byte == b';';
    value.contains(&b',') || value.ends_with(b";") && value.iter().filter(is_semicolon).count() > 1
}
