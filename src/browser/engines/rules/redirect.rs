//! Rules for redirects.

use super::group;

group! {
    /// Where a redirect leads, and what it leaves of a request.
    RedirectRules {
        /// What an empty `Location` means.
        ///
        /// Standard: the URL that redirects (HTTP-redirect fetch, step 3), again and again until the limit.
        empty_location: EmptyLocation = EmptyLocation::Followed,

        /// What several `Location` lines mean.
        ///
        /// Standard: an error (HTTP-redirect fetch, step 5), because the header must stand only once.
        repeated_location: RepeatedLocation = RepeatedLocation::Refused,

        /// Which locations with a user name or password are refused.
        ///
        /// Standard: those of another origin in mode "cors" (HTTP-redirect fetch, step 9), and all after response tainting
        /// became "cors" (step 10).
        location_credentials: LocationCredentials = LocationCredentials::Elsewhere,

        /// Which headers the request has after a redirect, if an earlier one removed some.
        ///
        /// Standard: those that are left (HTTP-redirect fetch, steps 12.2 and 13, delete for good).
        headers: RedirectHeaders = RedirectHeaders::Left,

        /// Whether the client hints from before the prefix `Sec-CH-` that a page set go to another origin than the page's:
        /// `device-memory`, `downlink`, `dpr`, `ect`, `rtt`, `viewport-width` and `width`.
        ///
        /// Standard: they are headers like any other (HTTP-redirect fetch, steps 12 and 13).
        client_hints_stay: bool = true,

        /// Whether the type that a body brings to an `XMLHttpRequest` is a header like those that the page set.
        ///
        /// Standard: it is (`send()`, step 4.6).
        body_type_is_a_header: bool = true,

        /// Whether the CORS check of a redirect takes credentials mode "same-origin" for "include" if the page's own origin has
        /// redirected to another. The refusal takes effect late: the preflight for where the redirect leads is made before.
        ///
        /// Standard: the mode is what it is (CORS check, steps 3 and 5).
        same_origin_checked_as_include: bool = false,

        /// Whether credentials mode "same-origin" depends on the first URL in mode "no-cors", so that credentials follow where
        /// the page's own origin redirects to.
        ///
        /// Standard: response tainting is "opaque" from the first foreign URL on (HTTP-network-or-cache fetch, step 8.3).
        same_origin_follows_no_cors: bool = false,

        /// Whether redirect mode "error" refuses a redirect status without a location.
        ///
        /// Standard: it looks at the status only (HTTP fetch, step 6.3.1).
        error_without_location: bool = true,

        /// Whether redirect mode "manual" refuses a location that is not a URL.
        ///
        /// Standard: nothing looks at the location (HTTP fetch, step 6.3.2).
        manual_reads_location: bool = false,

        /// Whether an element without the attribute `crossorigin` may be redirected to a `data:` URL.
        ///
        /// Standard: the scheme of a location must be an HTTP(S) scheme (HTTP-redirect fetch, step 6).
        elements_follow_data: bool = false,

        /// Whether an element of `Referrer-Policy` that is not a token, such as `f@o`, is skipped.
        ///
        /// Standard: extracting header list values fails, and the header is ignored as a whole.
        skip_invalid_referrer_policy_tokens: bool = false,
    }
}

/// See [`RedirectRules::empty_location`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EmptyLocation {
    /// A relative URL, that of the response itself.
    Followed,
    /// No location: the redirect is the response.
    Ignored,
    /// An invalid URL.
    Refused,
}

/// See [`RedirectRules::repeated_location`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RepeatedLocation {
    /// An error.
    Refused,
    /// Equal lines count as one; different lines make any response a network error, whatever its status is.
    FollowedIfEqual,
    /// One value, with `, ` between the lines.
    Combined,
}

/// See [`RedirectRules::location_credentials`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LocationCredentials {
    /// Those of another origin than the request's, and all after another origin was seen.
    Elsewhere,
    /// The same. If the page's own origin leads to another, the refusal takes effect after the preflight for the location.
    ElsewhereLate,
    /// All, in every mode; those of an `XMLHttpRequest` as the standard has it.
    AllExceptXmlHttpRequest,
}

/// See [`RedirectRules::headers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RedirectHeaders {
    /// Those that earlier redirects left.
    Left,
    /// All that the page set, without those that this redirect removes. Every redirect that would rewrite the method that the
    /// page set removes the headers of the body.
    AllReturn,
    /// If response tainting is "cors" from there on: all that the page set, without those that this redirect removes, and
    /// without `Authorization` once it was removed. Otherwise those that are left, and at 307 and 308 the page's
    /// `Content-Type` again, unless credentials mode "same-origin" has removed credentials from the request since then.
    AllButAuthorizationReturn,
}
