//! Random cases that need a page of their own: one or two requests by all kinds of initiators, along a chain
//! of redirects, with names of headers in the usual spelling.

use serde_json::Value;

use super::{
    draft::{Draft, Fetch, ScriptedResponse, at, get, redirect, response},
    random::Random,
};
use crate::origins::{A, B, C, D};

/// The first cases of a seed.
pub fn cases(seed: u64, count: usize) -> Vec<Value> {
    let mut random = Random::new(seed);
    (0..count).map(|_| draft(&mut random).finish_with_own_page()).collect()
}

/// An initiator, and the type of a response that it can use.
const INITIATORS: [(&str, &str); 19] = [
    ("image", "image/png"),
    ("script", "text/javascript"),
    ("module-script", "text/javascript"),
    ("stylesheet", "text/css"),
    ("font", "font/ttf"),
    ("css-image", "image/png"),
    ("track", "text/vtt"),
    ("preload", "text/javascript"),
    ("module-preload", "text/javascript"),
    ("worker", "text/javascript"),
    ("module-worker", "text/javascript"),
    ("shared-worker", "text/javascript"),
    ("worklet", "text/javascript"),
    ("event-source", "text/event-stream"),
    ("beacon", "text/plain"),
    ("frame", "text/html"),
    ("form", "text/html"),
    ("fetch", "text/plain"),
    ("media", "audio/wav"),
];

fn draft(random: &mut Random) -> Draft {
    let (api, kind) = random.pick(&INITIATORS);
    let hops = random.pick(&[0, 0, 0, 0, 1, 1, 2]);
    let origins = [A, B, B, B, C, D];
    let chain: Vec<_> = (0..=hops).map(|hop| at(random.pick(&origins), &format!("x{hop}"))).collect();
    let request = request(random, api, &chain[0]);
    let mut draft = Draft::new(api).page(random.pick(&[A, A, A, C])).fetch(request.clone());
    // The same request again, so that caches of preflights are used.
    if matches!(api, "fetch" | "beacon") && random.percent(30) {
        draft = draft.fetch(request.clone());
    }
    for (hop, url) in chain.iter().enumerate() {
        let actual = match chain.get(hop + 1) {
            Some(next) => redirect(random.pick(&[301, 302, 302, 303, 307, 307, 308]), next),
            None => response(200).with("content-type", type_of(&request, kind)),
        };
        let preflight = shared(random, response(204))
            .methods("{access-control-request-method}")
            .allow_headers("{access-control-request-headers}")
            .max_age("60");
        let actual = shared(random, actual).with("cache-control", "no-store");
        draft = draft.preflight(url, &[preflight]).actual(url, &[actual]);
    }
    draft
}

/// The type of a response that the request can use.
fn type_of<'a>(request: &Fetch, kind: &'a str) -> &'a str {
    match request.destination() {
        Some("style") => "text/css",
        Some("image") => "image/png",
        Some("font") => "font/ttf",
        _ => kind,
    }
}

/// A response that most pages may read.
fn shared(random: &mut Random, response: ScriptedResponse) -> ScriptedResponse {
    let name = "access-control-allow-origin";
    let response = match random.pick(&[0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4]) {
        0 => response.with(name, "{origin}"),
        1 => response.with(name, "*"),
        2 => response.with(name, "null"),
        3 => response.with(name, "{origin}").with(name, ""),
        _ => response,
    };
    let response =
        if random.percent(60) { response.with("access-control-allow-credentials", "true") } else { response };
    match random.percent(8) {
        true => response
            .with("cross-origin-resource-policy", random.pick(&["same-origin", "same-site", "cross-origin"])),
        false => response,
    }
}

fn request(random: &mut Random, api: &str, url: &str) -> Fetch {
    let mut request = get(url).set("api", api);
    if random.percent(25) {
        let policies = [
            "no-referrer",
            "same-origin",
            "origin",
            "strict-origin",
            "unsafe-url",
            "no-referrer-when-downgrade",
        ];
        request = request.set("referrer_policy", random.pick(&policies));
    }
    // A frame or a worker would need the policy, too.
    let is_page = matches!(api, "frame" | "form" | "worker" | "module-worker" | "shared-worker");
    if !is_page && random.percent(8) {
        request = request.set("embedder_policy", random.pick(&["require-corp", "credentialless"]));
    }
    let has_attribute = matches!(
        api,
        "image"
            | "script"
            | "module-script"
            | "stylesheet"
            | "preload"
            | "module-preload"
            | "track"
            | "media"
    );
    if has_attribute && random.percent(60) {
        request = request.set("crossorigin", random.pick(&["anonymous", "anonymous", "use-credentials"]));
    }
    match api {
        "preload" => request.set("destination", random.pick(&["script", "style", "image", "font", ""])),
        "event-source" if random.percent(40) => request.include(),
        "worklet" | "module-worker" => {
            let credentials = random.pick(&["omit", "same-origin", "include"]);
            request.credentials(credentials)
        }
        "beacon" => {
            let request = request.body();
            match random.pick(&[
                "text/plain;charset=UTF-8",
                "text/plain;charset=UTF-8",
                "application/json",
                "",
            ]) {
                "" => request,
                kind => request.set("body_type", kind),
            }
        }
        "form" => {
            let request = request.set("destination", "iframe");
            match random.percent(60) {
                true => {
                    request.set("method", "POST").body().set("body_type", "application/x-www-form-urlencoded")
                }
                false => request,
            }
        }
        "media" => request.set("destination", "audio").header("range", "bytes=0-"),
        "fetch" => {
            let request = request.set("method", random.pick(&["GET", "POST", "PUT", "PUT"]));
            let request =
                request.credentials(random.pick(&["omit", "same-origin", "same-origin", "include"]));
            let cache = ["default", "default", "no-store", "reload", "no-cache", "force-cache"];
            request.set("cache", random.pick(&cache))
        }
        _ => request,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::{cases::with_id, own_page, verdict::verdict};

    #[test]
    fn every_drawn_case_is_valid_and_all_initiators_are_drawn() {
        let mut initiators = HashSet::new();
        for (number, case) in cases(1, 500).iter().enumerate() {
            let case = with_id(case, &format!("c-{number}"));
            assert!(own_page::is_needed(&case));
            if let Err(problem) = verdict(&case, "standard") {
                panic!("{problem}: {case}");
            }
            initiators.insert(case["about"].as_str().unwrap_or_default().to_owned());
        }
        assert_eq!(initiators.len(), INITIATORS.len());
    }
}
