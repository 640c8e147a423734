//! The debugging protocols of the engines: the DevTools Protocol of Chromium, WebDriver BiDi of Firefox, and WebKit's
//! inspector. Each tells the requests of a page.

use std::{
    io,
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use super::web_socket::{WebSocket, get};
use crate::browser::Engine;

/// The port of all debuggers: only one runs at a time.
pub const PORT: u16 = 9100;

/// How long a debugger may take to respond.
const PATIENCE: Duration = Duration::from_secs(60);

/// A debugger, and the events that it has told so far.
#[derive(Clone)]
pub struct Debugger {
    engine: Engine,
    socket: WebSocket,
    /// The session of Chromium, or the target of WebKit.
    session: Option<String>,
    log: Arc<Log>,
}

#[derive(Default)]
struct Log {
    messages: Mutex<Vec<Value>>,
    news: Condvar,
}

impl Debugger {
    /// Connects to the browser that shows an empty page, and lets it tell its requests.
    pub fn attach(engine: Engine) -> io::Result<Self> {
        let path = match engine {
            Engine::Chromium => {
                let browser: Value = serde_json::from_str(&get(PORT, "/json/version")?)?;
                let url = browser["webSocketDebuggerUrl"].as_str().unwrap_or_default();
                url.splitn(4, '/').last().map(|path| format!("/{path}")).unwrap_or_default()
            }
            Engine::Firefox => "/session".to_owned(),
            Engine::WebKit => inspector_path()?,
        };
        let (socket, messages) = WebSocket::connect(PORT, &path)?;
        let log = Arc::new(Log::default());
        let mut debugger = Self { engine, socket, session: None, log: Arc::clone(&log) };
        thread::spawn(move || {
            for message in messages {
                let message = serde_json::from_str(&message).unwrap_or(Value::Null);
                log.messages.lock().unwrap_or_else(PoisonError::into_inner).push(unwrapped(message));
                log.news.notify_all();
            }
        });
        debugger.enable()?;
        Ok(debugger)
    }

    fn enable(&mut self) -> io::Result<()> {
        match self.engine {
            Engine::Chromium => {
                let target = self.call("Target.createTarget", json!({"url": "about:blank"}))?;
                let parameters = json!({"targetId": target["targetId"], "flatten": true});
                let session = self.call("Target.attachToTarget", parameters)?;
                self.session = session["sessionId"].as_str().map(str::to_owned);
                self.call("Network.enable", json!({}))?;
            }
            Engine::Firefox => {
                self.call("session.new", json!({"capabilities": {}}))?;
                let events = [
                    "network.beforeRequestSent",
                    "network.responseStarted",
                    "network.responseCompleted",
                    "network.fetchError",
                ];
                self.call("session.subscribe", json!({"events": events}))?;
            }
            Engine::WebKit => {
                let created = self.wait(|it| it["method"] == "Target.targetCreated")?;
                self.session = created["params"]["targetInfo"]["targetId"].as_str().map(str::to_owned);
                self.call("Network.enable", json!({}))?;
            }
        }
        Ok(())
    }

    /// Opens a URL in the page.
    pub fn open(&self, url: &str) -> io::Result<()> {
        match self.engine {
            Engine::Chromium => self.call("Page.navigate", json!({"url": url}))?,
            Engine::Firefox => {
                let tree = self.call("browsingContext.getTree", json!({}))?;
                let context = &tree["contexts"][0]["context"];
                self.call(
                    "browsingContext.navigate",
                    json!({"context": context, "url": url, "wait": "none"}),
                )?
            }
            Engine::WebKit => {
                let script = format!("location.href = {}", json!(url));
                self.call("Runtime.evaluate", json!({"expression": script}))?
            }
        };
        Ok(())
    }

    /// All events, in order.
    pub fn events(&self) -> Vec<Value> {
        self.log.messages.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Calls a method, and waits for its result.
    fn call(&self, method: &str, parameters: Value) -> io::Result<Value> {
        let id = self.log.messages.lock().unwrap_or_else(PoisonError::into_inner).len() as u64 + 1_000;
        let mut message = json!({"id": id, "method": method, "params": parameters});
        match (&self.session, self.engine) {
            (Some(session), Engine::Chromium) => message["sessionId"] = json!(session),
            (Some(target), Engine::WebKit) => {
                let parameters = json!({"targetId": target, "message": message.to_string()});
                message = json!({"id": id + 1_000_000, "method": "Target.sendMessageToTarget", "params": parameters});
            }
            _ => {}
        }
        self.socket.send(&message.to_string())?;
        let result = self.wait(|it| it["id"] == id)?;
        match result.get("result") {
            Some(value) => Ok(value.clone()),
            None => Err(io::Error::other(format!("{method}: {result}"))),
        }
    }

    /// Waits for a message.
    fn wait(&self, is_wanted: impl Fn(&Value) -> bool) -> io::Result<Value> {
        let messages = self.log.messages.lock().unwrap_or_else(PoisonError::into_inner);
        let (messages, _) = self
            .log
            .news
            .wait_timeout_while(messages, PATIENCE, |messages| !messages.iter().any(&is_wanted))
            .unwrap_or_else(PoisonError::into_inner);
        let found = messages.iter().find(|message| is_wanted(message)).cloned();
        found
            .ok_or_else(|| io::Error::other(format!("{}: the debugger does not respond", self.engine.name())))
    }
}

/// A message of WebKit's inspector without the message around it.
fn unwrapped(message: Value) -> Value {
    if message["method"] == "Target.dispatchMessageFromTarget"
        && let Some(inner) = message["params"]["message"].as_str()
    {
        return serde_json::from_str(inner).unwrap_or(message);
    }
    message
}

/// The path of the page in the list of WebKit's inspector.
fn inspector_path() -> io::Result<String> {
    for _ in 0..100 {
        let list = get(PORT, "/")?;
        if let Some((_, rest)) = list.split_once("/socket/") {
            let end = rest.find(['"', '\'', '&', ' ']).unwrap_or(rest.len());
            return Ok(format!("/socket/{}", &rest[..end]));
        }
        thread::sleep(Duration::from_millis(200));
    }
    Err(io::Error::other("webkit: the inspector shows no page"))
}
