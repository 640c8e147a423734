//! What browsers do otherwise with the headers of an answer.

/// How the headers of an answer are read: see [`Profile`](crate::browser::Profile).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResponseRules {
    /// Whether an empty line counts when the lines of a name are combined.
    ///
    /// Text: yes (get a header, step 2), so `true` and an empty line are `true, `. Firefox: no.
    pub empty_lines_count: bool,

    /// Whether an IP address is of the same site as itself, where `Cross-Origin-Resource-Policy` says `same-site`.
    ///
    /// Text: yes (schemelessly same site). Chromium: no, another port of it is another site.
    pub addresses_are_sites: bool,
}

impl ResponseRules {
    /// The text of the standard.
    pub const STANDARD: Self = Self { empty_lines_count: true, addresses_are_sites: true };

    /// What Chromium does.
    pub const CHROMIUM: Self = Self { addresses_are_sites: false, ..Self::STANDARD };

    /// What Firefox does.
    pub const FIREFOX: Self = Self { empty_lines_count: false, ..Self::STANDARD };

    /// What WebKit does.
    pub const WEBKIT: Self = Self::STANDARD;
}
