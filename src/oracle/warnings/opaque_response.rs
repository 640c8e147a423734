//! Opaque responses that browsers keep from elements.

use http::header::CONTENT_TYPE;

use crate::{
    ByteString,
    browser::{Destination, Warning},
    oracle::transcript::Transcript,
};

pub(super) fn find(transcript: &Transcript) -> Vec<Warning> {
    let Ok(response) = transcript.outcome() else { return Vec::new() };
    // A script that asks for an opaque response sees nothing of it anyway.
    let is_of_element = transcript.request().destination != Destination::Empty;
    if !is_of_element || !response.is_blocked_by_some_browser() {
        return Vec::new();
    }
    let head = response.internal();
    let content_type = head.headers.get(&CONTENT_TYPE).map(|value| ByteString::from(&value));
    vec![Warning::OpaqueResponseBlocked { status: head.status, content_type }]
}
