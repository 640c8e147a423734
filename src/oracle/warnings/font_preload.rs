//! Preloads of fonts without the attribute `crossorigin`, which nothing uses.

use crate::{
    browser::{Destination, Initiator, Mode, Warning},
    oracle::transcript::Transcript,
};

pub(super) fn find(transcript: &Transcript) -> Vec<Warning> {
    let request = transcript.request();
    let is_useless = request.construction.initiator == Some(Initiator::Preload)
        && request.destination == Destination::Font
        && request.mode == Mode::NoCors;
    if is_useless { vec![Warning::FontPreloadNotUsed] } else { Vec::new() }
}
