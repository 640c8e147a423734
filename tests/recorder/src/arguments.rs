//! The command line.

use crate::browser::Engine;

pub const USAGE: &str = "\
record [--engine NAME …] [--only FAMILY …]         record the corpus anew
check  [--engine NAME …] [--only FAMILY …]         record, compare with the corpus, write nothing
replay [--engine NAME …] [--only FAMILY …]         compare the corpus with the engine, without browsers
policies [--engine NAME …]                         record what browsers do with policies of this repository
guard  [--engine NAME …]                           record DNS rebinding, with and without a guard
hunt   [--engine NAME …] [--seed N] [--cases N]    random exchanges, in browsers and in the engine
hunt   --kind pages …                              random cases that need a page of their own each
captures [--engine NAME …]                         write HAR files of browsers to tests/cases/captures
play   --file FILE [--engine NAME …]               the cases of a file, one a line: what browsers did, and differences
contexts [--engine NAME …]                         play the cases of tests/cases/contexts, compare, write nothing
addresses [--engine NAME …]                        record local network access
NAME is chromium, firefox or webkit. The default is all installed engines.";

#[derive(Debug, PartialEq)]
pub enum Command {
    Record(Selection),
    Check(Selection),
    Replay(Selection),
    Hunt(Hunt),
    Play(Play),
    /// The engines to use; all if empty.
    Policies(Vec<Engine>),
    /// The engines to use; all if empty.
    Captures(Vec<Engine>),
    /// The engines to use; all if empty.
    Guard(Vec<Engine>),
    /// The engines to use; all if empty.
    Contexts(Vec<Engine>),
    /// The engines to use; all if empty.
    Addresses(Vec<Engine>),
}

/// The cases to play, and the engines to play them in.
#[derive(Debug, PartialEq, Default)]
pub struct Selection {
    /// All if empty.
    pub engines: Vec<Engine>,
    /// All if empty.
    pub families: Vec<String>,
}

#[derive(Debug, PartialEq)]
pub struct Hunt {
    /// All if empty.
    pub engines: Vec<Engine>,
    pub seed: u64,
    pub cases: usize,
    pub kind: Kind,
}

/// Cases of a file.
#[derive(Debug, PartialEq)]
pub struct Play {
    /// All if empty.
    pub engines: Vec<Engine>,
    pub file: String,
}

/// What a hunt draws.
#[derive(Debug, PartialEq, Clone, Copy)]
pub enum Kind {
    /// Fetches of a page that plays several cases at once.
    Exchanges,
    /// Requests that need a page of their own: fonts, workers, beacons and the like.
    Pages,
}

/// Parses the arguments, or returns what is wrong with them.
pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Command, String> {
    let mut arguments = arguments.into_iter();
    let name = arguments.next().ok_or("no command")?;
    let (mut engines, mut families, mut seed, mut cases) = (Vec::new(), Vec::new(), 1, None);
    let (mut kind, mut file) = (Kind::Exchanges, None);
    while let Some(option) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{option}: nothing follows"))?;
        let problem = |_| format!("{option} must be a number, and is {value}");
        match (option.as_str(), name.as_str()) {
            ("--engine", _) => engines.push(Engine::from_name(&value).ok_or(format!("{value}: no engine"))?),
            ("--only", "record" | "check" | "replay") => families.push(value),
            ("--seed", "hunt") => seed = value.parse().map_err(problem)?,
            ("--cases", "hunt") => cases = Some(value.parse().map_err(problem)?),
            ("--file", "play") => file = Some(value),
            ("--kind", "hunt") => {
                kind = match value.as_str() {
                    "exchanges" => Kind::Exchanges,
                    "pages" => Kind::Pages,
                    _ => return Err(format!("{value}: no kind of cases")),
                }
            }
            _ => return Err(format!("{option} is not an option of {name}")),
        }
    }
    match name.as_str() {
        "record" => Ok(Command::Record(Selection { engines, families })),
        "check" => Ok(Command::Check(Selection { engines, families })),
        "replay" => Ok(Command::Replay(Selection { engines, families })),
        "hunt" => {
            let cases = cases.unwrap_or(if kind == Kind::Pages { 500 } else { 3000 });
            Ok(Command::Hunt(Hunt { engines, seed, cases, kind }))
        }
        "play" => Ok(Command::Play(Play { engines, file: file.ok_or("play: no --file")? })),
        "policies" => Ok(Command::Policies(engines)),
        "captures" => Ok(Command::Captures(engines)),
        "guard" => Ok(Command::Guard(engines)),
        "contexts" => Ok(Command::Contexts(engines)),
        "addresses" => Ok(Command::Addresses(engines)),
        _ => Err(format!("{name}: no command")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_belong_to_their_commands() {
        let selection = Selection { engines: vec![Engine::WebKit], families: vec!["acao".to_owned()] };
        assert_eq!(parsed("check --engine webkit --only acao"), Ok(Command::Check(selection)));
        assert_eq!(
            parsed("hunt --seed 7 --cases 10"),
            Ok(Command::Hunt(Hunt { engines: vec![], seed: 7, cases: 10, kind: Kind::Exchanges }))
        );
        assert_eq!(
            parsed("hunt --kind pages"),
            Ok(Command::Hunt(Hunt { engines: vec![], seed: 1, cases: 500, kind: Kind::Pages }))
        );
        assert_eq!(parsed("hunt --kind x"), Err("x: no kind of cases".to_owned()));
        assert_eq!(parsed("hunt --only acao"), Err("--only is not an option of hunt".to_owned()));
        assert_eq!(parsed("record --seed 7"), Err("--seed is not an option of record".to_owned()));
        assert_eq!(parsed("record --engine servo"), Err("servo: no engine".to_owned()));
        assert_eq!(parsed("hunt --seed x"), Err("--seed must be a number, and is x".to_owned()));
        assert_eq!(parsed("hunt --seed"), Err("--seed: nothing follows".to_owned()));
        let play = Play { engines: vec![], file: "cases.jsonl".to_owned() };
        assert_eq!(parsed("play --file cases.jsonl"), Ok(Command::Play(play)));
        assert_eq!(parsed("play"), Err("play: no --file".to_owned()));
        assert_eq!(parsed("stop"), Err("stop: no command".to_owned()));
        assert_eq!(parsed(""), Err("no command".to_owned()));
    }
}
