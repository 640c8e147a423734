//! Browser and server end to end: random pages send requests to random servers behind random policies. The
//! outcome is what the settings of the policy say, computed without the code of either side.

mod any_server;
mod caches;
mod generator_coverage;
mod more_permissions;
mod redirects;
mod round_trips;
mod scenario;
mod sharing;
