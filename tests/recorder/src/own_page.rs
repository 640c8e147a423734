//! Cases that need a page of their own: their requests are those of fonts, workers, preloads, beacons and the
//! like. Such a case has a note `"needs": "page"`, and its `page` is the URL of that page.

use std::fs;

use serde_json::{Value, json};

use crate::{
    http::{Request, Response},
    origins::ORIGINS,
    player::id,
};

const PAGE: &str = include_str!("../own_page.html");
const FETCH: &str = include_str!("../via_fetch.js");
const WORKER: &str = include_str!("../worker.js");

/// An image of one pixel, as it is shown by all engines.
const PNG: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\x0dIDATx\xdac\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xffV\xc7/\x0d\x00\x00\x00\x00IEND\xaeB`\x82";

const FONT: &str = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf";

/// Returns whether a case needs a page of its own.
pub fn is_needed(case: &Value) -> bool {
    case["needs"] == "page"
}

/// The page of a case. It has the policies of the first request.
fn page(case: &Value) -> Response {
    let first = &case["steps"][0]["request"];
    // Only caches need warm hosts.
    let is_warm = case["page_ip"].is_null() && case["steps"].as_array().is_some_and(|steps| steps.len() > 1);
    let warm: Vec<_> =
        ORIGINS.iter().filter(|_| is_warm).map(|origin| format!("{}/.warm", origin.serialization)).collect();
    let about = json!({"id": id(case), "steps": case["steps"], "warm": warm});
    let mut page = Response::new(200).with("Content-Type", "text/html").with("Cache-Control", "no-store");
    for (name, policy) in
        [("Referrer-Policy", "referrer_policy"), ("Cross-Origin-Embedder-Policy", "embedder_policy")]
    {
        if let Some(policy) = first[policy].as_str() {
            page = page.with(name, policy);
        }
    }
    page.body(PAGE.replace("/*fetch*/", FETCH).replace("/*case*/ null", &about.to_string()))
}

/// The page of the case, or the script of a worker in which it plays a step, if it has this URL.
pub fn document(case: &Value, url: &str) -> Option<Response> {
    let is_worker = || case["steps"].as_array().into_iter().flatten().any(|step| step["page"] == url);
    match case["page"] == url {
        true => Some(page(case)),
        false => is_worker().then(worker),
    }
}

fn worker() -> Response {
    let script = Response::new(200).with("Content-Type", "text/javascript").with("Cache-Control", "no-store");
    script.body(FETCH.to_owned() + WORKER)
}

/// The response with a body that the initiator of this request can use.
pub fn with_body(response: Response, request: &Value) -> Response {
    if !response.body.is_empty() {
        return response;
    }
    let script = "self.postMessage?.(1); self.onconnect = (event) => event.ports[0].postMessage(1);";
    let body: Vec<u8> = match (request["api"].as_str(), request["destination"].as_str()) {
        (Some("image" | "css-image"), _) | (Some("preload"), Some("image")) => PNG.to_vec(),
        (Some("font"), _) | (Some("preload"), Some("font")) => font(),
        (Some("media"), _) => wav(),
        (Some("track"), _) => b"WEBVTT\n\n00:00.000 --> 00:01.000\nx\n".to_vec(),
        (Some("event-source"), _) => b"data: x\n\n".to_vec(),
        (Some("worker" | "module-worker" | "shared-worker"), _) => script.into(),
        (Some("worklet"), _) => b"1;".to_vec(),
        _ => b"/**/".to_vec(),
    };
    response.body(body)
}

/// A font of this machine; nothing if it is not installed, and then no font loads.
fn font() -> Vec<u8> {
    fs::read(FONT).unwrap_or_default()
}

/// Adds what only the cases of this kind observe: the fetch metadata and the referrer.
pub fn observe(seen: &mut Value, request: &Request) {
    let metadata = ["sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "sec-fetch-user"];
    let metadata = metadata.iter().filter_map(|name| Some(json!([name, request.header(name)?])));
    seen["fetch_metadata"] = metadata.collect();
    seen["referrer"] = request.header("referer").unwrap_or_default().into();
}

/// A tenth of a second of silence.
fn wav() -> Vec<u8> {
    let samples = [0x80; 800];
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + 800_u32).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    bytes.extend(8000_u32.to_le_bytes());
    bytes.extend(8000_u32.to_le_bytes());
    bytes.extend(b"\x01\0\x08\0data");
    bytes.extend(800_u32.to_le_bytes());
    bytes.extend(samples);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_its_case_and_the_policies_of_the_first_request() {
        let request = json!({"referrer_policy": "origin", "embedder_policy": "require-corp"});
        let mut case = json!({"id": "c", "steps": [{"request": request}]});
        let page = page(&case);
        let body = String::from_utf8(page.body.clone()).unwrap();
        assert!(body.contains(r#"const CASE = {"id":"c","#) && body.contains(r#""warm":[]"#), "{body}");
        assert!(page.headers.contains(&("Referrer-Policy".to_owned(), "origin".to_owned())));
        assert!(
            page.headers.contains(&("Cross-Origin-Embedder-Policy".to_owned(), "require-corp".to_owned()))
        );
        // Hosts are warm where a second step may use a cache.
        case["steps"] = json!([{"request": {}}, {"request": {}}]);
        assert!(String::from_utf8(super::page(&case).body).unwrap().contains("/.warm"));
    }

    #[test]
    fn a_worker_gets_its_script() {
        let case =
            json!({"id": "c", "page": "http://a/page", "steps": [{"page": "http://a/shared-worker.js"}]});
        let document = |url| document(&case, url).map(|response| String::from_utf8(response.body).unwrap());
        assert!(document("http://a/page").unwrap().contains("async function viaFetch"));
        let script = document("http://a/shared-worker.js").unwrap();
        assert!(script.contains("async function viaFetch") && script.contains("self.onconnect"), "{script}");
        assert_eq!(document("http://a/x"), None);
    }

    #[test]
    fn bodies_suit_their_initiators() {
        let body = |request: Value| with_body(Response::new(200), &request).body;
        assert!(body(json!({"api": "image"})).starts_with(b"\x89PNG"));
        assert!(body(json!({"api": "preload", "destination": "image"})).starts_with(b"\x89PNG"));
        assert!(body(json!({"api": "media"})).starts_with(b"RIFF"));
        assert!(body(json!({"api": "track"})).starts_with(b"WEBVTT"));
        assert_eq!(with_body(Response::new(200).body("x"), &json!({"api": "image"})).body, b"x");
    }

    #[test]
    fn metadata_and_referrer_are_observed() {
        let headers = [("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors"), ("referer", "http://a/")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let mut seen = json!({});
        observe(&mut seen, &Request { headers, ..Request::default() });
        let metadata = json!([["sec-fetch-site", "same-site"], ["sec-fetch-mode", "cors"]]);
        assert_eq!(seen, json!({"fetch_metadata": metadata, "referrer": "http://a/"}));
    }
}
