//! The recorded cases.

use std::sync::LazyLock;

use crossorigin::http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::Value;

use super::{
    case::Case,
    compare::{ENGINES, observed_in},
    wire::{Exchange, Habits, exchanges},
};

const FILES: [&str; 8] = [
    include_str!("../../cases/policies/credentials.jsonl"),
    include_str!("../../cases/policies/exposure.jsonl"),
    include_str!("../../cases/policies/headers.jsonl"),
    include_str!("../../cases/policies/max-age.jsonl"),
    include_str!("../../cases/policies/methods.jsonl"),
    include_str!("../../cases/policies/origins.jsonl"),
    include_str!("../../cases/policies/redirects.jsonl"),
    include_str!("../../cases/policies/statuses.jsonl"),
];

/// A recorded case.
pub(crate) struct RecordedCase {
    pub(crate) id: String,
    /// The whole line of JSON.
    pub(crate) line: Value,
    pub(crate) case: Case,
    /// What each engine did.
    pub(crate) observed: Vec<Observed>,
}

/// What one engine did in a case.
pub(crate) struct Observed {
    pub(crate) engine: &'static str,
    /// What the page saw of each step.
    pub(crate) steps: Vec<Value>,
    /// The requests that the servers received in each step, with their responses.
    pub(crate) sent: Vec<Vec<Sent>>,
}

/// A request as the server received it, and the recorded response.
pub(crate) struct Sent {
    pub(crate) method: Method,
    pub(crate) target: String,
    pub(crate) url: String,
    pub(crate) headers: HeaderMap,
    pub(crate) response: String,
}

/// All cases, in the order of the files.
pub(crate) fn cases() -> &'static [RecordedCase] {
    static CASES: LazyLock<Vec<RecordedCase>> = LazyLock::new(read);
    &CASES
}

fn read() -> Vec<RecordedCase> {
    let engines: Value = serde_json::from_str(include_str!("../../cases/policies/engines.json")).unwrap();
    let habits = ENGINES.map(|engine| Habits::read(&engines[engine]).unwrap());
    let read = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let observed = ENGINES.iter().zip(&habits);
        let observed = observed.map(|(engine, habits)| Observed {
            engine,
            steps: observed_in(&line, engine).unwrap()["steps"].as_array().unwrap().clone(),
            sent: (exchanges(&line, engine, habits).unwrap().into_iter())
                .map(|step| step.into_iter().map(Sent::read).collect())
                .collect(),
        });
        RecordedCase {
            id: line["id"].as_str().unwrap().to_owned(),
            case: Case::read(&line).unwrap(),
            observed: observed.collect(),
            line,
        }
    };
    FILES.iter().flat_map(|file| file.lines()).map(read).collect()
}

impl Sent {
    fn read(exchange: Exchange) -> Self {
        let bytes: Vec<_> = exchange.head.chars().map(|char| u8::try_from(char).unwrap()).collect();
        let mut lines = [httparse::EMPTY_HEADER; 64];
        let mut request = httparse::Request::new(&mut lines);
        assert_eq!(request.parse(&bytes), Ok(httparse::Status::Complete(bytes.len())), "{}", exchange.head);
        let mut headers = HeaderMap::new();
        for line in &*request.headers {
            let name = HeaderName::from_bytes(line.name.as_bytes()).unwrap();
            headers.append(name, HeaderValue::from_bytes(line.value).unwrap());
        }
        let target = request.path.unwrap().to_owned();
        Self {
            method: request.method.unwrap().parse().unwrap(),
            url: format!("http://{}{target}", headers["host"].to_str().unwrap()),
            target,
            headers,
            response: exchange.response,
        }
    }

    pub(crate) fn is_preflight(&self) -> bool {
        self.method == Method::OPTIONS && self.headers.contains_key("access-control-request-method")
    }

    pub(crate) fn has_cookie(&self) -> bool {
        let cookie = self.headers.get("cookie").map(HeaderValue::as_bytes);
        cookie.is_some_and(|cookie| {
            cookie.split(|byte| *byte == b';').any(|it| it.trim_ascii() == b"crossorigin=1")
        })
    }
}
