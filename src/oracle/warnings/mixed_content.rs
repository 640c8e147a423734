//! Requests that no browser sends from a page that was loaded over https.

use crate::{
    browser::{
        Warning,
        checks::{should_be_blocked_as_mixed_content, upgrade_mixed_content},
        without_credentials,
    },
    oracle::transcript::Transcript,
    origin::Origin,
};

pub(super) fn find(transcript: &Transcript) -> Vec<Warning> {
    let page = &transcript.request().origin;
    let is_secure = |origin: &Origin| origin.as_tuple().is_some_and(|origin| origin.scheme() == "https");
    if !is_secure(page) {
        return Vec::new();
    }
    let local_network = transcript.profile.rules().local_network;
    let target = transcript.request().target_address_space;
    let mixed = transcript
        .requests()
        .filter(|request| should_be_blocked_as_mixed_content([page], &request.url, request.destination))
        .filter(|request| !local_network.allows_mixed_content(&request.url, target));
    mixed
        .map(|request| Warning::MixedContent {
            url: String::from(without_credentials(request.url.clone())),
            is_upgraded: upgrade_mixed_content([page], &request.url, request.destination).is_some(),
        })
        .collect()
}
