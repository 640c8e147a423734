//! Rules for the headers that a page sets: which are safelisted or forbidden, and which of them go out.

use super::group;

group! {
    /// Which request headers need a preflight, which a page may not set, and what goes out of them.
    RequestHeaderRules {
        /// Whether the safelist judges the combined value of all lines of a name.
        ///
        /// Standard: it judges each line (CORS-unsafe request-header names, step 4).
        judges_combined_values: bool = false,

        /// Whether the values of all safelisted headers together are limited to 1,024 bytes.
        ///
        /// Standard: they are (CORS-unsafe request-header names, step 5).
        total_limit: bool = true,

        /// Whether the client hints from before the prefix `Sec-CH-` are safelisted: `device-memory`, `downlink`, `dpr`, `rtt`,
        /// `viewport-width` and `width` with a number, `ect` with one of its four values, `save-data` with `on`, and
        /// `intervention` with any value.
        ///
        /// Standard: they are not (CORS-safelisted request-header, step 2).
        client_hints: bool = false,

        /// Whether bytes from 0x80 need a preflight in `Accept` and `Content-Type`.
        ///
        /// Standard: they do not (CORS-unsafe request-header byte).
        bytes_beyond_ascii_are_unsafe: bool = false,

        /// Whether a `Content-Type` has no type if it has a comma, or if it ends in a semicolon and has another one before it.
        ///
        /// Standard: parameters that cannot be parsed are skipped (MIME Sniffing Standard, 4.4).
        content_type_is_read_strictly: bool = false,

        /// Whether the unit of a `Range` may be written in any case, as in `Bytes=0-1`, and its numbers with a sign, as in
        /// `bytes=+0-1`.
        ///
        /// Standard: neither (parse a single range header value, steps 3, 8 and 14).
        range_is_read_loosely: bool = false,

        /// The largest number in a safelisted `Range`, `None` for no limit.
        ///
        /// Standard: any number (parse a single range header value, steps 9 and 15).
        range_limit: Option<u64> = None,

        /// Whether `User-Agent` is a forbidden request-header, which is dropped silently.
        ///
        /// Standard: it is not, and it needs a preflight (forbidden request-header, step 1).
        user_agent_is_forbidden: bool = false,

        /// Whether mode "no-cors" drops the `Content-Type` of a body if it is not safelisted.
        ///
        /// Standard: it does, the type is appended under the guard "request-no-cors" like the page's own headers (`new
        /// Request()`, step 37.4).
        body_type_is_guarded: bool = true,

        /// Whether an `XMLHttpRequest` with GET or HEAD that is given `URLSearchParams` sends their type, as if the page had set
        /// it.
        ///
        /// Standard: it does not, GET and HEAD have no body whose type could be looked at (`send()`, step 3). Other bodies
        /// than `URLSearchParams` are not affected. They are told by their type: only they bring
        /// `application/x-www-form-urlencoded;charset=UTF-8`, since the type of a `Blob` is in lower case.
        xhr_get_keeps_form_content_type: bool = false,

        /// Whether the charset that a page gives to a text in an `XMLHttpRequest` is replaced in place, even if it is UTF-8, and
        /// everything around it, quotes included, is kept.
        ///
        /// Standard: the type is parsed, and serialized anew if its charset is not UTF-8 (`send()`, step 4.5.1). A charset in
        /// quotes loses them, and then needs no preflight.
        xhr_charsets_are_replaced: bool = false,

        /// Whether the charset changes only in the first request that goes out, so that preflights and redirects that look back
        /// at the page's headers see the `Content-Type` as the page set it.
        ///
        /// Standard: it changes before the request is made (`send()`, step 4.5.1).
        xhr_charset_rewritten_after_preflight: bool = false,

        /// Whether a header that the page set more than once goes out as one line. A value is appended after a comma and a
        /// space, except:
        ///
        /// - an empty value replaces what was before it, and the next value replaces the empty one;
        /// - `Authorization`, `Content-Disposition`, `Content-Type`, `From`, `If-Modified-Since`, `If-Unmodified-Since`,
        ///   `Location`, `Max-Forwards` and `User-Agent` keep the last value only;
        /// - `Strict-Transport-Security` keeps the first one, unless an empty one follows;
        /// - `Content-Type` keeps the first one in a request that has a body and was not redirected.
        ///
        /// Standard: all lines go out (Headers append, step 4).
        repeated_lines_are_merged: bool = false,
    }
}
