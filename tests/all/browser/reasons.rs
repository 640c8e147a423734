//! Produces every reason of a network error and every refusal, and checks which of several reasons are
//! reported.

use crossorigin::{
    browser::{
        AddressSpace, Body, CacheMode, EmbedderPolicy, Failure, Fix, Initiator, Mode, NetworkError, Page,
        Permission, Profile, RedirectMode, Refusal, Request, RequestKind, ResponseType,
        ServiceWorkerResponse, Step, Timestamp, UserAgent,
    },
    oracle::{Oracle, Script},
    origin::{OpaqueOrigin, Origin},
};

use super::support::{
    A, B, Browser, C, Call, Opaque, Run, ScriptedResponse, exchange, lost, lost_preflight, ok, page, pf,
    redirect,
};

fn get() -> Call {
    exchange("GET", B)
}

fn put() -> Call {
    exchange("PUT", B)
}

fn pf_a() -> ScriptedResponse {
    pf().allow_origin(A)
}

fn err(run: Run) -> NetworkError {
    *run.transcript.into_outcome().unwrap_err()
}

/// The error of a request to which a service worker responds.
fn worker(call: &Call, response: ServiceWorkerResponse) -> NetworkError {
    let mut user_agent = UserAgent::new(Profile::standard());
    let step = user_agent.fetch_from_service_worker(call.request(), response);
    let Step::Done(Err(error)) = step else { panic!("{step:?}") };
    *error
}

fn blocked_redirect() -> NetworkError {
    let mut user_agent = UserAgent::new(Profile::standard());
    let Step::Send(exchange) = user_agent.fetch(get().request(), Timestamp::ZERO) else { panic!() };
    let response = redirect(302, C).allow_origin(A).head();
    let Step::Redirect(redirect) = exchange.receive(response, &mut user_agent, Timestamp::ZERO) else {
        panic!()
    };
    let Step::Done(Err(error)) = redirect.block(&mut user_agent, Failure::Network) else { panic!() };
    *error
}

/// The error of a public page that needs the permission in this state, for a server on the local network.
fn local(permission: Permission, change: impl FnOnce(Page) -> Page) -> NetworkError {
    let page = page(A).with_address(AddressSpace::Public).with_permission(AddressSpace::Local, permission);
    let request = change(page.clone()).fetch(B).build().unwrap();
    let mut oracle = Oracle::with_user_agent(page, UserAgent::new(Profile::chromium()));
    *oracle.fetch(request, &mut (AddressSpace::Local, |_: &_| ok().head())).into_outcome().unwrap_err()
}

/// The error of a page that names another address space.
fn mismatch() -> NetworkError {
    let page = page(A).with_address(AddressSpace::Loopback);
    let mut request = page.fetch(B).build().unwrap();
    request.target_address_space = Some(AddressSpace::Local);
    let mut oracle = Oracle::with_user_agent(page, UserAgent::new(Profile::chromium()));
    *oracle.fetch(request, &mut (AddressSpace::Public, |_: &_| ok().head())).into_outcome().unwrap_err()
}

/// The error of an embedder that forgot the address of the connection.
fn address_missing() -> NetworkError {
    let page = page(A).with_address(AddressSpace::Public);
    let request = page.fetch(B).build().unwrap();
    *Oracle::new(page).fetch(request, &mut |_: &_| ok().head()).into_outcome().unwrap_err()
}

fn stream_in_webkit() -> NetworkError {
    let request = page(A).fetch(B).method("POST").body(Body::Stream, None).build().unwrap();
    let Step::Done(Err(error)) = UserAgent::new(Profile::webkit()).fetch(request, Timestamp::ZERO) else {
        panic!("it was sent")
    };
    *error
}

/// The error of a request that a check of the embedder refuses before the fetch.
fn refused(failure: Failure) -> NetworkError {
    let step = UserAgent::default().refuse(get().request(), failure);
    let Step::Done(Err(error)) = step else { panic!("{step:?}") };
    *error
}

/// The error of a request whose response a check of the embedder refuses.
fn after_response(failure: Failure) -> NetworkError {
    let run = get().responses([ok().allow_origin(A)]);
    *run.transcript.into_outcome().unwrap().into_error(failure)
}

/// A page in a sandboxed frame.
fn sandboxed() -> Page {
    Page::with_origin(A.parse().unwrap(), Origin::Opaque(OpaqueOrigin(0)))
}

/// Each reason at least once. `messages` shows their texts, and checks that none is missing.
pub(crate) fn produced() -> Vec<NetworkError> {
    let no_cors = || get().mode(Mode::NoCors);
    let corp = |value: &str| ok().with("cross-origin-resource-policy", value);
    let mut part = ServiceWorkerResponse::new(Opaque, ok().status(206).head());
    part.range_requested = true;
    let mut redirected = ServiceWorkerResponse::new(ResponseType::Cors, ok().head());
    redirected.url_list = [A, B].map(|url| url.parse().unwrap()).to_vec();
    let chain = (0..21).map(|number| redirect(302, &format!("/{number}")).allow_origin(A));
    vec![
        // Main fetch.
        err(get().mode(Mode::SameOrigin).responses([])),
        err(no_cors().redirect(RedirectMode::Error).responses([])),
        err(exchange("GET", "ftp://b.test/").responses([])),
        err(exchange("GET", "blob:https://a.test/x").responses([])),
        // CORS check.
        err(get().responses([ok()])),
        err(get().include().by(sandboxed()).responses([ok()])),
        err(get().responses([ok().allow_origin("https://a.test, https://b.test")])),
        err(get().responses([ok().allow_origin("https://a.test/")])),
        err(get().responses([ok().allow_origin(B)])),
        err(get().include().responses([ok().allow_origin("*")])),
        err(get().responses([ok().allow_origin("null")])),
        err(get().include().responses([ok().allow_origin(A)])),
        err(get().include().responses([ok().allow_origin(A).allow_credentials("True")])),
        // CORS-preflight fetch.
        err(put().responses([lost_preflight(Failure::Network)])),
        err(put().responses([pf_a().allow_methods("PUT").status(301).with("location", "/login")])),
        err(put().responses([pf_a().allow_methods("PUT").status(405)])),
        err(put().responses([pf_a().allow_methods("PUT, GE T")])),
        err(get().header("X-A", "1").responses([pf_a().allow_headers("x-a, b@d")])),
        err(put().responses([pf_a().allow_methods("PUT").allow_headers("b@d")])),
        err(put().responses([pf_a().allow_methods("DELETE")])),
        err(put().include().responses([pf_a().allow_credentials("true").allow_methods("*")])),
        err(get().header("X-B", "1").header("X-A", "1").responses([pf_a().allow_headers("x-c")])),
        err(get()
            .header("X-A", "1")
            .include()
            .responses([pf_a().allow_credentials("true").allow_headers("*")])),
        err(get().header("Authorization", "x").responses([pf_a()])),
        err(get().header("Authorization", "x").responses([pf_a().allow_headers("*")])),
        // With credentials, the wildcard does not cover it in today's browsers either, so the reason does not
        // mention them.
        err(get()
            .header("Authorization", "x")
            .include()
            .responses([pf_a().allow_credentials("true").allow_headers("*")])),
        // HTTP fetch and HTTP-redirect fetch.
        err(get().redirect(RedirectMode::Error).responses([redirect(302, C).allow_origin(A)])),
        err(get().responses(chain)),
        err(get().responses([redirect(302, "https://[").allow_origin(A)])),
        err(get().responses([redirect(302, "/1").with("location", "/2").allow_origin(A)])),
        err(get().responses([redirect(302, "data:,x").allow_origin(A)])),
        err(get().responses([redirect(302, "https://u:p@c.test/x").allow_origin(A)])),
        err(get().responses([redirect(302, "https://u:p@a.test/x").allow_origin(A)])),
        err(exchange("POST", B).body(Body::Stream).responses([pf_a(), redirect(307, "/2").allow_origin(A)])),
        // The other checks.
        err(no_cors().responses([corp("same-origin")])),
        err(no_cors().responses([corp("same-site")])),
        err(no_cors().by(page(A).with_embedder_policy(EmbedderPolicy::RequireCorp)).responses([ok()])),
        worker(&no_cors(), part),
        worker(&get(), ServiceWorkerResponse::new(Opaque, ok().head())),
        worker(&get().redirect(RedirectMode::Error), redirected),
        // Decisions of the embedder.
        err(get().responses([lost(Failure::Network)])),
        err(get().responses([lost(Failure::Canceled)])),
        blocked_redirect(),
        stream_in_webkit(),
        refused(Failure::ContentSecurityPolicy),
        refused(Failure::IntegrityPolicy),
        refused(Failure::MixedContent),
        refused(Failure::BadPort),
        after_response(Failure::ContentSecurityPolicy),
        after_response(Failure::Nosniff),
        after_response(Failure::MimeType),
        after_response(Failure::Integrity),
        after_response(Failure::OpaqueResponseBlocking),
        err(get().responses([lost(Failure::Timeout)])),
        err(get().responses([lost(Failure::UnsendableRequest)])),
        err(get().responses([lost(Failure::CorsDisabled)])),
        err(get().responses([lost(Failure::OriginHeaderUnavailable)])),
        err(get().responses([lost(Failure::NoScriptedResponse)])),
        err(get().responses([lost(Failure::ScriptedForOtherRequest { meant: RequestKind::Preflight })])),
        local(Permission::Prompt, |page| page),
        local(Permission::Denied, |page| page),
        local(Permission::NotAllowed, |page| page),
        local(Permission::NoDocument, |page| page),
        local(Permission::Prompt, |page| page.with_secure_context(false)),
        mismatch(),
        address_missing(),
    ]
}

/// The fixes of a redirect with redirect mode "error".
const REDIRECTED: [&str; 2] =
    ["Respond without a redirect; no response header helps.", "Use redirect mode \"follow\" in the page."];

fn texts(error: &NetworkError) -> Vec<&str> {
    error.fixes().iter().map(Fix::text).collect()
}

#[test]
fn two_errors_of_one_response_are_both_reported() {
    let also =
        |error: NetworkError| error.other_reasons().iter().map(|reason| reason.name()).collect::<Vec<_>>();
    assert_eq!(also(err(put().responses([pf().status(404)]))), ["PreflightStatus"]);
    // A redirect is named first, as all browsers name it: they do not look at its headers.
    let error = err(put().responses([pf().status(302)]));
    assert_eq!(error.reason().name(), "PreflightRedirect");
    assert_eq!(error.step().to_string(), "CORS-preflight fetch 8");
    assert_eq!(error.chromium().unwrap(), "kPreflightDisallowedRedirect");
    assert_eq!(also(error), ["AllowOriginMissing"]);
    assert_eq!(also(err(get().responses([ok()]))), [""; 0]);
    // No header lets these pass, so the fixes are those of the redirect.
    let error = err(get().redirect(RedirectMode::Error).responses([redirect(302, C)]));
    assert_eq!(error.reason().name(), "AllowOriginMissing");
    let target = "Request `https://c.test/` in the page: the server redirects to it.";
    assert_eq!(texts(&error), [target, REDIRECTED[0]]);
    assert_eq!(also(error), ["RedirectModeError"]);
    // Two headers let these pass.
    let error = err(get().responses([redirect(302, "https://u:p@c.test/")]));
    assert_eq!(
        error.fixes()[0].lines(),
        ["Access-Control-Allow-Origin: https://a.test", "Location: https://c.test/"]
    );
    assert_eq!(also(error), ["LocationIncludesCredentials"]);
    // The second error of the redirect has no fix by headers.
    let stream = exchange("POST", B).body(Body::Stream);
    let error = err(stream.responses([pf_a(), redirect(307, "https://u:p@c.test/").allow_origin(A)]));
    assert_eq!(error.reason().name(), "LocationIncludesCredentials");
    assert_eq!(texts(&error), ["Respond with status 303 or without a redirect; no response header helps."]);
    // A redirect whose resource policy is not satisfied.
    let corp = redirect(302, "data:,x").with("cross-origin-resource-policy", "same-origin");
    let error = err(get().mode(Mode::NoCors).responses([corp]));
    assert_eq!(texts(&error), ["Redirect to an http or https URL."]);
    assert_eq!(also(error), ["LocationSchemeNotHttp"]);
}

#[test]
fn a_fix_lists_exactly_the_missing_headers() {
    let fix = |call: Call, response: ScriptedResponse| err(call.responses([response])).fixes()[0].lines();
    let allow_origin = "Access-Control-Allow-Origin: https://a.test";
    let allow_credentials = "Access-Control-Allow-Credentials: true";
    let wrong = || ok().allow_origin(B);
    assert_eq!(fix(get().include(), wrong()), [allow_origin, allow_credentials]);
    assert_eq!(fix(get().include(), wrong().allow_credentials("TRUE")), [allow_origin, allow_credentials]);
    assert_eq!(fix(get().include(), wrong().allow_credentials("true")), [allow_origin]);
    assert_eq!(fix(get(), wrong()), [allow_origin]);
    // If CORS does not apply, no CORS header is a fix.
    let own = exchange("GET", "https://a.test/1").redirect(RedirectMode::Error);
    assert_eq!(texts(&err(own.responses([redirect(302, "/2")]))), REDIRECTED);
    let to_b = redirect(302, "https://u:p@b.test/");
    assert_eq!(fix(exchange("GET", "https://a.test/1"), to_b), ["Location: https://b.test/"]);
}

/// WebKit sends the preflight for the target of a redirect before it refuses the redirect.
#[test]
fn a_fix_of_a_response_that_is_refused_late_changes_that_response() {
    let outcome_after = |location: &str| {
        let mut browser = Browser::with(|profile| *profile = Profile::webkit());
        let responses = [redirect(307, location), pf_a().allow_methods("PUT"), ok().allow_origin(A)];
        let mut script: Script = responses.into_iter().map(|response| response.server_response).collect();
        browser.oracle().fetch(exchange("PUT", "https://a.test/1").request(), &mut script).into_outcome()
    };
    let error = *outcome_after("https://u:p@b.test/2").unwrap_err();
    assert_eq!(error.reason().name(), "LocationIncludesCredentials");
    assert_eq!(error.fixes()[0].lines(), ["Location: https://b.test/2"]);
    assert!(outcome_after("https://b.test/2").is_ok());
}

/// The response that is refused is the clue if another program than the application made it.
#[test]
fn an_error_has_the_refused_response() {
    let response = |error: NetworkError| error.response().cloned();
    let crash = ok().status(500).with("content-type", "text/html");
    assert_eq!(response(err(get().responses([crash.clone()]))), Some(crash.head()));
    let login = pf().status(302).with("location", "/login");
    assert_eq!(response(err(put().responses([login.clone()]))), Some(login.head()));
    // The second response is refused, and not the redirect.
    let (onward, last) = (redirect(302, C).allow_origin(A), ok().with("x-a", "1"));
    assert_eq!(response(err(get().responses([onward, last.clone()]))), Some(last.head()));
    let delivered = ok().allow_origin(A).with("x-hidden", "1");
    let run = get().responses([delivered.clone()]);
    let error = run.transcript.into_outcome().unwrap().into_error(Failure::Integrity);
    assert_eq!(error.response(), Some(&delivered.head()));
    // There was no response.
    assert_eq!(response(err(get().responses([lost(Failure::Network)]))), None);
    assert_eq!(response(refused(Failure::MixedContent)), None);
}

#[test]
fn a_response_that_is_not_a_redirect_has_no_redirect_error() {
    let error = err(get().redirect(RedirectMode::Error).responses([ok().with("location", "/2")]));
    assert_eq!(error.other_reasons(), []);
    assert_eq!(error.fixes()[0].lines(), ["Access-Control-Allow-Origin: https://a.test"]);
}

/// Six names in Chromium come in pairs, one for responses and one for preflights. The others do not.
#[test]
fn chromium_has_its_own_names_for_the_cors_check_of_a_preflight() {
    let name = |error: NetworkError| error.chromium().unwrap().into_owned();
    assert_eq!(name(err(get().responses([ok()]))), "kMissingAllowOriginHeader");
    assert_eq!(name(err(put().responses([pf()]))), "kPreflightMissingAllowOriginHeader");
    assert_eq!(name(err(put().responses([pf_a().status(404)]))), "kPreflightInvalidStatus");
    assert_eq!(name(err(put().responses([pf_a()]))), "kMethodDisallowedByPreflightResponse");
    assert_eq!(name(err(get().mode(Mode::SameOrigin).responses([]))), "kDisallowedByMode");
}

/// Each refusal at least once.
pub(crate) fn refusals() -> Vec<Refusal> {
    let page = page(A);
    let call = || page.fetch(B);
    let xhr = |method: &[u8], url: &str| page.xml_http_request(method, url).send();
    [
        page.fetch("https://[").build(),
        xhr(b"GET", "https://["),
        page.request(Initiator::Element, "https://[").build(),
        page.fetch("https://u:p@b.test").build(),
        call().referrer("https://[").build(),
        call().method("GE T").build(),
        xhr(b"", B),
        call().method("track").build(),
        xhr(b"CONNECT", B),
        call().mode(Mode::Navigate).build(),
        call().mode(Mode::NoCors).method("PUT").build(),
        call().header("x y", "1").build(),
        page.xml_http_request("GET", B).header("x-a", "1\r\n2").send(),
        call().body(Body::Replayable, None).build(),
        call().method("POST").mode(Mode::NoCors).body(Body::Stream, None).build(),
        call().cache(CacheMode::OnlyIfCached).build(),
        page.request(Initiator::Beacon, "data:,x").build(),
        page.request(Initiator::WebSocket, "wss://b.test/#f").build(),
        page.request(Initiator::Image, B).method("PUT").build(),
    ]
    .map(Result::unwrap_err)
    .into()
}

/// `fetch()` throws a `TypeError`, `XMLHttpRequest` throws a `DOMException`, and an element throws nothing.
#[test]
fn each_refusal_says_what_a_script_gets() {
    let exceptions = refusals().into_iter().map(|refusal| {
        let exception = refusal.exception().map(|exception| exception.to_string());
        format!("{}: {}", refusal.reason().name(), exception.as_deref().unwrap_or("-"))
    });
    assert_eq!(
        exceptions.collect::<Vec<_>>(),
        [
            "UrlInvalid: TypeError",
            "UrlInvalid: SyntaxError",
            "UrlInvalid: -",
            "UrlIncludesCredentials: TypeError",
            "ReferrerInvalid: TypeError",
            "MethodInvalid: TypeError",
            "MethodInvalid: SyntaxError",
            "ForbiddenMethod: TypeError",
            "ForbiddenMethod: SecurityError",
            "ModeNotAvailable: TypeError",
            "NoCorsMethodNotSafelisted: TypeError",
            "HeaderNameInvalid: TypeError",
            "HeaderValueInvalid: SyntaxError",
            "BodyWithGetOrHead: TypeError",
            "StreamBodyMode: TypeError",
            "OnlyIfCachedMode: TypeError",
            "UrlSchemeNotAvailable: TypeError",
            "UrlWithFragment: SyntaxError",
            "SettingNotAvailable: -",
        ]
    );
}

/// The exceptions for an invalid URL. A script gets one if it made the request itself.
#[test]
fn scripts_get_the_exceptions_of_their_initiators() {
    let exception = |built: Result<Request, Refusal>| built.unwrap_err().exception().map(|it| it.to_string());
    let page = page(A);
    for initiator in Initiator::ALL {
        let expected = match initiator.name() {
            "fetch" | "beacon" | "service-worker" => Some("TypeError"),
            "xhr" | "event-source" | "import-scripts" | "module-worker" | "shared-worker" | "web-socket"
            | "web-transport" | "worker" | "worklet" => Some("SyntaxError"),
            _ => None,
        };
        let thrown = exception(page.request(*initiator, "https://[").build());
        assert_eq!(thrown.as_deref(), expected, "{initiator:?}");
    }
    let transport = page.request(Initiator::WebTransport, B);
    assert_eq!(exception(transport.clone().header("a b", "").build()).as_deref(), Some("TypeError"));
    assert_eq!(exception(transport.header("wt-available-protocols", "a").build()), None);
}
