//! What to do about a refusal, by its cause: the side of each fix, and the beginning of its text, the best first.
//! `support` checks that each fix works that changes the request or the response.

mod initiators;
mod page;
mod redirects;
mod server;

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

/// In each profile, a fix changes what that engine checks.
#[test]
fn fixes_work_in_all_profiles() {
    for profile in Profile::all() {
        let call = get().header("sentry-trace", "1").in_browser_with(|it| it.clone_from(&profile));
        let run = call.responses([pf().allow_origin(A)]);
        assert_eq!(fixes(&run).len(), 2, "{}", profile.name());
    }
}
