//! Each decision as a metric, and each refusal as a line of the log.

use axum::http::header::{HOST, HeaderValue, ORIGIN};
use crossorigin::{server::Decision, tower::RequestHead};

/// Counts the decision, and logs it if it is a refusal. What comes from the request is escaped.
pub(crate) fn observe(head: RequestHead<'_>, decision: &Decision<'_>) {
    let refusal = decision.refusal();
    let reason = refusal.map_or("", |refusal| refusal.name());
    metrics::counter!("cors_decisions", "verdict" => decision.verdict().name(), "reason" => reason)
        .increment(1);

    let Some(refusal) = refusal else { return };
    // In HTTP/2 the host is in the URI. A guard refuses by it (`HostNotAllowed`).
    let host = head.uri.authority().map(|authority| authority.as_str().as_bytes());
    let host = host.or_else(|| head.headers.get(HOST).map(HeaderValue::as_bytes));
    let host = host.unwrap_or_default().escape_ascii();
    let origin = head.headers.get(ORIGIN).map_or(&b""[..], HeaderValue::as_bytes).escape_ascii();
    let header = refusal.header_name(head.headers).unwrap_or_default().escape_ascii();
    let (method, path) = (head.method, head.uri.path());
    tracing::info!(%method, %host, path, %origin, reason, %header, "CORS: {refusal}");
}
