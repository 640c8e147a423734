//! The cases: pages and servers in all address spaces, permissions, initiators, redirects.

use serde_json::{Value, json};

/// The port of all pages and servers.
pub(super) const PORT: u16 = 9006;

const PUBLIC: &str = "203.0.113.10";
const OTHER_PUBLIC: &str = "203.0.113.20";
const LOCAL: &str = "192.168.7.5";
const LOOPBACK: &str = "127.0.0.1";

/// The first and the last address of blocks, and their neighbours. Link-local addresses of IPv6 need a zone, which a
/// URL cannot have.
const ADDRESSES: [&str; 54] = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.1",
    "0.255.255.255",
    "10.0.0.0",
    "10.255.255.255",
    "11.0.0.1",
    "100.63.255.255",
    "100.64.0.0",
    "100.127.255.255",
    "100.128.0.0",
    "169.253.255.255",
    "169.254.0.1",
    "169.254.255.254",
    "169.255.0.0",
    "172.15.255.255",
    "172.16.0.0",
    "172.31.255.255",
    "172.32.0.0",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.167.255.255",
    "192.168.0.0",
    "192.168.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.18.0.1",
    "198.19.255.254",
    "198.20.0.0",
    "198.51.100.1",
    "203.0.113.20",
    "8.8.8.8",
    "240.0.0.1",
    "::1",
    "::2",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2001:db8:ffff::1",
    "2001:db9::1",
    "2002:7f00:1::1",
    "3fff::1",
    "3fff:fff::1",
    "3fff:1000::1",
    "fbff::1",
    "fc00::1",
    "fdff::1",
    "fe00::1",
    "fec0::1",
    "feff::1",
];

/// Initiators whose requests a page can make by itself, with what is said to them.
fn requests() -> Vec<(&'static str, Value)> {
    vec![
        ("get", json!({"api": "fetch"})),
        ("put", json!({"api": "fetch", "method": "PUT"})),
        ("no-cors", json!({"api": "fetch", "mode": "no-cors"})),
        ("xhr", json!({"api": "xhr"})),
        ("image", json!({"api": "image"})),
        ("image-anonymous", json!({"api": "image", "crossorigin": "anonymous"})),
        ("media", json!({"api": "media", "crossorigin": "anonymous"})),
        ("event-source", json!({"api": "event-source"})),
        ("script", json!({"api": "script"})),
        ("module-script", json!({"api": "module-script"})),
        ("stylesheet", json!({"api": "stylesheet"})),
        ("preload", json!({"api": "preload", "destination": "script"})),
        ("module-preload", json!({"api": "module-preload"})),
        ("css-image", json!({"api": "css-image"})),
        ("beacon", json!({"api": "beacon", "body": "bytes", "body_type": "text/plain;charset=UTF-8"})),
        ("frame", json!({"api": "frame"})),
    ]
}

/// A case under construction.
struct Draft {
    id: String,
    page: &'static str,
    is_secure: bool,
    /// The permissions for loopback and for local addresses.
    permissions: (&'static str, &'static str),
    routes: Value,
    steps: Vec<Value>,
}

impl Draft {
    fn new(id: impl Into<String>, page: &'static str, permissions: (&'static str, &'static str)) -> Self {
        let id = format!("addresses-{}", id.into());
        Self { id, page, is_secure: true, permissions, routes: json!({}), steps: Vec::new() }
    }

    fn url(&self, address: &str, path: &str) -> String {
        let host = if address.contains(':') { format!("[{address}]") } else { address.to_owned() };
        format!("http://{host}:{PORT}/{}/{path}", self.id)
    }

    /// A server that allows everything, at its own path.
    fn route(&mut self, address: &str, path: &str, content_type: &str, redirect: Option<&str>) {
        let allow = ["Access-Control-Allow-Origin", "*"];
        let mut actual = json!({"headers": [allow, ["Content-Type", content_type]]});
        if let Some(location) = redirect {
            actual = json!({"status": 302, "headers": [allow, ["Location", location]]});
        }
        let preflight = json!({"status": 204, "headers": [allow, ["Access-Control-Allow-Methods", "*"], ["Access-Control-Max-Age", "600"]]});
        let url = self.url(address, path);
        self.routes[url] = json!({"ip": address, "preflight": [preflight], "actual": [actual]});
    }

    fn request(&mut self, address: &str, path: &str, request: &Value) {
        let mut request = request.clone();
        request["url"] = self.url(address, path).into();
        self.steps.push(json!({"request": request}));
    }

    /// A request to a server that allows everything.
    fn ask(mut self, address: &str, request: &Value) -> Self {
        let path = format!("x{}", self.steps.len());
        self.route(address, &path, content_type(request), None);
        self.request(address, &path, request);
        self
    }

    /// The same requests, but of a worker of the page.
    fn in_worker(mut self, kind: &str) -> Self {
        let script = self.url(self.page, &format!("{kind}.js"));
        for step in &mut self.steps {
            step["page"] = script.clone().into();
        }
        self
    }

    fn case(self) -> Value {
        let (loopback, local) = self.permissions;
        json!({
            "id": self.id,
            "about": "what a page with this address and these permissions reaches",
            "page": format!("http://{}:{PORT}/{}/page", self.page, self.id),
            "page_ip": self.page,
            "secure_context": self.is_secure,
            "permissions": {"loopback-network": loopback, "local-network": local},
            "needs": "page",
            "routes": self.routes,
            "steps": self.steps,
        })
    }
}

pub(super) fn all() -> Vec<Value> {
    let drafts = [
        spaces(),
        initiators(),
        pages(),
        targets(),
        redirects(),
        insecure_pages(),
        preflights(),
        workers(),
        unspecified(),
    ];
    drafts.into_iter().flatten().map(Draft::case).collect()
}

/// Every address that a page or a server of the cases has.
pub(super) fn addresses() -> Vec<&'static str> {
    let mut addresses = [&ADDRESSES[..], &[PUBLIC, LOCAL]].concat();
    addresses.sort_unstable();
    addresses.dedup();
    addresses
}

/// With the permission for one space only, a public page reaches this space and the public one.
fn spaces() -> Vec<Draft> {
    let get = json!({"api": "fetch"});
    let granted = [("loopback", ("granted", "denied")), ("local", ("denied", "granted"))];
    granted
        .into_iter()
        .map(|(space, permissions)| {
            let draft = Draft::new(format!("space-{space}"), PUBLIC, permissions);
            ADDRESSES.iter().fold(draft, |draft, address| draft.ask(address, &get))
        })
        .collect()
}

/// A type that the initiator accepts.
fn content_type(request: &Value) -> &'static str {
    match request["api"].as_str() {
        Some("event-source") => "text/event-stream",
        Some("image" | "css-image") => "image/png",
        Some("media") => "audio/wav",
        Some("script" | "module-script" | "module-preload" | "preload") => "text/javascript",
        Some("stylesheet") => "text/css",
        _ => "text/plain",
    }
}

fn initiators() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for state in ["granted", "denied", "prompt"] {
        for (name, request) in requests() {
            drafts.push(Draft::new(format!("{state}-{name}"), PUBLIC, (state, state)).ask(LOCAL, &request));
        }
    }
    drafts
}

/// From each space to each, without permission.
fn pages() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (from, page) in [("public", PUBLIC), ("local", LOCAL), ("loopback", LOOPBACK)] {
        for (to, server) in [("public", OTHER_PUBLIC), ("local", LOCAL), ("loopback", LOOPBACK)] {
            let draft = Draft::new(format!("{from}-to-{to}"), page, ("denied", "denied"));
            drafts.push(draft.ask(server, &json!({"api": "fetch", "method": "PUT"})));
        }
    }
    drafts
}

fn targets() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for state in ["granted", "denied"] {
        for (to, server) in [("public", OTHER_PUBLIC), ("local", LOCAL), ("loopback", LOOPBACK)] {
            let draft = Draft::new(format!("target-{state}-{to}"), PUBLIC, (state, state));
            drafts.push(["loopback", "local", "private", "public"].iter().fold(draft, |draft, target| {
                draft.ask(server, &json!({"api": "fetch", "target_address_space": target}))
            }));
        }
    }
    drafts
}

/// Two hops in all spaces, by permissions; and a target address space, which is about each hop.
fn redirects() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let servers = [("public", OTHER_PUBLIC), ("local", LOCAL), ("loopback", LOOPBACK)];
    let permissions = [
        ("all", ("granted", "granted")),
        ("loopback", ("granted", "denied")),
        ("local", ("denied", "granted")),
        ("none", ("denied", "denied")),
    ];
    for (granted, permissions) in permissions {
        for (first, from) in servers {
            for (second, to) in servers.into_iter().filter(|(second, _)| *second != first) {
                let id = format!("redirect-{granted}-{first}-{second}");
                drafts.push(redirect(
                    Draft::new(id, PUBLIC, permissions),
                    from,
                    to,
                    &json!({"api": "fetch"}),
                ));
            }
        }
    }
    for (first, from) in servers {
        let request = json!({"api": "fetch", "target_address_space": first});
        let draft = Draft::new(format!("redirect-target-{first}"), PUBLIC, ("granted", "granted"));
        let to = if from == LOCAL { LOOPBACK } else { LOCAL };
        drafts.push(redirect(draft, from, to, &request));
    }
    drafts
}

fn redirect(mut draft: Draft, from: &str, to: &str, request: &Value) -> Draft {
    let location = draft.url(to, "second");
    draft.route(from, "first", "text/plain", Some(&location));
    draft.route(to, "second", "text/plain", None);
    draft.request(from, "first", request);
    draft
}

/// Pages over http that are not a secure context.
fn insecure_pages() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for state in ["granted", "denied", "prompt"] {
        for (to, server) in [("public", OTHER_PUBLIC), ("local", LOCAL), ("loopback", LOOPBACK)] {
            let draft = Draft::new(format!("insecure-{state}-{to}"), PUBLIC, (state, state));
            drafts.push(Draft { is_secure: false, ..draft }.ask(server, &json!({"api": "fetch"})));
        }
    }
    drafts
}

/// The second request finds the permission of the preflight in the cache.
fn preflights() -> Vec<Draft> {
    let put = json!({"api": "fetch", "method": "PUT"});
    let mut draft = Draft::new("preflight-cached", PUBLIC, ("granted", "granted")).ask(LOCAL, &put);
    draft.request(LOCAL, "x0", &put);
    vec![draft]
}

/// Requests that workers of the page make.
fn workers() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for state in ["granted", "denied", "prompt"] {
        for kind in ["dedicated-worker", "shared-worker", "service-worker"] {
            let draft = Draft::new(format!("{state}-{kind}"), PUBLIC, (state, state));
            drafts.push(draft.ask(LOCAL, &json!({"api": "fetch"})).in_worker(kind));
        }
    }
    drafts
}

/// The unspecified addresses, with the permission for one space only. The system connects to a loopback address.
fn unspecified() -> Vec<Draft> {
    let get = json!({"api": "fetch"});
    let granted = [("loopback", ("granted", "denied")), ("local", ("denied", "granted"))];
    let draft = |(space, permissions)| {
        Draft::new(format!("unspecified-{space}"), PUBLIC, permissions).ask("0.0.0.0", &get).ask("::", &get)
    };
    granted.map(draft).into()
}
