//! Where a redirect leads, and whether it is followed.

use super::*;

#[test]
fn locations_differ() {
    let to = |location: &str| fetches([request("GET", B)]).at(B, pf(), [shared(redirect(302, location))]);
    let around = format!("{}TooManyRedirects", "GET@A, ".repeat(21));
    to("").check(rule("redirect.empty_location", Profile::chromium()), &around, "GET@A, cors");
    to("").check(rule("redirect.empty_location", Profile::webkit()), &around, "GET@A, LocationInvalid");
    let twice = |first: &str, second: &str| {
        let redirect = shared(redirect(302, first)).with("location", second);
        fetches([request("GET", B)]).at(B, pf(), [redirect]).at("https://b.test/y", pf(), [shared(ok())])
    };
    twice("/y", "/y").check(
        rule("redirect.repeated_location", Profile::firefox()),
        "GET@A, LocationMultiple",
        "GET@A, GET@A, cors",
    );
    twice("/y", "/z").check(
        rule("redirect.repeated_location", Profile::firefox()),
        "GET@A, LocationMultiple",
        "GET@A, LocationMultiple",
    );
    let combined = twice("/y", "/z").at("https://b.test/y,%20/z", pf(), [shared(ok())]);
    combined.check(
        rule("redirect.repeated_location", Profile::webkit()),
        "GET@A, LocationMultiple",
        "GET@A, GET@A, cors",
    );
    let own = fetches([request("GET", A)]).at(A, pf(), [redirect(302, "https://u:p@a.test/y")]);
    own.check(
        rule("redirect.location_credentials", Profile::chromium()),
        "GET cookies, GET cookies, basic",
        "GET cookies, LocationIncludesCredentials",
    );
    // An `XMLHttpRequest` follows the standard.
    let page = page(A);
    let by_xhr = fetches([page.xml_http_request("GET", A).send().unwrap()]);
    by_xhr.at(A, pf(), [redirect(302, "https://u:p@a.test/y")]).at("https://a.test/y", pf(), [ok()]).check(
        |profile| {
            rule("redirect.location_credentials", Profile::chromium())(profile);
        },
        "GET cookies, GET cookies, basic",
        "GET cookies, GET cookies, basic",
    );
    let late = |profile: &mut Profile| {
        rule("redirect.location_credentials", Profile::webkit())(profile);
    };
    let with_user = "https://u:p@b.test/";
    let away = |method, preflight| {
        let story = fetches([request(method, A)]).at(A, pf(), [redirect(307, with_user)]);
        story.at(B, preflight, [shared(ok())])
    };
    let refused = "LocationIncludesCredentials";
    away("PUT", permission()).check(
        late,
        &format!("PUT@A cookies, {refused}"),
        &format!("PUT@A cookies, ?PUT@A, {refused}"),
    );
    away("PUT", pf()).check(
        late,
        &format!("PUT@A cookies, {refused}"),
        "PUT@A cookies, ?PUT@A, AllowOriginMissing",
    );
    let simple = format!("GET cookies, {refused}");
    away("GET", pf()).check(late, &simple, &simple);
    // Once the fetch has visited another origin, it is refused at once. On the page's own origin it is
    // allowed.
    let onward =
        fetches([request("PUT", B)]).at(B, permission(), [shared(redirect(307, "https://u:p@c.test/"))]);
    let at_once = format!("?PUT@A, PUT@A, {refused}");
    onward.at(C, permission(), [shared(ok())]).check(late, &at_once, &at_once);
    let delivered = "GET cookies, GET cookies, basic";
    own.at("https://a.test/y", pf(), [ok()]).check(late, delivered, delivered);
}

/// A response with unequal `Location` lines is a network error, whatever its status.
#[test]
fn unequal_locations_differ() {
    let changed = &rule("redirect.repeated_location", Profile::firefox());
    let refused = "GET@A, LocationMultiple";
    let story = |status, second: &str| {
        let response = shared(ok().status(status)).with("location", "/y").with("location", second);
        fetches([request("GET", B)]).at(B, pf(), [response])
    };
    story(200, "/z").check(changed, "GET@A, cors", refused);
    story(404, "/y ").check(changed, "GET@A, cors", "GET@A, cors");
    story(302, "").check(changed, refused, refused);
    let manual = Story {
        fetches: vec![with(request("GET", B), |request| request.redirect = RedirectMode::Manual)],
        ..story(302, "/z")
    };
    manual.check(changed, "GET@A, opaqueredirect", refused);
    let preflight = permission().with("location", "/y").with("location", "/z");
    let put = fetches([request("PUT", B)]).at(B, preflight, [shared(ok())]);
    put.check(changed, "?PUT@A, PUT@A, cors", "?PUT@A, LocationMultiple");
    // An empty line counts here, even if empty lines do not count otherwise.
    let without_empty = |profile: &mut Profile| {
        changed(profile);
        rule("response.empty_lines", Profile::firefox())(profile);
    };
    story(302, "").check(without_empty, refused, refused);

    let mut profile = Profile::standard();
    changed(&mut profile);
    for (initial, phase) in [(request("GET", B), Phase::Actual), (request("PUT", B), Phase::Preflight)] {
        let twice = || permission().with("location", "/y").with("location", "/z");
        let mut routes = fetches([]).at(B, twice(), [twice()]).routes;
        let mut oracle = Oracle::with_user_agent(page(A), UserAgent::new(profile.clone()));
        let transcript = oracle.fetch(initial, &mut routes);
        let error = transcript.outcome().as_ref().unwrap_err();
        assert_eq!(error.phase(), phase);
        assert_eq!(error.fixes()[0].text(), "Send one Location header.");
    }
}

#[test]
fn redirect_modes_differ() {
    let mode = |mode| with(request("GET", B), |request| request.redirect = mode);
    let nowhere = fetches([mode(RedirectMode::Error)]).at(B, pf(), [shared(ok().status(302))]);
    let lenient = rule("redirect.error_without_location", Profile::chromium());
    nowhere.check(&lenient, "GET@A, RedirectModeError", "GET@A, cors");
    // If the response is refused, only the standard reports the redirect as another reason.
    for (is_error, also) in [(true, &["RedirectModeError"][..]), (false, &[])] {
        let mut profile = Profile::standard();
        if !is_error {
            lenient(&mut profile);
        }
        let mut routes = fetches([]).at(B, pf(), [ok().status(302)]).routes;
        let mut oracle = Oracle::with_user_agent(page(A), UserAgent::new(profile));
        let transcript = oracle.fetch(mode(RedirectMode::Error), &mut routes);
        let error = transcript.outcome().as_ref().unwrap_err();
        assert_eq!(error.reason().name(), "AllowOriginMissing");
        assert_eq!(error.other_reasons().iter().map(|reason| reason.name()).collect::<Vec<_>>(), also);
    }
    let empty = fetches([mode(RedirectMode::Error)]).at(B, pf(), [shared(redirect(302, ""))]);
    empty.check(&lenient, "GET@A, RedirectModeError", "GET@A, RedirectModeError");
    let rule_of_webkit = |profile: &mut Profile| {
        rule("redirect.error_without_location", Profile::chromium())(profile);
        rule("redirect.empty_location", Profile::webkit())(profile);
    };
    empty.check(rule_of_webkit, "GET@A, RedirectModeError", "GET@A, cors");
    for location in ["http://[", "/y"] {
        let led = fetches([mode(RedirectMode::Error)]).at(B, pf(), [shared(redirect(302, location))]);
        led.check(rule_of_webkit, "GET@A, RedirectModeError", "GET@A, RedirectModeError");
    }
    let somewhere = fetches([mode(RedirectMode::Error)]).at(B, pf(), [shared(redirect(302, "/y"))]);
    somewhere.check(&lenient, "GET@A, RedirectModeError", "GET@A, RedirectModeError");

    let changed = &rule("redirect.manual_reads_location", Profile::chromium());
    let invalid = fetches([mode(RedirectMode::Manual)]).at(B, pf(), [shared(redirect(302, "http://["))]);
    invalid.check(changed, "GET@A, opaqueredirect", "GET@A, LocationInvalid");
    let valid = fetches([mode(RedirectMode::Manual)]).at(B, pf(), [shared(redirect(302, "/y"))]);
    valid.check(changed, "GET@A, opaqueredirect", "GET@A, opaqueredirect");
}

#[test]
fn redirects_to_data_differ() {
    let changed = &rule("redirect.elements_follow_data", Profile::webkit());
    let page = page(A);
    let to =
        |initial: Request, location: &str| fetches([initial]).at(B, pf(), [shared(redirect(302, location))]);
    let element = |attribute| page.request(Initiator::Element, B).crossorigin(attribute).build().unwrap();
    let refused = "GET cookies, LocationSchemeNotHttp";
    to(element(None), "data:,x").check(changed, refused, "GET cookies, basic");
    to(element(None), "about:blank").check(changed, refused, refused);
    let by = |initiator| page.request(initiator, B).build().unwrap();
    to(by(Initiator::Image), "data:,x").check(changed, refused, "GET cookies, basic");
    let imported = "GET, LocationSchemeNotHttp";
    to(by(Initiator::ImportScripts), "data:,x").check(changed, imported, imported);
    let refused = "GET@A, LocationSchemeNotHttp";
    to(element(Some(CrossOriginAttribute::Anonymous)), "data:,x").check(changed, refused, refused);
    let by_script = page.fetch(B).mode(Mode::NoCors).build().unwrap();
    to(by_script, "data:,x").check(changed, "GET, LocationSchemeNotHttp", "GET, LocationSchemeNotHttp");
}

/// The redirect is refused for one reason.
#[test]
fn a_refused_redirect_has_no_other_reason() {
    for location in ["http://[", "data:,x", "https://u:p@c.test/"] {
        let mut routes = fetches([]).at(B, pf(), [shared(redirect(302, location))]).routes;
        let transcript = Oracle::new(page(A)).fetch(request("GET", B), &mut routes);
        assert_eq!(transcript.outcome().as_ref().unwrap_err().other_reasons(), [], "{location}");
    }
}

/// WebKit's second check applies to redirects only.
#[test]
fn a_response_with_a_location_is_not_a_redirect() {
    for location in ["/y", "http://["] {
        let last = ok().allow_origin("*").with("location", location);
        let away = fetches([request("GET", A)]).at(A, pf(), [redirect(302, B)]).at(B, pf(), [last]);
        let delivered = "GET cookies, GET@A, cors";
        away.check(rule("redirect.same_origin_checked_as_include", Profile::webkit()), delivered, delivered);
    }
}
