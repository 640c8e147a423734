//! What doors do otherwise in a profile. A request is made before anybody says which user agent fetches it, so that this is
//! made up for when the fetch begins.

use super::fetch_call::combined_with;
use super::{Door, TYPE_OF_FORM};
use crate::browser::{Body, Mode, Profile, Request, Warning};
use crate::header_list::HeaderList;
use crate::mime_type::{with_charset_utf_8, with_charsets_replaced};
use crate::request_header::{RequestHeaderRules, is_no_cors_safelisted_request_header};
use http::header::{CONTENT_TYPE, USER_AGENT};

/// Does once more what its door did to a request, where the profile does it otherwise.
pub(crate) fn pass_by_profile(request: &mut Request, profile: &Profile) {
    let rules = &profile.request_headers;
    // send(), step 6: not every upload listener forces a preflight everywhere.
    if request.body == Body::None && !profile.preflight.forced_without_body {
        request.use_cors_preflight = false;
    }
    // Forbidden request-header, step 1: a name that is forbidden here only.
    if rules.user_agent_is_forbidden && request.headers.contains(&USER_AGENT) {
        request.headers.delete(&USER_AGENT);
        request.warnings.push(Warning::ForbiddenRequestHeader { name: USER_AGENT });
    }
    match request.door {
        Some(Door::Fetch) if request.mode == Mode::NoCors => guard(request, rules),
        Some(Door::XmlHttpRequest) => {
            keep_type_of_form(request, rules);
            change_charset(request, rules);
        }
        _ => {}
    }
}

/// Headers append, step 3: the guard "request-no-cors", which takes less than the text's where the safelist does.
fn guard(request: &mut Request, rules: &RequestHeaderRules) {
    let had_type = request.headers.contains(&CONTENT_TYPE);
    let mut passed = HeaderList::new();
    for (name, value) in request.headers.iter() {
        let combined = combined_with(&passed, name, value);
        let is_dropped = is_no_cors_safelisted_request_header(name, &combined)
            && rules.cors_safelisted_request_header(name, &combined).is_err();
        if is_dropped {
            request.warnings.push(Warning::NoCorsHeaderDropped { name: name.clone() });
        } else {
            passed.push_valid(name.clone(), value);
        }
    }
    request.headers = passed;
    // new Request(), step 37.4: the type of the body, where there is no other, or there no longer is.
    let Some(body_type) = request.body_type.as_ref().filter(|_| !request.headers.contains(&CONTENT_TYPE))
    else {
        return;
    };
    let body_type = body_type.as_bytes();
    let was_dropped = !is_no_cors_safelisted_request_header(&CONTENT_TYPE, body_type);
    if had_type && rules.cors_safelisted_request_header(&CONTENT_TYPE, body_type).is_ok() {
        request.headers.push_valid(CONTENT_TYPE, body_type);
    } else if was_dropped && !rules.body_type_is_guarded {
        request.headers.push_valid(CONTENT_TYPE, body_type);
        let dropped = Warning::NoCorsHeaderDropped { name: CONTENT_TYPE };
        let last = request.warnings.iter().rposition(|warning| *warning == dropped);
        last.map(|index| request.warnings.remove(index));
    }
}

/// send(), step 3: GET and HEAD take the body before anybody looks at its type.
fn keep_type_of_form(request: &mut Request, rules: &RequestHeaderRules) {
    let is_form = request.body_type.as_ref().is_some_and(|body_type| body_type.as_bytes() == TYPE_OF_FORM);
    let is_lost = is_form && request.body == Body::None && !request.headers.contains(&CONTENT_TYPE);
    if rules.lost_form_says_its_type && is_lost {
        request.headers.push_valid(CONTENT_TYPE, TYPE_OF_FORM);
    }
}

/// send(), step 4.5.1: the charset of a text.
fn change_charset(request: &mut Request, rules: &RequestHeaderRules) {
    let Some(author_type) = request.author_type_of_text.take() else { return };
    let changed = with_charset_utf_8(author_type.as_bytes());
    let is_untouched = request.headers.get(&CONTENT_TYPE).as_deref()
        == Some(changed.as_deref().unwrap_or(author_type.as_bytes()));
    if is_untouched && rules.charsets_are_replaced {
        request.headers.set_valid(CONTENT_TYPE, with_charsets_replaced(author_type.as_bytes()));
    }
    if is_untouched && rules.charsets_change_late {
        request.author_type_of_text = Some(author_type);
    }
}
