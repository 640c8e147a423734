//! What to change in the server, or in a program between.

use super::*;

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
