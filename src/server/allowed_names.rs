//! The request-headers of a policy, and how a preflight's `Access-Control-Request-Headers` is held against them.

use std::cmp::Ordering;

use http::{HeaderMap, HeaderName, header::ACCESS_CONTROL_REQUEST_HEADERS};

use crate::{header_values::is_token, request_header::is_cors_non_wildcard_request_header_name};

use super::{refusal::Refusal, settings::Listed};

/// The most bytes of `Access-Control-Request-Headers`, over all lines, that are looked at. More is refused unread.
///
/// A browser lists each header of a page once: this is room for hundreds of them.
pub const MAX_REQUEST_HEADERS_BYTES: usize = 8192;

/// The most elements of `Access-Control-Request-Headers` that are looked at, empty ones included.
pub const MAX_REQUEST_HEADERS_NAMES: usize = 256;

/// Which request-headers are allowed.
#[derive(Debug, Clone)]
pub(crate) struct AllowedNames {
    any: bool,
    /// Does `any` leave out the header that `*` does not cover?
    needs_authorization: bool,
    /// Sorted.
    names: Vec<HeaderName>,
}

impl AllowedNames {
    pub(crate) fn new(listed: &Listed<HeaderName>, credentials: bool) -> Self {
        let mut names = listed.items.clone();
        names.sort_unstable_by(|one, other| one.as_str().cmp(other.as_str()));
        let listed_authorization = names.iter().any(is_cors_non_wildcard_request_header_name);
        Self { any: listed.any, needs_authorization: !credentials && !listed_authorization, names }
    }

    /// Is every header that the preflight asks for allowed? In any case and order, on one line or several, with
    /// empty elements between them: recipients of lists have to bear those.
    ///
    /// Reads every byte once at most, and stops at the first name that is not allowed.
    pub(crate) fn check(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let lines = headers.get_all(ACCESS_CONTROL_REQUEST_HEADERS);
        let (mut bytes, mut elements) = (0_usize, 0_usize);
        for line in lines {
            bytes = bytes.saturating_add(line.len());
            elements = elements.saturating_add(1);
            if bytes > MAX_REQUEST_HEADERS_BYTES {
                return Err(Refusal::RequestHeadersTooLong);
            }
            if elements > MAX_REQUEST_HEADERS_NAMES {
                return Err(Refusal::TooManyRequestHeaders);
            }
        }
        for (position, name) in requested_names(headers).enumerate() {
            if position >= MAX_REQUEST_HEADERS_NAMES {
                return Err(Refusal::TooManyRequestHeaders);
            }
            self.check_name(name, position)?;
        }
        Ok(())
    }

    /// Is this one header allowed?
    pub(crate) fn check_name(&self, name: &[u8], position: usize) -> Result<(), Refusal> {
        if name.is_empty() || self.lists(name) {
            Ok(())
        } else if !is_token(name) {
            Err(Refusal::InvalidRequestHeader { position })
        } else if !self.any {
            Err(Refusal::HeaderNotAllowed { position })
        } else if self.needs_authorization && name.eq_ignore_ascii_case(b"authorization") {
            Err(Refusal::AuthorizationNotListed { position })
        } else {
            Ok(())
        }
    }

    fn lists(&self, name: &[u8]) -> bool {
        self.names.binary_search_by(|listed| compare(listed.as_str().as_bytes(), name)).is_ok()
    }
}

/// The elements of all lines, in order, empty ones too.
pub(crate) fn requested_names(headers: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    let lines = headers.get_all(ACCESS_CONTROL_REQUEST_HEADERS).into_iter();
    lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b',')).map(<[u8]>::trim_ascii)
}

/// `listed` is in lower case; `name` may be in any.
fn compare(listed: &[u8], name: &[u8]) -> Ordering {
    listed.iter().copied().cmp(name.iter().map(u8::to_ascii_lowercase))
}
