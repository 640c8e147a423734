//! The two halves prove each other: random pages ask random servers behind random policies, and what comes of it is what
//! the settings of the policy say, read without either half.

mod caches;
mod inverse;
pub(crate) mod plain;
mod redirects;
mod scripts;
mod sharing;
mod situation;
mod strategies;
mod widening;
