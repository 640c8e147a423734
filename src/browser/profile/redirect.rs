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
    /// are equal.
    pub repeated_location: RepeatedLocation,

    /// Which locations must not have a user name or password.
    ///
    /// Text: those of another origin in mode "cors" (HTTP-redirect fetch 9), and all once response tainting is "cors" (10).
    /// Chromium: all in mode "cors".
    pub location_credentials: LocationCredentials,

    /// Whether credentials mode "same-origin" still counts as "include" in the CORS check of the redirect that leads from
    /// one foreign origin to another, when the page's own origin had redirected to the first.
    ///
    /// Text: no, the mode is what it is (CORS check 3 and 5). WebKit: yes, so `*` is refused there.
    pub second_redirect_checked_with_credentials: bool,

    /// Whether the `Origin` of a request that is no CORS request stays when a redirect of the same origin makes it a `GET`.
    ///
    /// Text: no (append a request `Origin` header, step 4). WebKit: yes.
    pub origin_stays_on_get: bool,
}

impl RedirectRules {
    /// The text of the standard.
    pub const STANDARD: Self = Self {
        empty_location: EmptyLocation::Followed,
        repeated_location: RepeatedLocation::Refused,
        location_credentials: LocationCredentials::RefusedElsewhere,
        second_redirect_checked_with_credentials: false,
        origin_stays_on_get: false,
    };

    /// What Chromium does.
    pub const CHROMIUM: Self = Self {
        empty_location: EmptyLocation::Ignored,
        repeated_location: RepeatedLocation::FollowedIfEqual,
        location_credentials: LocationCredentials::RefusedInModeCors,
        ..Self::STANDARD
    };

    /// What Firefox does.
    pub const FIREFOX: Self = Self { repeated_location: RepeatedLocation::FollowedIfEqual, ..Self::STANDARD };

    /// What WebKit does.
    pub const WEBKIT: Self = Self {
        empty_location: EmptyLocation::Refused,
        second_redirect_checked_with_credentials: true,
        origin_stays_on_get: true,
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
    /// They are one if they are equal, and an error otherwise.
    FollowedIfEqual,
}

/// See [`RedirectRules::location_credentials`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LocationCredentials {
    /// Those of another origin than the request's, and all after another origin was seen.
    RefusedElsewhere,
    /// All, in mode "cors".
    RefusedInModeCors,
}
