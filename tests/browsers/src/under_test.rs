//! The server under test: a matrix of policies, pages and requests, served by policies of this repository themselves.

#[path = "../../all/under_test/case.rs"]
mod case;
mod draft;
#[path = "../../all/under_test/intent.rs"]
mod intent;
mod matrix;
#[path = "../../all/halves/plain.rs"]
mod plain;
mod record;
mod recorded;
#[path = "../../all/under_test/serve.rs"]
mod serve;
mod servers;
#[path = "../../all/under_test/wire.rs"]
mod wire;

pub use record::record;
