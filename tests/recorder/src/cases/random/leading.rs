//! Targets of redirects, and ways to write them.

use super::{Random, Setting, lines};
use crate::{cases::draft::ScriptedResponse, origins::origin_of};

/// Ways to write a location. `{origin}`, `{host}`, `{path}` and `{name}` are those of the target.
const ELSEWHERE: [&str; 13] = [
    "http:\\\\{host}/{path}",
    "//{host}/{path}",
    "\\\\{host}/{path}",
    "HTTP://{host}/{path}",
    "{origin}/{path}#g",
    "{origin}/{path}#",
    "{origin}/a/../{path}",
    "http://u:p@{host}/{path}",
    "http://u:p@{host}/{path}",
    "http://u@{host}/{path}",
    "http://:p@{host}/{path}",
    "http://@{host}/{path}",
    " {origin}/{path} ",
];

/// Ways to write a location of the same origin.
const WITHIN: [&str; 8] = [
    "/{path}",
    "{name}",
    "./{name}",
    "../~/{name}",
    "{name}#g",
    "http:/{path}",
    "\\~\\{name}",
    "//u:p@{host}/{path}",
];

/// Locations that cannot be followed. Not `mailto:` and similar ones: if an element is redirected there,
/// Firefox looks for a program, and the process of the page is lost.
const NOWHERE: [&str; 9] = [
    "http://[",
    "http://a b/",
    "http://127.0.0.1:99999/",
    "https://",
    "data:,x",
    "blob:http://127.0.0.1:9001/x",
    "about:blank",
    "javascript:0",
    "file:///x",
];

/// Locations that leave the chain, or responses that do not redirect.
const ASTRAY: [&str; 7] = [
    "",
    "#f",
    "/~/x0",
    "{origin}/{path} | {origin}/{path}",
    "{origin}/{path} | /~/x0",
    "{origin}/{path} | ",
    " | {origin}/{path}",
];

/// The response, which usually redirects from one URL of the chain to the next.
pub(super) fn with_location(
    random: &mut Random,
    scripted: ScriptedResponse,
    setting: &Setting,
    index: usize,
) -> ScriptedResponse {
    let (url, next) = (&setting.chain[index], &setting.chain[index + 1]);
    let same_origin = origin_of(url) == origin_of(next);
    let written = match random.network_stack(100) {
        0..70 => "{origin}/{path}",
        70..74 => random.pick(&NOWHERE),
        74..78 if !setting.elements => random.pick(&ASTRAY),
        78..80 if !setting.elements => return scripted,
        80..90 if same_origin => random.pick(&WITHIN),
        _ => random.pick(&ELSEWHERE),
    };
    let origin = origin_of(next);
    let path = &next[origin.len() + 1..];
    let location = written.replace("{origin}", origin).replace("{path}", path);
    let location = location.replace("{host}", origin.trim_start_matches("http://"));
    lines(scripted, "location", &location.replace("{name}", path.trim_start_matches("~/")))
}
