//! How HTML, CSS, Beacon, Reporting and others make the requests that they fetch.

use url::Url;

use super::{
    Body, Bytes, Headers, headers::append, referrer::Referrer,
    request_header::is_cors_safelisted_request_header,
};

/// What a page or the user agent says to an initiator. An empty string is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ByInitiator {
    /// The name in the data format.
    pub(crate) name: &'static str,
    /// The attribute `crossorigin`: "anonymous" or "use-credentials".
    pub(crate) crossorigin: &'static str,
    /// The option `credentials`. "include" is `withCredentials`.
    pub(crate) credentials: &'static str,
    pub(crate) method: &'static str,
    pub(crate) destination: &'static str,
    /// The type of a body. If it is "-", there is a body without a type.
    pub(crate) body_type: &'static str,
    /// A header that the user agent sets.
    pub(crate) header: (&'static str, &'static str),
}

/// The members of a request that an initiator sets.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Made {
    pub(crate) url: Url,
    pub(crate) method: Bytes,
    pub(crate) header_list: Headers,
    pub(crate) body: Body,
    pub(crate) destination: &'static str,
    pub(crate) mode: &'static str,
    pub(crate) credentials_mode: &'static str,
    pub(crate) redirect_mode: &'static str,
    pub(crate) unsafe_request_flag: bool,
    /// Whether the referrer is "no-referrer". If not, it is "client".
    pub(crate) no_referrer: bool,
}

impl Made {
    /// A new request, with the defaults of Fetch.
    fn request(url: &Url) -> Self {
        Self {
            url: url.clone(),
            method: b"GET".to_vec(),
            header_list: Vec::new(),
            body: Body::Null,
            destination: "",
            mode: "no-cors",
            credentials_mode: "same-origin",
            redirect_mode: "follow",
            unsafe_request_flag: false,
            no_referrer: false,
        }
    }

    fn with_header(mut self, name: &str, value: &str) -> Self {
        append(&mut self.header_list, name, value.as_bytes());
        self
    }
}

/// Create a potential-CORS request, given a URL, a destination, a CORS settings attribute state, and an
/// optional same-origin fallback flag.
fn create_a_potential_cors_request(
    url: &Url,
    destination: &'static str,
    cors_attribute_state: &str,
    same_origin_fallback: bool,
) -> Made {
    // 1. Let mode be "no-cors" if corsAttributeState is No CORS, and "cors" otherwise.
    let mut mode = if cors_attribute_state.is_empty() { "no-cors" } else { "cors" };
    // 2. If same-origin fallback flag is set and mode is "no-cors", set mode to "same-origin".
    if same_origin_fallback && mode == "no-cors" {
        mode = "same-origin";
    }
    // 3. Let credentialsMode be "include".
    let mut credentials_mode = "include";
    // 4. If corsAttributeState is Anonymous, set credentialsMode to "same-origin".
    if cors_attribute_state == "anonymous" {
        credentials_mode = "same-origin";
    }
    // 5. Return a new request.
    Made { destination, mode, credentials_mode, ..Made::request(url) }
}

/// The CORS settings attribute credentials mode.
fn cors_settings_attribute_credentials_mode(cors_attribute_state: &str) -> &'static str {
    // No CORS and Anonymous: "same-origin". Use Credentials: "include".
    if cors_attribute_state == "use-credentials" { "include" } else { "same-origin" }
}

/// Fetch a single module script: steps about the request.
fn fetch_a_single_module_script(
    url: &Url,
    destination: &'static str,
    credentials_mode: &'static str,
    is_top_level: bool,
) -> Made {
    // Let request be a new request whose URL is url, mode is "cors".
    let mut request = Made { mode: "cors", destination, ..Made::request(url) };
    // If destination is "worker", "sharedworker", or "serviceworker", and isTopLevel is true, then set
    // request's mode to "same-origin".
    if ["worker", "sharedworker", "serviceworker"].contains(&destination) && is_top_level {
        request.mode = "same-origin";
    }
    // Set up the module script request: its credentials mode.
    request.credentials_mode = credentials_mode;
    request
}

/// Fetch a style resource, given a destination and a CORS mode.
fn fetch_a_style_resource(url: &Url, destination: &'static str, cors_mode: &'static str) -> Made {
    // Let req be a new request whose mode is corsMode, and whose credentials mode is "same-origin".
    let mut request = Made { mode: cors_mode, destination, ..Made::request(url) };
    // If corsMode is "no-cors", set req's credentials mode to "include".
    if cors_mode == "no-cors" {
        request.credentials_mode = "include";
    }
    request
}

const MODULES: [&str; 9] = [
    "script",
    "json",
    "style",
    "text",
    "worker",
    "sharedworker",
    "serviceworker",
    "audioworklet",
    "paintworklet",
];

const FRAMES: [&str; 4] = ["iframe", "frame", "object", "embed"];

/// The request that an initiator makes; `None` if the web platform does not let anybody say this there, or if
/// the initiator throws.
pub(crate) fn make(by: &ByInitiator, base: &Url, url: &str) -> Option<Made> {
    let given = base.join(url).ok()?;
    let url = &given;
    // The destination that was said, if it is one of these, or the first one.
    let destination = |all: &[&'static str]| match by.destination {
        "" => all.first().copied(),
        said => all.iter().copied().find(|it| *it == said),
    };
    let elements =
        |destination| Some(create_a_potential_cors_request(url, destination, by.crossorigin, false));
    let attribute = cors_settings_attribute_credentials_mode(by.crossorigin);
    let chosen = if by.credentials.is_empty() { "same-origin" } else { by.credentials };
    let is_http = ["http", "https"].contains(&url.scheme());
    let says_a_body = !by.body_type.is_empty();
    let mut methods: &[&str] = &["", "GET"];
    let mut headers: &[&str] = &[""];
    let (mut has_attribute, mut has_credentials, mut has_body) = (false, false, false);
    let made = match by.name {
        // CORS settings attributes: HTML.
        "element" | "image" | "icon" | "script" | "stylesheet" | "prefetch" | "preload" | "media"
        | "track" => {
            has_attribute = true;
            match by.name {
                "image" | "icon" => elements(destination(&["image"])?),
                "script" => elements(destination(&["script"])?),
                "stylesheet" => elements(destination(&["style"])?),
                // Translate a preload destination: "fetch" is the empty string, and all others are failure.
                "preload" => elements(destination(&["", "font", "image", "script", "style", "track"])?),
                "media" => {
                    headers = &["", "range", "if-range"];
                    elements(destination(&["video", "audio"])?)
                }
                "track" => {
                    let destination = destination(&["track"])?;
                    Some(create_a_potential_cors_request(url, destination, by.crossorigin, true))
                }
                // Fetch, HTTP-network-or-cache fetch: (`Sec-Purpose`, `prefetch`).
                "prefetch" => {
                    elements(destination(&[""])?).map(|it| it.with_header("Sec-Purpose", "prefetch"))
                }
                _ => elements(destination(&[""])?),
            }
        }
        "module-script" => {
            has_attribute = true;
            let request = fetch_a_single_module_script(url, destination(&MODULES)?, attribute, false);
            // Service Workers, Update, perform the fetch hook: (`Service-Worker`, `script`).
            let is_of_service_worker = request.destination == "serviceworker";
            Some(if is_of_service_worker { request.with_header("Service-Worker", "script") } else { request })
        }
        "module-preload" => {
            has_attribute = true;
            Some(fetch_a_single_module_script(url, destination(&MODULES)?, attribute, true))
        }
        // Obtain a manifest: mode "cors", and the attribute's credentials mode.
        "manifest" => {
            has_attribute = true;
            let destination = destination(&["manifest"])?;
            Some(Made { mode: "cors", credentials_mode: attribute, destination, ..Made::request(url) })
        }
        // Workers: fetch a classic worker script.
        "worker" | "shared-worker" => {
            let all = if by.name == "worker" { ["worker"] } else { ["sharedworker"] };
            let destination = destination(&all)?;
            Some(Made { mode: "same-origin", destination, ..Made::request(url) })
        }
        "module-worker" => {
            has_credentials = true;
            let destination = destination(&["worker", "sharedworker"])?;
            Some(fetch_a_single_module_script(url, destination, chosen, true))
        }
        "worklet" => {
            has_credentials = true;
            let destination = destination(&["audioworklet", "paintworklet"])?;
            Some(fetch_a_single_module_script(url, destination, chosen, true))
        }
        // Service Workers, Update: (`Service-Worker`, `script`), redirect mode "error".
        "service-worker" => {
            let destination = destination(&["serviceworker"])?;
            let request = Made { mode: "same-origin", destination, ..Made::request(url) };
            Some(Made { redirect_mode: "error", ..request }.with_header("Service-Worker", "script"))
        }
        // Fetch a classic worker-imported script: mode and credentials mode are the defaults.
        "import-scripts" => Some(Made { destination: destination(&["script"])?, ..Made::request(url) }),
        // CSS.
        "css-image" => Some(fetch_a_style_resource(url, destination(&["image"])?, "cors")),
        "font" => Some(fetch_a_style_resource(url, destination(&["font"])?, "cors")),
        // EventSource(): corsAttributeState is Anonymous, or Use Credentials by withCredentials.
        "event-source" => {
            has_credentials = by.credentials != "omit";
            headers = &["", "last-event-id"];
            let state = if by.credentials == "include" { "use-credentials" } else { "anonymous" };
            let request = create_a_potential_cors_request(url, destination(&[""])?, state, false);
            // User agents may set (`Accept`, `text/event-stream`) in request's header list.
            Some(request.with_header("Accept", "text/event-stream"))
        }
        // sendBeacon().
        "beacon" => {
            // 3. The scheme is not "http" or "https": throw. 5.1 throws for a stream.
            if !is_http {
                return None;
            }
            (methods, has_body) = (&["", "POST"], true);
            // 4. Let corsMode be "no-cors". 5.3. If contentType is not null: set corsMode to "cors". If
            // contentType is a CORS-safelisted request-header value, set it to "no-cors". Append
            // (`Content-Type`, contentType).
            let mut request = Made { method: b"POST".to_vec(), ..Made::request(url) };
            request.destination = destination(&[""])?;
            request.credentials_mode = "include";
            if says_a_body {
                request.body = Body::WithSource;
                if by.body_type != "-" {
                    let value = by.body_type.as_bytes();
                    let safelisted = is_cors_safelisted_request_header(b"Content-Type", value);
                    request.mode = if safelisted { "no-cors" } else { "cors" };
                    request = request.with_header("Content-Type", by.body_type);
                }
            }
            Some(request)
        }
        // Hyperlink auditing.
        "ping" => {
            if !is_http {
                return None;
            }
            (methods, headers) = (&["", "POST"], &["", "ping-from", "ping-to"]);
            let request = Made { method: b"POST".to_vec(), body: Body::WithSource, ..Made::request(url) };
            let request = Made { credentials_mode: "include", no_referrer: true, ..request };
            let request = Made { destination: destination(&[""])?, ..request };
            Some(request.with_header("Content-Type", "text/ping"))
        }
        // Attempt to deliver reports to endpoint. The client is null, so that there is no referrer.
        "report" => {
            methods = &["", "POST"];
            let request = Made { method: b"POST".to_vec(), body: Body::WithSource, ..Made::request(url) };
            let request = Made { mode: "cors", unsafe_request_flag: true, no_referrer: true, ..request };
            let request = Made { destination: destination(&["report"])?, ..request };
            Some(request.with_header("Content-Type", "application/reports+json"))
        }
        // Report a violation: mode "no-cors" is the default.
        "csp-report" => {
            methods = &["", "POST"];
            let request = Made { method: b"POST".to_vec(), body: Body::WithSource, ..Made::request(url) };
            let request = Made { redirect_mode: "error", destination: destination(&["report"])?, ..request };
            Some(request.with_header("Content-Type", "application/csp-report"))
        }
        // WebSocket(): the scheme must be one of four, and the fragment null. Establish a WebSocket
        // connection, step 1: "ws" becomes "http", and "wss" becomes "https".
        "web-socket" => {
            let mut url = url.clone();
            let scheme = match url.scheme() {
                "ws" | "http" => "http",
                "wss" | "https" => "https",
                _ => return None,
            };
            if url.fragment().is_some() {
                return None;
            }
            url.set_scheme(scheme).unwrap();
            headers = &[
                "",
                "connection",
                "sec-websocket-extensions",
                "sec-websocket-key",
                "sec-websocket-protocol",
                "sec-websocket-version",
                "upgrade",
            ];
            let request = Made { mode: "websocket", credentials_mode: "include", ..Made::request(&url) };
            let request = Made { redirect_mode: "error", no_referrer: true, ..request };
            Some(Made { destination: destination(&[""])?, ..request })
        }
        // WebTransport().
        "web-transport" => {
            if url.scheme() != "https" || url.fragment().is_some() {
                return None;
            }
            methods = &["", "CONNECT"];
            let request = Made { mode: "webtransport", credentials_mode: "omit", ..Made::request(url) };
            let request = Made { redirect_mode: "error", no_referrer: true, ..request };
            Some(Made { method: b"CONNECT".to_vec(), destination: destination(&[""])?, ..request })
        }
        // Create navigation params by fetching. HTML follows the redirects.
        "navigation" | "frame" | "form" => {
            (methods, has_body) = (&["", "GET", "POST"], true);
            let documents = ["document", "iframe", "frame", "object", "embed"];
            let destination = match by.name {
                "navigation" => destination(&["document"])?,
                "frame" => destination(&FRAMES)?,
                _ => destination(&documents)?,
            };
            let request = Made { mode: "navigate", credentials_mode: "include", ..Made::request(url) };
            let request = Made { destination, ..request };
            // The encoding types of a form.
            let types = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
            match (by.method, by.body_type) {
                ("POST", "" | "-") => Some(posted(request, types[0])),
                ("POST", body_type) => {
                    types.contains(&body_type.split(';').next().unwrap()).then(|| posted(request, body_type))
                }
                _ => (!says_a_body).then_some(request),
            }
        }
        other => panic!("no initiator: {other}"),
    };
    let mut made = made?;
    let any_header = by.name == "web-transport";
    let is_available = (by.crossorigin.is_empty() || has_attribute)
        && (by.credentials.is_empty() || has_credentials)
        && (!says_a_body || has_body)
        && methods.contains(&by.method)
        && (any_header || headers.contains(&by.header.0));
    // The headers of a WebTransport have the guard "request", which drops forbidden request-headers.
    let is_dropped = any_header && is_forbidden_in_this_pool(by.header.0);
    if !by.header.0.is_empty() && !is_dropped {
        made = made.with_header(by.header.0, by.header.1);
    }
    is_available.then_some(made)
}

/// Forbidden request-header, as far as the pool of [`ByInitiator::header`] has some.
fn is_forbidden_in_this_pool(name: &str) -> bool {
    name.starts_with("sec-") || name == "connection" || name == "upgrade"
}

fn posted(request: Made, body_type: &str) -> Made {
    Made { method: b"POST".to_vec(), body: Body::WithSource, ..request }
        .with_header("Content-Type", body_type)
}

impl Made {
    /// The referrer of a request whose client has one.
    pub(crate) fn referrer(&self) -> Referrer {
        if self.no_referrer { Referrer::NoReferrer } else { Referrer::Client }
    }
}
