//! What to do about a refusal, by its cause: the side of each fix, and the beginning of its text, the best first.
//! `support` checks that each fix works that changes the request or the response.

use crossorigin::{
    browser::{
        Body, CredentialsMode, CrossOriginAttribute, Destination, EmbedderPolicy, Failure, Fix, Initiator,
        Mode, Page, Profile, RedirectMode, Request, RequestBuilder, Step, Timestamp, UserAgent,
    },
    http::Method,
    origin::{OpaqueOrigin, Origin},
};

use super::support::{
    A, B, Browser, C, Call, Run, ScriptedResponse, exchange, lost, ok, page, pf, redirect, rule,
};

fn get() -> Call {
    exchange("GET", B)
}

fn put() -> Call {
    exchange("PUT", B)
}

/// A request of an initiator, with a response.
fn request_with(
    initiator: Initiator,
    change: impl Fn(RequestBuilder<'_>) -> RequestBuilder<'_>,
    responses: impl IntoIterator<Item = ScriptedResponse>,
) -> Run {
    let page = page(A);
    let request: Request = change(page.request(initiator, B)).build().unwrap();
    Browser::standard().run_request(request, responses)
}

fn with_json(request: RequestBuilder<'_>) -> RequestBuilder<'_> {
    request.body(Body::Replayable, Some("application/json"))
}

fn with_credentials(request: RequestBuilder<'_>) -> RequestBuilder<'_> {
    request.credentials(CredentialsMode::Include)
}

fn anonymous(request: RequestBuilder<'_>) -> RequestBuilder<'_> {
    request.crossorigin(Some(CrossOriginAttribute::Anonymous))
}

/// The fixes, each as its side and its text.
fn fixes(run: &Run) -> Vec<String> {
    let shown = |fix: &Fix| format!("{}: {}", fix.side().name(), fix.text());
    run.error().fixes().iter().map(shown).collect()
}

/// Asserts the beginning of each fix.
#[track_caller]
fn assert_fixes(run: &Run, expected: &[&str]) {
    let fixes = fixes(run);
    let agree = fixes.len() == expected.len()
        && fixes.iter().zip(expected).all(|(fix, expected)| fix.starts_with(expected));
    assert!(agree, "{fixes:#?}\nexpected {expected:#?}");
}

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
fn who_caught_a_preflight_has_to_let_it_pass() {
    let server = |response: ScriptedResponse| fixes(&put().responses([response]))[0].clone();
    let cases = [
        (
            pf().status(401),
            "server: Let preflights pass authentication, because they never carry credentials:",
        ),
        (pf().status(403), "server: Let preflights pass authentication and firewalls"),
        (pf().status(400).with("www-authenticate", "Basic"), "server: Let preflights pass authentication, "),
        (pf().status(404), "server: Status 404 says that no route accepts OPTIONS requests at this URL:"),
        (pf().status(501), "server: Status 501 says that no route accepts OPTIONS requests at this URL:"),
        (pf().status(502), "server: Status 502 says that the server failed; read its log, and respond"),
        (pf().status(400), "server: Respond to the preflight with a status from 200 to 299"),
        (pf().with("www-authenticate", "Basic"), "server: Respond to the preflight with"),
        (pf().status(404).with("content-type", "text/html"), "server: Status 404"),
        (pf().allow_origin(B).with("content-type", "text/html"), "server: The header must name the origin"),
        (redirect_of_preflight("http://c.test/x"), "page: Request `http://c.test/x` in the page"),
        (redirect_of_preflight("http://b.test:81/x"), "page: Request `http://b.test:81/x` in the page"),
        (pf().with("content-type", "text/html"), "between: Let OPTIONS requests reach the application"),
        (redirect_of_preflight("/login"), "server: Let preflights pass the login"),
        (redirect_of_preflight("https://b.test/x?redirect_uri=y"), "server: Let preflights pass the login"),
        (redirect_of_preflight("https://c.test/x"), "page: Request `https://c.test/x` in the page"),
        (redirect_of_preflight("https://sso.b.test/"), "server: Let preflights pass the login"),
        (redirect_of_preflight("http://b.test/x"), "page: Request `https://b.test/x` in the page"),
        (redirect_of_preflight("https://c.test/x?key=1"), "page: Request `https://c.test/x?…` in the page"),
        (redirect_of_preflight("https://u:p@c.test/"), "server: Respond to the preflight with"),
        (redirect_of_preflight("ftp://c.test/x"), "server: Respond to the preflight with"),
    ];
    for (response, expected) in cases {
        let head = response.head();
        let text = server(response);
        assert!(text.starts_with(expected), "{head:?}: {text}");
    }
}

fn redirect_of_preflight(location: &str) -> ScriptedResponse {
    pf().status(307).with("location", location)
}

#[test]
fn a_list_that_cannot_be_parsed_keeps_what_was_meant() {
    let lines =
        |call: Call, response: ScriptedResponse| call.responses([response]).error().fixes()[0].lines();
    let names = |list: &str| lines(get().header("X-A", "1"), pf().allow_origin(A).allow_headers(list));
    assert_eq!(names("X-B, X-C X-D"), ["Access-Control-Allow-Headers: X-B, X-C, X-D, x-a"]);
    assert_eq!(names("'X-A'; x-b@"), ["Access-Control-Allow-Headers: X-A"]);
    // No page sends these, and no policy allows them.
    assert_eq!(names("Origin, Access-Control-Allow-Origin, b@d"), ["Access-Control-Allow-Headers: x-a"]);
    assert_eq!(names("b@d, *"), ["Access-Control-Allow-Headers: *"]);
    let methods = |list: &str| lines(put(), pf().allow_origin(A).allow_methods(list));
    assert_eq!(methods("GET PATCH, TRACE, @"), ["Access-Control-Allow-Methods: GET, PATCH, PUT"]);
    assert_eq!(methods("@, *"), ["Access-Control-Allow-Methods: *"]);
    // What is allowed anyway is not added.
    let refused = pf().allow_origin(A).allow_methods("PUT PATCH").allow_headers("x-a");
    assert_eq!(lines(get().header("X-A", "1"), refused), ["Access-Control-Allow-Methods: PUT, PATCH"]);
    // A list in which nothing can be meant goes away.
    let refused = pf().allow_origin(A).allow_methods("(a)").allow_headers("x-a");
    assert_eq!(lines(get().header("X-A", "1"), refused), ["(no Access-Control-Allow-Methods)"]);
}

#[test]
fn two_writers_of_one_header_are_told_apart() {
    let start = "between: Two programs add Access-Control-Allow-Origin, such as the application and a proxy";
    for response in [
        ok().allow_origin(A).allow_origin(A),
        ok().allow_origin(A).allow_origin("*"),
        ok().allow_origin(A).allow_origin("https://c.test"),
        ok().allow_origin("*, *"),
        ok().allow_origin("https://a.test, *"),
        ok().allow_origin("https://a.test, https://a.test"),
    ] {
        let run = get().responses([response]);
        assert!(fixes(&run)[0].starts_with(start), "{:?}", fixes(&run));
    }
    assert_eq!(
        get().responses([ok().allow_origin("*, *")]).error().fixes()[0].lines(),
        ["Access-Control-Allow-Origin: *"]
    );
    let one_list = get().responses([ok().allow_origin("https://a.test, https://b.test")]);
    assert_fixes(&one_list, &["server: The header takes one origin; let the server look up"]);
    let credentials = ok().allow_origin(A).allow_credentials("true").allow_credentials("true");
    let run = get().include().responses([credentials]);
    assert!(fixes(&run)[0].starts_with("between: Two programs add Access-Control-Allow-Credentials"));
    let one = get().include().responses([ok().allow_origin(A).allow_credentials("*")]);
    assert!(fixes(&one)[0].starts_with("server: Respond with `Access-Control-Allow-Credentials: true`"));
}

/// What the value of `Access-Control-Allow-Origin` is in place of the page's origin.
#[test]
fn the_usual_mistakes_of_an_origin_are_named() {
    let cases = [
        (A, "'https://a.test'", "The quotes belong to a configuration file"),
        (A, "\"*\"", "The quotes belong to a configuration file"),
        (A, "'", "The origin lacks its scheme:"),
        (A, "'https://a.test", "Respond with `Access-Control-Allow-Origin: https://a.test`"),
        (A, "https://a.test'", "Respond with `Access-Control-Allow-Origin: https://a.test`"),
        (A, "", "Respond with `Access-Control-Allow-Origin: https://a.test`"),
        (A, "$http_origin", "The value is a variable that was not replaced:"),
        (A, "${ORIGIN}", "The value is a variable that was not replaced:"),
        (A, "$1", "The origin lacks its scheme:"),
        (A, "{{origin}}", "The value is a variable that was not replaced:"),
        (A, "undefined", "The value is a variable that was not replaced:"),
        (A, "^https://.*$", "The header takes no pattern;"),
        (A, "https://(a|b)\\.test$", "The header takes no pattern;"),
        (A, "https://*.test", "The header takes no pattern;"),
        (A, "https://c.test https://a.test", "The header takes one origin;"),
        (A, B, "The header must name the origin of the page, and not that of the server:"),
        (A, "https://a.test/", "An origin does not end with a slash:"),
        (A, "https://a.test:443", "An origin does not have the default port:"),
        (A, "https://a.test/app", "An origin has no path:"),
        (A, "https://A.test", "Origins are compared byte by byte, in lower case:"),
        (A, "a.test", "The origin lacks its scheme:"),
        (A, "http://a.test", "The two origins differ in their schemes:"),
        (A, "https://a.test:8443", "The two origins differ in their ports:"),
        (A, "https://www.a.test", "The host with `www.` is another host than the one without:"),
        ("https://www.a.test", A, "The host with `www.` is another host than the one without:"),
        (
            "http://localhost:1",
            "http://127.0.0.1:1",
            "To browsers, `localhost` and `127.0.0.1` are different",
        ),
        (
            "http://localhost:1",
            "http://a.test:1",
            "Respond with `Access-Control-Allow-Origin: http://localhost:1`",
        ),
        (
            "http://a.test:1",
            "http://localhost:1",
            "Respond with `Access-Control-Allow-Origin: http://a.test:1`",
        ),
        (A, "https://c.test", "Respond with `Access-Control-Allow-Origin: https://a.test`"),
    ];
    for (origin, value, expected) in cases {
        let run = get().by(page(origin)).responses([ok().allow_origin(value)]);
        let text = &fixes(&run)[0];
        let lines = run.error().fixes()[0].lines();
        assert!(text.starts_with(&format!("server: {expected}")), "{value}: {text}");
        let any = value == "\"*\"";
        assert_eq!(lines, [format!("Access-Control-Allow-Origin: {}", if any { "*" } else { origin })]);
    }
}

#[test]
fn a_page_can_be_opened_where_the_server_allows_it() {
    let at = |page: &str| Page::new(page).unwrap();
    let call = |page: &str| get().by(at(page)).responses([ok().allow_origin("http://localhost:8080")]);
    let open = "page: Open the page at `http://localhost:8080`, which the server allows.";
    assert_fixes(&call("http://localhost:3000"), &["server: The two origins differ in their ports:", open]);
    // A port that changes with each start cannot be listed.
    assert_fixes(&call("http://localhost:49151"), &["server: The two origins differ in their ports:", open]);
    assert_fixes(&call("http://localhost:49152"), &[open, "server: The two origins differ in their ports:"]);
}

#[test]
fn a_response_without_headers_was_made_by_somebody_else() {
    let first = |run: Run| fixes(&run)[0].clone();
    let cases = [
        (
            ok().status(500),
            "between: Read the server's log for the error, and add the CORS headers to errors, too",
        ),
        (ok().status(502), "between: Check the server behind the gateway"),
        (ok().status(401), "between: Check the credentials of the request, let the CORS code run before"),
        (ok().status(400).with("www-authenticate", "Basic"), "between: Check the credentials of the request"),
        (
            ok().status(403),
            "server: Look for what refuses the request with status 403: if it checks the Origin",
        ),
        (ok().status(403).with("content-type", "text/html"), "between: Check the URL and the credentials"),
        (ok().status(403).with("x-amzn-errortype", "x"), "between: Check the URL and the credentials"),
        (ok().status(404), "between: Check the URL and the method"),
        (ok().status(413), "between: Raise the limit on the size of requests"),
        (ok().status(429), "between: Send fewer requests"),
        (ok().status(418), "between: Read the response in the browser's network panel"),
        (ok().with("content-type", "text/html"), "server: Respond with"),
        (ok().status(500).allow_origin(B), "server: The header must name"),
    ];
    for (response, expected) in cases {
        let head = response.head();
        let text = first(get().responses([response]));
        assert!(text.starts_with(expected), "{head:?}: {text}");
    }
    let nginx = first(get().responses([ok().status(404).with("server", "nginx/1")]));
    assert!(nginx.contains("in nginx, with `always` at the end of `add_header`"), "{nginx}");
    let other = first(get().responses([ok().status(404).with("server", "Apache")]));
    assert!(!other.contains("nginx"), "{other}");
    // The preflight had the headers, and the response is a page.
    let preflight = || pf().allow_origin(A).allow_methods("PUT");
    let refused = first(put().responses([preflight(), ok().status(403)]));
    assert!(refused.starts_with("between: Check the URL and the credentials"), "{refused}");
    let html = ok().with("content-type", "text/html; charset=utf-8").with("server", "nginx/1");
    let text = first(put().responses([preflight(), html]));
    assert!(!text.contains("in nginx"), "{text}");
    assert!(
        text.starts_with("between: Open the URL in a tab to see the page: the response is an HTML page"),
        "{text}"
    );
    assert!(
        text.contains("although the response to the preflight had it, so a proxy, a tunnel or a login"),
        "{text}"
    );
    // The last request of this fetch had no preflight.
    let text = first(put().responses([preflight(), redirect(303, C).allow_origin(A), ok().status(500)]));
    assert!(!text.contains("preflight"), "{text}");
}

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

#[test]
fn a_page_without_an_origin_gets_one() {
    let opaque = |url: &str| Page::with_origin(url.parse().unwrap(), Origin::Opaque(OpaqueOrigin(1)));
    for (url, expected) in [
        ("file:///x.html", "page: Serve the page over http, for example with a web server on this computer"),
        ("data:text/html,x", "page: Give the page an http or https URL"),
        (A, "page: Give the frame its origin with `allow-same-origin`"),
        ("about:srcdoc", "page: Give the frame its origin with `allow-same-origin`"),
        ("app://x/", "page: Serve the page over http, or give its scheme `app` an origin in the app"),
    ] {
        let run = get().by(opaque(url)).responses([ok()]);
        assert_fixes(&run, &[expected, "server: Respond with `Access-Control-Allow-Origin: *`."]);
    }
    // The origin is not what this preflight lacks.
    let run = put().by(opaque(A)).responses([pf().allow_origin("null")]);
    assert_fixes(&run, &["server: Respond to the preflight with `Access-Control-Allow-Methods: PUT`."]);
    let module = |page: Page, url: &str| {
        let request = page.request(Initiator::ModuleScript, url).build().unwrap();
        fixes(&Browser::standard().run_request(request, [])).concat()
    };
    let file = || opaque("file:///x.html");
    assert!(module(file(), "x.js").starts_with("page: Serve the page and its files over http"));
    for text in [module(file(), "ftp://a.test/x.js"), module(page(A), "file:///x.js")] {
        assert!(text.starts_with("page: Use an http or https URL"), "{text}");
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
fn workers_and_tracks_have_fixes_of_their_own() {
    let unsent = |initiator| request_with(initiator, |request| request, []);
    for (initiator, expected) in [
        (Initiator::Worker, "page: Start the worker with a script of the page's own origin"),
        (Initiator::SharedWorker, "page: Start the worker with a script of the page's own origin"),
        (Initiator::ModuleWorker, "page: Start the worker with a module of the page's own origin"),
        (Initiator::ServiceWorker, "page: Register a script of the page's own origin"),
        (
            Initiator::Track,
            "page: Add the attribute `crossorigin` to the `<video>` or `<audio>` of the track",
        ),
    ] {
        assert_fixes(&unsent(initiator), &[expected]);
    }
    assert_fixes(&get().mode(Mode::SameOrigin).responses([]), &["page: Use mode \"cors\" in the page"]);
}

#[test]
fn a_beacon_of_a_text_needs_no_permission() {
    let run = request_with(Initiator::Beacon, with_json, [ok().allow_origin(A)]);
    let text = "page: Send the beacon's body as `text/plain` in the page";
    assert_fixes(&run, &[text, "server: Respond with `Access-Control-Allow-Credentials: true`."]);
}

/// Before the request and after the response.
#[test]
fn the_directive_of_a_content_security_policy_is_that_of_the_request() {
    use Destination::{
        AudioWorklet, Document, Embed, Empty, Frame, Iframe, Image, Json, Object, Style, Xslt,
    };
    for (initiator, destination, directive) in [
        (Initiator::Fetch, Empty, Some("connect-src")),
        (Initiator::XmlHttpRequest, Empty, Some("connect-src")),
        (Initiator::EventSource, Empty, Some("connect-src")),
        (Initiator::Beacon, Empty, Some("connect-src")),
        (Initiator::Fetch, Xslt, Some("script-src")),
        (Initiator::Image, Image, Some("img-src")),
        (Initiator::Icon, Image, Some("img-src")),
        (Initiator::Preload, Destination::Font, Some("font-src")),
        (Initiator::Font, Destination::Font, Some("font-src")),
        (Initiator::Script, Destination::Script, Some("script-src")),
        (Initiator::ModuleScript, Json, Some("connect-src")),
        (Initiator::Worklet, AudioWorklet, Some("script-src")),
        (Initiator::Stylesheet, Style, Some("style-src")),
        (Initiator::Media, Destination::Audio, Some("media-src")),
        (Initiator::Track, Destination::Track, Some("media-src")),
        (Initiator::Manifest, Destination::Manifest, Some("manifest-src")),
        (Initiator::Worker, Destination::Worker, Some("worker-src")),
        (Initiator::ServiceWorker, Destination::ServiceWorker, Some("worker-src")),
        (Initiator::Frame, Iframe, Some("frame-src")),
        (Initiator::Frame, Frame, Some("frame-src")),
        (Initiator::Frame, Object, Some("object-src")),
        (Initiator::Frame, Embed, Some("object-src")),
        (Initiator::Form, Document, Some("form-action")),
        (Initiator::Form, Iframe, Some("form-action")),
        (Initiator::Prefetch, Empty, Some("default-src")),
        (Initiator::Navigation, Document, None),
        (Initiator::Report, Destination::Report, None),
        (Initiator::Element, Empty, None),
    ] {
        let place = directive.map(|name| format!(", in `{name}`")).unwrap_or_default();
        let expected = format!(
            "Allow the URL in the Content-Security-Policy of the page{place}; no header of this response helps."
        );
        let mut request = page(A).request(initiator, A).build().unwrap();
        request.destination = destination;
        let mut user_agent = UserAgent::default();
        let step = user_agent.refuse(request.clone(), Failure::ContentSecurityPolicy);
        let Step::Done(Err(before)) = step else { panic!("{step:?}") };
        let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else {
            panic!("{initiator:?}")
        };
        let step = exchange.receive(ok().head(), &mut user_agent, Timestamp::ZERO);
        let Step::Done(Ok(response)) = step else { panic!("{step:?}") };
        let after = response.into_error(Failure::ContentSecurityPolicy);
        for error in [before, after] {
            assert_eq!(error.fixes()[0].text(), expected, "{initiator:?} {destination:?}");
        }
    }
}

#[test]
fn an_attribute_decides_about_an_image() {
    let with = |value: &str| ok().with("cross-origin-resource-policy", value);
    let server = "server: Respond with `Access-Control-Allow-Origin: https://a.test`.";
    let remove = "page: Remove the attribute `crossorigin` from the <img> in the page, if no script reads";
    assert_fixes(&request_with(Initiator::Image, anonymous, [ok()]), &[server, remove]);
    // Without the attribute, it would be refused as well.
    assert_fixes(&request_with(Initiator::Image, anonymous, [with("same-origin")]), &[server]);
    let isolated = page(A).with_embedder_policy(EmbedderPolicy::RequireCorp);
    let image = anonymous(isolated.request(Initiator::Image, B)).build().unwrap();
    assert_fixes(&Browser::standard().run_request(image, [ok()]), &[server]);
    let to_c = redirect(302, C).allow_origin(A);
    let any = "server: Respond with `Access-Control-Allow-Origin: *`.";
    assert_fixes(&request_with(Initiator::Image, anonymous, [to_c, ok()]), &[any]);

    let plain = |response| request_with(Initiator::Image, |request| request, [response]);
    let any = "server: Respond with `Cross-Origin-Resource-Policy: cross-origin`";
    assert_fixes(&plain(with("same-origin")), &[any]);
    let add = "page: Add the attribute `crossorigin` to the <img> in the page: the response allows it.";
    assert_fixes(&plain(with("same-origin").allow_origin("*")), &[any, add]);
    // fetch() has no attribute. What CORS would refuse does not matter here.
    let by_script = |origin| get().mode(Mode::NoCors).responses([with("same-origin").allow_origin(origin)]);
    for origin in ["*", "http://a.test"] {
        assert_fixes(&by_script(origin), &[any]);
    }
}

#[test]
fn a_resource_policy_gets_the_narrowest_value_that_works() {
    let policy = |page_url: &str, url: &str| {
        let call = exchange("GET", url).mode(Mode::NoCors).by(page(page_url));
        let run = call.responses([ok().with("cross-origin-resource-policy", "same-origin")]);
        run.error().fixes()[0].lines().concat()
    };
    let same_site = "Cross-Origin-Resource-Policy: same-site";
    assert_eq!(policy("https://www.a.test", "https://api.a.test"), same_site);
    assert_eq!(policy("http://localhost:3000", "http://localhost:3001"), same_site);
    let cross_origin = "Cross-Origin-Resource-Policy: cross-origin";
    assert_eq!(policy(A, B), cross_origin);
    // Not same site for a page without https, and not in all engines.
    assert_eq!(policy("http://a.test", "https://api.a.test"), cross_origin);
    assert_eq!(policy("http://127.0.0.1:3000", "http://127.0.0.1:3001"), cross_origin);

    let isolated = page(A).with_embedder_policy(EmbedderPolicy::RequireCorp);
    let run = get().mode(Mode::NoCors).by(isolated).responses([ok()]);
    let page = "page: Serve the page with `Cross-Origin-Embedder-Policy: credentialless`";
    let server = "server: Respond with `Cross-Origin-Resource-Policy: cross-origin`.";
    assert_fixes(&run, &[server, page]);
    // The other policy asks for the header, too, if credentials are included or the header has another value.
    let isolated =
        || get().mode(Mode::NoCors).by(self::page(A).with_embedder_policy(EmbedderPolicy::RequireCorp));
    assert_fixes(&isolated().include().responses([ok()]), &[server]);
    let own = ok().with("cross-origin-resource-policy", "same-origin");
    let server = "server: Respond with `Cross-Origin-Resource-Policy: cross-origin`";
    assert_fixes(&isolated().responses([own]), &[server]);
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

#[test]
fn an_origin_without_https_is_a_risk_with_credentials() {
    let caution = |origin: &str, call: Call| {
        let run = call.by(page(origin)).responses([ok()]);
        run.error().fixes()[0].caution().map(str::to_owned)
    };
    let risk = "The page's origin is not https, so anyone who controls its network can act as the user.";
    assert_eq!(caution("http://a.test", get().include()).as_deref(), Some(risk));
    assert_eq!(caution("http://a.test", get()), None);
    assert_eq!(caution("https://a.test", get().include()), None);
    assert_eq!(caution("http://localhost:3000", get().include()), None);
}

#[test]
fn a_server_of_somebody_else_is_asked_by_the_pages_own_server() {
    let third_party = "page: If the server is not yours, let a server of your own request this URL";
    assert_fixes(&get().responses([ok()]), &["server: Respond with", third_party]);
    assert_fixes(&exchange("GET", "https://api.a.test").responses([ok()]), &["server: Respond with"]);
    assert_fixes(&get().responses([ok().max_age("1")]), &["server: Respond with"]);
    assert_fixes(&get().responses([ok().with("server", "x")]), &["server: Respond with", third_party]);
    // A preflight passed.
    let preflight = pf().allow_origin(A).allow_methods("PUT");
    assert_fixes(&put().responses([preflight, ok()]), &["server: Respond with"]);
}

#[test]
fn the_user_looks_after_a_lost_request() {
    let user = "user: Open the URL in a tab of the same browser";
    assert_fixes(&get().responses([lost(Failure::Network)]), &[user, "server: Make sure that the server"]);
}

/// In each profile, a fix changes what that engine checks.
#[test]
fn fixes_work_in_all_profiles() {
    for profile in Profile::all() {
        let call = get().header("sentry-trace", "1").in_browser_with(|it| it.clone_from(&profile));
        let run = call.responses([pf().allow_origin(A)]);
        assert_eq!(fixes(&run).len(), 2, "{}", profile.name());
    }
}
