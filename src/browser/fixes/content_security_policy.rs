//! The directive of a Content Security Policy that allows a URL.

use crate::browser::{
    destination::Destination as D,
    diagnosis::{Fix, Side},
    initiators::Initiator,
    state::CurrentRequest,
};

/// The directive that decides about a request; `None` if none does, or if it is not known.
pub(crate) fn directive(request: &CurrentRequest) -> Option<&'static str> {
    match request.initiator {
        // [form-action](https://w3c.github.io/webappsec-csp/#directive-form-action) is the only directive about a
        // navigation of a tab or window.
        Some(Initiator::Form) => Some("form-action"),
        // Any element can be meant.
        Some(Initiator::Element) => None,
        // [Get the effective directive for request](https://w3c.github.io/webappsec-csp/#effective-directive-for-a-request),
        // step 1: the initiator is "prefetch".
        Some(Initiator::Prefetch) => Some("default-src"),
        _ => of_destination(request.destination),
    }
}

/// Step 2: the destination. For the elements of scripts and style sheets, the directives have longer names, which
/// fall back to these. Step 3 is for new destinations: no directive decides about a navigation of a tab or window.
fn of_destination(destination: D) -> Option<&'static str> {
    match destination {
        D::Manifest => Some("manifest-src"),
        D::Object | D::Embed => Some("object-src"),
        D::Frame | D::Iframe => Some("frame-src"),
        D::Audio | D::Track | D::Video => Some("media-src"),
        D::Font => Some("font-src"),
        D::Image => Some("img-src"),
        D::Style => Some("style-src"),
        D::Script | D::Xslt | D::AudioWorklet | D::PaintWorklet => Some("script-src"),
        D::ServiceWorker | D::SharedWorker | D::Worker => Some("worker-src"),
        D::Empty | D::Json | D::Text | D::WebIdentity => Some("connect-src"),
        D::Report | D::Document => None,
    }
}

/// The fix for a URL that the policy does not allow.
pub(crate) fn fix(directive: Option<&str>) -> Fix {
    let place = directive.map(|name| format!(", in `{name}`")).unwrap_or_default();
    let text = format!(
        "Allow the URL in the Content-Security-Policy of the page{place}; no header of this response helps."
    );
    Fix::new(Side::Page, text)
}
