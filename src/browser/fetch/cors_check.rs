//! [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check): does the server share this response with
//! this origin?

use http::header::{ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN};

use super::Fetch;
use crate::{
    ByteString,
    browser::{
        diagnosis::{Finding, Phase, Reason, Refused, Warning},
        response_head::{Received, ResponseHead},
        state::CurrentRequest,
    },
    origin::SerializedOrigin,
    standard::Algorithm::CorsCheck,
};

/// The input of a CORS check: the request's byte-serialized origin, and whether its credentials mode is
/// "include".
#[derive(Debug, Clone, Copy)]
pub(crate) struct CorsCheckInput<'a> {
    pub(crate) origin: &'a str,
    pub(crate) with_credentials: bool,
}

impl<'a> CorsCheckInput<'a> {
    /// The input for the response to the actual request.
    pub(crate) fn of_request(request: &'a CurrentRequest) -> Self {
        Self { origin: request.serialized_origin(), with_credentials: request.includes_credentials_mode() }
    }
}

/// The success of a CORS check.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CorsCheckSuccess {
    pub(crate) by_wildcard: bool,
    pub(crate) with_credentials: bool,
}

impl CorsCheckSuccess {
    pub(crate) fn step(self) -> &'static str {
        match self {
            Self { by_wildcard: true, .. } => "3",
            Self { with_credentials: false, .. } => "5",
            Self { with_credentials: true, .. } => "7",
        }
    }
}

/// Runs the CORS check. It compares bytes: nothing is parsed, trimmed or repaired before. A failure of step 4
/// is examined afterwards, only to explain it.
pub(crate) fn cors_check(
    input: &CorsCheckInput<'_>,
    response: &ResponseHead,
) -> Result<CorsCheckSuccess, Reason> {
    let CorsCheckInput { origin: expected, with_credentials } = *input;
    // Step 1: get `Access-Control-Allow-Origin`, all lines combined. Step 2: null is failure.
    let origin = response.headers.get(&ACCESS_CONTROL_ALLOW_ORIGIN).ok_or(Reason::AllowOriginMissing)?;
    // Step 3: `*` is success without credentials.
    if !with_credentials && *origin == *b"*" {
        return Ok(CorsCheckSuccess { by_wildcard: true, with_credentials });
    }
    // Step 4: everything except the request's serialized origin is failure.
    if *origin != *expected.as_bytes() {
        return Err(explain_mismatch(&origin, expected));
    }
    // Step 5: success without credentials.
    if !with_credentials {
        return Ok(CorsCheckSuccess { by_wildcard: false, with_credentials });
    }
    // Step 6: get `Access-Control-Allow-Credentials`. Step 7: `true` is success. Step 8: everything else is
    // failure.
    match response.headers.get(&ACCESS_CONTROL_ALLOW_CREDENTIALS) {
        Some(credentials) if *credentials == *b"true" => {
            Ok(CorsCheckSuccess { by_wildcard: false, with_credentials })
        }
        Some(got) => Err(Reason::AllowCredentialsNotTrue { got: ByteString::from(&got) }),
        None => Err(Reason::AllowCredentialsMissing),
    }
}

/// Returns whether `Access-Control-Allow-Credentials` is exactly `true`.
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
    /// HTTP fetch, step 4.4: the CORS check of the response to the actual request.
    pub(super) fn check_response(&mut self, response: &Received) -> Result<(), Box<Refused>> {
        let checked = cors_check(&CorsCheckInput::of_request(&self.request), &response.head);
        if let Ok(success) = checked {
            self.note_success(success);
        }
        self.warn_about_cors_headers(&response.head);
        checked.map_err(|reason| self.refuse_response(Phase::Actual, reason, response))?;
        self.check_redirect_again(response)
    }

    /// Engines differ: checks a redirect a second time, as if the credentials mode were "include". If the
    /// redirect would be followed otherwise, the refusal is postponed.
    fn check_redirect_again(&mut self, response: &Received) -> Result<(), Box<Refused>> {
        if !self.engine.checks_again_as_include(&self.request, &response.head) {
            return Ok(());
        }
        let input = CorsCheckInput { with_credentials: true, ..CorsCheckInput::of_request(&self.request) };
        let Err(reason) = cors_check(&input, &response.head) else { return Ok(()) };
        self.note((CorsCheck, "3"), |_| Finding::CheckedAsInclude);
        let refused = self.refuse_response(Phase::Actual, reason, response);
        match self.check_redirect(response) {
            Ok(Some(_)) => {
                self.postpone(*refused);
                Ok(())
            }
            _ => Err(refused),
        }
    }

    /// Postpones a refusal: the fetch ends with it when the next actual request would go out.
    pub(super) fn postpone(&mut self, refused: Refused) {
        let step = refused.reason.step();
        self.note((step.algorithm(), step.number()), |_| Finding::RefusedLater);
        self.engine.postpone(refused, self.request.clone());
    }

    pub(super) fn note_success(&mut self, success: CorsCheckSuccess) {
        let CorsCheckSuccess { by_wildcard, with_credentials } = success;
        self.note((CorsCheck, success.step()), |_| Finding::CorsCheckPassed {
            by_wildcard,
            with_credentials,
        });
    }

    /// Warns about common mistakes that the check itself does not report.
    pub(super) fn warn_about_cors_headers(&mut self, response: &ResponseHead) {
        let Some(origin) = response.headers.get(&ACCESS_CONTROL_ALLOW_ORIGIN) else { return };
        if origin.strip_suffix(b"/") == Some(self.request.serialized_origin().as_bytes()) {
            self.warn(Warning::AllowOriginTrailingSlash { got: ByteString::from(&origin) });
        }
        if *origin == *b"*" && response.headers.contains(&ACCESS_CONTROL_ALLOW_CREDENTIALS) {
            self.warn(Warning::AllowCredentialsIgnored);
        }
    }
}
