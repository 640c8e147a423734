//! The words of whatever is not said in a longer test: findings, origins, patterns, policies, cases.

mod cases;
mod decisions;
mod findings;
mod origins;
mod policies;
