//! What random exchanges showed first: one family for each of the matters that no other table has.

mod answers;
mod redirects;
mod requests;

pub use answers::{empty_lines, repeated_locations, timing_of_statuses};
pub use redirects::{data_locations, hints, location_credentials, loops, user_agents};
pub use requests::{charsets, content_types, lost_bodies, method_overrides};
