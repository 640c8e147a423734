//! What engines' initiators set differently.

use super::*;

fn by(initiator: Initiator, url: &str) -> RequestBuilder<'static> {
    let page: &'static Page = Box::leak(Box::new(page(A)));
    page.request(initiator, url)
}

fn built(builder: RequestBuilder<'_>) -> Request {
    builder.build().unwrap()
}

#[test]
fn fonts_differ() {
    let by_standard = "GET@A, cors";
    let story = to_b([built(by(Initiator::Font, B))]);
    story.check(rule("initiators.fonts_are_no_cors", Profile::webkit()), by_standard, "GET cookies, opaque");
    // A CSS mask is no font.
    to_b([built(by(Initiator::CssImage, B))]).check(
        rule("initiators.fonts_are_no_cors", Profile::webkit()),
        by_standard,
        by_standard,
    );
}

#[test]
fn preloads_of_fonts_differ() {
    let preload = |attribute, destination| {
        to_b([built(by(Initiator::Preload, B).crossorigin(attribute).destination(destination))])
    };
    let firefox = || rule("initiators.font_preloads_are_anonymous", Profile::firefox());
    let credentials = Some(CrossOriginAttribute::UseCredentials);
    preload(None, Destination::Font).check(firefox(), "GET cookies, opaque", "GET@A, cors");
    preload(credentials, Destination::Font).check(firefox(), "GET@A cookies, cors", "GET@A, cors");
    preload(None, Destination::Image).check(firefox(), "GET cookies, opaque", "GET cookies, opaque");
    to_b([built(by(Initiator::Image, B))]).check(firefox(), "GET cookies, opaque", "GET cookies, opaque");
}

#[test]
fn tracks_differ() {
    let webkit = || rule("initiators.tracks_are_no_cors", Profile::webkit());
    to_b([built(by(Initiator::Track, B))]).check(webkit(), "ModeSameOrigin", "GET cookies, opaque");
    let anonymous = Some(CrossOriginAttribute::Anonymous);
    to_b([built(by(Initiator::Track, B).crossorigin(anonymous))]).check(
        webkit(),
        "GET@A, cors",
        "GET@A, cors",
    );
    to_b([built(by(Initiator::Worker, B))]).check(webkit(), "ModeSameOrigin", "ModeSameOrigin");
}

#[test]
fn imported_scripts_differ() {
    for engine in [Profile::chromium(), Profile::firefox(), Profile::webkit()] {
        to_b([built(by(Initiator::ImportScripts, B))]).check(
            rule("initiators.imported_scripts_include_credentials", engine),
            "GET, opaque",
            "GET cookies, opaque",
        );
    }
}

#[test]
fn beacons_differ() {
    let beacon = |body_type| to_b([built(by(Initiator::Beacon, B).body(Body::Replayable, Some(body_type)))]);
    for engine in [Profile::chromium(), Profile::firefox(), Profile::webkit()] {
        let rule = || rule("initiators.beacons_are_unsafe", engine.clone());
        beacon("application/json").check(
            rule(),
            "POST@A type cookies, cors",
            "?POST+content-type@A, POST@A type cookies, cors",
        );
        let text = "POST@A type cookies, opaque";
        beacon("text/plain").check(rule(), text, text);
    }
}

#[test]
fn reports_differ() {
    let report = |initiator| to_b([built(by(initiator, B))]);
    let refused = "NoCorsRedirectModeNotFollow";
    for engine in [Profile::chromium(), Profile::firefox(), Profile::webkit()] {
        let rule = || rule("initiators.csp_reports_are_sent", engine.clone());
        report(Initiator::CspReport).check(rule(), refused, "POST@A type, opaque");
        redirected(built(by(Initiator::CspReport, B)), 307).check(
            rule(),
            refused,
            "POST@A type, RedirectModeError",
        );
        let manual = with(request("GET", B), |request| {
            request.mode = Mode::NoCors;
            request.redirect = RedirectMode::Manual;
        });
        to_b([manual]).check(rule(), refused, refused);
    }
    report(Initiator::CspReport).check(
        |profile| {
            rule("initiators.csp_reports_are_sent", Profile::webkit())(profile);
            rule("origin.csp_reports_hide_origin", Profile::webkit())(profile);
        },
        refused,
        "POST@null type, opaque",
    );
    let ping = "POST@A type cookies, opaque";
    report(Initiator::Ping).check(rule("origin.csp_reports_hide_origin", Profile::webkit()), ping, ping);
}

/// In Chromium, the referrer policy decides about `Origin` in navigations, and in no other request.
#[test]
fn navigations_follow_the_referrer_policy() {
    let hidden = with(built(by(Initiator::Form, B).method("POST")), |request| {
        request.referrer_policy = ReferrerPolicy::NoReferrer;
    });
    let by_chromium = || rule("origin.follows_referrer_policy", Profile::chromium());
    to_b([hidden]).check(by_chromium(), "POST@null type cookies, basic", "POST@null type cookies, basic");
    let beacon = with(built(by(Initiator::Beacon, B).body(Body::Replayable, None)), |request| {
        request.referrer_policy = ReferrerPolicy::NoReferrer;
    });
    to_b([beacon]).check(by_chromium(), "POST@null cookies, opaque", "POST@A cookies, opaque");
}

/// Media with `crossorigin` of the page's own server are requested without `Origin` in Chromium.
#[test]
fn media_send_no_origin_to_the_own_server_in_chromium() {
    for (initiator, sends_it) in [(Initiator::Media, false), (Initiator::Image, true)] {
        let request = by(initiator, A).crossorigin(Some(CrossOriginAttribute::Anonymous));
        let both = |profile: &mut Profile| {
            rule("origin.sent_by_crossorigin_elements", Profile::chromium())(profile);
            rule("origin.not_sent_by", Profile::chromium())(profile);
        };
        let with = if sends_it { "GET@A cookies, basic" } else { "GET cookies, basic" };
        let story = fetches([built(request)]).at(A, permission(), [shared(ok())]);
        story.check(both, "GET cookies, basic", with);
    }
}

/// Modules send `Origin` to the page's own server in two engines, `EventSource` does not.
#[test]
fn an_event_source_is_no_element() {
    for engine in [Profile::chromium(), Profile::webkit()] {
        let rule = || rule("origin.sent_by_crossorigin_elements", engine.clone());
        let to_own = |initiator| fetches([built(by(initiator, A))]).at(A, permission(), [shared(ok())]);
        to_own(Initiator::ModuleScript).check(rule(), "GET cookies, basic", "GET@A cookies, basic");
        let name = engine.name();
        for (initiator, sends_it) in [
            (Initiator::EventSource, false),
            (Initiator::Worklet, name == "chromium"),
            (Initiator::Font, true),
        ] {
            let both = |profile: &mut Profile| {
                rule()(profile);
                self::rule("origin.not_sent_by", engine.clone())(profile);
            };
            let with = if sends_it { "GET@A cookies, basic" } else { "GET cookies, basic" };
            to_own(initiator).check(both, "GET cookies, basic", with);
        }
    }
}

/// Chromium ignores the page's referrer policy for the CSS images of the page, but not for those of another
/// style sheet.
#[test]
fn css_images_have_the_default_policy_in_chromium() {
    let image = |policy, referrer: Option<&str>| {
        with(built(by(Initiator::CssImage, B)), |request| {
            request.referrer_policy = policy;
            request.referrer = referrer.map_or(Referrer::Client, |url| Referrer::Url(url.parse().unwrap()));
        })
    };
    let referrer = |request: Request, by_chromium: bool| {
        let mut profile = Profile::standard();
        if by_chromium {
            rule("initiators.css_images_have_the_default_policy", Profile::chromium())(&mut profile);
        }
        let Step::Send(exchange) = UserAgent::new(profile).fetch(request, Timestamp::ZERO) else { panic!() };
        exchange.request().referrer.as_ref().map(ToString::to_string)
    };
    let origin = Some(format!("{A}/"));
    for policy in [ReferrerPolicy::NoReferrer, ReferrerPolicy::SameOrigin] {
        assert_eq!(referrer(image(policy, None), false), None);
        assert_eq!(referrer(image(policy, None), true), origin);
        assert_eq!(referrer(image(policy, Some("https://c.test/style.css")), true), None);
        let font = with(built(by(Initiator::Font, B)), |request| request.referrer_policy = policy);
        assert_eq!(referrer(font, true), None);
    }
}

/// WebKit refuses `*` of a redirect for CSS images and module preloads, although no credentials are sent.
#[test]
fn redirects_of_css_images_are_checked_as_include_in_webkit() {
    let to_c = |request| {
        let to_c = redirect(302, C).allow_origin("*");
        fetches([request]).at(B, pf(), [to_c]).at(C, pf(), [ok().allow_origin("*")])
    };
    let followed = "GET@A, GET@null, cors";
    let rule = || rule("redirect.checked_as_include_for", Profile::webkit());
    for (initiator, by_webkit) in [
        (Initiator::CssImage, "GET@A, AllowOriginWildcardWithCredentials"),
        (Initiator::ModulePreload, "GET@A, AllowOriginWildcardWithCredentials"),
        (Initiator::ModuleScript, followed),
    ] {
        to_c(built(by(initiator, B))).check(rule(), followed, by_webkit);
        // The last response may have `*`.
        let story = fetches([built(by(initiator, B))]).at(B, pf(), [ok().allow_origin("*")]);
        story.check(rule(), "GET@A, cors", "GET@A, cors");
    }
    let omits = with(built(by(Initiator::CssImage, B)), |request| {
        request.credentials = CredentialsMode::Omit;
    });
    to_c(omits).check(rule(), followed, followed);
}

/// In Firefox and WebKit, the WebSocket of a worker at a `data:` URL has the origin of the page that made the
/// worker. A frame at a `data:` URL has an origin of its own.
#[test]
fn web_sockets_of_data_workers_have_the_origin_of_the_page() {
    let frame = Page::with_origin("data:text/html,".parse().unwrap(), Origin::Opaque(OpaqueOrigin(0)));
    // A `<base>` changes the base URL of a frame, and not its origin.
    let with_base = |url: &str| sandboxed().with_document_url(url.parse().unwrap());
    let [html, xml] =
        ["data:text/HTML;charset=utf-8,<base>", "data:application/xhtml+xml,<base/>"].map(with_base);
    let [worker, untyped] = ["data:text/javascript,", "data:,x"].map(with_base);
    let socket =
        |page: &Page| fetches([page.request(Initiator::WebSocket, "wss://b.test/").build().unwrap()]);
    let opened = |page: &Page| socket(page).at(B, pf(), [ok()]);
    for engine in [Profile::firefox(), Profile::webkit()] {
        let rule = || rule("initiators.web_sockets_of_data_workers_have_the_page_origin", engine.clone());
        for page in [&worker, &untyped] {
            opened(page).check(rule(), "GET@null cookies, basic", "GET@A cookies, basic");
        }
        for page in [&frame, &html, &xml, &sandboxed()] {
            opened(page).check(rule(), "GET@null cookies, basic", "GET@null cookies, basic");
        }
        let fetched = fetches([worker.fetch(B).build().unwrap()]).at(B, pf(), [shared(ok())]);
        fetched.check(rule(), "GET@null, cors", "GET@null, cors");
    }
}
