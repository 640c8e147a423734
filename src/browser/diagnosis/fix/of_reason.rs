//! The fixes for reasons that tell enough.

use super::{Fix, RequestChange, Side, local_network};
use crate::browser::{
    diagnosis::Reason,
    modes::{Body, Mode, RedirectMode},
};

impl Fix {
    /// The fixes for a refusal without a response, or in which the response does not matter, best first.
    pub(crate) fn of_reason(reason: &Reason) -> Vec<Self> {
        let page = |text| vec![Self::new(Side::Page, text)];
        let user = |text| vec![Self::new(Side::User, text)];
        let server = |text| vec![Self::new(Side::Server, text)];
        let changed_page = |text, change| vec![Self::new(Side::Page, text).with_change(change)];
        match reason {
            Reason::ModeSameOrigin => changed_page(
                "Use mode \"cors\" in the page; no response header helps.",
                RequestChange::of_mode(Mode::Cors),
            ),
            Reason::NoCorsRedirectModeNotFollow => changed_page(
                "Use redirect mode \"follow\" in the page, or mode \"cors\" if the server supports CORS; \
                 no response header helps.",
                RequestChange::of_redirect(RedirectMode::Follow),
            ),
            Reason::SchemeNotHttp { .. } => {
                page("Use an http or https URL in the page; no response header helps.")
            }
            Reason::SchemeNotFetchable { .. } => page(
                "Use an http or https URL in the page, or let the user agent load this URL itself; no \
                 response header helps.",
            ),
            Reason::PreflightNetworkError => Self::of_lost_request(
                "Make sure that the server can be reached and responds to OPTIONS requests; no response \
                 header helps before it does.",
            ),
            Reason::TooManyRedirects => {
                server("Redirect 20 times at most; check whether the redirects form a loop.")
            }
            Reason::LocationInvalid { .. } => server("Send a Location header that is a valid URL."),
            Reason::LocationMultiple => server("Send one Location header."),
            Reason::LocationSchemeNotHttp { .. } => server("Redirect to an http or https URL."),
            Reason::StreamBodyNotSupported => changed_page(
                "Send a Blob, an ArrayBuffer or a text instead of a stream in the page; no response header \
                 helps.",
                RequestChange::of_body(Body::Replayable),
            ),
            Reason::BodyNotReplayable { .. } => vec![
                Self::new(
                    Side::Server,
                    "Respond with status 303 or without a redirect; no response header helps.",
                ),
                Self::new(Side::Page, "Send bytes instead of a stream in the page.")
                    .with_change(RequestChange::of_body(Body::Replayable)),
            ],
            Reason::OpaquePartialResponse { .. } => page(
                "Let the page's service worker give a complete response to a request without a Range \
                 header; no change on the server helps.",
            ),
            Reason::ServiceWorkerResponseTypeNotAllowed { .. } => page(
                "Let the page's service worker give a response of a type that this request accepts; no \
                 change on the server helps.",
            ),
            Reason::ServiceWorkerResponseRedirected => page(
                "Let the page's service worker give a response that was not redirected, or use redirect \
                 mode \"follow\" in the page; no change on the server helps.",
            ),
            Reason::Network => Self::of_lost_request(
                "Make sure that the server can be reached; no response header helps before it responds.",
            ),
            Reason::Canceled => page(
                "Find out what canceled the fetch, such as a script or a navigation; no change on the \
                 server helps.",
            ),
            Reason::IntegrityPolicy => page(
                "Set the attributes `integrity` and `crossorigin` in the page, or change its Integrity-Policy; \
                 no header of this response helps.",
            ),
            Reason::MixedContent => page("Use an https or wss URL in the page; no response header helps."),
            Reason::BadPort => {
                server("Offer the resource at another port, such as 443; no response header helps.")
            }
            Reason::Nosniff => server(
                "Respond with the right Content-Type: `text/javascript` for a script, `text/css` for a style \
                 sheet.",
            ),
            Reason::MimeType => server("Respond with `Content-Type: text/javascript`."),
            Reason::Integrity => page(
                "Update the hash in the page, or offer the file that the hash belongs to; no response header \
                 helps.",
            ),
            Reason::OpaqueResponseBlocking => vec![
                Self::new(
                    Side::Server,
                    "Respond with the Content-Type that the body has, such as `image/png`.",
                ),
                Self::new(Side::Page, "Use mode \"cors\" in the page, and let the server allow it.")
                    .with_change(RequestChange::anonymous()),
            ],
            Reason::Timeout => server(
                "Make sure that the server can be reached and responds sooner; no response header helps.",
            ),
            Reason::UnsendableRequest => page(
                "Remove control characters from the headers in the page, or shorten the URL; no response \
                 header helps.",
            ),
            Reason::CorsDisabledByEmbedder => {
                user("Enable CORS in the user agent's settings; no response header helps.")
            }
            Reason::OriginHeaderUnavailable => {
                user("Let the user agent add the Origin header to its requests; no response header helps.")
            }
            Reason::NoScriptedResponse => server("Add a response to the list: in a case, to `responses`."),
            Reason::ScriptedForOtherRequest { .. } => server(
                "Give the responses for each URL: in a case, in `routes` instead of `responses`, because \
                 browsers differ in which requests they send.",
            ),
            Reason::LocalNetworkDenied { space, permission } => local_network::of_denial(*space, *permission),
            Reason::LocalNetworkInsecureContext { .. } => local_network::of_insecure_context(),
            Reason::AddressSpaceMismatch { space, .. } => local_network::of_mismatch(*space),
            Reason::AddressMissing => user(
                "Give the address of each server: in a case with `ip`, in a program with \
                 `Exchange::connected`.",
            ),
            // These depend on the request or the response, and `fixes/` finds what helps.
            Reason::AllowOriginMissing
            | Reason::AllowOriginMultiple { .. }
            | Reason::AllowOriginInvalid { .. }
            | Reason::AllowOriginMismatch { .. }
            | Reason::AllowOriginWildcardWithCredentials { .. }
            | Reason::AllowOriginNullButOriginNotNull { .. }
            | Reason::AllowCredentialsMissing
            | Reason::AllowCredentialsNotTrue { .. }
            | Reason::PreflightRedirect { .. }
            | Reason::PreflightStatus { .. }
            | Reason::AllowMethodsInvalid { .. }
            | Reason::AllowHeadersInvalid { .. }
            | Reason::MethodNotAllowed { .. }
            | Reason::HeaderNotAllowed { .. }
            | Reason::AuthorizationNeedsExplicitListing { .. }
            | Reason::LocationIncludesCredentials { .. }
            | Reason::RedirectBlocked
            | Reason::RedirectModeError { .. }
            | Reason::ContentSecurityPolicy
            | Reason::CorpSameOrigin
            | Reason::CorpSameSite
            | Reason::CorpDefaultedByCoep => Vec::new(),
        }
    }

    /// The fixes for a request to which the network gave no response. The user can see more than the page.
    fn of_lost_request(server: &'static str) -> Vec<Self> {
        vec![
            Self::new(
                Side::User,
                "Open the URL in a tab of the same browser: if it fails there, too, the server cannot be \
                 reached, or its certificate is not trusted and must be accepted there; if it opens, look for \
                 an extension that stops the request, such as an ad blocker.",
            ),
            Self::new(Side::Server, server),
        ]
    }
}
