//! Names of headers that several files of the server side need.

use http::HeaderName;

/// Legacy: a preflight of Chromium's private network access draft carried it.
pub(crate) const REQUEST_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-request-private-network");

/// Legacy: the answer to [`REQUEST_PRIVATE_NETWORK`].
pub(crate) const ALLOW_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-allow-private-network");

/// What every header of the protocol begins with, on requests and on responses.
const PREFIX: &str = "access-control-";

/// Does the header belong to the CORS protocol, known or not?
pub(crate) fn is_access_control(name: &str) -> bool {
    name.starts_with(PREFIX)
}
