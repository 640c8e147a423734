//! The corpus: one file for each family, with one case per line and the observations of the engines.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Map, Value, json};

use crate::{browser::Engine, compare::observed_in, origins::ORIGINS, player::id};

fn path(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../cases/browsers")).join(name)
}

/// Recorded cases by their ids.
pub type ById = HashMap<String, Value>;

pub fn by_id(cases: Vec<Value>) -> ById {
    cases.into_iter().map(|case| (id(&case).to_owned(), case)).collect()
}

/// The recorded cases of a family. A family that was never recorded has no cases.
pub fn read(family: &str) -> io::Result<Vec<Value>> {
    read_file(&path(&format!("{family}.jsonl")))
}

/// The cases of a file. A file that does not exist has no cases.
pub fn read_file(path: &Path) -> io::Result<Vec<Value>> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        text => text?,
    };
    text.lines().map(|line| serde_json::from_str(line).map_err(io::Error::other)).collect()
}

pub fn write(family: &str, cases: &[Value]) -> io::Result<()> {
    let lines: String = cases.iter().map(|case| format!("{case}\n")).collect();
    fs::create_dir_all(path(""))?;
    fs::write(path(&format!("{family}.jsonl")), lines)
}

/// Writes the versions of the recorded engines. Entries of other engines are kept.
pub fn write_engines(recorded: &[(Engine, String)]) -> io::Result<()> {
    let path = path("engines.json");
    let before = fs::read_to_string(&path).unwrap_or_default();
    let before: Value = serde_json::from_str(&before).unwrap_or_default();
    let date = today()?;
    let engines: Map<_, _> = Engine::ALL
        .iter()
        .map(|engine| {
            let now = recorded.iter().find(|(other, _)| other == engine);
            let about = now.map(|(_, version)| json!({"version": version, "recorded": date}));
            (engine.name().to_owned(), about.unwrap_or_else(|| before["engines"][engine.name()].clone()))
        })
        .collect();
    let origins: Vec<_> = ORIGINS.iter().map(|origin| origin.serialization).collect();
    let about =
        json!({"engines": engines, "standard": crossorigin::standard::FETCH_SNAPSHOT, "origins": origins});
    fs::write(path, format!("{about:#}\n"))
}

/// The date in UTC.
pub fn today() -> io::Result<String> {
    let date = Command::new("date").args(["-u", "+%F"]).output()?.stdout;
    Ok(String::from_utf8_lossy(&date).trim().to_owned())
}

/// The case with the observations of the engines, with one entry for all engines that did the same.
pub fn with_observations(case: &Value, observations: &[(&str, Value)]) -> Value {
    let mut groups: Vec<(Vec<&str>, &Value)> = Vec::new();
    for (engine, observation) in observations {
        match groups.iter_mut().find(|(_, other)| *other == observation) {
            Some((engines, _)) => engines.push(engine),
            None => groups.push((vec![engine], observation)),
        }
    }
    let key = |engines: &[&str]| {
        if engines.len() == Engine::ALL.len() { "all".to_owned() } else { engines.join(" ") }
    };
    let observed: Map<_, _> =
        groups.into_iter().map(|(engines, observation)| (key(&engines), observation.clone())).collect();
    let mut case = case.clone();
    case["observed"] = observed.into();
    case
}

/// The observation of an engine in the recorded case, if the case is otherwise unchanged.
pub fn recorded<'a>(corpus: &'a ById, case: &Value, engine: Engine) -> Option<&'a Value> {
    let found = corpus.get(id(case))?;
    (without_observations(found) == *case).then(|| observed_in(found, engine.name()))?
}

pub fn without_observations(case: &Value) -> Value {
    let mut bare = case.clone();
    if let Some(members) = bare.as_object_mut() {
        members.shift_remove("observed");
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::families;

    /// A changed table must be recorded again.
    #[test]
    fn the_corpus_matches_the_tables_and_has_observations_of_each_engine() {
        let families = families();
        for family in &families {
            let corpus = by_id(read(&family.name).unwrap());
            for case in &family.cases {
                let found = corpus.get(id(case)).unwrap_or(&Value::Null);
                assert_eq!(&without_observations(found), case);
                assert!(
                    Engine::ALL.iter().all(|engine| observed_in(found, engine.name()).is_some()),
                    "{found}"
                );
            }
            assert_eq!(corpus.len(), family.cases.len(), "{}", family.name);
        }
        let files = fs::read_dir(path("")).unwrap().map(|entry| entry.unwrap().path());
        let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
        assert_eq!(files.count(), families.len());
    }

    #[test]
    fn engines_that_did_the_same_are_grouped() {
        let observed = |seen: [u8; 3]| {
            let observations: Vec<_> =
                Engine::ALL.iter().zip(seen).map(|(engine, seen)| (engine.name(), json!(seen))).collect();
            with_observations(&json!({}), &observations)["observed"].to_string()
        };
        assert_eq!(observed([1, 1, 1]), r#"{"all":1}"#);
        assert_eq!(observed([1, 2, 1]), r#"{"chromium webkit":1,"firefox":2}"#);
    }
}
