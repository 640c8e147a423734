//! Fixes that depend on what makes the request: elements with the attribute `crossorigin`, beacons, workers.

use super::{content_security_policy, refused_response::RefusedResponse};
use crate::browser::{
    diagnosis::{Fix, Reason, RequestChange, Side},
    embedder_policy::EmbedderPolicy,
    fetch::{CorsCheckInput, Fetch, cors_check},
    initiators::{Initiator, ModeRule},
    modes::{CredentialsMode, Mode},
};

/// Adds the attribute, if the response passes the CORS check then.
pub(super) fn with_attribute(refused: &RefusedResponse<'_>) -> Option<Fix> {
    let request = refused.request();
    let initiator = refused.initiator().filter(|it| it.entry().mode == ModeRule::Attribute)?;
    let input = CorsCheckInput { origin: request.serialized_origin(), with_credentials: false };
    cors_check(&input, refused.head()).ok()?;
    let text = format!(
        "Add the attribute `crossorigin` to the {} in the page: the response allows it.",
        initiator.as_str()
    );
    Some(Fix::new(Side::Page, text).with_change(RequestChange::anonymous()))
}

/// Removes the attribute from an element that shows or runs a response without it, too.
pub(super) fn without_attribute(refused: &RefusedResponse<'_>) -> Option<Fix> {
    use Initiator::{Element, Image, Media, Script, Stylesheet};
    let request = refused.request();
    let initiator =
        refused.initiator().filter(|it| matches!(it, Element | Image | Media | Script | Stylesheet))?;
    let passes = request.redirect_count() == 0
        && request.embedder_policy == EmbedderPolicy::UnsafeNone
        && !refused.head().headers.contains(&"cross-origin-resource-policy".parse().ok()?);
    let text = format!(
        "Remove the attribute `crossorigin` from the {} in the page, if no script reads the response.",
        initiator.as_str()
    );
    let change =
        RequestChange { credentials: Some(CredentialsMode::Include), ..RequestChange::of_mode(Mode::NoCors) };
    passes.then(|| Fix::new(Side::Page, text).with_change(change))
}

/// Sends a beacon whose type needs no permission.
pub(super) fn beacon(refused: &RefusedResponse<'_>) -> Option<Fix> {
    (refused.initiator() == Some(Initiator::Beacon)).then(|| {
        Fix::new(
            Side::Page,
            "Send the beacon's body as `text/plain` in the page, such as a string: it needs no permission then, \
             and the server can still parse it as JSON.",
        )
        .with_change(RequestChange {
            content_type: Some("text/plain;charset=UTF-8"),
            ..RequestChange::of_mode(Mode::NoCors)
        })
    })
}

/// The fixes for a request that was refused before anything was sent.
pub(super) fn unsent(fetch: &Fetch, reason: &Reason) -> Vec<Fix> {
    use Initiator::{CspReport, ModuleWorker, ServiceWorker, SharedWorker, Track, Worker};
    let page = |text: &'static str| vec![Fix::new(Side::Page, text)];
    match (reason, fetch.request.initiator) {
        (Reason::NoCorsRedirectModeNotFollow, Some(CspReport)) => page(
            "Report to a URL of the page's own origin, or let the policy use `report-to`; no response header helps.",
        ),
        (Reason::ServiceWorkerResponseRedirected, Some(initiator)) if initiator != Initiator::Fetch => page(
            "Let the page's service worker give a response that was not redirected; no change on the server helps.",
        ),
        (Reason::ContentSecurityPolicy, _) => {
            let directive = content_security_policy::directive(&fetch.request);
            vec![content_security_policy::fix(directive)]
        }
        (Reason::ModeSameOrigin, Some(Worker | SharedWorker)) => page(
            "Start the worker with a script of the page's own origin in the page, which can load the other one \
             with `importScripts()`; a `blob:` URL of the page is of its origin, too.",
        ),
        (Reason::ModeSameOrigin, Some(ModuleWorker)) => page(
            "Start the worker with a module of the page's own origin in the page, which can `import` the other \
             one; a `blob:` URL of the page is of its origin, too.",
        ),
        (Reason::ModeSameOrigin, Some(ServiceWorker)) => page(
            "Register a script of the page's own origin in the page, which can load the other one with \
             `importScripts()`.",
        ),
        (Reason::ModeSameOrigin, Some(Track)) => vec![
            Fix::new(
                Side::Page,
                "Add the attribute `crossorigin` to the `<video>` or `<audio>` of the track in the page, and let \
                 the server allow it.",
            )
            .with_change(RequestChange::anonymous()),
        ],
        (Reason::SchemeNotHttp { scheme }, _) if scheme == "localhost" || scheme.contains('.') => page(
            "Write `http://` or `https://` before the URL in the page: without it, the name of the host is taken for \
             the scheme.",
        ),
        (Reason::SchemeNotHttp { scheme }, _)
            if scheme == "file" && fetch.request.client.document().scheme() == "file" =>
        {
            page(
                "Serve the page and its files over http, for example with a web server on this computer: pages \
                 from `file:` URLs cannot load modules and other files with CORS.",
            )
        }
        _ => Fix::of_reason(reason),
    }
}
