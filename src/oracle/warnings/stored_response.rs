//! An HTTP cache had the refused response.

use http::header::ACCESS_CONTROL_ALLOW_ORIGIN;

use crate::{
    ByteString,
    browser::Warning,
    oracle::transcript::{Event, Transcript},
    standard::Algorithm,
};

pub(super) fn find(transcript: &Transcript) -> Vec<Warning> {
    let Err(error) = transcript.outcome() else { return Vec::new() };
    let is_stored =
        last_response_is_stored(transcript.events()) && error.step().algorithm() == Algorithm::CorsCheck;
    let Some(response) = error.response().filter(|_| is_stored) else { return Vec::new() };
    let got = response.headers.get(&ACCESS_CONTROL_ALLOW_ORIGIN).map(|got| ByteString::from(&got));
    vec![Warning::StoredResponseRefused { got }]
}

fn last_response_is_stored(events: &[Event]) -> bool {
    let mut messages = events.iter().rev().filter(|event| !matches!(event, Event::Decided(_)));
    matches!((messages.next(), messages.next()), (Some(Event::Received(_)), Some(Event::FromCache)))
}
