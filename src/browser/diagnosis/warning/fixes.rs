//! What to do about a warning.

use http::header::{ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_EXPOSE_HEADERS, COOKIE, HeaderName, VARY};

use super::{CookieProblem, Warning};
use crate::browser::diagnosis::{Fix, Reason, Side, fix::CanonicalName};

impl Warning {
    /// What to do about it, best first; empty if nothing has to be done.
    ///
    /// ```
    /// use crossorigin::browser::{Page, Side};
    /// let page = Page::new("https://app.example/")?;
    /// let request = page.fetch("https://api.example/").header("Host", "b.example").build()?;
    /// let fixes = request.warnings[0].fixes();
    /// assert_eq!(fixes[0].side(), Side::Page);
    /// assert_eq!(fixes[0].text(), "Do not set `host` in the page.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn fixes(&self) -> Vec<Fix> {
        let page = |text: String| vec![Fix::new(Side::Page, text)];
        let server = |text: &'static str| vec![Fix::new(Side::Server, text)];
        match self {
            Self::ForbiddenRequestHeader { name } if *name == COOKIE => page(
                "Do not set `cookie` in the page, but include credentials (`credentials: \"include\"`): the browser then \
                 sends its cookies for the URL."
                    .to_owned(),
            ),
            Self::ForbiddenRequestHeader { name } => page(format!("Do not set `{name}` in the page.")),
            Self::NoCorsHeaderDropped { name } => page(format!(
                "Do not set `{name}` in the page, or use mode \"cors\" if the server supports CORS."
            )),
            Self::AuthorizationCoveredByWildcard => {
                vec![Fix::of_header(
                    "List `authorization` beside `*`:",
                    ACCESS_CONTROL_ALLOW_HEADERS,
                    "*, authorization",
                )]
            }
            Self::ExposeHeadersInvalid { .. } => {
                server("List header names in Access-Control-Expose-Headers, separated by commas.")
            }
            Self::MaxAgeInvalid { .. } | Self::MaxAgeNotCached { .. } => {
                server("Send a number of seconds, such as `Access-Control-Max-Age: 600`.")
            }
            // A browser without local network access asks nothing.
            Self::MaxAgeClamped { .. } | Self::LocalNetworkUnchecked { .. } => Vec::new(),
            Self::MethodCaseMismatch { method, listed } => match method.as_str().bytes().any(|it| it.is_ascii_lowercase()) {
                true => page(format!("Write the method as `{listed}` in the page.")),
                false => vec![Fix::new(
                    Side::Server,
                    format!("Write the method as `{method}` in Access-Control-Allow-Methods."),
                )],
            },
            Self::AllowOriginTrailingSlash { .. } => server("Send the origin without the slash."),
            Self::AllowCredentialsIgnored => server(
                "Remove Access-Control-Allow-Credentials, or send the origin of the page in place of `*` if pages include \
                 credentials.",
            ),
            Self::WildcardIgnoredWithCredentials { header } => {
                vec![Fix::new(
                    Side::Server,
                    format!("List the names in {} in place of `*`.", CanonicalName(header)),
                )]
            }
            Self::VaryOriginMissing { vary } => {
                vec![Fix::of_header("", VARY, &with_origin(&vary.to_string()))]
            }
            Self::ResponseForOtherOrigin { .. } => of_cache(),
            Self::ResponseHeaderHidden { names, exposed } => {
                let names = names.iter().map(HeaderName::as_str);
                let listed: Vec<_> = exposed.iter().map(String::as_str).chain(names).collect();
                vec![Fix::of_header("", ACCESS_CONTROL_EXPOSE_HEADERS, &listed.join(", "))]
            }
            Self::ResponseNotFromApplication { status, is_html, .. } if !super::is_made_elsewhere(*status, *is_html) => {
                server(
                    "Let the code that responds to preflights add its headers to all responses: it may run for OPTIONS requests only.",
                )
            }
            Self::ResponseNotFromApplication { .. } => vec![Fix::new(
                Side::Between,
                "Read the status and the body of the response and the logs first: the CORS headers are not what is wrong. Then add \
                 the headers to error responses, too, for example with `always` in nginx, or by putting the CORS code around \
                 everything else.",
            )],
            Self::MixedContent { .. } => {
                page("Use an https or wss URL in the page; the server must support it.".to_owned())
            }
            Self::LocalNetwork { .. } => vec![
                Fix::new(
                    Side::User,
                    "In Chromium and Firefox, allow the page to access the local network, in the prompt or the settings.",
                ),
                Fix::new(
                    Side::Page,
                    "Serve the page over https: Chromium does not ask for a page that was loaded over http.",
                ),
            ],
            Self::OpaqueResponseBlocked { .. } => Fix::of_reason(&Reason::OpaqueResponseBlocking),
            Self::CookieNotSent { .. } => vec![
                Fix::new(Side::Server, "Set the cookie with `SameSite=None; Secure; Partitioned`."),
                Fix::new(
                    Side::Server,
                    "Serve the page and the API from one site, such as app.example and api.app.example.",
                ),
            ],
            Self::CookieNotKept { why, .. } => match why {
                CookieProblem::NotIncluded => {
                    page("Include credentials in the page: `credentials: \"include\"`.".to_owned())
                }
                CookieProblem::NotForOtherSites | CookieProblem::NotSecure => {
                    server("Set the cookie with `SameSite=None; Secure; Partitioned`.")
                }
            },
            Self::FontPreloadNotUsed => page(
                "Add the attribute `crossorigin`, without a value, to the `<link rel=preload>` in the page, even for a font of \
                 the page's own origin."
                    .to_owned(),
            ),
            Self::WebSocketRefused { origin, .. } => vec![Fix::new(
                Side::Server,
                format!("Let the server's own check of the Origin accept `{origin}`; CORS headers do not matter here."),
            )],
            Self::StoredResponseRefused { .. } => {
                let mut fixes = of_cache();
                fixes.push(Fix::new(
                    Side::Page,
                    "Load the URL with CORS everywhere, for example each `<img>` with the attribute `crossorigin`.",
                ));
                fixes
            }
        }
    }
}

/// The fixes for a response that a cache gave to the wrong page.
fn of_cache() -> Vec<Fix> {
    vec![
        Fix::of_header(
            "To every request for this URL, also to those without an Origin header:",
            VARY,
            "Origin",
        ),
        Fix::new(
            Side::Between,
            "Remove the stored copies from the cache, and add the Origin header to its cache key if it ignores Vary.",
        ),
    ]
}

/// The value of `Vary` with `Origin`.
fn with_origin(vary: &str) -> String {
    if vary.is_empty() { "Origin".to_owned() } else { format!("{vary}, Origin") }
}
