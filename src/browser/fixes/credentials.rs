//! The fix for a request that includes credentials without need.

use super::refused_response::RefusedResponse;
use crate::browser::{
    diagnosis::{Fix, RequestChange, Side},
    fetch::{CorsCheckInput, cors_check},
    initiators::CredentialsRule,
    modes::CredentialsMode,
};

/// Makes the request without credentials, if it is not refused then.
pub(super) fn fix(refused: &RefusedResponse<'_>) -> Option<Fix> {
    let setting = match refused.initiator()?.entry().credentials {
        CredentialsRule::Script => "`credentials: \"same-origin\"`",
        CredentialsRule::WithCredentials => "`withCredentials = false`",
        CredentialsRule::AttributeOrSameOrigin | CredentialsRule::Attribute => "`crossorigin=\"anonymous\"`",
        CredentialsRule::Fixed(_) => return None,
    };
    let change = RequestChange { credentials: Some(CredentialsMode::SameOrigin), ..RequestChange::default() };
    passes(refused, &change).then(|| {
        let text = format!(
            "Make the request without credentials in the page ({setting}), if the response does not \
                            depend on cookies."
        );
        Fix::new(Side::Page, text).with_change(change)
    })
}

fn passes(refused: &RefusedResponse<'_>, change: &RequestChange) -> bool {
    let changed = refused.fetch.changed(change);
    if changed.engine.checks_again_as_include(&changed.request, refused.head()) {
        return false;
    }
    match refused.is_preflight {
        true => refused.passes_preflight_after(change),
        false => cors_check(&CorsCheckInput::of_request(&changed.request), refused.head()).is_ok(),
    }
}
