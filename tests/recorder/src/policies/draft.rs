//! Builders for the cases of the matrix.

use serde_json::{Map, Value, json};

use crate::cases::draft::{Draft, Fetch};

/// A case under construction: the fetches of a page from servers behind policies. `/~/` in a URL stands for
/// the path of the case.
#[derive(Debug, Clone)]
pub struct PolicyDraft {
    draft: Draft,
    servers: Map<String, Value>,
}

impl PolicyDraft {
    pub fn new(about: impl Into<String>, page: &str) -> Self {
        Self { draft: Draft::new(about).page(page), servers: Map::new() }
    }

    pub fn fetch(self, fetch: &Fetch) -> Self {
        Self { draft: self.draft.fetch(fetch.clone()), ..self }
    }

    pub fn server(mut self, url: &str, server: &Server) -> Self {
        self.servers.insert(url.to_owned(), server.json());
        self
    }

    /// The case with this id.
    pub fn finish(self, id: &str) -> Value {
        let draft = self.draft.finish();
        let case = json!({
            "id": id, "about": draft["about"], "page": draft["page"], "steps": draft["steps"], "servers": self.servers,
        });
        let text = case.to_string().replace("/~/", &format!("/{id}/"));
        serde_json::from_str(&text).unwrap_or_default()
    }
}

/// A policy in front of a handler.
#[derive(Debug, Clone)]
pub struct Server {
    /// The policy as configuration.
    policy: Value,
    predicate: Option<Value>,
    status: u16,
    headers: Vec<(String, String)>,
}

/// The default headers of a handler.
const HEADERS: [(&str, &str); 3] = [("cache-control", "no-store"), ("etag", "\"1\""), ("x-a", "a")];

/// This policy in front of a handler that responds with 200 and the default headers.
pub fn behind(policy: &Value) -> Server {
    let headers = HEADERS.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    Server { policy: policy.clone(), predicate: None, status: 200, headers }
}

impl Server {
    pub fn predicate(self, name: &str, allows: &[&str]) -> Self {
        Self { predicate: Some(json!({"name": name, "allows": allows})), ..self }
    }

    pub fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn redirect(self, status: u16, location: &str) -> Self {
        Self { headers: Vec::new(), ..self }.status(status).header("location", location)
    }

    fn json(&self) -> Value {
        let mut server = json!({"policy": self.policy});
        if let Some(predicate) = &self.predicate {
            server["predicate"] = predicate.clone();
        }
        server["status"] = self.status.into();
        server["headers"] = json!(self.headers);
        server
    }
}
