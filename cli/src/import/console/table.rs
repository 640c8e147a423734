//! The texts of consoles, and the rules behind them. `docs/console.md` of the library has the same texts for people.

use super::{between, draft::Draft};

/// A rule that refuses, and the texts by which browsers report it.
pub(super) struct Row {
    /// The reasons that the texts stand for, as verdicts write them; usually one.
    pub(super) reasons: &'static [&'static str],
    /// Names of Chromium's errors, without `k` and `Preflight`.
    names: &'static [&'static str],
    /// Fragments of texts, each with the profile of the browser that prints it; `*` is any browser.
    texts: &'static [(&'static str, &'static str)],
    /// Changes a case that works so that this rule refuses.
    pub(super) refuse: fn(&mut Draft),
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.reasons.fmt(f)
    }
}

/// The row of a message, and the browser that prints the text if only one does.
pub(super) fn row_of_text(text: &str) -> Option<(&'static Row, Option<&'static str>)> {
    ROWS.iter().find_map(|row| {
        let (browser, _) = row.texts.iter().find(|(_, fragment)| has_fragment(text, fragment))?;
        Some((row, (*browser != "*").then_some(*browser)))
    })
}

/// Returns whether a text has a fragment, in which `…` is a gap.
fn has_fragment(text: &str, fragment: &str) -> bool {
    let mut rest = Some(text);
    fragment.split('…').all(|part| {
        rest = rest.and_then(|rest| rest.split_once(part)).map(|(_, rest)| rest);
        rest.is_some()
    })
}

/// The row of the name of an error in the DevTools protocol.
pub(super) fn row_of_name(name: &str) -> Option<&'static Row> {
    let is_name = |row: &&Row| row.names.contains(&name);
    let row = ROWS.iter().find(is_name);
    row.or_else(|| {
        let name = name.strip_prefix("Preflight")?;
        ROWS.iter().find(|row| row.names.contains(&name))
    })
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

/// In this order the more specific texts come first.
static ROWS: [Row; 41] = [
    Row {
        reasons: &["AllowOriginMultiple"],
        names: &["MultipleAllowOriginValues"],
        texts: &[
            ("chromium", "header contains multiple values"),
            ("firefox", "Multiple CORS header"),
            ("webkit", "Access-Control-Allow-Origin cannot contain more than one origin"),
        ],
        refuse: |draft| {
            let twice = format!("{0}, {0}", draft.origin());
            draft.set_or_value("access-control-allow-origin", twice);
        },
    },
    Row {
        reasons: &["AllowOriginInvalid"],
        names: &["InvalidAllowOriginValue"],
        texts: &[("chromium", "header contains the invalid value")],
        refuse: |draft| draft.set_or_value("access-control-allow-origin", "invalid".to_owned()),
    },
    Row {
        reasons: &["AllowOriginMismatch", "AllowOriginNullButOriginNotNull", "AllowOriginInvalid"],
        names: &["AllowOriginMismatch"],
        texts: &[
            ("chromium", "that is not equal to the supplied origin"),
            ("firefox", "‘Access-Control-Allow-Origin’ does not match"),
            ("firefox", "'Access-Control-Allow-Origin' does not match"),
        ],
        refuse: |draft| draft.set_or_value("access-control-allow-origin", "https://other.example".to_owned()),
    },
    Row {
        reasons: &["AllowOriginWildcardWithCredentials"],
        names: &["WildcardOriginNotAllowed"],
        texts: &[
            ("chromium", "must not be the wildcard '*'"),
            ("firefox", "Credential is not supported if the CORS header"),
            ("webkit", "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true"),
        ],
        refuse: |draft| {
            draft.include_credentials();
            draft.set("access-control-allow-origin", "*".to_owned());
        },
    },
    Row {
        reasons: &["AllowCredentialsMissing", "AllowCredentialsNotTrue"],
        names: &["InvalidAllowCredentials"],
        texts: &[
            ("chromium", "'Access-Control-Allow-Credentials' header in the response is"),
            ("firefox", "expected ‘true’ in CORS header"),
            ("firefox", "expected 'true' in CORS header"),
            ("webkit", "Access-Control-Allow-Credentials is not \"true\""),
        ],
        refuse: |draft| {
            draft.include_credentials();
            draft.set_or_value("access-control-allow-credentials", String::new());
        },
    },
    Row {
        reasons: &["PreflightRedirect", "LocationIncludesCredentials"],
        names: &["PreflightDisallowedRedirect"],
        texts: &[
            ("chromium", "Redirect is not allowed for a preflight request"),
            ("firefox", "CORS request external redirect not allowed"),
        ],
        refuse: |draft| {
            draft.fail_at_preflight();
            draft.set_redirect_status();
        },
    },
    Row {
        reasons: &["PreflightStatus"],
        names: &["PreflightInvalidStatus"],
        texts: &[
            ("chromium", "It does not have HTTP ok status"),
            ("webkit", "Preflight response is not successful"),
        ],
        refuse: |draft| {
            draft.fail_at_preflight();
            draft.set_status(404);
        },
    },
    Row {
        reasons: &["PreflightStatus", "PreflightNetworkError"],
        names: &[],
        texts: &[("firefox", "CORS preflight response did not succeed")],
        refuse: |draft| {
            draft.fail_at_preflight();
            if !draft.set_status_of_message() {
                draft.fail_with("network");
            }
        },
    },
    Row {
        reasons: &["PreflightNetworkError"],
        names: &["InvalidResponse"],
        texts: &[],
        refuse: |draft| {
            draft.fail_at_preflight();
            draft.fail_with("network");
        },
    },
    Row {
        reasons: &["AllowMethodsInvalid"],
        names: &["InvalidAllowMethodsPreflightResponse"],
        texts: &[
            ("chromium", "Cannot parse Access-Control-Allow-Methods response header field"),
            ("firefox", "in CORS header ‘Access-Control-Allow-Methods’"),
            ("webkit", "Header Access-Control-Allow-Methods has an invalid value"),
        ],
        refuse: |draft| {
            draft.fail_at_preflight();
            draft.set_or_value("access-control-allow-methods", "GET PUT".to_owned());
        },
    },
    Row {
        reasons: &["AllowHeadersInvalid"],
        names: &["InvalidAllowHeadersPreflightResponse"],
        texts: &[
            ("chromium", "Cannot parse Access-Control-Allow-Headers response header field"),
            ("firefox", "in CORS header ‘Access-Control-Allow-Headers’"),
            ("webkit", "Header Access-Control-Allow-Headers has an invalid value"),
        ],
        refuse: |draft| {
            draft.fail_at_preflight();
            draft.set_or_value("access-control-allow-headers", "x-a x-b".to_owned());
        },
    },
    Row {
        reasons: &["MethodNotAllowed"],
        names: &["MethodDisallowedByPreflightResponse"],
        texts: &[
            ("chromium", "is not allowed by Access-Control-Allow-Methods in preflight response"),
            ("firefox", "Did not find method in CORS header"),
            ("webkit", "is not allowed by Access-Control-Allow-Methods"),
        ],
        refuse: |draft| draft.refuse_method(),
    },
    Row {
        reasons: &["HeaderNotAllowed", "AuthorizationNeedsExplicitListing"],
        names: &["HeaderDisallowedByPreflightResponse"],
        texts: &[
            ("chromium", "is not allowed by Access-Control-Allow-Headers in preflight response"),
            ("firefox", "is not allowed according to header"),
            ("webkit", "is not allowed by Access-Control-Allow-Headers"),
        ],
        refuse: |draft| draft.refuse_header(),
    },
    Row {
        reasons: &["AllowOriginMissing"],
        names: &["MissingAllowOriginHeader"],
        texts: &[
            ("chromium", "No 'Access-Control-Allow-Origin' header is present"),
            ("firefox", "CORS header ‘Access-Control-Allow-Origin’ missing"),
            ("firefox", "CORS header 'Access-Control-Allow-Origin' missing"),
        ],
        refuse: |draft| draft.set("access-control-allow-origin", String::new()),
    },
    Row {
        reasons: &["AllowOriginMissing"],
        names: &[],
        texts: &[("webkit", "is not allowed by Access-Control-Allow-Origin")],
        refuse: |draft| {
            draft.assume("Safari prints this also if Access-Control-Allow-Origin has another value: here it is missing.");
            draft.set("access-control-allow-origin", String::new());
        },
    },
    Row {
        reasons: &["ModeSameOrigin"],
        names: &["DisallowedByMode"],
        texts: &[
            ("chromium", "Request mode is \"same-origin\" but the URL's origin is not same"),
            ("webkit", "Domains, protocols and ports must match"),
        ],
        refuse: |draft| draft.set_mode("same-origin"),
    },
    Row {
        reasons: &["NoCorsRedirectModeNotFollow"],
        names: &["NoCorsRedirectModeNotFollow"],
        texts: &[("chromium", "Request mode is \"no-cors\" but the redirect mode is not \"follow\"")],
        refuse: |draft| {
            draft.set_mode("no-cors");
            draft.set_redirect_mode("error");
        },
    },
    Row {
        reasons: &["SchemeNotHttp"],
        names: &["CorsDisabledScheme"],
        texts: &[
            ("chromium", "Cross origin requests are only supported for protocol schemes"),
            ("firefox", "CORS request not http"),
        ],
        refuse: |draft| draft.refuse_scheme(),
    },
    Row {
        reasons: &["LocationIncludesCredentials"],
        names: &["RedirectContainsCredentials"],
        texts: &[
            ("chromium", "contains a username and password, which is disallowed"),
            ("webkit", "redirection URL…has credentials"),
        ],
        refuse: |draft| draft.redirect_to("https://user:password@other.example/"),
    },
    Row {
        reasons: &["LocationSchemeNotHttp"],
        names: &[],
        texts: &[
            ("chromium", "net::ERR_UNSAFE_REDIRECT"),
            ("webkit", "CORS redirection with non CORS scheme"),
        ],
        refuse: |draft| draft.redirect_to("data:,"),
    },
    Row {
        reasons: &["RedirectModeError"],
        names: &[],
        texts: &[("webkit", "Not allowed to follow a redirection while loading")],
        refuse: |draft| {
            draft.set_redirect_mode("error");
            draft.redirect_to("https://other.example/");
        },
    },
    Row {
        reasons: &["CorpDefaultedByCoep"],
        names: &["CorpNotSameOriginAfterDefaultedToSameOriginByCoep"],
        texts: &[("chromium", "ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep")],
        refuse: |draft| {
            draft.set_mode("no-cors");
            draft.require_resource_policy();
        },
    },
    Row {
        reasons: &["CorpSameOrigin"],
        names: &["CorpNotSameOrigin"],
        texts: &[
            ("chromium", "ERR_BLOCKED_BY_RESPONSE.NotSameOrigin"),
            ("webkit", "violates the resource's Cross-Origin-Resource-Policy response header"),
        ],
        refuse: |draft| {
            draft.set_mode("no-cors");
            draft.set("cross-origin-resource-policy", "same-origin".to_owned());
        },
    },
    Row {
        reasons: &["CorpSameSite"],
        names: &["CorpNotSameSite"],
        texts: &[("chromium", "ERR_BLOCKED_BY_RESPONSE.NotSameSite")],
        refuse: |draft| {
            draft.set_mode("no-cors");
            draft.set("cross-origin-resource-policy", "same-site".to_owned());
        },
    },
    Row {
        reasons: &["LocalNetworkDenied"],
        names: &["LocalNetworkAccessPermissionDenied"],
        texts: &[
            ("chromium", "Permission was denied for this request to access the"),
            ("firefox", "Local Network Access permission required"),
        ],
        refuse: |draft| draft.connect("access the `", true),
    },
    Row {
        reasons: &["LocalNetworkInsecureContext"],
        names: &["InsecureLocalNetwork", "InsecurePrivateNetwork"],
        texts: &[("chromium", "The request client is not a secure context and the resource is in more-")],
        refuse: |draft| draft.connect("address space `", false),
    },
    Row {
        reasons: &["AddressSpaceMismatch"],
        names: &["InvalidLocalNetworkAccess", "InvalidPrivateNetworkAccess"],
        texts: &[("chromium", "yet the resource is in address space")],
        refuse: |draft| {
            draft.connect("is in address space `", true);
            draft.expect_another_address_space();
        },
    },
    Row {
        reasons: &["ContentSecurityPolicy"],
        names: &[],
        texts: &[("chromium", "because it violates the document's Content Security Policy")],
        refuse: |draft| draft.fail_with("content-security-policy"),
    },
    Row {
        reasons: &["MixedContent"],
        names: &["MixedContent"],
        texts: &[
            ("chromium", "but requested an insecure"),
            ("firefox", "Blocked loading mixed active content"),
            ("webkit", "insecure content from"),
        ],
        refuse: |draft| draft.fail_with("mixed-content"),
    },
    Row {
        reasons: &["OpaqueResponseBlocking"],
        names: &[],
        texts: &[("chromium", "net::ERR_BLOCKED_BY_ORB")],
        refuse: |draft| {
            draft.set_mode("no-cors");
            draft.fail_with("opaque-response-blocking");
        },
    },
    Row {
        reasons: &["CorsDisabledByEmbedder"],
        names: &[],
        texts: &[("firefox", "CORS disabled")],
        refuse: |draft| draft.fail_with("cors-disabled"),
    },
    Row {
        reasons: &["TooManyRedirects"],
        names: &[],
        texts: &[
            ("chromium", "net::ERR_TOO_MANY_REDIRECTS"),
            ("webkit", "Load cannot follow more than 20 redirections"),
        ],
        refuse: |draft| draft.redirect_without_end(),
    },
    Row {
        reasons: &["LocationInvalid"],
        names: &[],
        texts: &[("chromium", "net::ERR_INVALID_REDIRECT")],
        refuse: |draft| draft.redirect_to("https://["),
    },
    Row {
        reasons: &["LocationMultiple"],
        names: &[],
        texts: &[("chromium", "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION")],
        refuse: |draft| {
            draft.redirect_to("https://one.example/");
            draft.redirect_to("https://two.example/");
        },
    },
    Row {
        reasons: &["BadPort"],
        names: &[],
        texts: &[
            ("chromium", "net::ERR_UNSAFE_PORT"),
            ("webkit", "Not allowed to use restricted network port"),
        ],
        refuse: |draft| draft.fail_with("bad-port"),
    },
    Row {
        reasons: &["Nosniff"],
        names: &["ContentType"],
        texts: &[
            ("chromium", "and strict MIME type checking is enabled"),
            ("firefox", "was blocked due to MIME type…mismatch"),
        ],
        refuse: |draft| draft.fail_with("nosniff"),
    },
    Row {
        reasons: &["MimeType"],
        names: &[],
        texts: &[("firefox", "was blocked because of a disallowed MIME type")],
        refuse: |draft| draft.fail_with("mime-type"),
    },
    Row {
        reasons: &["OriginHeaderUnavailable"],
        names: &[],
        texts: &[("firefox", "‘Origin’ cannot be added"), ("firefox", "'Origin' cannot be added")],
        refuse: |draft| draft.fail_with("origin-header-unavailable"),
    },
    Row {
        reasons: &["Timeout"],
        names: &[],
        texts: &[("chromium", "net::ERR_TIMED_OUT")],
        refuse: |draft| draft.fail_with("timeout"),
    },
    Row {
        reasons: &["Canceled"],
        names: &[],
        texts: &[("chromium", "net::ERR_ABORTED")],
        refuse: |draft| draft.fail_with("canceled"),
    },
    Row {
        reasons: &["Network"],
        names: &[],
        texts: &[("firefox", "CORS request did not succeed"), ("chromium", "net::ERR_FAILED")],
        refuse: |draft| draft.fail_with("network"),
    },
];
