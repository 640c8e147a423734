//! Servers behind policies of this crate, and what three browser engines did with their responses.
//! `tests/recorder` recorded the cases (`cargo run --release -- policies`). The tests here replay them
//! without a browser.

mod case;
mod corpus;
mod deviations;
mod intent;
mod oracle;
mod replay;
mod serve;
mod wire;

use crate::{recorded_browsers::compare, reference};
