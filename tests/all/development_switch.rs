//! The development switch: requests that are refused without it are refused with it, in every browser.

use crossorigin::{
    browser::{Body, CredentialsMode, OutgoingRequest, Page, Profile, Request, UserAgent},
    http::Response,
    oracle::{Oracle, PolicyServer, Transcript},
    server::PolicyBuilder,
};

fn policy() -> PolicyBuilder {
    crossorigin::server::Policy::builder().allow_origin("https://app.example").development()
}

fn page() -> Page {
    Page::new("https://app.example/").unwrap()
}

fn fetch(policy: &PolicyBuilder, profile: Profile, request: Request) -> Transcript {
    let mut server = PolicyServer::new(policy.build().unwrap(), |_: &OutgoingRequest| Response::new(()));
    Oracle::with_user_agent(page(), UserAgent::new(profile)).fetch(request, &mut server)
}

/// The policy allows no methods. By the standard, a preflight that the page forced passes if the response
/// lists no methods, so the server has to list one.
#[test]
fn a_forced_preflight_is_refused_for_its_method() {
    let upload =
        page().fetch("https://api.example/").method("DELETE").body(Body::Stream, None).build().unwrap();
    let transcript = fetch(&policy(), Profile::standard(), upload);
    let error = transcript.outcome().as_ref().unwrap_err();
    assert_eq!(
        error.reason().to_string(),
        "method DELETE is not allowed by Access-Control-Allow-Methods in the response to the preflight"
    );
}

/// Any method is allowed, with credentials, for which the response repeats the method. The browser names the
/// header.
#[test]
fn a_refused_header_is_named_where_any_method_is_allowed_with_credentials() {
    let policy = policy().allow_credentials().allow_any_method().allow_header("x-a");
    let page = page();
    let call = page.fetch("https://api.example/").method("PUT").header("x-b", "1");
    for profile in Profile::all() {
        let request = call.clone().credentials(CredentialsMode::Include).build().unwrap();
        let transcript = fetch(&policy, profile, request);
        let error = transcript.outcome().as_ref().unwrap_err();
        assert_eq!(error.reason().name(), "HeaderNotAllowed");
    }
}

/// Any header is allowed, with credentials, for which the response repeats the names. The browser names the
/// method.
#[test]
fn a_refused_method_is_named_where_any_header_is_allowed_with_credentials() {
    let policy = policy().allow_credentials().allow_method("PATCH").allow_any_header();
    let page = page();
    let call = page.fetch("https://api.example/").method("PUT").header("x-b", "1");
    for profile in Profile::all() {
        let request = call.clone().credentials(CredentialsMode::Include).build().unwrap();
        let transcript = fetch(&policy, profile, request);
        let error = transcript.outcome().as_ref().unwrap_err();
        assert_eq!(error.reason().name(), "MethodNotAllowed");
        // With the method allowed, nothing else is missing.
        assert_eq!(error.fixes()[0].lines(), ["Access-Control-Allow-Methods: PATCH, PUT"]);
    }
}
