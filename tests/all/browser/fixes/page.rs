//! What to change in the page.

use super::*;

#[test]
fn a_header_of_responses_must_not_be_in_a_request() {
    let preflight = || pf().allow_origin(A).allow_headers("x-a");
    let call = get().header("Access-Control-Allow-Origin", "*");
    let text = "page: Do not send `access-control-allow-origin` in the page: it is a header of responses.";
    assert_fixes(&call.responses([preflight()]), &[text]);
    // Without it, no preflight is needed, so its response does not matter.
    let run = call.responses([pf()]);
    assert_fixes(&run, &[text]);
    assert_eq!(run.error().fixes()[0].lines(), [""; 0]);
    // The response allows everything else.
    let run = call.clone().header("X-A", "1").responses([preflight()]);
    assert_eq!(fixes(&run), [text]);
    // Another header is still to be allowed.
    let run = call.clone().header("X-B", "1").responses([preflight()]);
    let then = " Then respond to the preflight with `Access-Control-Allow-Headers: x-a, x-b`";
    assert_fixes(&run, &[&(text.to_owned() + then)]);
    let run = call.header("Access-Control-Allow-Methods", "*").responses([preflight()]);
    assert_fixes(
        &run,
        &[
            "page: Do not send `access-control-allow-methods` and `access-control-allow-origin` in the page: they \
           are headers of responses.",
        ],
    );
}

/// An embedder lets its pages send more than a browser does.
#[test]
fn what_only_the_browser_sends_is_the_pages_mistake() {
    let with = |names: &[&str]| {
        let mut request = get().request();
        names.iter().for_each(|name| request.headers.append(name.parse().unwrap(), "1").unwrap());
        fixes(&Browser::standard().run_request(request, [pf().allow_origin(A)]))
    };
    let only = "in the page: only the browser sends such headers.";
    assert_eq!(with(&["sec-x"]), [format!("page: Do not send `sec-x` {only}")]);
    let both = with(&["sec-x", "access-control-max-age"]);
    assert_eq!(both, [format!("page: Do not send `access-control-max-age` and `sec-x` {only}")]);
    let mut trace = get().request();
    trace.method = Method::TRACE;
    let run = Browser::standard().run_request(trace, [pf().allow_origin(A)]);
    assert_fixes(&run, &["page: Use another method in the page"]);
}

#[test]
fn a_method_in_another_case_is_the_pages_mistake() {
    let patch = exchange("patch", B);
    let run = patch.responses([pf().allow_origin(A).allow_methods("PATCH")]);
    assert_fixes(&run, &["page: Write the method as `PATCH` in the page: methods are case-sensitive"]);
    assert_eq!(run.error().fixes()[0].lines(), [""; 0]);
    let run = patch.responses([pf().allow_origin(A).allow_methods("PUT")]);
    assert_eq!(run.error().fixes()[0].lines(), ["Access-Control-Allow-Methods: PUT, PATCH"]);
    // The method is right, or the server allows it as it is.
    let run = exchange("PATCH", B).responses([pf().allow_origin(A)]);
    assert_fixes(&run, &["server: Respond to the preflight with `Access-Control-Allow-Methods: PATCH`."]);
    let run = patch.header("X-A", "1").responses([pf().allow_origin(A).allow_methods("patch")]);
    assert_fixes(&run, &["server: Respond to the preflight with `Access-Control-Allow-Headers: x-a`."]);
    // Neither a usual method nor one that the server lists.
    let run = exchange("frob", B).responses([pf().allow_origin(A)]);
    assert_fixes(&run, &["server: Respond to the preflight with `Access-Control-Allow-Methods: frob`."]);
    let run = exchange("frob", B).responses([pf().allow_origin(A).allow_methods("FROB")]);
    assert_fixes(&run, &["page: Write the method as `FROB`"]);
}

#[test]
fn headers_of_libraries_are_sent_to_servers_that_want_them() {
    let refused = || pf().allow_origin(A).allow_headers("x-a");
    let sentry = get().header("sentry-trace", "1").header("baggage", "1");
    let page =
        "page: Let the page's library for tracing send `baggage` and `sentry-trace` only to your own servers";
    let server =
        "server: Respond to the preflight with `Access-Control-Allow-Headers: x-a, baggage, sentry-trace`";
    assert_fixes(&sentry.responses([refused()]), &[page, server]);
    for name in ["x-b3-traceid", "x-datadog-origin"] {
        let run = get().header(name, "1").responses([refused()]);
        let page = format!("page: Let the page's library for tracing send `{name}` only to your own servers");
        assert_fixes(&run, &[&page, "server: Respond to the preflight"]);
    }
    // The page's own site wants to trace its requests.
    let own_site = exchange("GET", "https://api.a.test").header("traceparent", "1");
    let run = own_site.responses([refused()]);
    assert_fixes(&run, &["server: Respond to the preflight", "page: Let the page's library for tracing"]);
    // Something else is not allowed either.
    let run = sentry.header("x-b", "1").responses([refused()]);
    assert_fixes(&run, &["server: Respond to the preflight"]);
    let run = get().header("X-Requested-With", "XMLHttpRequest").responses([refused()]);
    let page =
        "page: Do not send `x-requested-with` in the page, unless the server needs it; a library may add it";
    assert_fixes(&run, &["server: Respond to the preflight", page]);
    let run = get().header("User-Agent", "x").responses([refused()]);
    assert_fixes(&run, &["server: Respond to the preflight", "page: Do not send `user-agent` in the page"]);
}

#[test]
fn a_type_without_a_body_is_left_out() {
    let json = |method| exchange(method, B).header("Content-Type", "application/json");
    let page = "page: Leave out the header Content-Type in the page: a request without a body has no type.";
    assert_fixes(&json("GET").responses([pf().allow_origin(A)]), &[page, "server: Respond to the preflight"]);
    assert_fixes(&json("POST").responses([pf().allow_origin(A)]), &["server: Respond to the preflight"]);
    // In all profiles, also if the engine changes the charset later.
    let document = self::page(A);
    let text = document.xml_http_request("GET", B).header("Content-Type", "application/json;charset=x");
    let text = text.body(Body::Replayable, Some("text/plain;charset=UTF-8")).send().unwrap();
    for profile in Profile::all() {
        let mut browser = Browser::with(|it| it.clone_from(&profile));
        let run = browser.run_request(text.clone(), [pf().allow_origin(A)]);
        assert_fixes(&run, &[page, "server: Respond to the preflight"]);
    }
}

#[test]
fn an_upload_listener_is_the_only_cause_of_a_preflight() {
    let post = exchange("POST", B).body(Body::Replayable).forced_preflight();
    let page = "page: Do not listen to the progress of the upload in the page";
    assert_fixes(
        &post.responses([pf().status(405)]),
        &[page, "server: Status 405 says that no route accepts"],
    );
    // A stream needs the preflight anyway.
    let stream = exchange("POST", B).body(Body::Stream);
    for call in
        [&post.clone().header("X-A", "1"), &exchange("PUT", B), &stream, &stream.clone().forced_preflight()]
    {
        let run = call.responses([pf().status(405)]);
        assert_fixes(&run, &["server: Status 405 says that no route accepts"]);
    }
    let run = post.clone().header("X-A", "1").responses([pf().status(405)]);
    assert_fixes(&run, &["server: Status 405 says that no route accepts"]);
}

#[test]
fn json_may_be_sent_as_a_text_if_no_route_knows_preflights() {
    let json = exchange("POST", B).header("Content-Type", "application/json").body(Body::Replayable);
    let send_as_text = "page: Send the JSON as `text/plain` in the page, if the server parses it without looking at the type";
    let run = json.responses([pf().status(404)]);
    assert_fixes(&run, &["server: Status 404 says that no route accepts OPTIONS requests", send_as_text]);
    assert_fixes(&json.responses([pf()]), &["server: Respond to the preflight with"]);
    let xml = exchange("POST", B).header("Content-Type", "application/xml").body(Body::Replayable);
    // In all profiles, with a type that the engine may change.
    let page = page(A);
    let text = page.xml_http_request("POST", B).header("Content-Type", "application/json;charset=x");
    let text = text.body(Body::Replayable, Some("text/plain;charset=UTF-8")).send().unwrap();
    for profile in Profile::all() {
        let mut browser = Browser::with(|it| it.clone_from(&profile));
        let run = browser.run_request(text.clone(), [pf().status(404)]);
        assert_fixes(&run, &["server: Status 404 says that no route accepts OPTIONS requests", send_as_text]);
    }
    let without_body = exchange("POST", B).header("Content-Type", "application/json");
    for call in [xml, without_body] {
        assert_fixes(&call.responses([pf().status(404)]), &["server: Status 404 says that no route accepts"]);
    }
}

#[test]
fn a_url_needs_its_scheme() {
    let page = Page::new(A).unwrap();
    for (url, expected) in [
        ("localhost:8080/items", "page: Write `http://` or `https://` before the URL in the page"),
        ("api.test:8080/items", "page: Write `http://` or `https://` before the URL in the page"),
        ("ftp://api.test/items", "page: Use an http or https URL in the page"),
    ] {
        assert_fixes(&Browser::standard().run_request(page.fetch(url).build().unwrap(), []), &[expected]);
    }
}

#[test]
fn a_request_may_need_no_credentials() {
    let page = "page: Make the request without credentials in the page (`credentials: \"same-origin\"`)";
    let run = get().include().responses([ok().allow_origin("*")]);
    assert_fixes(&run, &["server: Respond with `Access-Control-Allow-Origin: https://a.test` and", page]);
    let all = pf().allow_origin(A).allow_credentials("true").allow_methods("*");
    assert_fixes(&put().include().responses([all]), &["server: Respond to the preflight with", page]);
    // It would be refused without credentials, too.
    let run = get().include().responses([ok().allow_origin(B)]);
    assert_fixes(&run, &["server: The header must name the origin of the page"]);
    // WebKit checks a redirect as if credentials were included.
    let redirected = |call: Call| call.responses([redirect(302, B), redirect(302, C).allow_origin("*")]);
    let own = exchange("GET", A).include();
    let is_page = |run: &Run| fixes(run).iter().any(|fix| fix.starts_with(page));
    assert!(is_page(&redirected(own.clone())));
    let rule = rule("redirect.same_origin_checked_as_include", Profile::webkit());
    assert!(!is_page(&redirected(own.in_browser_with(rule))));
    let run = request_with(Initiator::EventSource, with_credentials, [ok().allow_origin("*")]);
    assert!(fixes(&run)[1].contains("(`withCredentials = false`)"), "{:?}", fixes(&run));
}
