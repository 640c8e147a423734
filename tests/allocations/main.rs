//! How often the hot paths allocate: mostly never. A binary of its own, since counting replaces the allocator.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test that panics has failed, which is what it is for"
)]

#[cfg(feature = "browser")]
mod browser;
#[cfg(feature = "tower")]
mod layer;
#[cfg(feature = "browser")]
mod preflight_cache;
#[cfg(feature = "server")]
mod server;

/// How often that allocates, and what comes of it. It is done once before, for what is made at a first use.
fn allocations<T>(mut job: impl FnMut() -> T) -> u64 {
    drop(job());
    allocation_counter::measure(|| drop(std::hint::black_box(job()))).count_total
}

#[test]
fn allocations_are_counted() {
    assert_eq!(allocations(|| Vec::<u8>::with_capacity(1)), 1);
    assert_eq!(allocations(Vec::<u8>::new), 0);
}
