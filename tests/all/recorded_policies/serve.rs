//! The response of a server behind a policy, as lines of text.

use crossorigin::{
    http::{HeaderMap, Method},
    server::Action,
};

use super::case::Server;

/// The response to the head of a request: the status, then one line for each header. The lines are sorted by
/// name, because their order has no meaning.
pub(crate) fn response(server: &Server, method: &Method, headers: &HeaderMap) -> String {
    let decision = server.policy.decide(method, headers);
    let (status, mut response) = match decision.action() {
        Action::Respond(status) => (status, HeaderMap::new()),
        Action::CallHandler => (server.status, server.headers.clone()),
    };
    decision.apply(&mut response);
    let mut lines: Vec<_> = response.iter().collect();
    lines.sort_by_key(|(name, _)| name.as_str());
    let mut text = status.as_str().to_owned();
    for (name, value) in lines {
        let value: String = value.as_bytes().iter().map(|&byte| char::from(byte)).collect();
        text += &format!("\n{name}: {value}");
    }
    text
}
