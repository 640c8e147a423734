//! Browser and server together: random pages ask random servers behind random policies, and what comes of it is what
//! the settings of the policy say, read without either half.

mod any_server;
mod caches;
mod generator_coverage;
mod more_permissions;
mod redirects;
mod round_trips;
mod scenario;
mod sharing;
