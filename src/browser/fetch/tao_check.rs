//! [TAO check](https://fetch.spec.whatwg.org/#concept-tao-check): may the timing of this response be read?

use http::HeaderName;

use super::Fetch;
use crate::{
    browser::{
        modes::Mode, response_head::ResponseHead, state::ResponseTainting, url_origin::origin_is_same_as_url,
    },
    header_list::get_decode_and_split_value,
};

static TIMING_ALLOW_ORIGIN: HeaderName = HeaderName::from_static("timing-allow-origin");

/// The timing may not be read.
#[derive(Debug)]
pub(super) struct TimingNotAllowed {
    /// The step that says so.
    pub(super) step: &'static str,
}

impl Fetch {
    pub(super) fn tao_check(&self, response: &ResponseHead) -> Result<(), TimingNotAllowed> {
        let request = &self.request;
        // Step 2: a check that failed at an earlier hop stays failed.
        if request.timing_allow_failed {
            return Err(TimingNotAllowed { step: "2" });
        }
        // Step 3: get, decode, and split `Timing-Allow-Origin`. Values are looked at one by one: a list of them would be many
        // times as large as a hostile header.
        if let Some(values) = response.headers.get(&TIMING_ALLOW_ORIGIN) {
            // Step 4: `*` is success. Step 5: so is the request's serialized origin.
            let origin = self.engine.timing_origin(request).as_bytes();
            if get_decode_and_split_value(&values).any(|value| value == b"*" || value == origin) {
                return Ok(());
            }
        }
        // Step 6: a navigation to another origin fails.
        if request.mode == Mode::Navigate && !origin_is_same_as_url(&request.origin, request.current_url()) {
            return Err(TimingNotAllowed { step: "6" });
        }
        // Step 7: response tainting "basic" is success. Step 8: all else is failure.
        match request.tainting {
            ResponseTainting::Basic => Ok(()),
            ResponseTainting::Cors | ResponseTainting::Opaque => Err(TimingNotAllowed { step: "8" }),
        }
    }
}
