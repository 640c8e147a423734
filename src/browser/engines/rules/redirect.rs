//! Rules for redirects.

use super::group;
use crate::browser::initiators::Initiator;

group! {
    /// Which redirects are followed, and which parts of a request they keep.
    RedirectRules {
        /// The meaning of an empty `Location`.
        ///
        /// Standard: it is the URL that redirects (HTTP-redirect fetch, step 3), which is followed until the
        /// limit.
        /// Chromium: it is no location, so the redirect is the response.
        /// WebKit: it is an invalid URL.
        empty_location: EmptyLocation = EmptyLocation::Followed,

        /// The meaning of several `Location` lines.
        ///
        /// Standard: they are an error, because the header must occur only once (HTTP-redirect fetch, step
        /// 5).
        /// Chromium and Firefox: equal lines count as one, and different lines make any response a network
        /// error.
        /// WebKit: they are one value, joined by a comma and a space.
        repeated_location: RepeatedLocation = RepeatedLocation::Refused,

        /// The locations with a user name or password that are refused.
        ///
        /// Standard: locations of another origin than the request's are refused in mode "cors" (HTTP-redirect
        /// fetch, step 9), and all of them once response tainting is "cors" (step 10).
        /// Chromium: all of them are refused in every mode, except that an `XMLHttpRequest` follows the
        /// standard.
        /// WebKit: it follows the standard, but refuses a redirect away from the page's own origin only after
        /// the preflight for the location.
        location_credentials: LocationCredentials = LocationCredentials::CrossOrigin,

        /// The headers that the request has after a redirect, if an earlier redirect removed some.
        ///
        /// Standard: it has the remaining headers, because HTTP-redirect fetch, steps 12.2 and 13, delete the
        /// others for good.
        /// Firefox: all headers of the page return, except those that this redirect removes.
        /// WebKit: it does the same in CORS, except that a removed `Authorization` stays away.
        headers: RedirectHeaders = RedirectHeaders::Remaining,

        /// Whether legacy client hints that the page set are sent to another origin than the page's:
        /// `device-memory`, `downlink`, `dpr`, `ect`, `rtt`, `viewport-width` and `width`.
        ///
        /// Standard: they are sent like any other header (HTTP-redirect fetch, steps 12 and 13).
        /// Chromium: they are removed.
        client_hints_stay: bool = true,

        /// Whether a `Content-Type` that the body of an `XMLHttpRequest` implied is treated like one that the
        /// page set.
        ///
        /// Standard: it is (`send()`, step 4.6).
        /// Firefox: a redirect that drops the body drops it, too, and it does not return.
        body_type_is_a_header: bool = true,

        /// Whether the CORS check of a redirect treats credentials mode "same-origin" as "include", if the
        /// page's own origin has redirected to another origin.
        ///
        /// Standard: the CORS check uses the credentials mode as it is (steps 3 and 5).
        /// WebKit: it treats the mode as "include", but the refusal takes effect only after the preflight for
        /// the location.
        same_origin_checked_as_include: bool = false,

        /// The initiators for which the CORS check of a redirect treats credentials mode "same-origin" as
        /// "include", whatever the first URL is.
        ///
        /// Standard: the CORS check uses the credentials mode as it is (steps 3 and 5).
        /// WebKit: for CSS images and module preloads, it treats the mode as "include".
        checked_as_include_for: &'static [Initiator] = &[],

        /// Whether in mode "no-cors" the first URL alone decides about credentials mode "same-origin", so
        /// that a redirect from the page's own origin to another origin keeps the credentials.
        ///
        /// Standard: response tainting decides, which is "opaque" from the first cross-origin URL on
        /// (HTTP-network-or-cache fetch, step 8.3).
        /// WebKit: the first URL decides.
        same_origin_follows_no_cors: bool = false,

        /// Whether redirect mode "error" refuses a redirect status without a location.
        ///
        /// Standard: it refuses it, because only the status counts (HTTP fetch, step 6.3.1).
        /// Chromium and WebKit: the response is delivered.
        error_without_location: bool = true,

        /// Whether redirect mode "manual" refuses a location that is not a URL.
        ///
        /// Standard: it does not read the location (HTTP fetch, step 6.3.2).
        /// Chromium: it refuses the redirect.
        manual_reads_location: bool = false,

        /// Whether an element without the attribute `crossorigin` may be redirected to a `data:` URL.
        ///
        /// Standard: it may not, because the scheme of a location must be an HTTP(S) scheme (HTTP-redirect
        /// fetch, step 6).
        /// WebKit: it may.
        elements_follow_data: bool = false,

        /// Whether an element of `Referrer-Policy` that is not a token, such as `f@o`, is skipped.
        ///
        /// Standard: extracting header list values fails, and the whole header is ignored.
        /// Chromium, Firefox and WebKit: the element is skipped.
        skip_invalid_referrer_policy_tokens: bool = false,

        /// Whether a beacon in mode "cors" still has credentials after a redirect to another origin.
        ///
        /// Standard: it has, because the credentials mode stays "include" (HTTP-redirect fetch).
        /// WebKit: it has none.
        cors_beacons_keep_credentials: bool = true,
    }
}

/// See [`RedirectRules::empty_location`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EmptyLocation {
    /// A relative URL: the URL of the response itself.
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
    /// One value, joined by `, `.
    Combined,
}

/// See [`RedirectRules::location_credentials`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LocationCredentials {
    /// Locations of another origin than the request's in mode "cors", and all locations once response
    /// tainting is "cors".
    CrossOrigin,
    /// As [`CrossOrigin`](Self::CrossOrigin), but a redirect away from the page's own origin is refused after
    /// the preflight for the location.
    CrossOriginLate,
    /// All locations in every mode. An `XMLHttpRequest` follows the standard.
    AllExceptXmlHttpRequest,
}

/// See [`RedirectRules::headers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RedirectHeaders {
    /// The headers that earlier redirects left, without those that this redirect removes.
    Remaining,
    /// All headers that the page set, without those that this redirect removes. The headers of the body are
    /// removed if this redirect would turn the method that the page set into a `GET`.
    AllReturn,
    /// If response tainting is "cors" from this redirect on: all headers that the page set, without those
    /// that this redirect removes, and without an `Authorization` that was removed before.
    ///
    /// Otherwise: the remaining headers, and at 307 and 308 the page's `Content-Type` again, unless it was
    /// missing when a redirect left the page's origin in mode "no-cors" with credentials mode "same-origin".
    AllExceptAuthorizationReturn,
}
