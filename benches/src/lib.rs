//! What is measured: the jobs of the hot paths, for the benchmarks here, for the counter of instructions, and for the
//! comparison with other crates in `peers/`.

pub mod browser;
pub mod cache;
pub mod floor;
pub mod jobs;
pub mod oracle;
pub mod server;
