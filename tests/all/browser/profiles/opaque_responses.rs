//! Opaque-response blocking: what an element's page gets of a response in mode "no-cors".

use crossorigin::browser::{Initiator, OpaqueResponseVerdict, Response, Step, Timestamp};

use super::*;

/// The response that an image gets in a browser with this profile.
fn response(profile: Profile, url: &str, response: &ScriptedResponse) -> Response {
    let mut user_agent = UserAgent::new(profile);
    let image = page(A).request(Initiator::Image, url).build().unwrap();
    let Step::Send(exchange) = user_agent.fetch(image, Timestamp::ZERO) else { panic!() };
    let step = exchange.receive(response.head(), &mut user_agent, Timestamp::ZERO);
    let Step::Done(Ok(response)) = step else { panic!("{step:?}") };
    *response
}

/// The verdicts of Chromium and Firefox, as letters: allowed, blocked, or the body is needed.
fn verdicts(head: &ScriptedResponse, is_known_media: bool) -> String {
    let letter = |profile| match response(profile, B, head).opaque_response_blocking(is_known_media) {
        OpaqueResponseVerdict::Allowed => 'a',
        OpaqueResponseVerdict::Blocked => 'b',
        OpaqueResponseVerdict::NeedsBody => 'n',
        other => panic!("{other:?}"),
    };
    [Profile::chromium(), Profile::firefox()].map(letter).into_iter().collect()
}

fn typed(content_type: &str) -> ScriptedResponse {
    ok().with("content-type", content_type)
}

#[test]
fn only_two_engines_block_and_only_opaque_responses() {
    let zip = typed("application/zip");
    for profile in [Profile::standard(), Profile::webkit()] {
        for head in [&zip, &ok()] {
            let verdict = response(profile.clone(), B, head).opaque_response_blocking(false);
            assert_eq!(verdict, OpaqueResponseVerdict::Allowed);
        }
    }
    for profile in [Profile::chromium(), Profile::firefox()] {
        let verdict = |url| response(profile.clone(), url, &zip).opaque_response_blocking(false);
        assert_eq!(verdict(B), OpaqueResponseVerdict::Blocked);
        assert_eq!(verdict(A), OpaqueResponseVerdict::Allowed);
    }
    let without_cors = Profile::chromium().with_enforced_cors(false);
    let verdict = response(without_cors, B, &zip).opaque_response_blocking(false);
    assert_eq!(verdict, OpaqueResponseVerdict::Allowed);
}

#[test]
fn types_decide_as_far_as_they_can() {
    for (content_type, plain, nosniff) in [
        ("text/css", "aa", "aa"),
        ("Image/SVG+XML;x=y", "aa", "aa"),
        ("text/vtt", "aa", "aa"),
        ("application/dash+xml", "aa", "aa"),
        ("application/vnd.apple.mpegurl", "aa", "aa"),
        ("text/javascript", "na", "na"),
        ("audio/mpeg", "an", "an"),
        ("video/mp4", "an", "an"),
        ("application/ogg", "an", "an"),
        ("audio/mpegurl", "aa", "aa"),
        ("application/zip", "bb", "bb"),
        ("application/pdf", "bb", "bb"),
        ("text/csv", "bb", "bb"),
        ("text/event-stream", "bb", "bb"),
        ("multipart/byteranges;boundary=x", "bb", "bb"),
        ("application/x-protobuffer", "nb", "nb"),
        ("text/html", "nn", "bb"),
        ("application/json", "nn", "bb"),
        ("application/ld+json", "nn", "bb"),
        ("application/rss+xml", "nn", "bb"),
        ("text/xml", "nn", "bb"),
        ("text/plain", "nn", "ba"),
        ("image/png", "nn", "nn"),
        ("application/octet-stream", "nn", "nn"),
        ("x", "nn", "nn"),
        // The last valid type counts.
        ("application/zip, image/png, */*", "nn", "nn"),
    ] {
        assert_eq!(verdicts(&typed(content_type), false), plain, "{content_type}");
        let head = typed(content_type).with("x-content-type-options", "NOSNIFF");
        assert_eq!(verdicts(&head, false), nosniff, "{content_type} with nosniff");
        // Another status leaves it to the body.
        assert_eq!(verdicts(&typed(content_type).status(404), false), plain, "{content_type} with 404");
    }
    assert_eq!(verdicts(&ok(), false), "nn");
}

/// A media element asks for the rest of a file in ranges. The page must have seen its beginning.
#[test]
fn a_range_in_the_middle_is_for_known_media() {
    let part = |content_type: &str, range: &str| {
        let head = typed(content_type).status(206);
        if range.is_empty() { head } else { head.with("content-range", range) }
    };
    for (range, unknown, known) in [
        ("bytes 0-99/1000", "nn", "na"),
        ("bytes 0-99/*", "nn", "na"),
        ("bytes 100-199/1000", "bb", "aa"),
        ("bytes 100-199/*", "bb", "aa"),
        ("bytes 100-100/1000", "bb", "aa"),
        ("", "nb", "na"),
        ("bytes 100-99/1000", "nb", "na"),
        ("bytes 100-1000/1000", "nb", "na"),
        ("bytes +1-2/3", "nb", "na"),
        ("bytes */1000", "nb", "na"),
        ("items 100-199/1000", "nb", "na"),
        ("bytes 99999999999999999999-1/2", "nb", "na"),
    ] {
        let head = part("application/octet-stream", range);
        assert_eq!(verdicts(&head, false), unknown, "{range}");
        assert_eq!(verdicts(&head, true), known, "{range}, known");
    }
    // The range counts only with its status.
    let whole = typed("application/octet-stream").with("content-range", "bytes 100-199/1000");
    assert_eq!(verdicts(&whole, false), "nn");
    // Firefox blocks a part of a document at once.
    assert_eq!(verdicts(&part("text/html", "bytes 0-99/1000"), true), "nb");
    assert_eq!(verdicts(&part("video/mp4", "bytes 100-199/1000"), false), "ab");
}
