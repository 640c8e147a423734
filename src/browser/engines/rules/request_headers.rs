//! Rules for the headers that a page sets.

use super::group;

group! {
    /// Which request headers need a preflight, which a page must not set, and which lines are sent.
    RequestHeaderRules {
        /// Whether the safelist checks the combined value of all lines of a name.
        ///
        /// Standard: it checks each line (CORS-unsafe request-header names, step 4).
        /// Chromium and WebKit: it checks the combined value.
        checks_combined_values: bool = false,

        /// Whether the values of all safelisted headers together are limited to 1,024 bytes.
        ///
        /// Standard: they are limited (CORS-unsafe request-header names, step 5).
        /// Firefox: they are not limited.
        total_limit: bool = true,

        /// Whether legacy client hints (without the prefix `Sec-CH-`) are safelisted: `device-memory`,
        /// `downlink`, `dpr`, `rtt`, `viewport-width` and `width` with a number, `ect` with one of its four
        /// values, `save-data` with `on`, and `intervention` with any value.
        ///
        /// Standard: they are not safelisted (CORS-safelisted request-header, step 2).
        /// Chromium: they are safelisted.
        client_hints: bool = false,

        /// Whether bytes from 0x80 in `Accept` and `Content-Type` need a preflight.
        ///
        /// Standard: they do not (CORS-unsafe request-header byte).
        /// Firefox: they do.
        bytes_beyond_ascii_are_unsafe: bool = false,

        /// Whether a `Content-Type` is invalid if it has a comma, or if it ends in a semicolon and has
        /// another semicolon.
        ///
        /// Standard: it is valid, because invalid parameters are skipped (MIME Sniffing Standard, 4.4).
        /// Firefox: it is invalid.
        content_type_is_read_strictly: bool = false,

        /// Whether the unit of a `Range` may be in any case, as in `Bytes=0-1`, and its numbers may have a
        /// sign, as in `bytes=+0-1`.
        ///
        /// Standard: they may not (parse a single range header value, steps 3, 8 and 14).
        /// WebKit: they may.
        range_is_read_loosely: bool = false,

        /// The largest number in a safelisted `Range`; `None` for no limit.
        ///
        /// Standard: there is no limit (parse a single range header value, steps 9 and 15).
        /// Chromium: the number must be less than the largest signed integer of 64 bits.
        /// Firefox and WebKit: the number must be an unsigned integer of 64 bits.
        range_limit: Option<u64> = None,

        /// Whether `User-Agent` is a forbidden request-header, which is dropped silently.
        ///
        /// Standard: it is not forbidden, and needs a preflight (forbidden request-header, step 1).
        /// Chromium: it is forbidden.
        user_agent_is_forbidden: bool = false,

        /// Whether mode "no-cors" drops the `Content-Type` that a body implies, if it is not safelisted.
        ///
        /// Standard: it drops it, because the guard "request-no-cors" applies to it as to the page's headers
        /// (`new Request()`, step 37.4).
        /// WebKit: it sends it.
        body_type_is_guarded: bool = true,

        /// Whether an `XMLHttpRequest` with `GET` or `HEAD` sends the type of `URLSearchParams`, as if the
        /// page had set it.
        ///
        /// Standard: it does not, because `GET` and `HEAD` have no body, and therefore no type (`send()`,
        /// step 3).
        /// WebKit: it does.
        ///
        /// Only `URLSearchParams` imply `application/x-www-form-urlencoded;charset=UTF-8`, because the type
        /// of a `Blob` is in lower case. Other bodies are not affected.
        xhr_get_keeps_form_content_type: bool = false,

        /// Whether an `XMLHttpRequest` with text as its body writes UTF-8 over the charset that the page set,
        /// even if it is UTF-8, and leaves everything around it, such as quotes.
        ///
        /// Standard: it parses the type, and serializes it if its charset is not UTF-8 (`send()`, step
        /// 4.5.1). A charset in quotes loses the quotes, and then needs no preflight.
        /// Chromium: it writes over the charset.
        xhr_charsets_are_replaced: bool = false,

        /// Whether an `XMLHttpRequest` changes the charset only in the first request that is sent. Preflights
        /// and redirects use the page's headers, and so the `Content-Type` that the page set.
        ///
        /// Standard: it changes the charset before it makes the request (`send()`, step 4.5.1).
        /// Firefox: it changes the charset in the first request only.
        xhr_charset_rewritten_after_preflight: bool = false,

        /// Whether a header that the page set more than once is sent as one line. A value is appended after a
        /// comma and a space, with these exceptions:
        ///
        /// - An empty value replaces the values before it, and the next value replaces the empty value.
        /// - `Authorization`, `Content-Disposition`, `Content-Type`, `From`, `If-Modified-Since`,
        ///   `If-Unmodified-Since`, `Location`, `Max-Forwards` and `User-Agent` keep only the last value.
        /// - `Strict-Transport-Security` keeps the first value, unless an empty value follows.
        /// - `Content-Type` keeps the first value in a request that has a body and was not redirected.
        ///
        /// Standard: all lines are sent (Headers append, step 4).
        /// Firefox: one line is sent.
        repeated_lines_are_merged: bool = false,

        /// What happens to a stream that a page gives to `fetch()` as a body.
        ///
        /// Standard: it is sent, after a preflight (`new Request()`, step 39).
        /// Firefox: the text `[object ReadableStream]` is sent, with the type of a text, and needs no
        /// preflight.
        /// WebKit: `fetch()` rejects with a `NotSupportedError`.
        streams: StreamBodies = StreamBodies::Sent,
    }
}

/// See [`RequestHeaderRules::streams`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StreamBodies {
    Sent,
    AreTexts,
    Refused,
}
