//! Preloads of fonts that `@font-face` does not use, because it makes another request.

use crate::{
    browser::{CredentialsMode, Destination, Initiator, Mode, Warning},
    oracle::transcript::Transcript,
};

pub(super) fn find(transcript: &Transcript) -> Vec<Warning> {
    let request = transcript.request();
    let is_useless = request.construction.initiator == Some(Initiator::Preload)
        && request.destination == Destination::Font
        && (request.mode, request.credentials) != (Mode::Cors, CredentialsMode::SameOrigin);
    if is_useless { vec![Warning::FontPreloadNotUsed] } else { Vec::new() }
}
