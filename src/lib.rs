//! The CORS protocol of the WHATWG Fetch Standard as a pure engine: no sockets, no clock, no threads.
#![forbid(unsafe_code)]
