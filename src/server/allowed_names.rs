//! The allowed request headers of a policy, and how a preflight's `Access-Control-Request-Headers` is checked
//! against them.

use http::{HeaderMap, HeaderName, header::ACCESS_CONTROL_REQUEST_HEADERS};

use super::{
    headers::{MAX_REQUEST_HEADERS_BYTES, MAX_REQUEST_HEADERS_NAMES, elements},
    refusal::PolicyRefusal,
    settings::CheckedList,
};
use crate::{bytes::is_token, request_header::is_cors_non_wildcard_request_header_name};

/// How many of the listed names [`AllowedNames::walk`] looks at. In a longer list, a binary search is faster.
const FEW_NAMES: usize = 32;

/// How many repeats and empty elements are accepted, even if the policy lists very few headers.
const REPEATS: usize = 16;

/// The allowed request headers.
#[derive(Debug, Clone)]
pub(crate) struct AllowedNames {
    pub(crate) any: bool,
    /// Whether the response lists `*`, whatever is requested. Then the requested names are not looked at.
    pub(crate) are_wildcard: bool,
    /// In lower case, sorted.
    names: Vec<Box<[u8]>>,
    /// The maximum number of elements.
    limit: usize,
}

impl AllowedNames {
    pub(crate) fn new(listed: &CheckedList<HeaderName>, credentials: bool) -> Self {
        let mut names: Vec<Box<[u8]>> =
            listed.items.iter().map(|name| name.as_str().as_bytes().into()).collect();
        names.sort_unstable();
        let limit = match listed.any {
            true => MAX_REQUEST_HEADERS_NAMES,
            false => (2 * names.len() + REPEATS).min(MAX_REQUEST_HEADERS_NAMES),
        };
        Self { any: listed.any, are_wildcard: listed.any && !credentials, names, limit }
    }

    /// Checks that every requested header is allowed: in any case and order, on one line or several, and with
    /// empty elements, which [RFC 9110, 5.6.1.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2)
    /// tells recipients to accept.
    ///
    /// Reads every byte once at most, and stops at the first name that is not allowed. If the response lists
    /// `*`, nothing is read.
    // Inlined although `explain` calls it too: `decide` is faster without the call.
    #[inline]
    pub(crate) fn check(&self, headers: &HeaderMap) -> Result<(), PolicyRefusal> {
        if self.are_wildcard {
            return Ok(());
        }
        let lines = headers.get_all(ACCESS_CONTROL_REQUEST_HEADERS);
        let (mut bytes, mut count) = (0_usize, 0_usize);
        for line in &lines {
            bytes += line.len();
            count += 1;
            if bytes > MAX_REQUEST_HEADERS_BYTES {
                return Err(PolicyRefusal::RequestHeadersTooLong);
            }
            if count > MAX_REQUEST_HEADERS_NAMES {
                return Err(PolicyRefusal::TooManyRequestHeaders);
            }
        }
        let mut position = 0_usize;
        for line in &lines {
            let (listed, rest) = self.walk(line.as_bytes());
            position += listed;
            if position > self.limit {
                return Err(PolicyRefusal::TooManyRequestHeaders);
            }
            for name in rest.into_iter().flat_map(elements) {
                if position >= self.limit {
                    return Err(PolicyRefusal::TooManyRequestHeaders);
                }
                self.check_name(name, position)?;
                position += 1;
            }
        }
        Ok(())
    }

    /// Checks that one requested header is allowed. `position` counts the elements from 0.
    pub(crate) fn check_name(&self, name: &[u8], position: usize) -> Result<(), PolicyRefusal> {
        if self.are_wildcard || name.is_empty() || self.contains(name) {
            Ok(())
        } else if !is_token(name) {
            Err(PolicyRefusal::InvalidRequestHeader { position })
        } else if !self.any {
            Err(PolicyRefusal::HeaderNotAllowed { position })
        } else {
            Ok(())
        }
    }

    /// Returns whether a name is allowed only by a `*` in the response that does not cover it by the standard: a
    /// [CORS non-wildcard request-header
    /// name](https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name).
    pub(crate) fn needs_name(&self, name: &[u8]) -> bool {
        let is_non_wildcard =
            HeaderName::from_bytes(name).is_ok_and(|it| is_cors_non_wildcard_request_header_name(&it));
        self.are_wildcard && is_non_wildcard && !self.contains(name)
    }

    /// Counts the listed names at the beginning of a line, and returns the rest of the line behind them, if
    /// there is more.
    ///
    /// Browsers send lower case, sorted, and without spaces. One walk along both lists therefore mostly finds
    /// all names.
    fn walk<'a>(&self, line: &'a [u8]) -> (usize, Option<&'a [u8]>) {
        let (mut count, mut rest) = (0_usize, line);
        for listed in self.names.iter().take(FEW_NAMES) {
            let Some(after) = rest.strip_prefix(&**listed) else { continue };
            match after {
                [] => return (count + 1, None),
                [b',', next @ ..] => (count, rest) = (count + 1, next),
                _ => {}
            }
        }
        (count, Some(rest))
    }

    /// Returns whether a name, in any case, is listed.
    fn contains(&self, name: &[u8]) -> bool {
        let compare = |listed: &[u8]| listed.iter().copied().cmp(name.iter().map(u8::to_ascii_lowercase));
        self.names.binary_search_by(|listed| compare(listed)).is_ok()
    }
}
