//! Pitfalls of responses: what a script sees, the `Origin` of other modes, resource policy, timing.

use crossorigin::{
    browser::{
        Body, CredentialsMode, EmbedderPolicy, Finding, Mode, Page, Profile, RedirectMode, ReferrerPolicy,
        Request, Step, Timestamp, UserAgent,
    },
    http::Method,
    origin::{OpaqueOrigin, Origin},
    site::Sites,
};

use crate::browser::support::{
    A, B, Basic, Browser, C, Call, Cors, Opaque, ScriptedResponse, exchange, ok, page, pf, redirect,
};

const CORP: &str = "cross-origin-resource-policy";
const CORP_STEP: &str = "cross-origin resource policy internal check 5";

fn get(url: &str) -> Call {
    exchange("GET", url)
}

fn post(url: &str) -> Call {
    exchange("POST", url).body(Body::Replayable)
}

fn ok_a() -> ScriptedResponse {
    ok().allow_origin(A)
}

#[test]
fn a_list_of_exposed_headers_is_valid_as_a_whole_or_ignored() {
    // After WPT cors/resources/access-control-expose-headers.json.
    let exposed = |lists: &[&str]| {
        let response =
            lists.iter().fold(ok_a().with("bb-8", "hey"), |response, list| response.expose_headers(list));
        let run = get(B).responses([response]).delivered(Cors);
        let ignored =
            run.response().warnings().iter().any(|warning| warning.name() == "ExposeHeadersInvalid");
        (run.visible().contains(&"bb-8".to_owned()), ignored)
    };
    for lists in
        [&["BB-8"][..], &["bb-8,,"], &[",bb-8"], &["\t bb-8 ,x"], &["x", "bb-8"], &["'bb-8',bb-8"], &["*"]]
    {
        assert_eq!(exposed(lists), (true, false), "{lists:?}");
    }
    for lists in [&["bb-8,,@#$"][..], &["bb-8", "no no"], &["\"bb-8\",bb-8"], &["bb-8;bb-8"], &["*, no no"]] {
        assert_eq!(exposed(lists), (false, true), "{lists:?}");
    }
    assert_eq!(exposed(&[]), (false, false));
    assert_eq!(exposed(&[""]), (false, false));
}

#[test]
fn a_wildcard_exposes_all_headers_except_cookies_and_nothing_with_credentials() {
    let response = ok_a().expose_headers("*").allow_credentials("true").with("set-cookie", "a=b");
    let response = response.with("set-cookie2", "a=b").with("x-a", "1").with("*", "star");
    let omitted = get(B).omit().responses([response.clone()]).delivered(Cors);
    let lists =
        ["access-control-allow-credentials", "access-control-allow-origin", "access-control-expose-headers"];
    assert_eq!(omitted.visible(), [&["*"], &lists[..], &["x-a"]].concat());
    let included = get(B).include().responses([response]).delivered(Cors);
    assert_eq!(included.visible(), ["*"]);
    assert_eq!(included.response().warnings()[0].name(), "WildcardIgnoredWithCredentials");
    // Listing the cookies does not expose them, and a response of the page's own origin hides them too.
    let named = ok_a().expose_headers("set-cookie, set-cookie2").with("set-cookie", "a=b");
    assert!(get(B).responses([named.clone()]).visible().is_empty());
    assert!(!get(A).responses([named]).delivered(Basic).visible().contains(&"set-cookie".to_owned()));
}

#[test]
fn seven_headers_are_always_exposed() {
    let safelist = [
        "cache-control",
        "content-language",
        "content-length",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
    ];
    let others = ["accept", "age", "content-encoding", "date", "etag", "location", "vary"];
    let response = safelist.iter().chain(&others).fold(ok_a(), |response, name| response.with(name, "1"));
    assert_eq!(get(B).responses([response]).delivered(Cors).visible(), safelist);
}

#[test]
fn an_opaque_response_hides_everything() {
    let response = ok().with("content-type", "text/plain").with("x-a", "1").expose_headers("*");
    let run = get(B).mode(Mode::NoCors).responses([redirect(302, C), response]).delivered(Opaque);
    let response = run.response();
    assert_eq!((response.status(), response.url(), response.redirected()), (None, None, false));
    assert!(response.headers().is_empty() && !response.body_readable());
    // The embedder gets the whole response, for example to decode an image.
    assert_eq!((response.internal().headers.len(), response.url_list().len()), (3, 2));
}

#[test]
fn same_origin_requests_send_origin_with_unsafe_methods_only() {
    let a_x = "https://a.test/x";
    post(a_x).responses([ok()]).delivered(Basic).origins(&[Some(A)]);
    let same_origin = post(a_x).mode(Mode::SameOrigin);
    let silent = same_origin.clone().referrer_policy(ReferrerPolicy::NoReferrer);
    silent.responses([ok()]).delivered(Basic).origins(&[Some("null")]);
    same_origin.responses([ok()]).delivered(Basic).origins(&[Some(A)]);
    get(a_x).responses([ok()]).delivered(Basic).origins(&[None]);
    exchange("HEAD", a_x).responses([ok()]).delivered(Basic).origins(&[None]);
    // In mode "cors" the referrer policy has no effect.
    post(a_x).referrer_policy(ReferrerPolicy::NoReferrer).responses([ok()]).origins(&[Some(A)]);
}

#[test]
fn the_referrer_policy_hides_the_origin_from_less_secure_urls() {
    use ReferrerPolicy as Policy;
    let insecure = "http://b.test/";
    let no_cors = |url: &str, policy| post(url).mode(Mode::NoCors).referrer_policy(policy).responses([ok()]);
    let default = post(insecure).mode(Mode::NoCors);
    default.responses([ok()]).delivered(Opaque).origins(&[Some("null")]);
    for (policy, to_secure, to_insecure) in [
        (Policy::NoReferrer, "null", "null"),
        (Policy::NoReferrerWhenDowngrade, A, "null"),
        (Policy::SameOrigin, "null", "null"),
        (Policy::Origin, A, A),
        (Policy::StrictOrigin, A, "null"),
        (Policy::OriginWhenCrossOrigin, A, A),
        (Policy::StrictOriginWhenCrossOrigin, A, "null"),
        (Policy::UnsafeUrl, A, A),
    ] {
        no_cors(B, policy).origins(&[Some(to_secure)]);
        no_cors(insecure, policy).origins(&[Some(to_insecure)]);
    }
    // The policy of a redirect applies from then on. The last known token counts.
    let strict = redirect(307, "https://b.test/2").with("referrer-policy", "same-origin, unknown");
    default.responses([strict, ok()]).delivered(Opaque).origins(&[Some("null"), Some("null")]);
    let lax = redirect(307, "http://b.test/2").with("referrer-policy", "no-referrer, Unsafe-URL");
    default.responses([lax, ok()]).delivered(Opaque).origins(&[Some("null"), Some(A)]);
}

#[test]
fn no_cors_keeps_its_origin_over_one_redirect() {
    let a_1 = post("https://a.test/1").mode(Mode::NoCors);
    let responses = [redirect(307, B), redirect(307, C), ok()];
    a_1.responses(responses).delivered(Opaque).origins(&[Some(A), Some(A), Some("null")]);
}

#[test]
fn a_websocket_sends_its_origin_and_has_no_cors_check() {
    for url in ["https://b.test/socket", "wss://b.test/socket", "wss://a.test/socket"] {
        let socket = get(url).mode(Mode::WebSocket).include();
        socket.responses([ok()]).delivered(Basic).origins(&[Some(A)]).credentials(&[true]);
    }
    get(B).mode(Mode::WebTransport).responses([ok()]).delivered(Basic).origins(&[Some(A)]);
    get(B).mode(Mode::Navigate).responses([ok()]).delivered(Basic).origins(&[None]);
}

#[test]
fn hsts_comes_before_the_comparison_of_origins() {
    // The embedder knows the HSTS hosts, so it changes the URL before the fetch.
    let mut request = get("http://a.test/x").request();
    request.url.set_scheme("https").unwrap();
    Browser::standard().run_request(request, [ok()]).delivered(Basic).sent(&["GET https://a.test/x"]);
    // Without the change, the URL has another origin.
    get("http://a.test/x").responses([ok()]).refused("AllowOriginMissing", "CORS check 2");

    // At a redirect, the embedder changes its target.
    let mut user_agent = UserAgent::new(Profile::standard());
    let start = user_agent.fetch(get("https://a.test/1").request(), Timestamp::ZERO);
    let Step::Send(exchange) = start else { panic!() };
    let response = redirect(302, "http://a.test/x").head();
    let Step::Redirect(redirect) = exchange.receive(response, &mut user_agent, Timestamp::ZERO) else {
        panic!()
    };
    let Step::Send(exchange) = redirect.upgrade_to_https().follow(&mut user_agent, Timestamp::ZERO) else {
        panic!()
    };
    assert_eq!(exchange.request().url.as_str(), "https://a.test/x");
    let Step::Done(Ok(response)) = exchange.receive(ok().head(), &mut user_agent, Timestamp::ZERO) else {
        panic!()
    };
    assert_eq!(response.response_type(), Basic);
}

#[test]
fn data_urls_are_basic_and_not_followed_by_redirects() {
    for mode in [Mode::Cors, Mode::NoCors, Mode::SameOrigin] {
        get("data:text/plain,x").mode(mode).responses([]).delivered(Basic);
    }
    get("data:,x").by(sandboxed()).responses([]).delivered(Basic);
    let refused = get("https://a.test/1").responses([redirect(302, "data:,x")]);
    refused.refused("LocationSchemeNotHttp", "HTTP-redirect fetch 6");
}

fn sandboxed() -> Page {
    Page::with_origin(A.parse().unwrap(), Origin::Opaque(OpaqueOrigin(1)))
}

#[test]
fn an_opaque_origin_is_same_origin_with_no_url() {
    let from_disk =
        Page::with_origin("file:///home/me/test.html".parse().unwrap(), sandboxed().origin().clone());
    for page in [sandboxed(), from_disk] {
        get("https://a.test/x")
            .by(page.clone())
            .responses([ok().allow_origin("null")])
            .delivered(Cors)
            .origins(&[Some("null")])
            .credentials(&[false]);
        get("https://a.test/x").by(page.clone()).mode(Mode::NoCors).responses([ok()]).delivered(Opaque);
        get("https://a.test/x")
            .by(page.clone())
            .mode(Mode::SameOrigin)
            .responses([])
            .refused("ModeSameOrigin", "main fetch 12");
        // Not even with the URL of a local file, whose origin is opaque too.
        get("file:///home/me/data.json").by(page).responses([]).refused("SchemeNotHttp", "main fetch 12");
    }
}

#[test]
fn a_304_for_a_conditional_request_is_checked_itself() {
    // The user agent's own HTTP cache is below this crate. It passes the stored response with the headers
    // that the 304 updated. A stored response for C is not shared with A.
    get(B).responses([ok().allow_origin(C)]).refused("AllowOriginMismatch", "CORS check 4");
    // If the author makes the request conditional, its header needs a preflight, and the 304 itself is the
    // response.
    let conditional = get(B).header("If-None-Match", "\"x\"");
    let permission = || pf().allow_origin(A).allow_headers("if-none-match");
    let run = conditional.responses([permission(), ok_a().status(304)]).delivered(Cors).asks(
        0,
        "GET",
        Some("if-none-match"),
    );
    assert_eq!((run.response().status().unwrap().as_u16(), run.response().body_readable()), (304, false));
    conditional.responses([permission(), ok().status(304)]).refused("AllowOriginMissing", "CORS check 2");
}

#[test]
fn the_cross_origin_resource_policy_is_checked_without_cors() {
    let no_cors = get(B).mode(Mode::NoCors);
    no_cors.responses([ok().with(CORP, "same-origin")]).refused("CorpSameOrigin", CORP_STEP);
    no_cors.responses([ok().with(CORP, "same-site")]).refused("CorpSameSite", CORP_STEP);
    no_cors.responses([ok().with(CORP, "cross-origin")]).delivered(Opaque);
    // Two lines, another case and unknown values are not a policy.
    no_cors.responses([ok().with(CORP, "same-origin").with(CORP, "same-origin")]).delivered(Opaque);
    for value in ["Same-Origin", "same-origin,", "none", ""] {
        no_cors.responses([ok().with(CORP, value)]).delivered(Opaque);
        let strict = page(A).with_embedder_policy(EmbedderPolicy::RequireCorp);
        no_cors
            .clone()
            .by(strict)
            .responses([ok().with(CORP, value)])
            .refused("CorpDefaultedByCoep", CORP_STEP);
    }
    // A page on http is not same site with a response on https. The other way round it is.
    let same_site = || ok().with(CORP, "same-site");
    let x = |scheme: &str| get(&format!("{scheme}://x.a.test/")).mode(Mode::NoCors);
    x("https").responses([same_site()]).delivered(Opaque);
    x("http").responses([same_site()]).delivered(Opaque);
    x("http").by(page("http://a.test/")).responses([same_site()]).delivered(Opaque);
    x("https").by(page("http://a.test/")).responses([same_site()]).refused("CorpSameSite", CORP_STEP);
    // The policy applies to opaque responses only. CORS has its own permission.
    get(B).responses([ok_a().with(CORP, "same-origin")]).delivered(Cors);
}

#[test]
fn a_credentialless_page_sends_no_credentials_to_other_origins() {
    let page = page(A).with_embedder_policy(EmbedderPolicy::Credentialless);
    let no_cors = |url: &str| get(url).by(page.clone()).mode(Mode::NoCors).include();
    // Without credentials, no policy is required.
    no_cors(B).responses([ok()]).delivered(Opaque).credentials(&[false]);
    // The page's own origin gets credentials until the fetch visits another origin.
    no_cors("https://a.test/1")
        .responses([
            redirect(302, "https://a.test/2"),
            redirect(302, B),
            redirect(302, "https://a.test/3"),
            ok(),
        ])
        .delivered(Opaque)
        .credentials(&[true, true, false, false]);
    get(B).by(page.clone()).include().responses([ok_a().allow_credentials("true")]).credentials(&[true]);
}

#[test]
fn timing_is_shared_by_every_hop_or_not_at_all() {
    let timing = |first: ScriptedResponse, last: ScriptedResponse| {
        get(B).responses([first, last]).delivered(Cors).response().timing_allowed()
    };
    let hop = || redirect(302, C).allow_origin(A);
    let end = || ok().allow_origin("null");
    let allow = "timing-allow-origin";
    // At C the origin is tainted, so the header must list `null`.
    assert!(timing(hop().with(allow, "*"), end().with(allow, "x, null")));
    assert!(timing(hop().with(allow, A), end().with(allow, "x").with(allow, "null")));
    assert!(!timing(hop().with(allow, "*"), end().with(allow, A)));
    assert!(!timing(hop(), end().with(allow, "*")), "a failure at any hop stays");
    assert!(!timing(hop().with(allow, "*"), end()));
    assert!(get("https://a.test/x").responses([ok()]).response().timing_allowed());
    let quoted = get(B).responses([ok_a().with(allow, "\"https://a.test\"")]);
    assert!(!quoted.response().timing_allowed());
}

#[test]
fn initiators_refuse_before_any_fetch() {
    let page = page(A);
    let refusal = |request: Result<Request, crossorigin::browser::Refusal>| {
        let refusal = request.unwrap_err();
        format!("{} {}", refusal.reason().name(), refusal.step())
    };
    assert_eq!(refusal(page.fetch("https://u:p@b.test").build()), "UrlIncludesCredentials new Request() 5.3");
    assert_eq!(refusal(page.fetch(B).mode(Mode::Navigate).build()), "ModeNotAvailable new Request() 17");
    assert_eq!(
        refusal(page.fetch(B).mode(Mode::NoCors).method("PUT").build()),
        "NoCorsMethodNotSafelisted new Request() 32.1"
    );
    // XMLHttpRequest and `Request::new` accept credentials in the URL.
    let request = page.xml_http_request("GET", "https://u:p@b.test").send().unwrap();
    Browser::standard().run_request(request, [ok_a()]).delivered(Cors);
    let request = Request::new(&page, Method::GET, "https://u:p@b.test".parse().unwrap());
    assert_eq!(request.credentials, CredentialsMode::SameOrigin);
    Browser::standard().run_request(request, [ok_a()]).delivered(Cors);
}

#[test]
fn only_four_bytes_are_whitespace() {
    for (value, fine) in [
        (&b"https://a.test\x0B"[..], false),
        (b"\x0Chttps://a.test", false),
        (b"https://a.test\xA0", false),
        (b"\r\n\t https://a.test \t\r\n", true),
    ] {
        let run = get(B).responses([ok().allow_origin(value)]);
        if fine {
            run.delivered(Cors)
        } else {
            run.refused("AllowOriginInvalid", "CORS check 4")
        };
    }
}

#[test]
fn manual_redirects_of_navigations_are_delivered() {
    let navigate = get(B).mode(Mode::Navigate).redirect(RedirectMode::Manual);
    let run = navigate.responses([redirect(302, C)]).delivered(Basic);
    assert_eq!(run.response().status().unwrap(), 302);
}

#[test]
fn each_failed_tao_check_names_its_step() {
    let hidden = |call: Call, responses: &[ScriptedResponse]| {
        let run = call.responses(responses.iter().cloned());
        let decisions = run.response().trace().iter();
        let hidden = decisions.filter(|decision| decision.finding == Finding::TimingHidden);
        hidden.map(|decision| decision.step.to_string()).collect::<Vec<_>>()
    };
    let responses = [redirect(302, "/2").allow_origin(A), ok_a().with("timing-allow-origin", "*")];
    assert_eq!(hidden(get(B), &responses), ["TAO check 8", "TAO check 2"]);
    assert_eq!(hidden(get(B).mode(Mode::Navigate), &[ok()]), ["TAO check 6"]);
}

#[test]
fn the_embedder_can_define_sites() {
    let outcome_after = |user_agent: &mut UserAgent| {
        let request = get(B).mode(Mode::NoCors).request();
        let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
        let Step::Done(outcome) =
            exchange.receive(ok().with(CORP, "same-site").head(), user_agent, Timestamp::ZERO)
        else {
            panic!()
        };
        outcome.map_err(|error| error.reason().name())
    };
    assert_eq!(outcome_after(&mut UserAgent::new(Profile::standard())).unwrap_err(), "CorpSameSite");
    let one_site = Sites::from_function(|_| Some("everything"));
    let mut user_agent = UserAgent::new(Profile::standard()).with_sites(one_site);
    assert_eq!(outcome_after(&mut user_agent).unwrap().response_type(), Opaque);
}

/// The response to these methods has no body, whatever the server sends.
#[test]
fn head_and_connect_have_no_body() {
    for (method, has_body) in [(Method::GET, true), (Method::HEAD, false), (Method::CONNECT, false)] {
        let mut request = exchange("GET", A).request();
        request.method = method.clone();
        let run = Browser::standard().run_request(request, [ok()]);
        assert_eq!(run.response().body_readable(), has_body, "{method}");
    }
}

/// An embedder policy does not block responses of the page's own origin after a redirect back to it.
#[test]
fn a_response_of_the_own_origin_needs_no_resource_policy_after_a_redirect() {
    for policy in [EmbedderPolicy::RequireCorp, EmbedderPolicy::Credentialless] {
        let image = exchange("GET", B).by(page(A).with_embedder_policy(policy)).mode(Mode::NoCors).include();
        let away = redirect(302, A).with("cross-origin-resource-policy", "cross-origin");
        image.responses([away, ok()]).delivered(Opaque);
    }
}
