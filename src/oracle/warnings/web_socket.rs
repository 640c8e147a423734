//! Handshakes of WebSockets that the server refuses.

use super::Exchanged;
use crate::browser::{Mode, Warning};

pub(super) fn find(exchanges: &[Exchanged<'_>]) -> Vec<Warning> {
    let refused = exchanges.iter().filter(|exchange| {
        exchange.request.mode == Mode::WebSocket && exchange.response.status.is_client_error()
    });
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
