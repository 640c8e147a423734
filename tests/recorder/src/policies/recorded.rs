//! The files of the recorded matrix: one for each family, with one case per line.

use std::{collections::HashMap, fmt, fs, io, path::PathBuf};

use serde_json::{Map, Value, json};

use super::wire::{Exchange, Habits, exchanges};
use crate::{browser::Engine, compare::observed_in, corpus::with_observations, player::id};

/// What an engine did in a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// What the page saw.
    pub observed: Value,
    /// The requests that the servers received in each step, with their responses.
    pub sent: Vec<Vec<Exchange>>,
}

impl fmt::Display for Recorded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.observed)?;
        self.sent.iter().flatten().try_for_each(|exchange| write!(formatter, "\n{}", exchange.head))
    }
}

/// What an engine did in all cases, by their ids.
pub type ByCase = HashMap<String, Recorded>;

const MEMBERS_OF_RECORDINGS: [&str; 4] = ["intent", "observed", "answers", "sent"];

fn path(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../cases/policies")).join(name)
}

/// The versions, dates and habits of the engines.
pub fn read_engines() -> Value {
    let text = fs::read_to_string(path("engines.json")).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// The earlier recordings of an engine, for cases that have not changed.
pub fn read(family: &str, cases: &[Value], engine: Engine) -> ByCase {
    let text = fs::read_to_string(path(&format!("{family}.jsonl"))).unwrap_or_default();
    let Some(habits) = Habits::read(&read_engines()[engine.name()]) else { return ByCase::new() };
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let known = lines.filter_map(|line| {
        let mut bare = line.clone();
        for member in MEMBERS_OF_RECORDINGS {
            bare.as_object_mut()?.shift_remove(member);
        }
        let recorded = Recorded {
            observed: observed_in(&line, engine.name())?.clone(),
            sent: exchanges(&line, engine.name(), &habits)?,
        };
        cases.contains(&bare).then(|| (id(&bare).to_owned(), recorded))
    });
    known.collect()
}

/// Writes the families with their cases and intents, and the file about the engines.
pub fn write(
    families: &[(String, Vec<(Value, Value)>)],
    recorded: &[(Engine, ByCase)],
    mut about: Value,
) -> io::Result<()> {
    fs::create_dir_all(path(""))?;
    let mut all = Vec::new();
    for (engine, by_case) in recorded {
        let sent = by_case.values().flat_map(|recorded| recorded.sent.iter().flatten());
        let habits = Habits::of(sent.map(|exchange| exchange.head.as_str()));
        habits.write(&mut about[engine.name()]);
        all.push(habits);
    }
    for (name, cases) in families {
        let lines = cases.iter().map(|(case, intent)| {
            let line = line(case, intent, recorded, &all);
            line.map(|line| format!("{line}\n"))
                .ok_or_else(|| io::Error::other(format!("not shortened: {case}")))
        });
        fs::write(path(&format!("{name}.jsonl")), lines.collect::<io::Result<String>>()?)?;
    }
    fs::write(path("engines.json"), format!("{about:#}\n"))
}

fn line(case: &Value, intent: &Value, recorded: &[(Engine, ByCase)], habits: &[Habits]) -> Option<Value> {
    let (mut responses, mut observations, mut sent) = (Vec::new(), Vec::new(), Map::new());
    for ((engine, by_case), habits) in recorded.iter().zip(habits) {
        let Some(recorded) = by_case.get(id(case)) else { continue };
        observations.push((engine.name(), recorded.observed.clone()));
        let mut written =
            |step: &Vec<Exchange>| step.iter().map(|one| exchange(one, habits, &mut responses)).collect();
        let steps: Option<Vec<Value>> = recorded.sent.iter().map(&mut written).collect();
        sent.insert(engine.name().to_owned(), steps?.into());
    }
    let mut line = case.clone();
    line["intent"] = intent.clone();
    line = with_observations(&line, &observations);
    line["answers"] = json!(responses);
    line["sent"] = sent.into();
    Some(line)
}

/// A request, and the number of its response.
fn exchange(exchange: &Exchange, habits: &Habits, responses: &mut Vec<String>) -> Option<Value> {
    let known = responses.iter().position(|response| *response == exchange.response);
    let number = known.unwrap_or(responses.len());
    if known.is_none() {
        responses.push(exchange.response.clone());
    }
    let (order, unusual) = habits.shortened(&exchange.head)?;
    Some(json!([order, unusual, number]))
}
