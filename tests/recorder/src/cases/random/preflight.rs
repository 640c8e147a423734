//! Responses to preflights.

use super::{
    Random,
    actual::{origin, with_credentials},
    lines,
};
use crate::cases::draft::{ScriptedResponse, failure, response};

const METHODS: [&str; 6] = [
    "{access-control-request-method}",
    "{access-control-request-method}",
    "PUT, DELETE, PATCH, FOO",
    "*",
    "GET",
    "",
];

const ODD_METHODS: [&str; 9] = [
    "put, delete, patch, foo",
    "PUT,,DELETE,",
    "\"PUT\"",
    "PUT DELETE",
    "PUT | DELETE, PATCH",
    "*, PUT",
    "PUT, * | FOO",
    "(PUT)",
    "PUT | ",
];

const HEADERS: [&str; 8] = [
    "{access-control-request-headers}",
    "{access-control-request-headers}",
    "{access-control-request-headers}",
    "*",
    "x-a, x-b, content-type",
    "authorization, *",
    "x-a",
    "",
];

const ODD_HEADERS: [&str; 9] = [
    "X-A, X-B, Content-Type, Authorization, User-Agent",
    "x-a | x-b, content-type",
    "x-a,,x-b,",
    "x-a x-b",
    "\"x-a\"",
    "*, authorization",
    "x-a | *",
    "x-a, (x-b)",
    "authorization | ",
];

const MAX_AGES: [&str; 5] = ["60", "600", "0", "60", "99999999"];

const ODD_MAX_AGES: [&str; 9] =
    ["-1", "+60", "abc", "", "60, 60", "60 | 60", " 60 ", "60.5", "99999999999999999999"];

pub(super) fn preflight(random: &mut Random) -> ScriptedResponse {
    if random.percent(2) {
        return failure();
    }
    let status = random.pick(&[200, 200, 200, 204, 204, 204, 204, 204, 206, 299, 302, 400, 500]);
    let mut scripted = response(status);
    if random.percent(97) {
        scripted = lines(scripted, "access-control-allow-origin", origin(random));
    }
    scripted = with_credentials(random, scripted);
    if random.percent(90) {
        scripted = lines(scripted, "access-control-allow-methods", random.pick_or(&METHODS, 8, &ODD_METHODS));
    }
    if random.percent(90) {
        scripted = lines(scripted, "access-control-allow-headers", random.pick_or(&HEADERS, 8, &ODD_HEADERS));
    }
    if random.percent(40) {
        scripted = lines(scripted, "access-control-max-age", random.pick_or(&MAX_AGES, 20, &ODD_MAX_AGES));
    }
    if status == 302 && random.percent(50) {
        scripted = scripted.with("location", "/~/x0");
    }
    // Headers without a meaning in the response to a preflight.
    if random.percent(3) {
        scripted = scripted.with("referrer-policy", "no-referrer").with("timing-allow-origin", "*");
    }
    scripted
}
