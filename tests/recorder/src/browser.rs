//! Starts and stops browsers. They need no driver, because the page on the command line does everything.

mod chromium;
mod firefox;
mod webkit;

use std::{
    fs::File,
    io::{self, Read},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{compare::ENGINES, namespace, origins::origin_of, temporary::Directory};

/// A browser engine, in the order of [`ENGINES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

impl Engine {
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    pub fn name(self) -> &'static str {
        ENGINES[self as usize]
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }

    /// The installed version; `None` if the engine is not installed.
    pub fn version(self) -> Option<String> {
        let mut command = match self {
            Self::Chromium => with_arguments(chromium::PROGRAM, &["--version"]),
            Self::Firefox => with_arguments(firefox::PROGRAM, &["--version"]),
            // Its program does not print the version without a display.
            Self::WebKit => webkit::program().map(|_| {
                with_arguments("dpkg-query", &["--show", "--showformat=${Version}", webkit::PACKAGE])
            })?,
        };
        let output = command.stderr(Stdio::null()).output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout);
        Some(text.lines().find(|line| line.contains('.'))?.trim().to_owned())
    }

    /// Opens a URL in a browser with a new profile.
    pub fn open(self, url: &str) -> io::Result<Browser> {
        self.open_with(url, &Setup::default())
    }

    /// Opens a URL in a browser with a new profile that has this setup.
    pub fn open_with(self, url: &str, setup: &Setup) -> io::Result<Browser> {
        self.start(url, setup, |_| {})
    }

    /// Opens an empty page in a browser whose debugger listens at that port.
    pub fn open_with_debugger(self, port: u16) -> io::Result<Browser> {
        self.start("about:blank", &Setup::default(), |command| match self {
            Self::Chromium => {
                command.args([&format!("--remote-debugging-port={port}"), "--remote-allow-origins=*"]);
            }
            Self::Firefox => {
                command.arg(format!("--remote-debugging-port={port}"));
            }
            Self::WebKit => {
                command.arg("--enable-developer-extras=true");
                command.env("WEBKIT_INSPECTOR_HTTP_SERVER", format!("127.0.0.1:{port}"));
            }
        })
    }

    fn start(self, url: &str, setup: &Setup, change: impl FnOnce(&mut Command)) -> io::Result<Browser> {
        let profile = namespace::directory(self.name())?;
        let mut helpers = Vec::new();
        let mut command = match self {
            Self::Chromium => chromium::command(profile.path(), url, setup)?,
            Self::Firefox => firefox::command(profile.path(), url, setup)?,
            Self::WebKit => {
                let (display, xvfb) = webkit::display(profile.path())?;
                helpers.push(xvfb);
                webkit::command(profile.path(), &display, url)?
            }
        };
        change(&mut command);
        let process = Process::start(&mut command, profile.path())?;
        Ok(Browser { process, _helpers: helpers, profile })
    }
}

/// How a browser is set up for pages with addresses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Setup {
    /// The origin of the page; empty if no case has an address.
    origin: String,
    /// Whether a page over http counts as a secure context.
    is_secure: bool,
    /// The states of `loopback-network` and `local-network`, if they are not `prompt`.
    permissions: Vec<(String, String)>,
}

impl Setup {
    /// What a case needs.
    pub fn of(case: &Value) -> Self {
        let permissions = case["permissions"].as_object().into_iter().flatten();
        let permissions =
            permissions.map(|(name, state)| (name.clone(), state.as_str().unwrap_or_default().to_owned()));
        Self {
            origin: origin_of(case["page"].as_str().unwrap_or_default()).to_owned(),
            is_secure: case["secure_context"] == true,
            permissions: permissions.filter(|(_, state)| state != "prompt").collect(),
        }
    }
}

fn with_arguments(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

/// A running browser. Dropping it stops the browser and all its processes.
#[derive(Debug)]
pub struct Browser {
    // In the order in which they must be dropped.
    process: Process,
    _helpers: Vec<Process>,
    profile: Directory,
}

impl Browser {
    /// Returns whether the browser has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        matches!(self.process.child.try_wait(), Ok(Some(_)) | Err(_))
    }

    /// The end of its output, for an error message.
    pub fn last_output(&self) -> String {
        let mut text = Vec::new();
        let _ =
            File::open(self.profile.path().join("output")).and_then(|mut file| file.read_to_end(&mut text));
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<_> = text.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }
}

/// A process with a group of its own.
#[derive(Debug)]
struct Process {
    child: Child,
}

impl Process {
    fn start(command: &mut Command, directory: &Path) -> io::Result<Self> {
        let output = File::options().create(true).append(true).open(directory.join("output"))?;
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
        Self::spawn(command)
    }

    fn spawn(command: &mut Command) -> io::Result<Self> {
        let child = command.process_group(0).spawn().map_err(|error| {
            io::Error::new(error.kind(), format!("{}: {error}", command.get_program().display()))
        })?;
        Ok(Self { child })
    }

    fn signal(&self, signal: &str) {
        let group = format!("-{}", self.child.id());
        let mut kill = Command::new("kill");
        let _ = kill.args([signal, "--", &group]).stderr(Stdio::null()).status();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.signal("-TERM");
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(5) {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                break;
            }
            thread::sleep(Duration::from_millis(20));
        }
        self.signal("-KILL");
        let _ = self.child.wait();
    }
}
