//! Redirected requests with bodies.

use super::*;

/// If an `XMLHttpRequest` has a type implied by its body, the type is removed with the body.
#[test]
fn types_of_removed_bodies_differ() {
    let (b2, b3) = ("https://b.test/2", "https://b.test/3");
    let page = page(A);
    let upload = |url, kind: &str| {
        page.xml_http_request("POST", url).body(Body::Replayable, Some(kind)).send().unwrap()
    };
    let chain = |request: Request, statuses: [u16; 2]| {
        let url = request.url.clone();
        let story = fetches([request]).at(url.as_str(), permission(), [shared(redirect(statuses[0], b2))]);
        let story = story.at(b2, permission(), [shared(redirect(statuses[1], b3))]);
        story.at(b3, permission(), [shared(ok())])
    };
    let engine = |is_a_header: bool| {
        move |profile: &mut Profile| {
            rule("preflight.repeat_after_redirect", Profile::webkit())(profile);
            rule("preflight.headers", Profile::firefox())(profile);
            rule("redirect.headers", Profile::firefox())(profile);
            if !is_a_header {
                rule("redirect.body_type_is_a_header", Profile::firefox())(profile);
            }
        }
    };
    let first = "?POST+content-type@A, POST@A type, ";
    let json = || upload(B, "application/json");
    let left = format!("{first}GET@A, GET@A, cors");
    let returns = format!("{first}?GET@A, GET@A, ?GET+content-type@A, GET@A type, cors");
    chain(json(), [302, 307]).check(engine(true), &left, &returns);
    let lost = format!("{first}?GET+content-type@A, GET@A, ?GET+content-type@A, GET@A, cors");
    chain(json(), [302, 307]).check(engine(false), &left, &lost);
    // A type that the script has set is a header like all others.
    let set = page.xml_http_request("POST", B).header("Content-Type", "application/json");
    let set = set.body(Body::Replayable, None).send().unwrap();
    chain(set, [302, 307]).check(engine(false), &left, &returns);
    // If the preflight has another cause, it does not list the type.
    let forced = || with(json(), |request| request.use_cors_preflight = true);
    let left = format!("{first}?GET@A, GET@A, ?GET@A, GET@A, cors");
    chain(forced(), [302, 307]).check(engine(false), &left, &left);
    let named = || with_header(json(), "x-a", "1");
    let first = "?POST+content-type,x-a@A, POST@A type, ";
    let left = format!("{first}?GET+x-a@A, GET@A, ?GET+x-a@A, GET@A, cors");
    chain(named(), [302, 307]).check(engine(false), &left, &left);
    // Types that need no preflight, and requests without one.
    let left = "POST@A type, GET@A, GET@A, cors";
    chain(upload(B, "text/plain"), [302, 307]).check(engine(false), left, left);
    let left = "POST@A type cookies, GET@A, GET@A, cors";
    chain(upload(A, "application/json"), [302, 307]).check(engine(false), left, left);
    // If the body is kept, the type is kept.
    let kept = "?POST+content-type@A, POST@A type, ".repeat(3) + "cors";
    chain(json(), [307, 308]).check(engine(false), &kept, &kept);
}

/// Firefox lists the type of a removed body again only if an earlier preflight listed it.
#[test]
fn a_removed_type_is_listed_only_if_an_earlier_preflight_listed_it() {
    let page = page(A);
    let upload = |method, url, kind: &str| {
        page.xml_http_request(method, url).body(Body::Replayable, Some(kind)).send().unwrap()
    };
    let safe = redirected(upload("PUT", B, "text/plain"), 303);
    assert_eq!(safe.play(Profile::firefox()), "?PUT@A, PUT@A type, ?GET@A, GET@null, cors");
    let own = fetches([upload("POST", A, "application/json")]).at(A, pf(), [redirect(303, B)]);
    let own = own.at(B, permission(), [shared(redirect(302, C))]).at(C, permission(), [shared(ok())]);
    assert_eq!(own.play(Profile::firefox()), "POST@A type cookies, GET@A, GET@null, cors");
}

/// A cached `GET` does not cover the type that Firefox lists again.
#[test]
fn a_removed_type_needs_its_own_cache_entry() {
    let page = page(A);
    let json = page.xml_http_request("POST", B).body(Body::Replayable, Some("application/json"));
    let requests = [with_header(request("GET", C), "x-a", "1"), json.send().unwrap()];
    let permission_of_c = pf().allow_origin("{origin}").allow_headers("x-a").max_age("60");
    let story = fetches(requests).at(B, permission(), [shared(redirect(303, C))]);
    let first = "?GET+x-a@A, GET@A, cors | ?POST+content-type@A, POST@A type, ";
    story.at(C, permission_of_c, [shared(ok())]).check(
        |profile| *profile = Profile::firefox(),
        &format!("{first}GET@null, cors"),
        &format!("{first}?GET+content-type@A, HeaderNotAllowed"),
    );
}

/// The type of a beacon does not return at the second redirect in Firefox, as that of an `XMLHttpRequest`.
#[test]
fn the_type_of_a_beacon_does_not_return() {
    let beacon =
        page(A).request(Initiator::Beacon, B).body(Body::Replayable, Some("text/plain")).build().unwrap();
    let story = fetches([beacon])
        .at(B, permission(), [redirect(301, C)])
        .at(C, permission(), [redirect(307, "/y")])
        .at("https://c.test/y", permission(), [ok()]);
    let returns = rule("redirect.headers", Profile::firefox());
    let without_type = "POST@A type cookies, GET cookies, GET cookies, opaque";
    story.check(&returns, without_type, "POST@A type cookies, GET cookies, GET type cookies, opaque");
    let both = |profile: &mut Profile| {
        returns(profile);
        rule("redirect.body_type_is_a_header", Profile::firefox())(profile);
    };
    story.check(both, without_type, without_type);
}

#[test]
fn beacons_lose_credentials_at_redirects() {
    let beacon =
        |body_type| page(A).request(Initiator::Beacon, B).body(Body::Replayable, body_type).build().unwrap();
    let with_preflight = with(beacon(Some("application/json")), |request| request.unsafe_request = true);
    let changed = &rule("redirect.cors_beacons_keep_credentials", Profile::webkit());
    let sent = "?POST+content-type@A, POST@A type cookies, ?POST+content-type@null, POST@null type";
    redirected(with_preflight.clone(), 307).check(
        changed,
        &format!("{sent} cookies, cors"),
        &format!("{sent}, cors"),
    );
    // A redirect within the origin, and a beacon in mode "no-cors", keep them.
    let within = fetches([with_preflight]).at(B, permission(), [shared(redirect(307, "/y"))]).at(
        "https://b.test/y",
        permission(),
        [shared(ok())],
    );
    let twice = "?POST+content-type@A, POST@A type cookies, ";
    let within_origin = format!("{twice}{twice}cors");
    within.check(changed, &within_origin, &within_origin);
    let no_cors = "POST@A type cookies, POST@null type cookies, opaque";
    redirected(beacon(Some("text/plain")), 307).check(changed, no_cors, no_cors);
    // So does every other request.
    let fetched = with(request("POST", B), |request| request.credentials = CredentialsMode::Include);
    let kept = "POST@A cookies, POST@null cookies, cors";
    redirected(fetched, 307).check(changed, kept, kept);
}
