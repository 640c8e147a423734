//! The checks that browsers make beside CORS: bad ports, mixed content, MIME types.

use crossorigin::{
    browser::{
        Destination,
        checks::{
            should_be_blocked_as_mixed_content, should_be_blocked_due_to_a_bad_port,
            should_be_blocked_due_to_its_mime_type, should_be_blocked_due_to_nosniff, upgrade_mixed_content,
        },
    },
    header_list::HeaderList,
    http::header::{CONTENT_TYPE, HeaderName, X_CONTENT_TYPE_OPTIONS},
    origin::{OpaqueOrigin, Origin},
};
use url::Url;

fn url(url: &str) -> Url {
    url.parse().unwrap()
}

#[test]
fn ports_of_other_protocols_are_blocked() {
    let is_blocked = |text: &str| should_be_blocked_due_to_a_bad_port(&url(text));
    for port in [0, 1, 7, 20, 21, 22, 23, 25, 53, 110, 143, 587, 993, 2049, 5060, 6000, 6667, 6697, 10080] {
        for scheme in ["http", "https", "ws", "wss"] {
            assert!(is_blocked(&format!("{scheme}://a.test:{port}/")), "{scheme} {port}");
        }
        assert!(!is_blocked(&format!("ftp://a.test:{port}/")) && !is_blocked(&format!("x://a.test:{port}/")));
    }
    for port in [2, 24, 80, 81, 443, 444, 1234, 3000, 5000, 8000, 8080, 8443, 10079, 10081, 65535] {
        assert!(!is_blocked(&format!("http://a.test:{port}/")), "{port}");
    }
    assert!(!is_blocked("https://a.test/") && !is_blocked("data:,x"));
    // 83 ports of all 65,536.
    let mut base = url("http://a.test/");
    let blocked = (0..=u16::MAX).filter(|port| {
        base.set_port(Some(*port)).unwrap();
        should_be_blocked_due_to_a_bad_port(&base)
    });
    assert_eq!(blocked.count(), 83);
}

fn origin(text: &str) -> Origin {
    Origin::Tuple(text.parse().unwrap())
}

#[test]
fn pages_that_were_loaded_securely_get_no_mixed_content() {
    let is_blocked = |page: &Origin, target: &str| {
        should_be_blocked_as_mixed_content([page], &url(target), Destination::Empty)
    };
    for page in [origin("https://a.test"), origin("http://localhost:3000"), origin("http://127.0.0.1")] {
        for blocked in ["http://b.test/", "ws://b.test/", "http://192.168.0.1/", "ftp://b.test/"] {
            assert!(is_blocked(&page, blocked), "{page} {blocked}");
        }
        for allowed in
            ["https://b.test/", "wss://b.test/", "http://127.0.0.1:1/", "http://x.localhost/", "data:,x"]
        {
            assert!(!is_blocked(&page, allowed), "{page} {allowed}");
        }
    }
    for page in [origin("http://a.test"), Origin::Opaque(OpaqueOrigin(0))] {
        assert!(!is_blocked(&page, "http://b.test/"));
    }
}

/// A frame prohibits mixed content if a page around it does.
#[test]
fn the_pages_around_a_frame_count() {
    let (frame, top) = (Origin::Opaque(OpaqueOrigin(0)), origin("https://a.test"));
    let target = url("http://b.test/");
    assert!(should_be_blocked_as_mixed_content([&frame, &top], &target, Destination::Empty));
    assert!(!should_be_blocked_as_mixed_content([&frame], &target, Destination::Empty));
    // A link to a page without TLS works; a frame without TLS does not.
    assert!(!should_be_blocked_as_mixed_content([&top], &target, Destination::Document));
    assert!(should_be_blocked_as_mixed_content([&top], &target, Destination::Iframe));
}

#[test]
fn images_audio_and_video_are_upgraded() {
    let (page, insecure) = (origin("https://a.test"), origin("http://a.test"));
    let upgraded = |page: &Origin, target: &str, destination| {
        upgrade_mixed_content([page], &url(target), destination).map(String::from)
    };
    for destination in [Destination::Image, Destination::Audio, Destination::Video] {
        let expected = Some("https://b.test:8080/x?y#z");
        assert_eq!(upgraded(&page, "http://b.test:8080/x?y#z", destination).as_deref(), expected);
        for stays in
            ["https://b.test/", "http://localhost/", "http://10.0.0.1/", "http://[fd00::1]/", "ws://b.test/"]
        {
            assert_eq!(upgraded(&page, stays, destination), None, "{stays}");
        }
        assert_eq!(upgraded(&insecure, "http://b.test/", destination), None);
    }
    for destination in [Destination::Script, Destination::Empty, Destination::Track, Destination::Font] {
        assert_eq!(upgraded(&page, "http://b.test/", destination), None);
    }
}

const SCRIPT_LIKE: [Destination; 6] = [
    Destination::AudioWorklet,
    Destination::PaintWorklet,
    Destination::Script,
    Destination::ServiceWorker,
    Destination::SharedWorker,
    Destination::Worker,
];

fn headers(lines: &[(HeaderName, &str)]) -> HeaderList {
    let mut headers = HeaderList::new();
    for (name, value) in lines {
        headers.append(name.clone(), value).unwrap();
    }
    headers
}

fn content_type(lines: &[&str]) -> HeaderList {
    headers(&lines.iter().map(|value| (CONTENT_TYPE, *value)).collect::<Vec<_>>())
}

#[test]
fn a_script_must_not_have_the_type_of_media_or_csv() {
    let is_blocked = |lines: &[&str], destination| {
        should_be_blocked_due_to_its_mime_type(&content_type(lines), destination)
    };
    for destination in SCRIPT_LIKE {
        for blocked in ["image/png", "AUDIO/x", "video/mp4;codecs=x", "text/csv", "text/html, image/gif"] {
            assert!(is_blocked(&[blocked], destination), "{blocked}");
        }
        for allowed in
            ["text/html", "text/csv-schema", "application/json", "image", "image/", "image/gif, text/plain"]
        {
            assert!(!is_blocked(&[allowed], destination), "{allowed}");
        }
        assert!(!is_blocked(&[], destination));
        // The last type that is valid and is not `*/*` counts, over all lines.
        assert!(is_blocked(&["text/plain", "image/png", "*/*", "x"], destination));
        assert!(!is_blocked(&["image/png", "text/plain"], destination));
    }
    for destination in [Destination::Empty, Destination::Image, Destination::Style, Destination::Xslt] {
        assert!(!is_blocked(&["image/png"], destination));
    }
}

#[test]
fn nosniff_demands_the_type_of_scripts_and_style_sheets() {
    let is_blocked = |kind: &str, destination| {
        let typed = headers(&[(X_CONTENT_TYPE_OPTIONS, "nosniff"), (CONTENT_TYPE, kind)]);
        should_be_blocked_due_to_nosniff(&typed, destination)
    };
    for destination in SCRIPT_LIKE {
        for allowed in
            ["text/javascript", "Application/JavaScript;charset=x", "text/jscript", "text/javascript1.5"]
        {
            assert!(!is_blocked(allowed, destination), "{allowed}");
        }
        for blocked in ["text/plain", "", "*/*", "text/javascript1.6", "application/json", "text/css"] {
            assert!(is_blocked(blocked, destination), "{blocked}");
        }
        assert!(should_be_blocked_due_to_nosniff(
            &headers(&[(X_CONTENT_TYPE_OPTIONS, "nosniff")]),
            destination
        ));
    }
    assert!(!is_blocked("Text/CSS; charset=utf-8", Destination::Style));
    for blocked in ["text/plain", "", "text/javascript"] {
        assert!(is_blocked(blocked, Destination::Style), "{blocked}");
    }
    for destination in [Destination::Empty, Destination::Image, Destination::Xslt, Destination::Json] {
        assert!(!is_blocked("text/plain", destination));
    }
}

#[test]
fn only_the_first_value_of_the_header_can_be_nosniff() {
    let is_blocked = |values: &[&str]| {
        let lines: Vec<_> = values.iter().map(|value| (X_CONTENT_TYPE_OPTIONS, *value)).collect();
        should_be_blocked_due_to_nosniff(&headers(&lines), Destination::Script)
    };
    for values in [&["nosniff"][..], &["NoSniff"], &["nosniff, x"], &["nosniff", "x"]] {
        assert!(is_blocked(values), "{values:?}");
    }
    for values in
        [&[][..], &["x, nosniff"], &["x", "nosniff"], &[",nosniff"], &["\"nosniff\""], &["nosniff;"]]
    {
        assert!(!is_blocked(values), "{values:?}");
    }
}
