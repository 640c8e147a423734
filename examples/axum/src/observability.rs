//! Each decision as a metric, and each refusal as a line of the log.

use axum::http::header::{HeaderValue, ORIGIN};
use crossorigin::{server::Decision, tower::RequestHead};

/// Counts the decision, and logs it if it is a refusal. What comes from the request is escaped.
pub(crate) fn observe(head: RequestHead<'_>, decision: &Decision<'_>) {
    let refusal = decision.refusal();
    let reason = refusal.map_or("", |refusal| refusal.name());
    metrics::counter!("cors_decisions", "verdict" => decision.verdict().name(), "reason" => reason)
        .increment(1);

    let Some(refusal) = refusal else { return };
    let origin = head.headers.get(ORIGIN).map_or(&b""[..], HeaderValue::as_bytes).escape_ascii();
    let header = refusal.header_name(head.headers).unwrap_or_default().escape_ascii();
    tracing::info!(method = %head.method, path = head.uri.path(), %origin, reason, %header, "CORS: {refusal}");
}
