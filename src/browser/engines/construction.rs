//! Engine-specific request construction. It is applied when the fetch starts, because the engine is not known
//! before.

use http::header::{CONTENT_TYPE, USER_AGENT};

use super::{
    Engine, Memory, OriginalRequest, Rules,
    charsets::with_charsets_replaced,
    initiators::change_initiator_settings,
    rules::{PreflightHeaders, RedirectHeaders, RequestHeaderRules, StreamBodies},
};
use crate::{
    browser::{
        diagnosis::{Reason, RequestChange, Warning},
        initiators::Initiator,
        modes::{Body, Mode},
        request::{FORM_CONTENT_TYPE, Request},
    },
    header_list::HeaderList,
    mime_type::with_charset_utf_8,
    request_header::is_no_cors_safelisted_request_header,
};

/// The type of a text as a body.
const TEXT_CONTENT_TYPE: &[u8] = b"text/plain;charset=UTF-8";

impl Engine {
    /// Repeats the construction steps that the rules change, and remembers the state that later steps need.
    pub(crate) fn begin(rules: Rules, request: &mut Request) -> Self {
        change_initiator_settings(request, &rules.initiators);
        // send(), step 6: an upload listener for a request without a body.
        if request.body == Body::None && !rules.preflight.forced_without_body {
            request.use_cors_preflight = false;
        }
        // Forbidden request-header, step 1: `User-Agent` may be one.
        if rules.request_headers.user_agent_is_forbidden && request.headers.contains(&USER_AGENT) {
            request.headers.delete(&USER_AGENT);
            request.warnings.push(Warning::ForbiddenRequestHeader { name: USER_AGENT });
        }
        let refusal = construct_stream(request, &rules.request_headers);
        match request.construction.initiator {
            Some(Initiator::Fetch) if request.mode == Mode::NoCors => {
                apply_no_cors_guard(request, &rules.request_headers);
            }
            Some(Initiator::XmlHttpRequest) => {
                keep_form_content_type(request, &rules.request_headers);
                change_charset(request, &rules.request_headers);
            }
            _ => {}
        }
        let needs_original = rules.preflight.headers != PreflightHeaders::Remaining
            || rules.redirect.headers != RedirectHeaders::Remaining;
        let memory = Memory {
            initiator: request.construction.initiator,
            body_implied_type: request.construction.body_implied_type,
            original: needs_original.then(|| OriginalRequest::of(request).into()),
            first_referrer_policy: request.referrer_policy,
            refusal,
            ..Memory::default()
        };
        Self { rules, memory }
    }

    /// The engine of a fetch whose page made a changed request.
    pub(crate) fn changed(&self, change: &RequestChange) -> Self {
        let mut changed = self.clone();
        if let Some(original) = &mut changed.memory.original {
            change.change_method_and_headers(&mut original.method, &mut original.headers);
        }
        changed
    }

    /// `new Request()`: the reason for which the engine throws, although the standard does not.
    pub(crate) fn take_refusal(&mut self) -> Option<Reason> {
        self.memory.refusal.take()
    }
}

impl OriginalRequest {
    /// Method and headers as the page set them, before `send()` changed the charset.
    fn of(request: &Request) -> Self {
        let mut headers = request.headers.clone();
        if let Some(author_type) = &request.construction.author_type_of_text {
            headers.set_valid(CONTENT_TYPE, author_type.as_bytes());
        }
        Self { method: request.method.clone(), headers }
    }
}

/// new Request(), steps 37 and 39: a stream, if the engine has no streams as bodies.
fn construct_stream(request: &mut Request, rules: &RequestHeaderRules) -> Option<Reason> {
    let is_fetched = request.construction.initiator == Some(Initiator::Fetch);
    if !is_fetched || request.body != Body::Stream {
        return None;
    }
    match rules.streams {
        StreamBodies::Sent => None,
        StreamBodies::AreTexts => {
            request.body = Body::Replayable;
            request.use_cors_preflight = false;
            if !request.headers.contains(&CONTENT_TYPE) {
                request.headers.push_valid(CONTENT_TYPE, TEXT_CONTENT_TYPE);
            }
            None
        }
        StreamBodies::Refused => Some(Reason::StreamBodyNotSupported),
    }
}

/// Headers append, step 3: the guard "request-no-cors", which drops more headers if the engine safelists
/// fewer.
fn apply_no_cors_guard(request: &mut Request, rules: &RequestHeaderRules) {
    let had_type = request.headers.contains(&CONTENT_TYPE);
    let mut kept = HeaderList::new();
    for (name, value) in request.headers.iter() {
        let combined = kept.get_with(name, value);
        let is_dropped = is_no_cors_safelisted_request_header(name, &combined)
            && rules.cors_safelisted_request_header(name, &combined).is_err();
        if is_dropped {
            request.warnings.push(Warning::NoCorsHeaderDropped { name: name.clone() });
        } else {
            kept.push_valid(name.clone(), value);
        }
    }
    request.headers = kept;
    // new Request(), step 37.4: append the type of the body, if the page set none, or if the guard dropped
    // the page's.
    let Some(body_type) = &request.construction.body_type else { return };
    if request.headers.contains(&CONTENT_TYPE) {
        return;
    }
    let body_type = body_type.as_bytes();
    let was_dropped = !is_no_cors_safelisted_request_header(&CONTENT_TYPE, body_type);
    if had_type && rules.cors_safelisted_request_header(&CONTENT_TYPE, body_type).is_ok() {
        request.headers.push_valid(CONTENT_TYPE, body_type);
    } else if was_dropped && !rules.body_type_is_guarded {
        request.headers.push_valid(CONTENT_TYPE, body_type);
        let dropped = Warning::NoCorsHeaderDropped { name: CONTENT_TYPE };
        if let Some(index) = request.warnings.iter().rposition(|warning| *warning == dropped) {
            request.warnings.remove(index);
        }
    }
}

/// send(), step 3: with GET and HEAD, the body becomes null before its type is read. WebKit reads the type of
/// a form first.
fn keep_form_content_type(request: &mut Request, rules: &RequestHeaderRules) {
    let body_type = request.construction.body_type.as_ref();
    let is_form = body_type.is_some_and(|body_type| body_type.as_bytes() == FORM_CONTENT_TYPE);
    let is_dropped = is_form && request.body == Body::None && !request.headers.contains(&CONTENT_TYPE);
    if rules.xhr_get_keeps_form_content_type && is_dropped {
        request.headers.push_valid(CONTENT_TYPE, FORM_CONTENT_TYPE);
    }
}

/// send(), step 4.5.1: the charset of a text body. It is not changed if the request's `Content-Type` was set
/// after `send()`.
fn change_charset(request: &mut Request, rules: &RequestHeaderRules) {
    let Some(author_type) = request.construction.author_type_of_text.take() else { return };
    let changed = with_charset_utf_8(author_type.as_bytes());
    let is_untouched = request.headers.get(&CONTENT_TYPE).as_deref()
        == Some(changed.as_deref().unwrap_or(author_type.as_bytes()));
    if is_untouched && rules.xhr_charsets_are_replaced {
        request.headers.set_valid(CONTENT_TYPE, with_charsets_replaced(author_type.as_bytes()));
    }
    if is_untouched && rules.xhr_charset_rewritten_after_preflight {
        request.construction.author_type_of_text = Some(author_type);
    }
}
