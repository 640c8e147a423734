//! Redirects.

mod bodies;
mod headers;
mod locations;
mod origins;

use super::*;
