//! What browsers do otherwise with redirects.

/// What a redirect leads to, and what it leaves of a request: see [`Profile`](crate::browser::Profile).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RedirectRules {
    /// What `Location:` with nothing in it means.
    ///
    /// Text: the URL that redirects (HTTP-redirect fetch 3), over and over until the limit. Firefox does so. Chromium
    /// takes the redirect for the response, WebKit for an error.
    pub empty_location: EmptyLocation,

    /// What several `Location` lines mean.
    ///
    /// Text: an error (HTTP-redirect fetch 5), since the header may stand only once. Chromium and Firefox follow lines that
    /// are equal, and take an answer whose lines are not for none, whatever its status is and whatever it answers. WebKit
    /// combines them, and takes commas and all for one URL.
    pub repeated_location: RepeatedLocation,

    /// Which locations must not have a user name or password.
    ///
    /// Text: those of another origin in mode "cors" (HTTP-redirect fetch 9), and all once response tainting is "cors" (10).
    /// Chromium: all, whatever the mode, but for an `XMLHttpRequest` those of the text. WebKit: those of the text, but the first kind only after the preflight for where the
    /// redirect leads.
    pub location_credentials: LocationCredentials,

    /// Which headers the request has after a redirect, when an earlier one had taken some.
    ///
    /// Text: those that are left (HTTP-redirect fetch 12.2 and 13 delete for good). Firefox and WebKit start from the page's
    /// headers again and take only what this redirect takes; but what WebKit took of `Authorization` stays away, and in
    /// Firefox every redirect that would rewrite the page's own method takes the headers of the body. WebKit does so for
    /// requests in CORS; otherwise it is `Content-Type` alone that returns, at a redirect with 307 or 308.
    pub headers: RedirectHeaders,

    /// Whether the client hints of before `Sec-CH-` that a page set go along to another origin than the page's: `device-memory`,
    /// `downlink`, `dpr`, `ect`, `rtt`, `viewport-width` and `width`.
    ///
    /// Text: yes, they are headers like any other. Chromium: no, each redirect to such an origin takes them for good, as its
    /// Permissions Policy has it for hints of its own.
    pub client_hints_stay: bool,

    /// Whether the type that a body brings to an `XMLHttpRequest` is a header like those that the page set.
    ///
    /// Text: yes (`send()`, step 4.6). Firefox: no. It goes with the body, and where [`headers`](Self::headers) return it does
    /// not; but a preflight that had to ask for nothing else asks for it again.
    pub body_type_is_a_header: bool,

    /// Whether credentials mode "same-origin" counts as "include" in the CORS check of a redirect with a location, once the
    /// page's own origin has redirected to another.
    ///
    /// Text: no, the mode is what it is (CORS check 3 and 5). WebKit: yes, so `*` is refused there, although no credentials
    /// are sent, and although the last answer may say `*`. This is found out late, by the process of the page: the one that
    /// follows redirects has made the preflight for where this one leads by then, and has kept its permission.
    pub same_origin_checked_as_include: bool,

    /// Whether in mode "no-cors" credentials mode "same-origin" goes by the first URL, so that credentials follow where the
    /// page's own origin redirects to.
    ///
    /// Text: no, response tainting is "opaque" from the first foreign URL on (HTTP-network-or-cache fetch 8.3). WebKit: yes.
    pub same_origin_follows_no_cors: bool,

    /// Whether redirect mode "error" refuses a redirect status without a location.
    ///
    /// Text: yes, it looks at the status only (HTTP fetch 6.3.1). Firefox does so; Chromium and WebKit deliver the response.
    pub error_without_location: bool,

    /// Whether redirect mode "manual" refuses a location that is no URL.
    ///
    /// Text: no, nobody looks at the location (HTTP fetch 6.3.2). Chromium: yes.
    pub manual_reads_location: bool,

    /// Whether an element without the attribute `crossorigin` may be redirected to a `data:` URL.
    ///
    /// Text: no, the scheme of a location has to be an HTTP(S) scheme (HTTP-redirect fetch 6). WebKit: yes.
    pub elements_follow_data: bool,

    /// Whether an element of `Referrer-Policy` that is no token, such as `f@o`, leaves the others as they are.
    ///
    /// Text: no, extracting header list values fails, and with it the header as a whole. All three engines: yes.
    pub policies_stand_alone: bool,
}

impl RedirectRules {
    /// The text of the standard.
    pub const STANDARD: Self = Self {
        empty_location: EmptyLocation::Followed,
        repeated_location: RepeatedLocation::Refused,
        location_credentials: LocationCredentials::RefusedElsewhere,
        headers: RedirectHeaders::Left,
        client_hints_stay: true,
        body_type_is_a_header: true,
        same_origin_checked_as_include: false,
        same_origin_follows_no_cors: false,
        error_without_location: true,
        manual_reads_location: false,
        elements_follow_data: false,
        policies_stand_alone: false,
    };

    /// What Chromium does.
    pub const CHROMIUM: Self = Self {
        empty_location: EmptyLocation::Ignored,
        repeated_location: RepeatedLocation::FollowedIfEqual,
        location_credentials: LocationCredentials::RefusedUnlessByXmlHttpRequest,
        client_hints_stay: false,
        error_without_location: false,
        manual_reads_location: true,
        policies_stand_alone: true,
        ..Self::STANDARD
    };

    /// What Firefox does.
    pub const FIREFOX: Self = Self {
        repeated_location: RepeatedLocation::FollowedIfEqual,
        headers: RedirectHeaders::AllReturn,
        body_type_is_a_header: false,
        policies_stand_alone: true,
        ..Self::STANDARD
    };

    /// What WebKit does.
    pub const WEBKIT: Self = Self {
        empty_location: EmptyLocation::Refused,
        repeated_location: RepeatedLocation::Combined,
        location_credentials: LocationCredentials::RefusedElsewhereLate,
        headers: RedirectHeaders::AllButAuthorizationReturn,
        same_origin_checked_as_include: true,
        same_origin_follows_no_cors: true,
        error_without_location: false,
        elements_follow_data: true,
        policies_stand_alone: true,
        ..Self::STANDARD
    };
}

/// See [`RedirectRules::empty_location`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EmptyLocation {
    /// It is a relative URL, that of the response itself.
    Followed,
    /// There is no location, so the redirect is the response.
    Ignored,
    /// It is no URL.
    Refused,
}

/// See [`RedirectRules::repeated_location`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RepeatedLocation {
    /// They are an error.
    Refused,
    /// They are one if they are equal. If they are not, the answer is none, redirect or not.
    FollowedIfEqual,
    /// They are one value, with `, ` between.
    Combined,
}

/// See [`RedirectRules::location_credentials`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LocationCredentials {
    /// Those of another origin than the request's, and all after another origin was seen.
    RefusedElsewhere,
    /// The same; but where the page's own origin leads elsewhere, only when the next request would go out, after its
    /// preflight.
    RefusedElsewhereLate,
    /// All; but of an `XMLHttpRequest` those of the text.
    RefusedUnlessByXmlHttpRequest,
}

/// See [`RedirectRules::headers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RedirectHeaders {
    /// Those that the redirects before it left.
    Left,
    /// All that the page set, without those that this redirect takes; those of the body go at every redirect that would
    /// rewrite the method that the page set.
    AllReturn,
    /// If response tainting is "cors" from there on, all that the page set, without those that this redirect takes, and
    /// without `Authorization` once it was taken. Otherwise those that are left, and at 307 and 308 the page's `Content-Type`
    /// again, unless credentials mode "same-origin" has taken credentials from the request since then.
    AllButAuthorizationReturn,
}
