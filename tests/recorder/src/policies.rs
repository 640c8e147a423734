//! Policies of this repository, tested in browsers: a matrix of policies, pages and requests.

#[path = "../../all/recorded_policies/case.rs"]
mod case;
mod draft;
#[path = "../../all/recorded_policies/intent.rs"]
mod intent;
mod matrix;
mod record;
mod recorded;
mod reference;
#[path = "../../all/recorded_policies/serve.rs"]
mod serve;
mod servers;
#[path = "../../all/recorded_policies/wire.rs"]
mod wire;

pub use record::record;
