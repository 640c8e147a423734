//! The rules behind the texts of consoles. The library has the texts themselves.

use crossorigin::browser::Reason;

use super::{between, draft::Draft};

/// The reasons of a request without a response.
const NO_RESPONSE: [&str; 2] = ["Network", "PreflightNetworkError"];

/// A rule that refuses: a reason, and what changes a case that works so that this rule refuses.
pub(super) type Rule = (&'static str, fn(&mut Draft));

/// What a message stands for.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    /// The profile of the browser that prints the message; `None` if several do.
    pub(super) browser: Option<&'static str>,
    /// The reasons that share the text, as verdicts write them; usually one.
    pub(super) reasons: Vec<&'static str>,
}

impl Meaning {
    /// The meaning of a message, or of the name of an error; `None` if it has no known text.
    pub(super) fn of(message: &str) -> Option<Self> {
        let named = Reason::named_in_console(message);
        let (first, _) = *named.first()?;
        let browser = named.iter().all(|(browser, _)| *browser == first).then_some(first);
        let mut reasons: Vec<_> = named.iter().map(|(_, reason)| *reason).collect();
        reasons.dedup();
        if reasons.iter().all(|reason| NO_RESPONSE.contains(reason)) {
            reasons = NO_RESPONSE.to_vec();
        }
        // Engines differ in which of the two they name.
        let of_header = ["HeaderNotAllowed", "AuthorizationNeedsExplicitListing"];
        if reasons.iter().any(|reason| of_header.contains(reason)) {
            reasons = of_header.to_vec();
        }
        let meaning = Self { browser, reasons };
        meaning.rule().is_some().then_some(meaning)
    }

    /// The meaning of a message of one browser that stands for one reason.
    pub(super) fn only(browser: &'static str, reason: &'static str) -> Self {
        Self { browser: Some(browser), reasons: vec![reason] }
    }

    /// The first rule for one of the reasons.
    pub(super) fn rule(&self) -> Option<Rule> {
        RULES.iter().find(|(reason, _)| self.reasons.contains(reason)).copied()
    }

    /// Returns whether the message says only that there is no response. Browsers print such a message also after that with the
    /// reason.
    pub(super) fn is_general(&self) -> bool {
        self.reasons.iter().all(|reason| NO_RESPONSE.contains(reason))
    }
}

/// The value, the method or the header name that a message quotes.
pub(super) fn value(text: &str) -> Option<&str> {
    const QUOTED: [(&str, &str); 11] = [
        ("contains multiple values '", "', but"),
        ("contains the invalid value '", "'"),
        ("has a value '", "'"),
        ("header in the response is '", "'"),
        ("Request header field ", " is not allowed"),
        ("Method ", " is not allowed"),
        ("header ‘", "’ is not allowed according"),
        ("header '", "' is not allowed according"),
        ("does not match ‘", "’"),
        ("does not match '", "'"),
        ("invalid token ‘", "’"),
    ];
    QUOTED.iter().find_map(|(before, after)| between(text, before, after))
}

/// A message with several reasons stands for the first of them in this list.
static RULES: [Rule; 41] = [
    ("AllowOriginMissing", |draft| draft.set("access-control-allow-origin", String::new())),
    ("AllowOriginMismatch", |draft| {
        draft.set_or_value("access-control-allow-origin", "https://other.example".to_owned())
    }),
    ("AllowOriginNullButOriginNotNull", |draft| draft.set("access-control-allow-origin", "null".to_owned())),
    ("AllowOriginMultiple", |draft| {
        let twice = format!("{0}, {0}", draft.origin());
        draft.set_or_value("access-control-allow-origin", twice);
    }),
    ("AllowOriginInvalid", |draft| draft.set_or_value("access-control-allow-origin", "invalid".to_owned())),
    ("AllowOriginWildcardWithCredentials", |draft| {
        draft.include_credentials();
        draft.set("access-control-allow-origin", "*".to_owned());
    }),
    ("AllowCredentialsMissing", |draft| {
        draft.include_credentials();
        draft.set_or_value("access-control-allow-credentials", String::new());
    }),
    ("AllowCredentialsNotTrue", |draft| {
        draft.include_credentials();
        draft.set_or_value("access-control-allow-credentials", "false".to_owned());
    }),
    ("PreflightStatus", |draft| {
        draft.fail_at_preflight();
        // Firefox has the same words for a preflight without a response.
        if !draft.set_status_of_message() && draft.may_be("PreflightNetworkError") {
            draft.fail_with("network");
        } else {
            draft.assume_status_of_preflight();
        }
    }),
    ("PreflightRedirect", |draft| {
        draft.fail_at_preflight();
        draft.set_redirect_status();
    }),
    ("Network", |draft| draft.fail_with("network")),
    ("PreflightNetworkError", |draft| {
        draft.fail_at_preflight();
        draft.fail_with("network");
    }),
    ("AllowMethodsInvalid", |draft| {
        draft.fail_at_preflight();
        draft.set_or_value("access-control-allow-methods", "GET PUT".to_owned());
    }),
    ("AllowHeadersInvalid", |draft| {
        draft.fail_at_preflight();
        draft.set_or_value("access-control-allow-headers", "x-a x-b".to_owned());
    }),
    ("MethodNotAllowed", |draft| draft.refuse_method()),
    ("HeaderNotAllowed", |draft| draft.refuse_header()),
    ("ModeSameOrigin", |draft| draft.set_mode("same-origin")),
    ("NoCorsRedirectModeNotFollow", |draft| {
        draft.set_mode("no-cors");
        draft.set_redirect_mode("error");
    }),
    ("SchemeNotHttp", |draft| draft.refuse_scheme()),
    ("LocationIncludesCredentials", |draft| draft.redirect_to("https://user:password@other.example/")),
    ("LocationSchemeNotHttp", |draft| draft.redirect_to("data:,")),
    ("RedirectModeError", |draft| {
        draft.set_redirect_mode("error");
        draft.redirect_to("https://other.example/");
    }),
    ("CorpSameOrigin", |draft| {
        draft.set_mode("no-cors");
        draft.set("cross-origin-resource-policy", "same-origin".to_owned());
    }),
    ("CorpSameSite", |draft| {
        draft.set_mode("no-cors");
        draft.set("cross-origin-resource-policy", "same-site".to_owned());
    }),
    ("CorpDefaultedByCoep", |draft| {
        draft.set_mode("no-cors");
        draft.require_resource_policy();
    }),
    ("LocalNetworkDenied", |draft| draft.connect("access the `", true)),
    ("LocalNetworkInsecureContext", |draft| draft.connect("address space `", false)),
    ("AddressSpaceMismatch", |draft| {
        draft.connect("is in address space `", true);
        draft.expect_another_address_space();
    }),
    ("ContentSecurityPolicy", |draft| draft.block("content-security-policy")),
    ("MixedContent", |draft| draft.block("mixed-content")),
    ("OpaqueResponseBlocking", |draft| {
        draft.set_mode("no-cors");
        draft.fail_with("opaque-response-blocking");
    }),
    ("CorsDisabledByEmbedder", |draft| draft.fail_with("cors-disabled")),
    ("TooManyRedirects", |draft| draft.redirect_without_end()),
    ("LocationInvalid", |draft| draft.redirect_to("https://[")),
    ("LocationMultiple", |draft| {
        draft.redirect_to("https://one.example/");
        draft.redirect_to("https://two.example/");
    }),
    ("BadPort", |draft| draft.fail_with("bad-port")),
    ("Nosniff", |draft| draft.fail_with("nosniff")),
    ("MimeType", |draft| draft.fail_with("mime-type")),
    ("OriginHeaderUnavailable", |draft| draft.fail_with("origin-header-unavailable")),
    ("Timeout", |draft| draft.fail_with("timeout")),
    ("Canceled", |draft| draft.fail_with("canceled")),
];
