//! What to do about redirects.

use super::*;

#[test]
fn a_redirect_is_not_followed_but_avoided() {
    let to = |location: &str| get().responses([redirect(302, location)]);
    assert_fixes(&to("/x"), &["page: Request `https://b.test/x` in the page", "server: Respond with"]);
    let signed = to("https://c.test/x?signature=1");
    assert_fixes(&signed, &["server: Respond with", "page: Request `https://c.test/x?…` in the page"]);
    // Without a query, or with that of the page's own request, the target is the same each time.
    let from_query =
        |location: &str| exchange("GET", "https://b.test/?a=1").responses([redirect(302, location)]);
    for (location, shown) in [("/x", "https://b.test/x"), ("/x?a=1", "https://b.test/x?a=1")] {
        let page = format!("page: Request `{shown}` in the page");
        assert_fixes(&from_query(location), &[&page, "server: Respond with"]);
    }
    let login = to("https://login.c.test/?x=1");
    let server = "server: Respond at `https://b.test/` with status 401 in place of the redirect to the login";
    assert_fixes(&login, &[server, "user: Sign in again", "server: Respond with"]);
    // A login that the page itself asks for is a server as any other.
    let asked = exchange("GET", "https://login.b.test/").responses([ok()]);
    assert!(fixes(&asked)[0].starts_with("server: Respond with"), "{:?}", fixes(&asked));
    // Where CORS is not enforced, only the redirect is wrong.
    let unenforced = get().in_browser_with(|it| *it = it.clone().with_enforced_cors(false));
    let run = unenforced.responses([redirect(302, "https://u:p@c.test/")]);
    assert_eq!(run.error().fixes()[0].lines(), ["Location: https://c.test/"]);
    // Chromium reads a location that it does not follow.
    let reading = rule("redirect.manual_reads_location", Profile::chromium());
    let manual = get().redirect(RedirectMode::Manual).in_browser_with(reading);
    let run = manual.responses([redirect(302, "http://[").allow_origin(A)]);
    assert_fixes(&run, &["server: Send a Location header that is a valid URL."]);
    // The page's own server redirects to a login.
    let own = exchange("GET", "https://a.test/1").responses([redirect(302, "https://auth.c.test/"), ok()]);
    let server =
        "server: Respond at `https://a.test/1` with status 401 in place of the redirect to the login";
    assert!(fixes(&own)[0].starts_with(server), "{:?}", fixes(&own));
    // The target has redirected already.
    let back = redirect(302, "https://b.test/");
    let run = get().responses([redirect(302, "https://c.test/").allow_origin("*"), back]);
    assert_fixes(&run, &["server: Respond with `Access-Control-Allow-Origin: *`."]);
    // With credentials, no server should allow `null`.
    let to_c = redirect(302, "https://c.test/").allow_origin(A).allow_credentials("true");
    let run = get().include().responses([to_c, ok()]);
    let null = "server: Respond with `Access-Control-Allow-Origin: null` and";
    assert_fixes(&run, &["server: Respond at `https://b.test/` without a redirect to another origin", null]);
    assert!(run.error().fixes()[1].caution().unwrap().starts_with("Any site can send `Origin: null`"));
}

/// Only fetch() has the setting. Everything else requests the target, if it may.
#[test]
fn who_cannot_choose_the_redirect_mode_requests_the_target() {
    let redirected = |initiator, url: &str, location: &str| {
        let request = page(A).request(initiator, url).build().unwrap();
        let run = Browser::standard().run_request(request, [redirect(302, location)]);
        assert_eq!(run.error().reason().name(), "RedirectModeError");
        fixes(&run)
    };
    let server = "server: Respond without a redirect; no response header helps.";
    let target = |url: &str| {
        format!(
            "page: Request `{url}` in the page: the server redirects to it, and this request cannot follow redirects."
        )
    };
    use Initiator::{CspReport, ServiceWorker, WebSocket};
    for (initiator, url, location, expected) in [
        (ServiceWorker, "/sw.js", "/2.js", Some("https://a.test/2.js")),
        (ServiceWorker, "/sw.js", C, None),
        (CspReport, "/report", "/report/", Some("https://a.test/report/")),
        (CspReport, "/report", C, None),
        (CspReport, "/report", "/login", None),
        (WebSocket, "wss://b.test/", "https://c.test/socket", Some("wss://c.test/socket")),
        (WebSocket, "wss://b.test/", "/2?token=1", Some("wss://b.test/2?…")),
        (WebSocket, "wss://b.test/", "https://[", None),
    ] {
        let expected: Vec<_> = std::iter::once(server.to_owned()).chain(expected.map(target)).collect();
        assert_eq!(redirected(initiator, url, location), expected, "{initiator:?} {location}");
    }
    let report = page(A).request(CspReport, B).build().unwrap();
    assert_fixes(
        &Browser::standard().run_request(report, []),
        &["page: Report to a URL of the page's own origin"],
    );
}
