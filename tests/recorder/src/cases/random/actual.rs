//! Responses to actual requests.

use super::{Random, Setting, leading::with_location, lines};
use crate::{
    cases::draft::{ScriptedResponse, failure, response},
    origins::{A, B, NULL},
};

const ORIGINS: [&str; 12] =
    ["{origin}", "{origin}", "{origin}", "{origin}", "{origin}", "{origin}", "*", "*", A, NULL, B, ""];

const ODD_ORIGINS: [&str; 9] = [
    "{origin} | {origin}",
    "{origin} | ",
    "* | *",
    "*, {origin}",
    " {origin} ",
    "{origin}/",
    "{origin},",
    "HTTP://127.0.0.1:9001",
    "NULL",
];

const EXPOSED: [&str; 5] = ["x-a", "*", "x-a, x-b", "etag,X-B", "x-a, x b"];

const ODD_EXPOSED: [&str; 6] = ["x-a | x-b", "x-a,,etag,", "\"x-a\"", "* | x-a", "set-cookie, x-a", "x-a | "];

const RESOURCE_POLICIES: [&str; 3] = ["same-origin", "same-site", "cross-origin"];

const ODD_RESOURCE_POLICIES: [&str; 7] = [
    "Same-Origin",
    "same-origin, same-origin",
    "same-site | same-site",
    "same-origin | cross-origin",
    "none",
    "",
    " cross-origin ",
];

const TIMING: [&str; 9] = ["*", "*", A, A, NULL, "{origin}", B, "x, *", ""];

const ODD_TIMING: [&str; 6] =
    ["x | *", "**", "\"*\"", "HTTP://127.0.0.1:9001", "http://127.0.0.1:9001 | null", "x,,*"];

const REFERRER_POLICIES: [&str; 8] = [
    "no-referrer",
    "no-referrer",
    "same-origin",
    "same-origin",
    "origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
    "no-referrer-when-downgrade",
];

const ODD_REFERRER_POLICIES: [&str; 17] = [
    "",
    "foo",
    "no-referrer, foo",
    "foo, same-origin",
    "no-referrer, f@o",
    "f@o, no-referrer",
    "no-referrer | f@o",
    "origin | no-referrer",
    "no-referrer | ",
    "no-referrer, unsafe-url",
    "NO-REFERRER",
    ",no-referrer,,",
    "no-referrer;",
    "\"no-referrer\"",
    "no-referrer no-referrer",
    "never",
    "no-referrer, origin-when-crossorigin",
];

/// The response of this URL of the chain.
pub(super) fn actual(random: &mut Random, setting: &Setting, index: usize) -> ScriptedResponse {
    let leads_on = index + 1 < setting.chain.len();
    if random.percent(1) {
        return failure();
    }
    let status = match leads_on {
        true => random.pick(&[301, 302, 303, 307, 308, 302, 307]),
        false if setting.elements => random.pick(&[200, 200, 201, 204]),
        false => random.pick_or(
            &[200, 200, 200, 200, 201, 204, 404, 500, 206],
            6,
            &[203, 205, 299, 300, 302, 307, 400, 416, 418, 503, 599],
        ),
    };
    // A redirect of status 301 or 308 would be cached.
    let mut scripted = response(status).with("cache-control", "no-store");
    if random.percent(97) {
        scripted = lines(scripted, "access-control-allow-origin", origin(random));
    }
    scripted = with_credentials(random, scripted);
    if leads_on {
        scripted = with_location(random, scripted, setting, index);
    }
    if random.percent(30) {
        let exposed = random.pick_or(&EXPOSED, 10, &ODD_EXPOSED);
        scripted = lines(scripted, "access-control-expose-headers", exposed);
    }
    if random.percent(50) {
        scripted = scripted.with_all(&[("x-a", "1"), ("x-b", "2"), ("etag", "\"3\"")]);
        scripted = scripted.with("content-type", random.pick(&["text/plain", "text/javascript"]));
    }
    if random.percent(if setting.embedder_policy.is_some() { 50 } else { 10 }) {
        let policy = random.pick_or(&RESOURCE_POLICIES, 15, &ODD_RESOURCE_POLICIES);
        scripted = lines(scripted, "cross-origin-resource-policy", policy);
    }
    if random.percent(if setting.timing { 80 } else { 5 }) {
        let allowed = random.pick_or(&TIMING, 15, &ODD_TIMING);
        scripted = lines(scripted, "timing-allow-origin", allowed);
    }
    if random.percent(20) {
        let policy = random.pick_or(&REFERRER_POLICIES, 30, &ODD_REFERRER_POLICIES);
        scripted = lines(scripted, "referrer-policy", policy);
    }
    scripted
}

pub(super) fn origin(random: &mut Random) -> &'static str {
    random.pick_or(&ORIGINS, 4, &ODD_ORIGINS)
}

pub(super) fn with_credentials(random: &mut Random, scripted: ScriptedResponse) -> ScriptedResponse {
    let value = match random.network_stack(30) {
        0..21 => "true",
        21..24 => "false",
        24 => random.pick(&["TRUE", "true, true", "true | true", "true | ", " true ", ""]),
        _ => return scripted,
    };
    lines(scripted, "access-control-allow-credentials", value)
}
