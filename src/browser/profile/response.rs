//! What browsers do otherwise with answers.

/// How the headers of an answer are read, and what they allow: see [`Profile`](crate::browser::Profile).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResponseRules {
    /// Whether an empty line counts when the lines of a name are combined.
    ///
    /// Text: yes (get a header, step 2), so `true` and an empty line are `true, `. Firefox: no, but for `Location`.
    pub empty_lines_count: bool,

    /// Whether an IP address is of the same site as itself, where `Cross-Origin-Resource-Policy` says `same-site`.
    ///
    /// Text: yes (cross-origin resource policy internal check, step 5: schemelessly same site). Chromium: no, another port of
    /// it is another site.
    pub addresses_are_sites: bool,

    /// Whether all hosts that have no registrable domain and are no addresses, such as `localhost`, are of one site there, and
    /// opaque origins too.
    ///
    /// Text: no, such hosts have to be equal, and an opaque origin is of no other's site (schemelessly same site). Chromium:
    /// yes, it compares registrable domains only, and takes two that are missing for equal.
    pub bare_names_are_one_site: bool,

    /// Whether a `Cross-Origin-Resource-Policy` that is none of the three values counts as absent, so that the embedder policy
    /// `require-corp` refuses it.
    ///
    /// Text: yes (cross-origin resource policy internal check, steps 3 and 4). Firefox: no, it lets the response through,
    /// unless the value is empty.
    pub unknown_resource_policy_is_none: bool,

    /// Whether the embedder policy `credentialless` is one.
    ///
    /// Text: yes, it takes credentials away in mode "no-cors" (HTTP-network-or-cache fetch 8.4). WebKit does not know it.
    pub knows_credentialless: bool,

    /// Whether the TAO check goes by the tainted origin in mode "no-cors".
    ///
    /// Text: yes (TAO check, step 5). WebKit: no, by the page's own.
    pub timing_is_tainted_in_no_cors: bool,

    /// Whether the timing of an opaque response is told only if the status is an ok status, and not 206.
    ///
    /// Text: no, a TAO check that passed is enough (main fetch, step 19). Firefox: yes, opaque response blocking withholds the
    /// others, and their timing with them, unless they are scripts, styles or `image/svg+xml`. (It withholds some types
    /// whatever the status, too, as Chromium's does, which no field says.)
    pub opaque_timing_needs_ok_status: bool,
}

impl ResponseRules {
    /// The text of the standard.
    pub const STANDARD: Self = Self {
        empty_lines_count: true,
        addresses_are_sites: true,
        bare_names_are_one_site: false,
        unknown_resource_policy_is_none: true,
        knows_credentialless: true,
        timing_is_tainted_in_no_cors: true,
        opaque_timing_needs_ok_status: false,
    };

    /// What Chromium does.
    pub const CHROMIUM: Self =
        Self { addresses_are_sites: false, bare_names_are_one_site: true, ..Self::STANDARD };

    /// What Firefox does.
    pub const FIREFOX: Self = Self {
        empty_lines_count: false,
        unknown_resource_policy_is_none: false,
        opaque_timing_needs_ok_status: true,
        ..Self::STANDARD
    };

    /// What WebKit does.
    pub const WEBKIT: Self =
        Self { knows_credentialless: false, timing_is_tainted_in_no_cors: false, ..Self::STANDARD };
}
