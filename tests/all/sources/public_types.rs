//! Every public type can be kept in a struct, moved to another thread and held across an `await`.
//!
//! That it compiles is the test; that no type was forgotten is checked against the sources.

use super::{Source, Token, paths, sources};
use std::collections::{BTreeMap, BTreeSet};

fn travels<T: Send + Sync + Unpin + 'static>() {}

/// Public traits, which have no auto traits.
const TRAITS: [&str; 2] = ["PolicySource", "Server"];

/// Types that are asserted with arguments of their own, in [`types_with_arguments`].
const WITH_ARGUMENTS: [&str; 4] = ["CorsLayer", "CorsService", "PolicyServer", "ResponseFuture"];

/// Asserts it of each type, and gives their names.
macro_rules! all_travel {
    ($($name:ident $(<$($argument:tt),+>)?),+ $(,)?) => {{
        $(travels::<$name $(<$($argument),+>)?>();)+
        BTreeSet::from([$(stringify!($name)),+])
    }};
}

/// The types of each public module, all asserted.
fn asserted() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut modules = BTreeMap::new();
    modules.insert("lib", {
        use crossorigin::ByteString;
        all_travel!(ByteString)
    });
    modules.insert("header_list", {
        use crossorigin::header_list::*;
        all_travel!(HeaderList, HeaderMapError, InvalidHeaderValue, Iter<'static>, Split<'static>)
    });
    modules.insert("header_values", {
        use crossorigin::header_values::*;
        all_travel!(DeltaSeconds<'static>, Extracted<'static>)
    });
    modules.insert("method", {
        use crossorigin::method::*;
        all_travel!(InvalidMethod)
    });
    modules.insert("origin", {
        use crossorigin::origin::*;
        all_travel!(HostKind, OpaqueOrigin, Origin, OriginError, SerializedOrigin<'static>, TupleOrigin)
    });
    modules.insert("range", {
        use crossorigin::range::*;
        all_travel!(SingleRange<'static>)
    });
    modules.insert("request_header", {
        use crossorigin::request_header::*;
        all_travel!(NotSafelisted, RepeatedLines, RequestHeaderRules, SafelistJudges)
    });
    modules.insert("site", {
        use crossorigin::site::*;
        all_travel!(Sites)
    });
    modules.insert("standard", {
        use crossorigin::standard::*;
        all_travel!(Algorithm, StandardStep)
    });
    modules.insert("strategies", {
        #[cfg(feature = "server")]
        {
            use crossorigin::strategies::*;
            all_travel!(PolicySettings)
        }
        #[cfg(not(feature = "server"))]
        BTreeSet::new()
    });
    #[cfg(feature = "browser")]
    modules.insert("browser", {
        use crossorigin::browser::*;
        all_travel!(
            AllowedBy,
            Body,
            BodyToSend,
            CacheEntry<'static>,
            CacheKeyOrigin,
            CacheLimits,
            CachedWildcard,
            ConditionalRequests,
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
            LocationCredentials,
            MaxAge,
            MaxAgeSyntax,
            MaxAgeUpdate,
            Mode,
            NetworkError,
            NetworkErrorClears,
            OpaqueSaysNull,
            OriginHeaderRules,
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
        )
    });
    #[cfg(feature = "server")]
    modules.insert("server", {
        use crossorigin::server::*;
        all_travel!(
            Answer,
            Change,
            Configuration,
            Decision,
            Difference,
            Explanation,
            Fault,
            FaultKind,
            MatchedRule,
            NearMiss,
            NotConfigurable,
            OriginAnswer,
            OriginPattern,
            PatternError,
            Place,
            Policy,
            PolicyBuilder,
            PolicyFaults,
            PortPattern,
            Refusal,
            RequestKind,
            RequestOrigin<'static>,
            RequestedHeader,
            VaryMembers,
            Verdict,
            Warning,
            WarningKind,
        )
    });
    #[cfg(feature = "oracle")]
    modules.insert("oracle", {
        use crossorigin::oracle::*;
        all_travel!(Answer, Comparison, Event, Oracle, Parting, Report, Routes, Script, Transcript)
    });
    #[cfg(feature = "oracle")]
    modules.insert("oracle/case", {
        use crossorigin::oracle::case::*;
        all_travel!(
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
            VerdictParting,
            VerdictWarning,
            Verdicts<'static>,
        )
    });
    #[cfg(feature = "tower")]
    modules.insert("tower", {
        use crossorigin::tower::*;
        all_travel!(RequestHead<'static>, SwappablePolicy)
    });
    modules
}

/// Generic types travel if what they hold does.
#[test]
fn types_with_arguments() {
    #[cfg(feature = "oracle")]
    {
        use crossorigin::{browser::OutgoingRequest, oracle};
        travels::<oracle::PolicyServer<fn(&OutgoingRequest) -> oracle::Answer>>();
    }
    #[cfg(feature = "tower")]
    {
        use crossorigin::tower::{CorsLayer, CorsService, ResponseFuture, SwappablePolicy};
        travels::<CorsLayer>();
        travels::<CorsLayer<SwappablePolicy>>();
        travels::<CorsService<()>>();
        travels::<ResponseFuture<std::future::Ready<()>>>();
    }
}

/// The modules that can be named from outside: `lib`, and what `pub mod` opens below it.
fn public_modules(sources: &BTreeMap<String, Vec<Token>>) -> Vec<String> {
    let mut modules = vec!["lib".to_owned()];
    let mut at = 0;
    while let Some(module) = modules.get(at).cloned() {
        let prefix = if module == "lib" { String::new() } else { format!("{module}/") };
        for four in sources[&module].windows(4) {
            let [Token::Word(public), Token::Word(keyword), Token::Word(name), end] = four else { continue };
            if public == "pub" && keyword == "mod" && end.is(';') {
                modules.push(format!("{prefix}{name}"));
            }
        }
        at += 1;
    }
    modules
}

/// The types and traits that a module defines or exports: `pub struct A`, `pub use a::{B, C};`.
fn public_names(tokens: &[Token]) -> BTreeSet<String> {
    let (mut names, mut depth) = (BTreeSet::new(), 0_usize);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Sign('{' | '(' | '[') => depth += 1,
            Token::Sign('}' | ')' | ']') => depth -= 1,
            Token::Word(public) if public == "pub" && depth == 0 => {
                match (&tokens[at + 1], &tokens[at + 2]) {
                    (Token::Word(keyword), Token::Word(name))
                        if ["struct", "enum", "trait", "type", "union"].contains(&keyword.as_str()) =>
                    {
                        names.insert(name.clone());
                    }
                    (Token::Word(keyword), _) if keyword == "use" => {
                        let mut found = Vec::new();
                        paths(tokens, at + 2, "", &mut found);
                        let last = found.iter().map(|path| path.rsplit("::").next().unwrap().to_owned());
                        // Not a function, and not a constant.
                        names.extend(last.filter(|name| {
                            name.starts_with(|letter: char| letter.is_uppercase())
                                && name.contains(|letter: char| letter.is_lowercase())
                        }));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    names
}

#[test]
fn every_public_type_is_asserted() {
    let sources = sources()
        .into_iter()
        .map(|Source { path, tokens }| (path.trim_end_matches(".rs").to_owned(), tokens));
    let sources: BTreeMap<_, _> = sources.collect();
    let asserted = asserted();
    for module in public_modules(&sources) {
        let is_there = match module.split('/').next().unwrap() {
            "browser" => cfg!(feature = "browser"),
            "oracle" => cfg!(feature = "oracle"),
            "server" => cfg!(feature = "server"),
            "strategies" => cfg!(feature = "server") && cfg!(feature = "browser"),
            "tower" => cfg!(feature = "tower"),
            _ => true,
        };
        let mut names = public_names(&sources[&module]);
        names.retain(|name| ![&TRAITS[..], &WITH_ARGUMENTS].concat().contains(&name.as_str()));
        let expected: BTreeSet<_> = names.iter().map(String::as_str).collect();
        if is_there {
            assert_eq!(asserted.get(module.as_str()).cloned().unwrap_or_default(), expected, "{module}");
        }
    }
}

/// A fetch that awaits its network, as embedders have it, is `Send`.
#[cfg(feature = "oracle")]
#[test]
fn a_fetch_across_an_await_is_send() {
    use crossorigin::{browser, oracle};
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
