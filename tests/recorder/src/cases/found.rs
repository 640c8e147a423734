//! Subjects that random exchanges showed first, with one family for each.

mod redirects;
mod requests;
mod responses;

pub use redirects::{data_locations, hints, location_credentials, loops, user_agents};
pub use requests::{charsets, content_types, lost_bodies, method_overrides};
pub use responses::{empty_lines, repeated_locations, timing_of_statuses};
