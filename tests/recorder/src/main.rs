//! Records what three browser engines do with the cases of the corpus, and hunts for cases in which they and
//! the engine of this repository differ.

mod addresses;
mod arguments;
mod browser;
mod captures;
mod cases;
#[path = "../../all/recorded_browsers/compare.rs"]
mod compare;
mod contexts;
mod corpus;
mod differences;
mod guard;
mod http;
mod hunt;
mod namespace;
mod observation;
mod origins;
mod own_page;
mod player;
mod policies;
mod record;
mod runs;
mod scripted_responses;
mod server;
mod temporary;
mod verdict;

use std::process::ExitCode;

use arguments::{Command, parse};

fn main() -> ExitCode {
    let command = match parse(std::env::args().skip(1)) {
        Ok(command) => command,
        Err(problem) => {
            eprintln!("{problem}\n\n{}", arguments::USAGE);
            return ExitCode::from(2);
        }
    };
    match run(&command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> std::io::Result<ExitCode> {
    if let Command::Replay(selection) = command {
        return Ok(exit_code(hunt::replay(selection)?));
    }
    if let Some(code) = namespace::enter()? {
        return Ok(code);
    }
    let fine = match command {
        Command::Record(selection) => record::record(selection)?,
        Command::Check(selection) => record::check(selection)?,
        Command::Replay(selection) => hunt::replay(selection)?,
        Command::Hunt(hunt) => hunt::hunt(hunt)?,
        Command::Play(play) => hunt::play(play)?,
        Command::Policies(engines) => policies::record(engines)?,
        Command::Captures(engines) => captures::record(engines)?,
        Command::Guard(engines) => guard::record(engines)?,
        Command::Contexts(engines) => contexts::check(engines)?,
        Command::Addresses(engines) => addresses::record(engines)?,
    };
    Ok(exit_code(fine))
}

fn exit_code(fine: bool) -> ExitCode {
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
