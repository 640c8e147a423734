//! Servers behind policies of this crate, and what three browser engines made of them. Recorded by `tests/recorder`
//! (`cargo run --release -- policies` there), replayed here without any browser.

mod case;
mod corpus;
mod deviations;
mod intent;
mod oracle;
mod replay;
mod serve;
mod wire;

use crate::{recorded_browsers::compare, reference};
