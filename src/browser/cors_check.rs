//! [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check): may this answer be shared with this request?

use crate::ByteString;
use crate::browser::fetch_state::Fetch;
use crate::browser::url_origin::origin_is_same_as_url;
use crate::browser::{PreflightOrigin, Profile, Reason, ResponseHead, Warning};
use crate::origin::SerializedOrigin;
use crate::status::is_redirect_status;
use http::header::{ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, LOCATION};

/// What a CORS check looks for: the request's byte-serialized origin, and whether its credentials mode is "include".
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) origin: &'a str,
    pub(crate) with_credentials: bool,
}

/// How a CORS check succeeded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Passed {
    pub(crate) by_wildcard: bool,
    pub(crate) with_credentials: bool,
}

impl Passed {
    pub(crate) fn step(self) -> &'static str {
        match self {
            Self { by_wildcard: true, .. } => "3",
            Self { with_credentials: false, .. } => "5",
            Self { with_credentials: true, .. } => "7",
        }
    }
}

/// The check itself. It compares bytes: nothing is parsed, trimmed or repaired first. The failures of step 4 are told
/// apart afterwards, only to explain them.
pub(crate) fn cors_check(asked: &Asked<'_>, response: &ResponseHead) -> Result<Passed, Reason> {
    let Asked { origin: expected, with_credentials } = *asked;
    // Step 1: get `Access-Control-Allow-Origin`, all lines combined. Step 2: null is failure.
    let origin = response.headers.get(&ACCESS_CONTROL_ALLOW_ORIGIN).ok_or(Reason::AllowOriginMissing)?;
    // Step 3: `*` is success without credentials.
    if !with_credentials && *origin == *b"*" {
        return Ok(Passed { by_wildcard: true, with_credentials });
    }
    // Step 4: anything but the request's own serialized origin is failure.
    if *origin != *expected.as_bytes() {
        return Err(explain_mismatch(&origin, expected));
    }
    // Step 5: success without credentials.
    if !with_credentials {
        return Ok(Passed { by_wildcard: false, with_credentials });
    }
    // Step 6: get `Access-Control-Allow-Credentials`. Step 7: `true` is success. Step 8: all else is failure.
    match response.headers.get(&ACCESS_CONTROL_ALLOW_CREDENTIALS) {
        Some(credentials) if *credentials == *b"true" => Ok(Passed { by_wildcard: false, with_credentials }),
        Some(got) => Err(Reason::AllowCredentialsNotTrue { got: ByteString::from(&got) }),
        None => Err(Reason::AllowCredentialsMissing),
    }
}

/// Whether `Access-Control-Allow-Credentials` is exactly `true`.
pub(crate) fn allows_credentials(response: &ResponseHead) -> bool {
    response
        .headers
        .get(&ACCESS_CONTROL_ALLOW_CREDENTIALS)
        .is_some_and(|credentials| *credentials == *b"true")
}

fn explain_mismatch(got: &[u8], expected: &str) -> Reason {
    let expected = expected.to_owned();
    let several = got.iter().any(|byte| matches!(byte, b',' | b' ' | b'\t'));
    match got {
        b"*" => Reason::AllowOriginWildcardWithCredentials { expected },
        b"null" => Reason::AllowOriginNullButOriginNotNull { expected },
        _ if several => Reason::AllowOriginMultiple { expected, got: ByteString::from(got) },
        _ if SerializedOrigin::parse(got).is_err() => {
            Reason::AllowOriginInvalid { expected, got: ByteString::from(got) }
        }
        _ => Reason::AllowOriginMismatch { expected, got: ByteString::from(got) },
    }
}

impl Fetch {
    /// What the CORS check of a preflight's answer looks for.
    pub(crate) fn asked_of_preflight(&self, profile: &Profile) -> Asked<'_> {
        let origin = match profile.preflight.origin {
            PreflightOrigin::ByteSerialized => self.serialized_origin(),
            PreflightOrigin::Initiator => self.request.origin.serialize(),
        };
        Asked { origin, with_credentials: self.includes_credentials_mode() }
    }

    /// The CORS check of a preflight's answer.
    pub(crate) fn check_preflight(
        &self,
        profile: &Profile,
        response: &ResponseHead,
    ) -> Result<Passed, Reason> {
        let asked = self.asked_of_preflight(profile);
        // A page that asks itself in its own name is not checked.
        if profile.preflight.origin == PreflightOrigin::Initiator
            && origin_is_same_as_url(&self.request.origin, self.current_url())
        {
            let with_credentials = asked.with_credentials;
            return Ok(Passed { by_wildcard: false, with_credentials });
        }
        cors_check(&asked, response)
    }

    /// What the CORS check of the answer to the actual request looks for.
    pub(crate) fn asked_of_answer(&self, profile: &Profile, response: &ResponseHead) -> Asked<'_> {
        let with_credentials = self.includes_credentials_mode()
            || profile.redirect.same_origin_checked_as_include
                && is_redirect_status(response.status)
                && response.headers.contains(&LOCATION)
                && self.is_same_origin_from_own_origin();
        Asked { origin: self.serialized_origin(), with_credentials }
    }

    /// Notices what often goes wrong beside the check.
    pub(crate) fn warn_about_cors_headers(&mut self, response: &ResponseHead) {
        let Some(origin) = response.headers.get(&ACCESS_CONTROL_ALLOW_ORIGIN) else { return };
        if origin.strip_suffix(b"/") == Some(self.serialized_origin().as_bytes()) {
            self.warn(Warning::AllowOriginTrailingSlash { got: ByteString::from(&origin) });
        }
        if *origin == *b"*" && response.headers.contains(&ACCESS_CONTROL_ALLOW_CREDENTIALS) {
            self.warn(Warning::AllowCredentialsIgnored);
        }
    }
}
