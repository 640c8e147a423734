//! Plays cases in a browser: sends the cases to the page, responds to its requests, and records them.

use std::{
    collections::{HashMap, VecDeque},
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    browser::{Browser, Engine, Setup},
    http::{Request, Response, ServerResponse},
    origins::{A, NULL, ORIGINS, Origin},
    own_page,
    server::{self, Handler},
};

const PAGE: &str = include_str!("../page.html");

/// The number of concurrent cases without waiting times. Chromium has six connections to an origin, and a
/// case may hold one (of a redirect) while it waits for another (of the next preflight).
const CONCURRENCY: usize = 5;
/// The number of concurrent cases with waiting times. They mostly wait, but the preflight cache of Firefox
/// has few entries.
const CONCURRENCY_OF_TIMED: usize = 24;

/// A browser without any activity for this time is given up.
const PATIENCE: Duration = Duration::from_secs(120);

/// How cases are played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Several cases at once.
    Together,
    /// One case after another.
    Alone,
}

/// The server of one case.
pub trait CaseServer: Send {
    /// Responds to a request for a URL of this case.
    fn respond(&mut self, url: &str, request: &Request) -> ServerResponse;
}

/// What happened in one case.
#[derive(Debug, Clone, Default)]
pub struct CompletedCase {
    /// What the page saw.
    pub result: Value,
    /// What the servers saw.
    pub log: Vec<Entry>,
}

/// A received request.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The step of the case.
    pub step: usize,
    pub url: String,
    pub request: Request,
}

/// What happened in all cases of a run.
#[derive(Debug)]
pub struct Run {
    /// The completed cases, in order.
    pub completed: Vec<CompletedCase>,
    /// The headers that the browser sends by itself.
    pub own_headers: HashMap<String, String>,
}

/// The servers, which respond for one run after another.
pub struct Player {
    dispatcher: Arc<Dispatcher>,
    /// How browsers are set up.
    pub setup: Setup,
}

impl Player {
    pub fn new() -> io::Result<Self> {
        let dispatcher = Arc::new(Dispatcher::default());
        server::serve(Arc::clone(&dispatcher))?;
        Ok(Self { dispatcher, setup: Setup::default() })
    }

    /// A player whose servers listen at one port of every address.
    pub fn at_every_address(port: u16) -> io::Result<Self> {
        let dispatcher = Arc::new(Dispatcher::default());
        server::listen(&ORIGINS[0], &format!("[::]:{port}"), Arc::clone(&dispatcher))?;
        Ok(Self { dispatcher, setup: Setup::default() })
    }

    /// Plays all cases in a new browser. The id of a case is the first path segment of all its URLs.
    pub fn play(
        &self,
        engine: Engine,
        cases: &[Value],
        pace: Pace,
        server: impl Fn(&Value) -> Box<dyn CaseServer>,
    ) -> io::Result<Run> {
        self.play_opened(|url| engine.open_with(url, &self.setup), || {}, engine, cases, pace, server)
    }

    /// Plays all cases in the browser that `open` opens at a URL. `finish` is called before the browser is stopped.
    pub fn play_opened(
        &self,
        open: impl FnOnce(&str) -> io::Result<Browser>,
        finish: impl FnOnce(),
        engine: Engine,
        cases: &[Value],
        pace: Pace,
        server: impl Fn(&Value) -> Box<dyn CaseServer>,
    ) -> io::Result<Run> {
        let playing =
            cases.iter().map(|case| (id(case).to_owned(), RunningCase::new(case, server(case)))).collect();
        *self.dispatcher.state() = State { stages: stages(cases, pace), cases: playing, ..State::default() };
        let first =
            self.dispatcher.state().stages.front().map_or_else(String::new, |stage| stage.url.clone());
        let mut browser = open(&first)?;
        loop {
            thread::sleep(Duration::from_millis(50));
            let state = self.dispatcher.state();
            let problem = if state.stages.is_empty() {
                break;
            } else if browser.has_ended() {
                "has ended by itself"
            } else if state.last_activity.elapsed() > PATIENCE {
                "shows no activity"
            } else {
                continue;
            };
            drop(state);
            return Err(io::Error::other(format!("{} {problem}:\n{}", engine.name(), browser.last_output())));
        }
        finish();
        drop(browser);
        let mut state = std::mem::take(&mut *self.dispatcher.state());
        let completed = cases.iter().map(|case| state.take(id(case))).collect();
        Ok(Run { completed, own_headers: state.own_headers })
    }
}

/// Cases that are played by one page.
#[derive(Debug)]
struct Stage {
    /// The page that plays them.
    url: String,
    in_frame: bool,
    needs_room: bool,
    concurrency: usize,
    cases: Vec<Value>,
}

impl Stage {
    /// The stage of a case with a page of its own.
    fn of_own_page(case: &Value) -> Self {
        let url = case["page"].as_str().unwrap_or_default().to_owned();
        Self { url, in_frame: false, needs_room: false, concurrency: 1, cases: Vec::new() }
    }
}

/// The cases by page. Cases with waiting times are separate, and cases that need cache space come first.
fn stages(cases: &[Value], pace: Pace) -> VecDeque<Stage> {
    let mut stages: VecDeque<Stage> = VecDeque::new();
    for case in cases {
        if own_page::is_needed(case) {
            stages.push_back(Stage::of_own_page(case));
            continue;
        }
        let page = case["page"].as_str().unwrap_or_default();
        let embedder_policy =
            case["steps"][0]["request"]["embedder_policy"].as_str().unwrap_or("unsafe-none");
        let origin = if page == NULL { A } else { page };
        let url = format!("{origin}/.run/page?embedder={embedder_policy}");
        let concurrency = match pace {
            Pace::Alone => 1,
            Pace::Together if is_timed(case) && !needs_room(case) => CONCURRENCY_OF_TIMED,
            Pace::Together => CONCURRENCY,
        };
        let needs_room = needs_room(case);
        let in_frame = page == NULL;
        let steps: Vec<_> = case["steps"].as_array().into_iter().flatten().map(step_for_page).collect();
        let step_for_page = json!({"id": id(case), "origin": origin, "steps": steps});
        let same = |stage: &&mut Stage| {
            (&stage.url, stage.in_frame, stage.needs_room, stage.concurrency)
                == (&url, in_frame, needs_room, concurrency)
        };
        match stages.iter_mut().find(same) {
            Some(stage) => stage.cases.push(step_for_page),
            None => {
                stages.push_back(Stage { url, in_frame, needs_room, concurrency, cases: vec![step_for_page] })
            }
        }
    }
    stages.make_contiguous().sort_by_key(|stage| !stage.needs_room);
    stages
}

/// A step as it is sent to the page.
fn step_for_page(step: &Value) -> Value {
    json!({"at": step["at"].as_f64().unwrap_or(0.0), "request": step["request"], "timing": watches_timing(&step["request"])})
}

/// Returns whether timing is observed, which takes time.
pub fn watches_timing(request: &Value) -> bool {
    request["url"].as_str().is_some_and(|url| url.contains("/timing"))
}

/// Returns whether a preflight is forced before another fetch. Firefox then caches an entry permanently, but
/// only until other cases need the space in its cache.
fn needs_room(case: &Value) -> bool {
    let steps = case["steps"].as_array().map_or(&[][..], Vec::as_slice);
    steps.len() > 1 && steps.iter().any(|step| step["request"]["upload_listener"] == true)
}

fn is_timed(case: &Value) -> bool {
    case["steps"].as_array().into_iter().flatten().any(|step| step["at"].as_f64().unwrap_or(0.0) > 0.0)
}

pub fn id(case: &Value) -> &str {
    case["id"].as_str().unwrap_or_default()
}

/// Receives all requests.
#[derive(Default)]
struct Dispatcher {
    state: Mutex<State>,
}

struct State {
    stages: VecDeque<Stage>,
    cases: HashMap<String, RunningCase>,
    own_headers: HashMap<String, String>,
    last_activity: Instant,
}

impl Default for State {
    fn default() -> Self {
        Self {
            stages: VecDeque::new(),
            cases: HashMap::new(),
            own_headers: HashMap::new(),
            last_activity: Instant::now(),
        }
    }
}

/// A case that is being played.
struct RunningCase {
    server: Box<dyn CaseServer>,
    /// The case, if it has a page of its own.
    own_page: Option<Value>,
    step: usize,
    completed: CompletedCase,
}

impl RunningCase {
    fn new(case: &Value, server: Box<dyn CaseServer>) -> Self {
        let own_page = own_page::is_needed(case).then(|| case.clone());
        Self { server, own_page, step: 0, completed: CompletedCase::default() }
    }
}

impl Dispatcher {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Handler for Dispatcher {
    fn respond(&self, origin: &Origin, request: &Request) -> ServerResponse {
        let mut state = self.state();
        state.last_activity = Instant::now();
        let path = request.target.split('?').next().unwrap_or_default();
        match path.strip_prefix("/.run/") {
            Some(path) => ServerResponse::Response(state.talk_to_page(path, request)),
            None if path == "/.warm" => ServerResponse::Response(state.warm_up(request)),
            None => state.respond_for_case(origin, request),
        }
    }
}

impl State {
    fn talk_to_page(&mut self, path: &str, request: &Request) -> Response {
        match path {
            "page" => {
                let embedder_policy = request.parameter("embedder").unwrap_or("unsafe-none");
                Response::new(200)
                    .with("content-type", "text/html")
                    .with("cache-control", "no-store")
                    .with("cross-origin-embedder-policy", embedder_policy)
                    .body(PAGE)
            }
            "next" => json_response(&self.next(request)),
            "results" => {
                let results = serde_json::from_slice(&request.body).unwrap_or_default();
                self.note(results);
                Response::new(200)
            }
            "finished" => {
                self.stages.pop_front();
                Response::new(200)
            }
            "mark" => {
                let case = request.parameter("case").and_then(|case| self.cases.get_mut(case));
                let step = request.parameter("step").and_then(|step| step.parse().ok());
                if let (Some(case), Some(step)) = (case, step) {
                    case.step = step;
                }
                Response::new(200).with("access-control-allow-origin", "*")
            }
            _ => Response::new(404),
        }
    }

    /// The next task of a page.
    fn next(&self, request: &Request) -> Value {
        let Some(stage) = self.stages.front() else { return json!({"done": true}) };
        let page = request.header("referer").unwrap_or_default();
        if page != stage.url {
            return json!({"go": stage.url});
        }
        let warm: Vec<_> = ORIGINS.iter().map(|origin| format!("{}/.warm", origin.serialization)).collect();
        json!({"warm": warm, "frame": stage.in_frame, "concurrency": stage.concurrency, "cases": stage.cases})
    }

    fn note(&mut self, results: Vec<Value>) {
        for result in results {
            if let Some(case) = self.cases.get_mut(id(&result)) {
                case.completed.result = result;
            }
        }
    }

    fn warm_up(&mut self, request: &Request) -> Response {
        if !request.is_preflight() {
            self.own_headers.extend(request.headers.iter().cloned());
        }
        Response::new(200)
            .with("access-control-allow-origin", "*")
            .with("access-control-allow-methods", "*")
            .with("access-control-max-age", "60")
    }

    fn respond_for_case(&mut self, origin: &Origin, request: &Request) -> ServerResponse {
        let case = request.target.split(['/', '?']).nth(1).and_then(|id| self.cases.get_mut(id));
        let Some(case) = case else { return ServerResponse::Response(Response::new(404)) };
        let mut url = format!("{}{}", origin.serialization, request.target);
        if let (Some(_), Some(host)) = (&case.own_page, request.header("host")) {
            // Two names of one address are two hosts.
            // A form without fields adds an empty query.
            url = format!("http://{host}{}", request.target.trim_end_matches('?'));
        }
        if let Some(document) = case.own_page.as_ref().and_then(|own_page| own_page::document(own_page, &url))
        {
            return ServerResponse::Response(document);
        }
        case.completed.log.push(Entry { step: case.step, url: url.clone(), request: request.clone() });
        let response = case.server.respond(&url, request);
        match (&case.own_page, response) {
            (Some(own_page), ServerResponse::Response(response)) => ServerResponse::Response(
                own_page::with_body(response, &own_page["steps"][case.step]["request"]),
            ),
            (_, response) => response,
        }
    }

    fn take(&mut self, id: &str) -> CompletedCase {
        self.cases.remove(id).map(|case| case.completed).unwrap_or_default()
    }
}

fn json_response(value: &Value) -> Response {
    Response::new(200)
        .with("content-type", "application/json")
        .with("cache-control", "no-store")
        .body(value.to_string())
}
