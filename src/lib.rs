//! The CORS protocol of the WHATWG Fetch Standard as a pure engine: no sockets, no clock, no threads.
#![forbid(unsafe_code)]

#[cfg(feature = "browser")]
pub mod browser;
mod byte_string;
mod bytes;
pub mod header_list;
pub mod header_values;
pub mod method;
pub(crate) mod mime_type;
#[cfg(feature = "oracle")]
pub mod oracle;
pub mod origin;
#[cfg(feature = "psl")]
pub mod public_suffix;
pub mod range;
pub mod request_header;
pub mod response_header;
#[cfg(feature = "server")]
pub mod server;
pub mod site;
pub mod standard;
pub mod status;
#[cfg(feature = "proptest")]
pub mod strategies;
#[cfg(feature = "tower")]
pub mod tower;

pub use byte_string::ByteString;
pub use http;
