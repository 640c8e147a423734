//! Captures of browsers: HAR files from their debugging protocols, while they play cases of the corpus.

mod debugger;
mod har;
mod web_socket;

use std::{fs, io, path::Path, thread, time::Duration};

use serde_json::{Value, json};

use self::debugger::{Debugger, PORT};
use crate::{
    browser::{Browser, Engine},
    corpus,
    observation::observe,
    player::{Pace, Player, id},
    runs::installed,
    scripted_responses::ScriptedResponses,
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../cases/captures");

/// The cases that are captured: of these families, one of so many.
const FAMILIES: [(&str, usize); 10] = [
    ("acao", 24),
    ("acac", 16),
    ("acam", 24),
    ("acah", 32),
    ("preflight-status", 16),
    ("redirect-chains", 48),
    ("redirect-locations", 36),
    ("modes", 30),
    ("safelist", 60),
    ("status", 45),
];

/// How long a browser keeps telling after its page has finished.
const LINGER: Duration = Duration::from_secs(2);

/// Plays the cases, and writes a HAR file for each engine, with what the page saw of each case.
pub fn record(engines: &[Engine]) -> io::Result<bool> {
    let cases = cases()?;
    let player = Player::new()?;
    fs::create_dir_all(FOLDER)?;
    for (engine, version) in installed(engines) {
        let mut debugger = None;
        let open = |url: &str| -> io::Result<Browser> {
            let browser = engine.open_with_debugger(PORT)?;
            let attached = Debugger::attach(engine)?;
            attached.open(url)?;
            debugger = Some(attached);
            Ok(browser)
        };
        let finish = || thread::sleep(LINGER);
        let run = player.play_opened(open, finish, engine, &cases, Pace::Alone, |case| {
            Box::new(ScriptedResponses::new(case))
        })?;
        let events = debugger.map(|debugger| debugger.events()).unwrap_or_default();
        let mut har = har::of_events(engine, &version, &events);
        let outcomes = cases.iter().zip(&run.completed).filter_map(|(case, completed)| {
            let seen = observe(case, completed, &run.own_headers).ok()?;
            Some((id(case).to_owned(), seen["steps"][0]["outcome"].clone()))
        });
        har["log"]["_outcomes"] = Value::Object(outcomes.collect());
        write(engine, &har)?;
    }
    Ok(true)
}

/// Cases of one fetch that a page plays beside others.
fn cases() -> io::Result<Vec<Value>> {
    let mut chosen = Vec::new();
    for (family, one_of) in FAMILIES {
        let cases = corpus::read(family)?.into_iter();
        let is_simple = |case: &Value| {
            case["steps"].as_array().is_some_and(|steps| steps.len() == 1) && case["page"] != "null"
        };
        chosen.extend(cases.filter(is_simple).step_by(one_of));
    }
    Ok(chosen)
}

/// Writes a HAR file with one entry on each line.
fn write(engine: Engine, har: &Value) -> io::Result<()> {
    let entries = har["log"]["entries"].as_array().map_or(&[][..], Vec::as_slice);
    let lines: Vec<_> = entries.iter().map(Value::to_string).collect();
    let mut log = har["log"].clone();
    log["entries"] = json!([]);
    let text = json!({"log": log})
        .to_string()
        .replace(r#""entries":[]"#, &format!("\"entries\":[\n{}\n]", lines.join(",\n")));
    eprintln!("{}: {} entries", engine.name(), entries.len());
    fs::write(Path::new(FOLDER).join(format!("{}.har", engine.name())), text + "\n")
}
