//! What browsers do otherwise than the text when they tell which headers need a preflight.

use super::safelist::{NotSafelisted, is_cors_unsafe_request_header_byte, safelisted_by};
#[cfg(feature = "browser")]
use super::unsafe_names::each_unsafe_name;
use super::unsafe_names::unsafe_names_of;
use crate::header_list::HeaderList;
use http::HeaderName;
use std::borrow::Cow;

/// By which rules request headers are safelisted and forbidden: the text of the standard, or what an engine makes of it.
///
/// ```
/// use crossorigin::header_list::HeaderList;
/// use crossorigin::http::HeaderName;
/// use crossorigin::request_header::RequestHeaderRules;
///
/// let dpr = HeaderName::from_static("dpr");
/// let mut headers = HeaderList::new();
/// headers.append(dpr.clone(), "2")?;
/// assert_eq!(RequestHeaderRules::STANDARD.cors_unsafe_request_header_names(&headers), [dpr]);
/// assert!(RequestHeaderRules::CHROMIUM.cors_unsafe_request_header_names(&headers).is_empty());
/// # Ok::<(), crossorigin::header_list::InvalidHeaderValue>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestHeaderRules {
    /// What the safelist looks at when the author sets a header more than once.
    ///
    /// Text: each line (CORS-unsafe request-header names, step 4). Chromium and WebKit combine the lines first, so two
    /// `Accept` lines of 100 bytes each need a preflight there.
    pub safelist_judges: SafelistJudges,

    /// Whether the values of all safelisted headers are limited together.
    ///
    /// Text: to 1,024 bytes (CORS-unsafe request-header names, step 5). Firefox has no such limit. Where lines are combined
    /// first, five names of 128 bytes each never reach it.
    pub total_limit: bool,

    /// Whether the client hints of before `Sec-CH-` are safelisted: `device-memory`, `downlink`, `dpr`, `rtt`,
    /// `viewport-width` and `width` with a number, `ect` with one of its four values, `save-data` with `on`, and with any
    /// value `intervention`.
    ///
    /// Text: no, they went from the list (CORS-safelisted request-header, step 2). Chromium: yes.
    pub client_hints: bool,

    /// Whether bytes from 0x80 need a preflight in `Accept` and `Content-Type`.
    ///
    /// Text: no (CORS-unsafe request-header byte). Firefox compares signed bytes, and takes them for control characters.
    pub bytes_beyond_ascii_are_unsafe: bool,

    /// Whether a `Content-Type` has a type only if nothing in it looks like a list, or like a parameter that is missing.
    ///
    /// Text: no, parameters that cannot be parsed are skipped (MIME Sniffing Standard, 4.4). Firefox: yes, it finds no type in
    /// a value with a comma, nor in one that ends in a semicolon and has another one before it.
    pub content_type_is_read_strictly: bool,

    /// Whether the unit of a `Range` may be written in any case, as in `Bytes=0-1`, and its numbers with a sign, as in
    /// `bytes=+0-1`.
    ///
    /// Text: neither (parse a single range header value, steps 3, 8 and 14). WebKit: both.
    pub range_is_read_loosely: bool,

    /// The largest number that may stand in a safelisted `Range`, `None` for no limit.
    ///
    /// Text: any. Chromium reads 64 bits with sign, Firefox and WebKit 64 bits without.
    pub range_limit: Option<u64>,

    /// Whether `User-Agent` is a forbidden request-header, which is dropped in silence.
    ///
    /// Text: no (forbidden request-header, step 1), so it needs a preflight. Chromium: yes
    /// ([crbug.com/571722](https://crbug.com/571722)).
    pub user_agent_is_forbidden: bool,

    /// Whether mode "no-cors" drops the `Content-Type` that a body brings, where it is not safelisted.
    ///
    /// Text: yes, it is appended under the guard "request-no-cors" like the page's own headers (`new Request()`, step
    /// 37.4). WebKit: no, so a `Blob` of the type `application/json` says so to any server, without a preflight.
    pub body_type_is_guarded: bool,

    /// Whether the `URLSearchParams` that an `XMLHttpRequest` with GET or HEAD is given still say their type.
    ///
    /// Text: no, there is no body then whose type could be looked at (`send()`, step 3). WebKit: yes, and it counts as one
    /// that the page set. Other bodies do not: they are known by their type, which only `URLSearchParams` bring as
    /// `application/x-www-form-urlencoded;charset=UTF-8`, since the type of a `Blob` is in lower case.
    pub lost_form_says_its_type: bool,

    /// Whether the charset that a page gives to a text in an `XMLHttpRequest` is replaced where it stands, quotes and all else
    /// as they were, even where it is UTF-8.
    ///
    /// Text: no, the type is parsed, and serialized anew where its charset is another (`send()`, step 4.5.1), so that a charset
    /// in quotes loses them, and needs no preflight then. Chromium: yes.
    pub charsets_are_replaced: bool,

    /// Whether the charset changes only in what goes out first: a preflight that looks back at what the page set, and a redirect
    /// that does, see the `Content-Type` as the page set it.
    ///
    /// Text: no, it changes before the request is made (`send()`, step 4.5.1). Firefox: yes.
    pub charsets_change_late: bool,

    /// What goes out of a header that the page set more than once.
    ///
    /// Text: all lines of it (Headers append, step 4). Firefox sends one line: it merges the values as it sets them, one after
    /// another, and of some headers it keeps only one.
    pub repeated_lines: RepeatedLines,
}

impl RequestHeaderRules {
    /// The text of the standard.
    pub const STANDARD: Self = Self {
        safelist_judges: SafelistJudges::EachLine,
        total_limit: true,
        client_hints: false,
        bytes_beyond_ascii_are_unsafe: false,
        content_type_is_read_strictly: false,
        range_is_read_loosely: false,
        range_limit: None,
        user_agent_is_forbidden: false,
        body_type_is_guarded: true,
        lost_form_says_its_type: false,
        charsets_are_replaced: false,
        charsets_change_late: false,
        repeated_lines: RepeatedLines::AllGoOut,
    };

    /// What Chromium does.
    pub const CHROMIUM: Self = Self {
        safelist_judges: SafelistJudges::CombinedValue,
        client_hints: true,
        range_limit: Some(0x7FFF_FFFF_FFFF_FFFE),
        user_agent_is_forbidden: true,
        charsets_are_replaced: true,
        ..Self::STANDARD
    };

    /// What Firefox does.
    pub const FIREFOX: Self = Self {
        total_limit: false,
        bytes_beyond_ascii_are_unsafe: true,
        content_type_is_read_strictly: true,
        range_limit: Some(u64::MAX),
        charsets_change_late: true,
        repeated_lines: RepeatedLines::Merged,
        ..Self::STANDARD
    };

    /// What WebKit does.
    pub const WEBKIT: Self = Self {
        safelist_judges: SafelistJudges::CombinedValue,
        range_is_read_loosely: true,
        range_limit: Some(u64::MAX),
        body_type_is_guarded: false,
        lost_form_says_its_type: true,
        ..Self::STANDARD
    };

    /// Is this header line a
    /// [CORS-safelisted request-header](https://fetch.spec.whatwg.org/#cors-safelisted-request-header) by these rules?
    ///
    /// # Errors
    /// The reason why it is not.
    pub fn cors_safelisted_request_header(
        &self,
        name: &HeaderName,
        value: &[u8],
    ) -> Result<(), NotSafelisted> {
        safelisted_by(self, name, value)
    }

    /// The [CORS-unsafe request-header names](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names) by these
    /// rules: in lower case, each once, in the order of their bytes.
    #[must_use]
    pub fn cors_unsafe_request_header_names(&self, headers: &HeaderList) -> Vec<HeaderName> {
        unsafe_names_of(&self.judged(headers), self)
    }

    /// The same names in no order, and some more than once, without a list of them.
    #[cfg(feature = "browser")]
    pub(crate) fn each_unsafe_name(&self, headers: &HeaderList, found: impl FnMut(&HeaderName)) {
        each_unsafe_name(&self.judged(headers), self, found);
    }

    /// The lines that the safelist looks at, one after another.
    pub(crate) fn judged<'a>(&self, headers: &'a HeaderList) -> Cow<'a, HeaderList> {
        match self.safelist_judges {
            SafelistJudges::EachLine => Cow::Borrowed(headers),
            SafelistJudges::CombinedValue => Cow::Owned(headers.sort_and_combine()),
        }
    }

    pub(super) fn is_unsafe_byte(&self, byte: u8) -> bool {
        is_cors_unsafe_request_header_byte(byte) || self.bytes_beyond_ascii_are_unsafe && !byte.is_ascii()
    }
}

/// See [`RequestHeaderRules::safelist_judges`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SafelistJudges {
    /// Each header line by itself.
    EachLine,
    /// The combined value of all lines of a name.
    CombinedValue,
}

/// See [`RequestHeaderRules::repeated_lines`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RepeatedLines {
    /// All lines, empty ones too.
    AllGoOut,
    /// One line. A value is put behind the one before it, after a comma and a space, but
    ///
    /// - an empty value takes the place of what was before it, and the next one takes its place;
    /// - `Authorization`, `Content-Disposition`, `Content-Type`, `From`, `If-Modified-Since`, `If-Unmodified-Since`,
    ///   `Location`, `Max-Forwards` and `User-Agent` hold the last value only;
    /// - `Strict-Transport-Security` holds the first one, unless an empty one follows;
    /// - `Content-Type` holds the first one, whatever follows, in a request that has a body and was not redirected.
    Merged,
}
