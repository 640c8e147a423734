//! Every public type of the two modules can be kept in a struct, moved to another thread and held across an `await`.
//!
//! That it compiles is the test; that no type was forgotten is checked against the sources.

use crossorigin::{browser, oracle};
use std::collections::BTreeSet;

fn travels<T: Send + Sync + 'static>() {}

/// Asserts it of each type, and gives their names.
macro_rules! all_travel {
    ($($name:ident $(<$($argument:tt),+>)?),+ $(,)?) => {{
        $(travels::<$name $(<$($argument),+>)?>();)+
        BTreeSet::from([$(stringify!($name)),+])
    }};
}

/// The names that a module re-exports or defines: `pub use a::{B, C};`, `pub struct D`.
fn public_types(source: &str) -> BTreeSet<&str> {
    let used = source.split("\npub use ").skip(1).filter_map(|rest| rest.split(';').next());
    let words = used.flat_map(|list| list.split(|letter: char| !letter.is_alphanumeric()));
    let defined = ["\npub struct ", "\npub enum "].iter().flat_map(|keyword| source.split(keyword).skip(1));
    let defined = defined.filter_map(|rest| rest.split(|letter: char| !letter.is_alphanumeric()).next());
    let is_type = |name: &&str| {
        name.starts_with(|letter: char| letter.is_uppercase())
            && name.contains(|letter: char| letter.is_lowercase())
    };
    words.chain(defined).filter(is_type).collect()
}

#[test]
fn types_of_the_browser() {
    use crossorigin::browser::*;
    let names = all_travel!(
        AllowedBy,
        Body,
        BodyToSend,
        CacheEntry<'static>,
        CacheKeyOrigin,
        CacheLimits,
        CachedWildcard,
        CredentialsMode,
        CrossOriginAttribute,
        Cure,
        Decision,
        Door,
        Element<'static>,
        EmbedderPolicy,
        EmptyLocation,
        Exchange,
        Failure,
        FetchCall<'static>,
        Finding,
        Grant<'static>,
        LaterPreflight,
        LocationCredentials,
        MaxAge,
        MaxAgeSyntax,
        MaxAgeUpdate,
        Mode,
        NetworkError,
        NetworkErrorClears,
        Outcome,
        OutgoingRequest,
        Page,
        PartitionKey,
        Phase,
        PreflightCache,
        PreflightCacheRules,
        PreflightCause,
        PreflightHeaders,
        PreflightOrigin,
        PreflightRules,
        Profile,
        Reason,
        Redirect,
        RedirectHeaders,
        RedirectMode,
        RedirectRules,
        ReferrerPolicy,
        Refusal,
        RefusalReason,
        RepeatedLocation,
        Request,
        RequestKind,
        Response,
        ResponseHead,
        ResponseRules,
        ResponseType,
        SafelistedMethods,
        ServiceWorkerResponse,
        Step,
        Timestamp,
        ToHttpError,
        UserAgent,
        Warning,
        XmlHttpRequest<'static>,
    );
    assert_eq!(names, public_types(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/browser.rs"))));
}

#[test]
fn types_of_the_oracle() {
    use crossorigin::oracle::*;
    type Handler = fn(&browser::OutgoingRequest) -> Answer;
    travels::<PolicyServer<Handler>>();
    let mut names = all_travel!(Answer, Event, Oracle, Report, Routes, Script, Transcript);
    // A generic type, above, and a trait.
    names.extend(["PolicyServer", "Server"]);
    assert_eq!(names, public_types(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/oracle.rs"))));
}

#[test]
fn types_of_cases() {
    use crossorigin::oracle::case::*;

    let names = all_travel!(
        Answers<'static>,
        AskedRequest,
        Case,
        CaseAnswer,
        CaseRequest,
        CaseRoute,
        CaseServer,
        CaseStep,
        InvalidCase,
        Latin1,
        Played,
        PolicyAnswer,
        Question,
        SentRequest,
        StepVerdict,
        Verdict<'static>,
        VerdictWarning,
    );
    assert_eq!(names, public_types(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/oracle/case.rs"))));
}

/// A fetch that awaits its network, as embedders have it, is `Send`.
#[test]
fn a_fetch_across_an_await_is_send() {
    fn is_send<T: Send>(_: &T) {}
    let mut oracle = oracle::Oracle::new(browser::Page::new("https://a.test").unwrap());
    let request = oracle.page().fetch("https://b.test").build().unwrap();
    let mut user_agent = browser::UserAgent::default();
    let fetching = async {
        let browser::Step::Send(exchange) = user_agent.fetch(request.clone(), browser::Timestamp::ZERO)
        else {
            return;
        };
        std::future::ready(()).await;
        let _ = exchange.fail(&mut user_agent, browser::Failure::Canceled);
    };
    is_send(&fetching);
    drop(fetching);
    let server = async |_: browser::OutgoingRequest| oracle::Answer::Failure(browser::Failure::Network);
    let asking = oracle.fetch_async(request, server);
    drop(asking);
}
