//! DNS rebinding in browsers: a page is served under a name, and then another server is at the same address
//! and port. Can the page read from that server, with and without a guard? And can the server's own page?
//!
//! No name changes its address here. The server behind the address changes in its place, which is the same for
//! a browser: the page's origin leads to another server.

use std::{
    fs,
    io::{self, BufReader},
    net::{Shutdown, TcpListener, TcpStream},
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crossorigin::{
    http::{HeaderMap, HeaderName, HeaderValue, Method, Uri},
    server::{Action, HostGuard, Policy, may_be_same_origin},
};
use serde_json::{Value, json};

use crate::{
    browser::Engine,
    http::{Request, Response},
    runs::installed,
};

const PAGE: &str = include_str!("../guard.html");
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../cases/guard.jsonl");

/// Where the pages post what they see.
const COLLECTOR: [&str; 1] = ["127.0.0.1:9001"];
/// The addresses of the attacked server, and before that of the attacker's.
const ADDRESSES: [&str; 2] = ["127.0.0.1:9010", "[::1]:9010"];
/// The attacker's name of the addresses, and the server's own.
const PAGES: [&str; 2] = ["http://attacker.localhost:9010", "http://localhost:9010"];
const OWN_HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

const PATIENCE: Duration = Duration::from_secs(60);

/// Records all combinations in all engines. Returns whether the guard keeps out the attacker, and nobody else,
/// in all of them.
pub fn record(engines: &[Engine]) -> io::Result<bool> {
    let (mut lines, mut fine) = (String::new(), true);
    for (engine, version) in installed(engines) {
        for page in PAGES {
            for guarded in [false, true] {
                let (seen, requests) = play(engine, page, guarded)?;
                let reads = seen.as_array().is_some_and(|all| all.iter().all(|one| one["body"] == "secret"));
                let expected = !guarded || page == PAGES[1];
                eprintln!("{} {page}, guarded {guarded}: {seen}", engine.name());
                fine &= reads == expected;
                let line = json!({
                    "engine": engine.name(), "version": version, "page": page, "guarded": guarded,
                    "seen": seen, "requests": requests,
                });
                lines += &format!("{line}\n");
            }
        }
    }
    fs::write(Path::new(FILE), lines)?;
    Ok(fine)
}

/// What a page saw, and the requests that the attacked server received.
fn play(engine: Engine, page: &str, guarded: bool) -> io::Result<(Value, Vec<Value>)> {
    let requests = Arc::new(Mutex::new(Vec::new()));
    let attacked = || Server::listen(&ADDRESSES, attacked(guarded, Arc::clone(&requests)));
    // The attacker's page comes from a server of the attacker, which then makes room.
    let mut server = match page == PAGES[1] {
        true => attacked()?,
        false => {
            Server::listen(&ADDRESSES, |_| Response::new(200).with("content-type", "text/html").body(PAGE))?
        }
    };
    let posts = Arc::new(Mutex::new(Vec::<Request>::new()));
    let is_ready = Arc::new(AtomicBool::new(false));
    let _collector = Server::listen(&COLLECTOR, {
        let (posts, is_ready) = (Arc::clone(&posts), Arc::clone(&is_ready));
        move |request| {
            locked(&posts).push(request.clone());
            let start = Instant::now();
            while !is_ready.load(Ordering::SeqCst) && start.elapsed() < PATIENCE {
                thread::sleep(Duration::from_millis(5));
            }
            Response::new(200).with("access-control-allow-origin", "*")
        }
    })?;
    let browser = engine.open(&format!("{page}/"))?;
    let post = |target: &str| {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(post) = locked(&posts).iter().find(|post| post.target == target) {
                return Ok(post.body.clone());
            }
            thread::sleep(Duration::from_millis(10));
        }
        Err(io::Error::other(format!("{}: no {target}:\n{}", engine.name(), browser.last_output())))
    };
    post("/loaded")?;
    if page != PAGES[1] {
        drop(server);
        server = attacked()?;
    }
    is_ready.store(true, Ordering::SeqCst);
    let seen = serde_json::from_slice(&post("/seen")?)?;
    drop((browser, server));
    let requests = std::mem::take(&mut *locked(&requests));
    Ok((seen, requests))
}

/// A server that is meant for its own page only. It refuses whatever a policy refuses, except same-origin
/// requests, as a careful server without a guard does.
fn attacked(
    guarded: bool,
    requests: Arc<Mutex<Vec<Value>>>,
) -> impl Fn(&Request) -> Response + Send + Sync + 'static {
    let guard = HostGuard::new(OWN_HOSTS).expect("these are hosts");
    let policy =
        Policy::builder().allow_origin("https://inspector.example").build().expect("this is a policy");
    move |request| {
        if request.target == "/" {
            return Response::new(200).with("content-type", "text/html").body(PAGE);
        }
        let line = json!({"method": request.method, "target": request.target, "headers": request.headers});
        if request.target == "/secret" {
            locked(&requests).push(line);
        }
        let (method, uri, headers) = head(request);
        let mut decision = policy.decide(&method, &headers);
        if guarded {
            decision = decision.guarded(&guard, &uri, &headers);
        }
        match decision.action() {
            Action::Respond(status) => Response::new(status.as_u16()),
            Action::CallHandler if decision.refusal().is_some() && !may_be_same_origin(&uri, &headers) => {
                Response::new(403)
            }
            Action::CallHandler => Response::new(200).with("content-type", "text/plain").body("secret"),
        }
    }
}

fn head(request: &Request) -> (Method, Uri, HeaderMap) {
    let lines = request.headers.iter().filter_map(|(name, value)| {
        Some((name.parse::<HeaderName>().ok()?, value.parse::<HeaderValue>().ok()?))
    });
    let method = request.method.parse().unwrap_or_default();
    (method, request.target.parse().unwrap_or_default(), lines.collect())
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A server that listens until it is dropped. Then its addresses are free for another one.
struct Server {
    stops: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
    /// Browsers open connections before they need them. Another server must not get requests on these.
    connections: Arc<Mutex<Vec<TcpStream>>>,
}

impl Server {
    fn listen(
        addresses: &[&str],
        respond: impl Fn(&Request) -> Response + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let (stops, respond) = (Arc::new(AtomicBool::new(false)), Arc::new(respond));
        let connections = Arc::<Mutex<Vec<TcpStream>>>::default();
        let mut threads = Vec::new();
        for address in addresses {
            let listener = TcpListener::bind(address)?;
            listener.set_nonblocking(true)?;
            let (stops, respond) = (Arc::clone(&stops), Arc::clone(&respond));
            let connections = Arc::clone(&connections);
            threads.push(thread::spawn(move || {
                while !stops.load(Ordering::SeqCst) {
                    match listener.accept() {
                        Ok((stream, _)) => {
                            locked(&connections).extend(stream.try_clone());
                            let respond = Arc::clone(&respond);
                            // An error means that a browser has ended, so it is ignored.
                            thread::spawn(move || drop(talk(&stream, &*respond)));
                        }
                        Err(_) => thread::sleep(Duration::from_millis(5)),
                    }
                }
            }));
        }
        Ok(Self { stops, threads, connections })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stops.store(true, Ordering::SeqCst);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
        for connection in locked(&self.connections).iter() {
            let _ = connection.shutdown(Shutdown::Both);
        }
    }
}

fn talk(stream: &TcpStream, respond: &dyn Fn(&Request) -> Response) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let Some(request) = Request::read(&mut BufReader::new(stream))? else { return Ok(()) };
    respond(&request).write(&request.method, &mut &*stream)?;
    stream.shutdown(Shutdown::Both)
}
