//! Handshakes of WebSockets that the server refuses.

use http::{StatusCode, header::WWW_AUTHENTICATE};

use super::Exchanged;
use crate::{
    browser::{Mode, Warning},
    mime_type::is_html,
};

pub(super) fn find(exchanges: &[Exchanged<'_>]) -> Vec<Warning> {
    let refused = exchanges
        .iter()
        .filter(|exchange| exchange.request.mode == Mode::WebSocket && may_be_about_origin(exchange));
    let origin = |exchange: &Exchanged<'_>| {
        let origin = exchange.request.headers.get(&http::header::ORIGIN)?;
        Some(String::from_utf8_lossy(&origin).into_owned())
    };
    refused
        .filter_map(|exchange| {
            Some(Warning::WebSocketRefused { status: exchange.response.status, origin: origin(exchange)? })
        })
        .collect()
}

/// Returns whether servers respond like this to an origin that they do not allow: most with 403, some with 400, 401 or 404. A
/// challenge, or a page about an unknown path, has another cause.
fn may_be_about_origin(exchange: &Exchanged<'_>) -> bool {
    let response = exchange.response;
    match response.status {
        StatusCode::FORBIDDEN => true,
        StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED => !response.headers.contains(&WWW_AUTHENTICATE),
        StatusCode::NOT_FOUND => !is_html(&response.headers),
        _ => false,
    }
}
