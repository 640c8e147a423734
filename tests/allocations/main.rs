//! Counts the allocations of the hot paths, which are mostly zero. This is a program of its own, because
//! counting replaces the allocator.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a panic is how a test fails"
)]

#[cfg(feature = "browser")]
mod browser;
#[cfg(feature = "tower")]
mod layer;
#[cfg(feature = "browser")]
mod preflight_cache;
#[cfg(feature = "server")]
mod server;

/// The number of allocations of a job. The job runs once before, because a first use may allocate.
fn allocations<T>(mut job: impl FnMut() -> T) -> u64 {
    drop(job());
    allocation_counter::measure(|| drop(std::hint::black_box(job()))).count_total
}

#[test]
fn allocations_are_counted() {
    assert_eq!(allocations(|| Vec::<u8>::with_capacity(1)), 1);
    assert_eq!(allocations(Vec::<u8>::new), 0);
}
