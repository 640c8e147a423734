//! `Cross-Origin-Embedder-Policy`.

use http::HeaderName;

use crate::{browser::keywords::keywords, header_list::HeaderList, structured_field::token_of_item};

const CROSS_ORIGIN_EMBEDDER_POLICY: HeaderName = HeaderName::from_static("cross-origin-embedder-policy");

/// The value of a page's
/// [embedder policy](https://html.spec.whatwg.org/multipage/browsers.html#embedder-policy-value), from its
/// header `Cross-Origin-Embedder-Policy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum EmbedderPolicy {
    /// `unsafe-none`: the policy changes nothing. It is the default.
    #[default]
    UnsafeNone,
    /// `credentialless`: cross-origin requests in mode "no-cors" are sent without credentials.
    Credentialless,
    /// `require-corp`: cross-origin responses in mode "no-cors" need `Cross-Origin-Resource-Policy`.
    RequireCorp,
}

keywords! {
    /// The policy's name in the header, such as `require-corp`.
    EmbedderPolicy, "an embedder policy", compared by str::eq:
    UnsafeNone = "unsafe-none",
    Credentialless = "credentialless",
    RequireCorp = "require-corp",
}

impl EmbedderPolicy {
    /// [Obtains an embedder policy](https://html.spec.whatwg.org/multipage/browsers.html#obtain-an-embedder-policy)
    /// from the headers of the response that a page or worker was loaded from.
    ///
    /// The result is `unsafe-none` if the page is not a secure context, and if the header is missing, unknown
    /// or invalid. Two lines of the header are invalid. `report-to` and the header
    /// `Cross-Origin-Embedder-Policy-Report-Only` are ignored: reports stay with the embedder.
    ///
    /// ```
    /// use crossorigin::{browser::EmbedderPolicy, header_list::HeaderList, http::HeaderName};
    /// let mut headers = HeaderList::new();
    /// let name = HeaderName::from_static("cross-origin-embedder-policy");
    /// headers.append(name, "require-corp; report-to=\"coep\"")?;
    /// assert_eq!(EmbedderPolicy::from_headers(&headers, true), EmbedderPolicy::RequireCorp);
    /// assert_eq!(EmbedderPolicy::from_headers(&headers, false), EmbedderPolicy::UnsafeNone);
    /// # Ok::<(), crossorigin::header_list::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn from_headers(headers: &HeaderList, is_secure_context: bool) -> Self {
        // Step 1: a new embedder policy, whose value is "unsafe-none". Step 2: a non-secure context has it.
        if !is_secure_context {
            return Self::default();
        }
        // Step 3: get a structured field value, an item. Several lines are one value, which is not an item.
        let value = headers.get(&CROSS_ORIGIN_EMBEDDER_POLICY);
        let token = value.as_deref().and_then(token_of_item).and_then(|token| str::from_utf8(token).ok());
        // Step 4.1: its value, if it is known. ("unsafe-none" is the default.) Step 7: return policy.
        token.and_then(Self::named).unwrap_or_default()
    }
}
