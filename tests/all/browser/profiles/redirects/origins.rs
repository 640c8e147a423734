//! The origin of redirected navigations.

use super::*;

/// Chromium sends `Origin: null` with a GET of a frame only in mode "no-cors".
#[test]
fn sandboxed_frames_navigate_without_origin() {
    let frame = with(Request::new(&sandboxed(), Method::GET, A.parse().unwrap()), |request| {
        (request.mode, request.credentials) = (Mode::Navigate, CredentialsMode::Include);
    });
    let opaque = "GET cookies, GET cookies, basic";
    fetches([frame]).at(A, pf(), [redirect(307, B)]).at(B, pf(), [ok()]).check(
        rule("origin.no_cors_opaque_origin", Profile::chromium()),
        opaque,
        opaque,
    );
}

/// Chromium and WebKit send `Origin: null` if the page's own origin redirects a form to another origin.
#[test]
fn origins_of_redirected_forms_differ() {
    let a2 = "https://a.test/2";
    let form = || page(A).request(Initiator::Form, A).method("POST").build().unwrap();
    let to_own = fetches([form()]).at(A, pf(), [redirect(307, a2)]);
    let away = to_own.clone().at(a2, pf(), [redirect(307, B)]).at(B, pf(), [ok()]);
    let sent = "POST@A type cookies, ".repeat(2);
    for engine in [Profile::chromium(), Profile::webkit()] {
        let rule = || rule("origin.every_crossing_taints_in", engine.clone());
        away.check(
            rule(),
            &format!("{sent}POST@A type cookies, basic"),
            &format!("{sent}POST@null type cookies, basic"),
        );
        let stays = format!("{sent}basic");
        to_own.clone().at(a2, pf(), [ok()]).check(rule(), &stays, &stays);
        // In mode "cors", a script's request goes on with its origin.
        let cors = fetches([request("POST", A)]).at(A, pf(), [redirect(307, B)]);
        let delivered = "POST@A cookies, POST@A, cors";
        cors.at(B, permission(), [shared(ok())]).check(rule(), delivered, delivered);
    }
    // A beacon is in mode "no-cors".
    let beacon = page(A).request(Initiator::Beacon, A).body(Body::Replayable, None).build().unwrap();
    let story = fetches([beacon]).at(A, pf(), [redirect(307, B)]).at(B, pf(), [ok()]);
    let kept = "POST@A cookies, POST@A cookies, opaque";
    story.check(rule("origin.every_crossing_taints_in", Profile::webkit()), kept, kept);
}
