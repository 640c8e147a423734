//! Warnings that need more than one message, or what is beside the standard: each in a file of its own.
//!
//! A fetch itself warns about what its steps see. These rules look at the whole transcript, and guess; so they may be wrong.
//! `tests/cases/warnings` has labelled exchanges, and a test counts how often each rule is right.

mod cookies;
mod error_page;
mod font_preload;
mod hidden_headers;
mod local_network;
mod mixed_content;
mod opaque_response;
mod other_origin;
mod stored_response;
mod vary;
mod web_socket;

use super::transcript::{Event, Transcript};
use crate::browser::{OutgoingRequest, RequestKind, ResponseHead, Warning};

/// A request that went out or was to go out, and its response.
#[derive(Clone, Copy)]
struct Exchanged<'a> {
    request: &'a OutgoingRequest,
    response: &'a ResponseHead,
    from_cache: bool,
}

/// All warnings about a fetch: first its own, then those of the rules.
pub(super) fn all(transcript: &Transcript) -> Vec<Warning> {
    let mut warnings = match transcript.outcome() {
        Ok(response) => response.warnings().to_vec(),
        Err(error) => error.warnings().to_vec(),
    };
    let exchanges = exchanges(transcript.events());
    let found = [
        mixed_content::find(transcript),
        local_network::find(transcript),
        stored_response::find(transcript),
        other_origin::find(transcript, &exchanges),
        error_page::find(transcript, &exchanges),
        opaque_response::find(transcript),
        hidden_headers::find(transcript, &exchanges),
        cookies::find(transcript, &exchanges),
        vary::find(&exchanges),
        font_preload::find(transcript),
        web_socket::find(&exchanges),
    ];
    for warning in found.into_iter().flatten() {
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }
    warnings
}

fn exchanges(events: &[Event]) -> Vec<Exchanged<'_>> {
    let mut exchanges: Vec<Exchanged<'_>> = Vec::new();
    let (mut last, mut from_cache) = (None, false);
    for event in events {
        match event {
            Event::Sent(request) => last = Some(request),
            Event::FromCache => from_cache = true,
            Event::Received(response) => {
                if let Some(request) = last {
                    exchanges.push(Exchanged { request, response, from_cache });
                }
                from_cache = false;
            }
            _ => {}
        }
    }
    exchanges
}

impl Exchanged<'_> {
    fn is_actual(&self) -> bool {
        self.request.kind == RequestKind::Actual
    }
}
