//! The measured jobs. The benchmarks here, the counter of instructions and the comparison with other crates
//! in `peers/` use them.

pub mod browser;
pub mod cache;
pub mod floor;
pub mod jobs;
pub mod oracle;
pub mod server;
