//! `docs/console.md` is true: each reason has one row, with the names that `Reason::chromium` and `Reason::firefox` give.

use crossorigin::ByteString;
use crossorigin::browser::{Reason, ResponseType};
use crossorigin::http::{Method, StatusCode, header::CONTENT_TYPE};
use std::collections::BTreeMap;

use crate::coverage;

/// One of each; `every_variant_is_an_example` keeps the list complete.
fn examples() -> Vec<Reason> {
    let (expected, got) = ("https://app.example".to_owned(), ByteString::from("x"));
    let token = got.clone();
    let scheme = "ftp".to_owned();
    let status = StatusCode::FOUND;
    let includes_credentials = |tainted| Reason::LocationIncludesCredentials {
        without_credentials: "https://b.example/".to_owned(),
        tainted,
    };
    vec![
        Reason::ModeSameOrigin,
        Reason::NoCorsRedirectModeNotFollow,
        Reason::SchemeNotHttp { scheme: scheme.clone() },
        Reason::SchemeNotFetchable { scheme: scheme.clone() },
        Reason::AllowOriginMissing,
        Reason::AllowOriginMultiple { expected: expected.clone(), got: got.clone() },
        Reason::AllowOriginInvalid { expected: expected.clone(), got: got.clone() },
        Reason::AllowOriginMismatch { expected: expected.clone(), got: got.clone() },
        Reason::AllowOriginWildcardWithCredentials { expected: expected.clone() },
        Reason::AllowOriginNullButOriginNotNull { expected },
        Reason::AllowCredentialsMissing,
        Reason::AllowCredentialsNotTrue { got: got.clone() },
        Reason::PreflightNetworkError,
        Reason::PreflightRedirect { status, location: None },
        Reason::PreflightStatus { status },
        Reason::AllowMethodsInvalid { token: token.clone() },
        Reason::AllowHeadersInvalid { token },
        Reason::MethodNotAllowed { method: Method::PUT, wildcard_ignored: false },
        Reason::HeaderNotAllowed { name: CONTENT_TYPE, wildcard_ignored: false },
        Reason::AuthorizationNeedsExplicitListing { wildcard_ignored: true },
        Reason::RedirectModeError { status },
        Reason::TooManyRedirects,
        Reason::LocationInvalid { location: got },
        Reason::LocationMultiple,
        Reason::LocationSchemeNotHttp { scheme },
        includes_credentials(false),
        includes_credentials(true),
        Reason::BodyNotReplayable { status },
        Reason::CorpSameOrigin,
        Reason::CorpSameSite,
        Reason::CorpDefaultedByCoep,
        Reason::OpaquePartialResponse { status: StatusCode::PARTIAL_CONTENT },
        Reason::ServiceWorkerResponseTypeNotAllowed { kind: ResponseType::Opaque },
        Reason::ServiceWorkerResponseRedirected,
        Reason::Network,
        Reason::Canceled,
        Reason::RedirectBlocked,
        Reason::CorsDisabledByEmbedder,
        Reason::OriginHeaderUnavailable,
        Reason::LocalNetworkDenied,
        Reason::AddressSpaceMismatch,
    ]
}

/// Reason, Chromium's name, Firefox's key: the words in backquotes that begin the cells.
fn rows() -> BTreeMap<&'static str, [Option<&'static str>; 2]> {
    let code = |cell: &'static str| Some(cell.trim().strip_prefix('`')?.split_once('`')?.0);
    let mut rows = BTreeMap::new();
    for line in include_str!("../../docs/console.md").lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> = line.split('|').collect();
        let [_, reason, chromium, firefox, _, _] = cells[..] else { panic!("four cells, not: {line}") };
        let reason = code(reason).unwrap();
        assert!(rows.insert(reason, [code(chromium), code(firefox)]).is_none(), "{reason} has two rows");
    }
    rows
}

#[test]
fn every_variant_is_an_example() {
    let source = include_str!("../../src/browser/reason.rs");
    let variants = source.split_once("pub enum Reason {").unwrap().1.split_once("\n}\n").unwrap().0;
    let mut variants: Vec<_> = variants
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(|line| line.trim_end_matches([',', '{', ' ']))
        .collect();
    let mut names: Vec<_> = examples().iter().map(Reason::name).collect();
    names.dedup();
    variants.sort_unstable();
    names.sort_unstable();
    assert_eq!(names, variants);
}

#[test]
fn every_reason_has_its_row() {
    let mut expected = BTreeMap::new();
    for reason in examples() {
        expected.insert(reason.name(), [reason.chromium(), reason.firefox()]);
    }
    assert_eq!(rows(), expected);
}

#[test]
fn every_step_that_refuses_is_covered() {
    for reason in examples() {
        let step = reason.step();
        assert!(coverage::has_row(step.algorithm().name(), step.number()), "{}: {step}", reason.name());
    }
}
