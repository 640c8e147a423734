//! [TAO check](https://fetch.spec.whatwg.org/#concept-tao-check): may the timing of this answer be read?

use crate::browser::fetch_state::{Fetch, ResponseTainting};
use crate::browser::url_origin::origin_is_same_as_url;
use crate::browser::{Mode, Profile, ResponseHead};
use crate::header_list::get_decode_and_split_value;
use http::HeaderName;

static TIMING_ALLOW_ORIGIN: HeaderName = HeaderName::from_static("timing-allow-origin");

/// The timing may not be read.
#[derive(Debug)]
pub(crate) struct TimingNotAllowed {
    /// The step that says so.
    pub(crate) step: &'static str,
}

pub(crate) fn tao_check(
    fetch: &Fetch,
    profile: &Profile,
    response: &ResponseHead,
) -> Result<(), TimingNotAllowed> {
    // Step 2: a check that failed at an earlier hop stays failed.
    if fetch.timing_allow_failed {
        return Err(TimingNotAllowed { step: "2" });
    }
    // Step 3: get, decode, and split `Timing-Allow-Origin`. Values are looked at one by one: a list of them would be many
    // times as large as a hostile header.
    if let Some(values) = response.headers.get(&TIMING_ALLOW_ORIGIN) {
        // Step 4: `*` is success. Step 5: so is the request's serialized origin.
        let is_tainted = fetch.request.mode != Mode::NoCors || profile.response.timing_is_tainted_in_no_cors;
        let origin = if is_tainted { fetch.serialized_origin() } else { fetch.request.origin.serialize() };
        let origin = origin.as_bytes();
        if get_decode_and_split_value(&values).any(|value| value == b"*" || value == origin) {
            return Ok(());
        }
    }
    // Step 6: a navigation to another origin fails.
    if fetch.request.mode == Mode::Navigate
        && !origin_is_same_as_url(&fetch.request.origin, fetch.current_url())
    {
        return Err(TimingNotAllowed { step: "6" });
    }
    // Step 7: response tainting "basic" is success. Step 8: all else is failure.
    if fetch.tainting == ResponseTainting::Basic { Ok(()) } else { Err(TimingNotAllowed { step: "8" }) }
}
