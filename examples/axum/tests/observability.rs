//! What the application logs and counts.

use std::{
    collections::BTreeMap,
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use axum::{body::Body, http::Request};
use crossorigin_axum_example::app;
use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};
use tower::ServiceExt as _;

/// The counters, by their labels.
#[derive(Default)]
struct Counters(Mutex<BTreeMap<String, Arc<AtomicU64>>>);

impl Recorder for Counters {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        let labels = key.labels().map(|label| label.value()).collect::<Vec<_>>().join(" ");
        let mut counters = self.0.lock().unwrap();
        Counter::from_arc(Arc::clone(counters.entry(format!("{} {labels}", key.name())).or_default()))
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

type Headers<'a> = &'a [(&'a str, &'a str)];

/// Sends requests to the application, and returns its counters and its log.
fn observe(front_end: &str, requests: &[(&str, Headers<'_>)]) -> (BTreeMap<String, u64>, String) {
    let (counters, log) = (Counters::default(), Log::default());
    let writer = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_ansi(false).without_time().with_writer(move || writer.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    tracing::subscriber::with_default(subscriber.finish(), || {
        metrics::with_local_recorder(&counters, || {
            let app = app(front_end).unwrap();
            for (line, headers) in requests {
                let (method, path) = line.split_once(' ').unwrap();
                let mut request = Request::builder().method(method).uri(path);
                for (name, value) in *headers {
                    request = request.header(*name, *value);
                }
                runtime.block_on(app.clone().oneshot(request.body(Body::empty()).unwrap())).unwrap();
            }
        });
    });
    let counters = counters.0.into_inner().unwrap();
    let counters = counters.into_iter().map(|(labels, count)| (labels, count.load(Relaxed))).collect();
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    (counters, log)
}

#[test]
fn decisions_are_counted_and_refusals_logged() {
    let preflight = |names| {
        [
            ("origin", "https://app.example"),
            ("access-control-request-method", "PUT"),
            ("access-control-request-headers", names),
        ]
    };
    let (counters, log) = observe(
        "https://app.example",
        &[
            ("GET /catalogue", &[("origin", "https://anybody.example")]),
            ("GET /catalogue", &[]),
            ("GET /catalogue", &[]),
            ("OPTIONS /account", &preflight("content-type")),
            ("OPTIONS /account", &preflight("content-type,x-trace\u{fc}")),
            ("OPTIONS /account", &preflight("content-type,x-trace")),
            ("PUT /account", &[("origin", "https://evil.example"), ("host", "api.example")]),
        ],
    );
    let expected = [
        ("cors_decisions not-applicable ", 2),
        ("cors_decisions refuse HeaderNotAllowed", 1),
        ("cors_decisions refuse InvalidRequestHeader", 1),
        ("cors_decisions refuse OriginNotAllowed", 1),
        ("cors_decisions share ", 2),
    ];
    assert_eq!(counters, expected.map(|(labels, count)| (labels.to_owned(), count)).into());
    let lines: Vec<_> = log.lines().map(|line| line.split_once(": ").unwrap().1).collect();
    assert_eq!(
        lines,
        [
            "CORS: header 2 of Access-Control-Request-Headers is not a valid header name method=OPTIONS \
             host= path=\"/account\" origin=https://app.example reason=\"InvalidRequestHeader\" header=x-trace\\xc3\\xbc",
            "CORS: the policy does not allow header 2 of Access-Control-Request-Headers method=OPTIONS \
             host= path=\"/account\" origin=https://app.example reason=\"HeaderNotAllowed\" header=x-trace",
            "CORS: the policy does not allow the origin method=PUT host=api.example path=\"/account\" \
             origin=https://evil.example reason=\"OriginNotAllowed\" header=",
        ]
    );
}

#[test]
fn warnings_of_a_policy_are_logged() {
    let (_, log) = observe("https://192.0.2.1", &[]);
    assert!(
        log.contains("WARN") && log.contains("CORS policy: origins[0]: responses with credentials"),
        "{log}"
    );
    assert_eq!(observe("https://app.example", &[]).1, "");
}
