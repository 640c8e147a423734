//! The bodies of requests, and the `Content-Type` that they bring.

use super::*;

#[test]
fn the_types_of_bodies_differ_in_mode_no_cors() {
    let page = page(A);
    let post = |body_type| page.fetch(B).method("POST").mode(Mode::NoCors).body(Body::Replayable, body_type);
    let changed = &rule("request_headers.body_type_is_guarded", Profile::webkit());
    let story = |call: FetchCall<'_>| to_b([call.build().unwrap()]);
    let (without, with_type) = ("POST@A, opaque", "POST@A type, opaque");
    story(post(Some("application/json"))).check(changed, without, with_type);
    story(post(Some("text/plain"))).check(changed, with_type, with_type);
    story(post(None)).check(changed, without, without);
    story(post(Some("text/html\n")).header("content-type", "text/plain"))
        .check(changed, with_type, with_type);
    // An unsafe type of the page is dropped as always, and an invalid value is ignored.
    story(post(None).header("content-type", "application/json")).check(changed, without, without);
    story(post(Some("a\nb"))).check(changed, without, without);
    // `new Request(request)` is the same request. With options, its headers are dropped again, and the type of
    // the body does not return.
    let json = post(Some("application/json")).build().unwrap();
    story(page.fetch_request(&json)).check(changed, without, with_type);
    story(page.fetch_request(&json).method("POST")).check(changed, without, without);

    // There is a warning only for what is dropped.
    let both = post(Some("application/json")).header("content-type", "text/html").build().unwrap();
    for (is_guarded, warnings, body_type) in [(true, 2, None), (false, 1, Some("application/json"))] {
        let mut profile = Profile::standard();
        if !is_guarded {
            changed(&mut profile);
        }
        let mut oracle = Oracle::with_user_agent(page.clone(), UserAgent::new(profile));
        let mut routes = fetches([]).at(B, pf(), [ok()]).routes;
        let transcript = oracle.fetch(both.clone(), &mut routes);
        assert_eq!(transcript.outcome().as_ref().unwrap().warnings().len(), warnings);
        let sent = transcript.requests().next().unwrap().headers.get(&CONTENT_TYPE);
        assert_eq!(sent.as_deref(), body_type.map(str::as_bytes));
    }
    // A type that is sent after all has no warning. The warnings for other headers stay.
    let call = page.fetch(B).method("POST").mode(Mode::NoCors).header("accept", b"\xE9");
    let json = call.body(Body::Replayable, Some("application/json")).build().unwrap();
    let mut profile = Profile::standard();
    changed(&mut profile);
    rule("request_headers.bytes_beyond_ascii_are_unsafe", Profile::firefox())(&mut profile);
    let mut oracle = Oracle::with_user_agent(page.clone(), UserAgent::new(profile));
    let transcript = oracle.fetch(json, &mut fetches([]).at(B, pf(), [ok()]).routes);
    let dropped = [Warning::NoCorsHeaderDropped { name: ACCEPT }];
    assert_eq!(transcript.outcome().as_ref().unwrap().warnings(), dropped);
}

#[test]
fn strict_reading_of_types_differs() {
    let changed = &rule("request_headers.content_type_is_read_strictly", Profile::firefox());
    let (safe, unsafe_) = ("GET@A type, cors", "?GET+content-type@A, GET@A type, cors");
    for (value, strictly) in [
        ("text/plain", safe),
        ("text/plain;", safe),
        ("text/plain;a;b", safe),
        ("text/plain;;a", safe),
        ("text/plain;;", unsafe_),
        ("text/plain;a=b;", unsafe_),
        ("text/plain;a,b", unsafe_),
    ] {
        to_b([with_header(request("GET", B), "content-type", value)]).check(changed, safe, strictly);
    }
    // The guard of mode "no-cors" drops such a type, and the type of the body takes its place.
    let page = page(A);
    let post = |value: &'static str, body_type| {
        let call = page.fetch(B).method("POST").mode(Mode::NoCors).header("content-type", value);
        to_b([call.body(Body::Replayable, body_type).build().unwrap()])
    };
    let (without, with_type) = ("POST@A, opaque", "POST@A type, opaque");
    post("text/plain;;", None).check(changed, with_type, without);
    post("text/plain;;", Some("text/plain")).check(changed, with_type, with_type);
    post("text/plain;;", Some("application/json")).check(changed, with_type, without);
    post("text/plain", Some("text/plain;;")).check(changed, with_type, with_type);
    let call = page.fetch(B).method("POST").mode(Mode::NoCors);
    let by_body = to_b([call.body(Body::Replayable, Some("text/plain;; ")).build().unwrap()]);
    by_body.check(changed, with_type, without);
    // This request was made without an initiator, so no guard applies.
    let described = with_header(request("POST", B), "content-type", "text/plain;;");
    let described = with(described, |request| request.mode = Mode::NoCors);
    to_b([described]).check(changed, with_type, with_type);
    // In mode "cors" there is no guard, so the type needs a preflight.
    let cors = page.fetch(B).method("POST").header("content-type", "text/plain;;").build().unwrap();
    to_b([cors]).check(changed, "POST@A type, cors", "?POST+content-type@A, POST@A type, cors");

    // There is a warning for the dropped header, but not for one that was added to the finished request.
    let call = page.fetch(B).method("POST").mode(Mode::NoCors).header("content-type", "text/plain;;");
    let added = with_header(call.build().unwrap(), "x-a", "1");
    let mut profile = Profile::standard();
    changed(&mut profile);
    let mut oracle = Oracle::with_user_agent(page.clone(), UserAgent::new(profile));
    let mut routes = fetches([]).at(B, pf(), [ok()]).routes;
    let transcript = oracle.fetch(added, &mut routes);
    let dropped = [Warning::NoCorsHeaderDropped { name: CONTENT_TYPE }];
    assert_eq!(transcript.outcome().as_ref().unwrap().warnings(), dropped);
    assert!(transcript.requests().next().unwrap().headers.contains(&"x-a".parse().unwrap()));
}

/// The `Content-Type` of the last request of a story, as one value.
fn type_sent_by(profile: Profile, mut story: Story) -> String {
    let mut oracle = Oracle::with_user_agent(page(A), UserAgent::new(profile));
    let transcript = oracle.fetch(story.fetches.remove(0), &mut story.routes);
    let sent = transcript.requests().last().unwrap();
    String::from_utf8_lossy(&sent.headers.get(&CONTENT_TYPE).unwrap()).into_owned()
}

#[test]
fn forms_without_a_body_differ() {
    let page = page(A);
    let changed = &rule("request_headers.xhr_get_keeps_form_content_type", Profile::webkit());
    let form = "application/x-www-form-urlencoded;charset=UTF-8";
    let story = |method, body_type, own: Option<&str>| {
        let xhr = page.xml_http_request(method, B).body(Body::Replayable, Some(body_type));
        let xhr = own.into_iter().fold(xhr, |xhr, value| xhr.header("content-type", value));
        to_b([xhr.send().unwrap()])
    };
    story("GET", form, None).check(changed, "GET@A, cors", "GET@A type, cors");
    story("HEAD", form, None).check(changed, "HEAD@A, cors", "HEAD@A type, cors");
    story("GET", "text/plain;charset=UTF-8", None).check(changed, "GET@A, cors", "GET@A, cors");
    story("GET", "application/x-www-form-urlencoded;charset=utf-8", None).check(
        changed,
        "GET@A, cors",
        "GET@A, cors",
    );
    story("POST", form, None).check(changed, "POST@A type, cors", "POST@A type, cors");
    let own = "?GET+content-type@A, GET@A type, cors";
    let typed = story("GET", form, Some("application/json"));
    typed.check(changed, own, own);
    assert_eq!(type_sent_by(Profile::webkit(), typed), "application/json");
    // A redirect treats the type as set by the page.
    let xhr = || page.xml_http_request("GET", B).body(Body::Replayable, Some(form)).send().unwrap();
    redirected(xhr(), 302).check(changed, "GET@A, GET@null, cors", "GET@A type, GET@null type, cors");
    // Without a body there was no type.
    let nothing = page.xml_http_request("GET", B).body(Body::None, Some(form)).send().unwrap();
    to_b([nothing]).check(changed, "GET@A, cors", "GET@A, cors");
}

#[test]
fn charsets_of_texts_differ() {
    let page = page(A);
    let story = |author_type| {
        let xhr = page.xml_http_request("POST", B).header("content-type", author_type);
        to_b([xhr.body(Body::Replayable, Some("text/plain;charset=UTF-8")).send().unwrap()])
    };
    let replaced = rule("request_headers.xhr_charsets_are_replaced", Profile::chromium());
    // The rule has an effect if the profile looks at the headers that the page set.
    let late = |profile: &mut Profile| {
        rule("request_headers.xhr_charset_rewritten_after_preflight", Profile::firefox())(profile);
        rule("preflight.headers", Profile::webkit())(profile);
    };
    let (plain, preflighted) = ("POST@A type, cors", "?POST+content-type@A, POST@A type, cors");
    let rules: [&dyn Fn(&mut Profile); 2] = [&replaced, &late];
    for changed in rules {
        story("text/plain;charset=x").check(changed, plain, plain);
        story("text/plain;charset=\"x\"").check(changed, plain, preflighted);
        story("text/plain;charset=\"utf-8\"").check(changed, preflighted, preflighted);
    }
}

/// The `Content-Type` that is sent.
#[test]
fn outgoing_charsets_differ() {
    let page = page(A);
    let text = Some("text/plain;charset=UTF-8");
    let xhr = |author_type| page.xml_http_request("POST", A).header("content-type", author_type);
    let sent = |profile: Profile, request: Request| {
        let mut oracle = Oracle::with_user_agent(page.clone(), UserAgent::new(profile));
        let transcript = oracle.fetch(request, &mut fetches([]).at(A, pf(), [ok()]).routes);
        let sent = transcript.requests().next().unwrap();
        String::from_utf8(sent.headers.get(&CONTENT_TYPE).unwrap().into_owned()).unwrap()
    };
    let mut replaced = Profile::standard();
    rule("request_headers.xhr_charsets_are_replaced", Profile::chromium())(&mut replaced);
    for (author_type, by_standard, by_replacing) in [
        ("x/y; CharSet=z;a=b", "x/y;charset=UTF-8;a=b", "x/y; CharSet=UTF-8;a=b"),
        ("x/y;charset=utf-8", "x/y;charset=utf-8", "x/y;charset=UTF-8"),
        ("x/y;charset=z y", "x/y;charset=UTF-8", "x/y;charset=UTF-8 y"),
        ("x/y;charmap=z", "x/y;charmap=z", "x/y;charmap=z"),
        ("x/y;charset=z;charset=z", "x/y;charset=UTF-8", "x/y;charset=UTF-8;charset=UTF-8"),
        ("x/y;charset=\"z\"", "x/y;charset=UTF-8", "x/y;charset=\"UTF-8\""),
        ("x/y;charset \t= 'z';a", "x/y;charset \t= 'z';a", "x/y;charset \t= 'UTF-8';a"),
        ("text;charset=z", "text;charset=z", "text;charset=UTF-8"),
        ("x/y;charset=\"\"", "x/y;charset=UTF-8", "x/y;charset=\"\""),
        ("x/y;charset=", "x/y;charset=", "x/y;charset="),
        ("x/y;charset;a=z", "x/y;charset;a=z", "x/y;charset;a=z"),
        ("x/y;a=\"charset=z\"", "x/y;a=\"charset=z\"", "x/y;a=\"charset=z\""),
        ("x/y;xcharset=z", "x/y;xcharset=z", "x/y;xcharset=z"),
        ("x/y", "x/y", "x/y"),
    ] {
        let request = xhr(author_type).body(Body::Replayable, text).send().unwrap();
        assert_eq!(sent(Profile::standard(), request.clone()), by_standard, "{author_type}");
        assert_eq!(sent(replaced.clone(), request), by_replacing, "{author_type}");
        // Bytes have no charset, and a later change by the embedder is kept.
        let bytes = xhr(author_type).body(Body::Replayable, None).send().unwrap();
        assert_eq!(sent(replaced.clone(), bytes), author_type);
        let mut own = xhr(author_type).body(Body::Replayable, text).send().unwrap();
        own.headers.set(CONTENT_TYPE, "x/y;charset=own").unwrap();
        assert_eq!(sent(replaced.clone(), own), "x/y;charset=own");
    }
}

/// A redirect that restores the headers of the page restores the type as the page set it.
#[test]
fn charsets_restored_by_redirects_differ() {
    let page = page(A);
    let text = Some("text/plain;charset=UTF-8");
    let xhr = page.xml_http_request("POST", B).header("content-type", "text/plain;charset=x");
    let request = xhr.body(Body::Replayable, text).send().unwrap();
    let sent = |request: &Request, late, returns| {
        let mut profile = Profile::standard();
        if late {
            rule("request_headers.xhr_charset_rewritten_after_preflight", Profile::firefox())(&mut profile);
        }
        if returns {
            rule("redirect.headers", Profile::firefox())(&mut profile);
        }
        let mut oracle = Oracle::with_user_agent(page.clone(), UserAgent::new(profile));
        let transcript = oracle.fetch(request.clone(), &mut redirected(request.clone(), 307).routes);
        let types = transcript.requests().filter_map(|sent| sent.headers.get(&CONTENT_TYPE));
        types.map(|value| String::from_utf8(value.into_owned()).unwrap()).collect::<Vec<_>>()
    };
    let (changed, set) = ("text/plain;charset=UTF-8", "text/plain;charset=x");
    for returns in [false, true] {
        assert_eq!(sent(&request, false, returns), [changed, changed]);
    }
    assert_eq!(sent(&request, true, false), [changed, changed]);
    assert_eq!(sent(&request, true, true), [changed, set]);
    // A type that the embedder sets afterwards is kept.
    let own = with(request, |request| request.headers.set(CONTENT_TYPE, "text/plain;a=b").unwrap());
    assert_eq!(sent(&own, true, true), ["text/plain;a=b", "text/plain;a=b"]);
}

/// A change of the embedder in a finished request is kept.
#[test]
fn a_type_that_the_embedder_removed_does_not_return() {
    let page = page(A);
    let form = "application/x-www-form-urlencoded;charset=UTF-8";
    let no_cors = page.fetch(B).method("POST").mode(Mode::NoCors).body(Body::Replayable, Some("text/plain"));
    let upload = page.xml_http_request("POST", B).body(Body::Replayable, Some(form));
    for (request, outcome) in
        [(no_cors.build().unwrap(), "POST@A, opaque"), (upload.send().unwrap(), "POST@A, cors")]
    {
        assert!(request.headers.contains(&CONTENT_TYPE));
        let story = to_b([with(request, |request| request.headers.delete(&CONTENT_TYPE))]);
        for profile in Profile::all() {
            assert_eq!(story.play(profile.clone()), outcome, "{}", profile.name());
        }
    }
}

#[test]
fn streams_as_bodies_differ() {
    let page = page(A);
    let post = || page.fetch(B).method("POST").body(Body::Stream, None);
    let typed = || post().header("content-type", "application/json");
    let preflighted = "?POST+content-type@A, POST@A type, cors";
    for (request, by_standard, as_text) in [
        (post().build().unwrap(), "?POST@A, POST@A, cors", "POST@A type, cors"),
        (typed().build().unwrap(), preflighted, preflighted),
    ] {
        let story = to_b([request]);
        story.check(rule("request_headers.streams", Profile::firefox()), by_standard, as_text);
        story.check(
            rule("request_headers.streams", Profile::webkit()),
            by_standard,
            "StreamBodyNotSupported",
        );
    }
    // The type of the page stays the only one.
    let mut as_text = Profile::standard();
    rule("request_headers.streams", Profile::firefox())(&mut as_text);
    assert_eq!(type_sent_by(as_text, to_b([typed().build().unwrap()])), "application/json");
    // A text can be sent again after a redirect, and has the type of a text.
    let firefox = UserAgent::new(Profile::firefox());
    let mut story = redirected(post().build().unwrap(), 307);
    let transcript =
        Oracle::with_user_agent(page.clone(), firefox).fetch(story.fetches.remove(0), &mut story.routes);
    assert!(transcript.outcome().is_ok());
    for sent in transcript.requests() {
        assert_eq!(sent.headers.get(&CONTENT_TYPE).as_deref(), Some(&b"text/plain;charset=UTF-8"[..]));
    }
}
