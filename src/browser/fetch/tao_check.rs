//! [TAO check](https://fetch.spec.whatwg.org/#concept-tao-check): may a script read the timing of this
//! response?

use http::HeaderName;

use super::Fetch;
use crate::{
    browser::{
        modes::Mode, response_head::ResponseHead, state::ResponseTainting, url_origin::origin_is_same_as_url,
    },
    header_list::get_decode_and_split_value,
};

static TIMING_ALLOW_ORIGIN: HeaderName = HeaderName::from_static("timing-allow-origin");

/// The failure of a TAO check.
#[derive(Debug)]
pub(super) struct TimingNotAllowed {
    /// The step that returned failure.
    pub(super) step: &'static str,
}

impl Fetch {
    pub(super) fn tao_check(&self, response: &ResponseHead) -> Result<(), TimingNotAllowed> {
        let request = &self.request;
        // Step 2: the timing allow failed flag is set, because a check at an earlier redirect failed.
        if request.timing_allow_failed {
            return Err(TimingNotAllowed { step: "2" });
        }
        // Step 3: get, decode, and split `Timing-Allow-Origin`. The values are not collected: the list would
        // need many times the memory of a hostile header.
        if let Some(values) = response.headers.get(&TIMING_ALLOW_ORIGIN) {
            // Step 4: `*` is success. Step 5: the request's serialized origin is success.
            let origin = self.engine.timing_origin(request).as_bytes();
            if get_decode_and_split_value(&values).any(|value| value == b"*" || value == origin) {
                return Ok(());
            }
        }
        // Step 6: failure for a navigation to another origin.
        if request.mode == Mode::Navigate && !origin_is_same_as_url(&request.origin, request.current_url()) {
            return Err(TimingNotAllowed { step: "6" });
        }
        // Step 7: response tainting "basic" is success. Step 8: return failure.
        match request.tainting {
            ResponseTainting::Basic => Ok(()),
            ResponseTainting::Cors | ResponseTainting::Opaque => Err(TimingNotAllowed { step: "8" }),
        }
    }
}
