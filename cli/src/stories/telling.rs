//! How stories are told: all of them in short, where what repeats is said once, or chosen ones in full.

use std::io;

use crossorigin::standard::FETCH_SNAPSHOT;

use super::{STORIES, Scene, Story};
use crate::{Failure, terminal::Terminal};

const OPENING: &str = "Twelve stories of common CORS problems, told in short. To see one of them in full, name \
                       its letter: `crossorigin --only d`, or in the repository \
                       `cargo run -- --only d`.";

const LEGEND: &str = "Sites A, B and C are three origins: http://site-a.example and so on. Lines with > are sent by \
                      the browser, and lines with < are received. A line with - is a decision of the browser. The \
                      step that decides is in brackets: [CORS check 4] is step 4 of the algorithm \"CORS check\" of \
                      the Fetch Standard, linked below. \"Cookies\" here means cookies and HTTP authentication. By \
                      default, fetch() has credentials \"same-origin\": it sends them only to the page's own \
                      origin. Scripts can read a response of type \"cors\", but not one of type \"opaque\". They \
                      see its timing details only if Timing-Allow-Origin (TAO) allows that. If a fetch is blocked \
                      or fails, they see only that it failed. A fix says what the server, the page, the user, or something between them must change.";

/// Tells all stories in short, or in full those with these letters or names.
pub(crate) fn tell(only: &[String], terminal: &mut Terminal) -> Result<(), Failure> {
    if let Some(only) = only.iter().find(|only| !STORIES.iter().any(|story| story.is_named(only))) {
        return Err(Failure::NoSuchStory { only: only.clone() });
    }
    if only.is_empty() {
        write_contents(terminal)?;
    }
    for story in &STORIES {
        if only.is_empty() || only.iter().any(|only| story.is_named(only)) {
            let scenes = (story.play)().map_err(Failure::Story)?;
            tell_story(story, &scenes, only.is_empty(), terminal)?;
        }
    }
    Ok(())
}

fn write_contents(terminal: &mut Terminal) -> io::Result<()> {
    terminal.paragraph(OPENING)?;
    terminal.gap()?;
    for story in &STORIES {
        terminal.code(&format!("{}  {}", story.letter, story.title))?;
    }
    terminal.gap()?;
    terminal.paragraph(LEGEND)?;
    terminal.paragraph(&format!("https://fetch.spec.whatwg.org/commit-snapshots/{FETCH_SNAPSHOT}/"))?;
    terminal.gap()
}

fn tell_story(story: &Story, scenes: &[Scene], in_short: bool, terminal: &mut Terminal) -> io::Result<()> {
    terminal.title(&format!("({}) {}", story.letter, story.title))?;
    terminal.paragraph(story.intro)?;
    let mut code = "";
    let mut told = Vec::new();
    for (scene, number) in scenes.iter().zip(1..) {
        let name = format!("{}{number}", story.letter);
        terminal.gap()?;
        if !scene.heading.is_empty() {
            terminal.paragraph(&format!("--- ({name}) {}", scene.heading))?;
        }
        if scene.code != code {
            code = scene.code;
            terminal.code(code)?;
            terminal.gap()?;
        } else if !in_short {
            terminal.gap()?;
        }
        if in_short {
            let report = Report::new(name, format!("{:#}", scene.transcript));
            report.tell(&told, terminal)?;
            told.push(report);
        } else {
            terminal.report(&scene.transcript)?;
        }
    }
    terminal.gap()?;
    terminal.paragraph(&format!("Remember: {}", story.moral))
}

/// The short report of a scene.
struct Report {
    name: String,
    /// Its parts: a message or a decision each, and the outcome.
    parts: Vec<String>,
}

impl Report {
    fn new(name: String, report: String) -> Self {
        let mut parts: Vec<String> = Vec::new();
        for line in report.lines() {
            let begins = !line.starts_with(' ') || line.starts_with("   - ");
            match parts.last_mut() {
                Some(part) if !begins => {
                    part.push('\n');
                    part.push_str(line);
                }
                _ => parts.push(line.to_owned()),
            }
        }
        Self { name, parts }
    }

    /// Tells it, except for the parts at its beginning that an earlier report has too.
    fn tell(&self, earlier: &[Self], terminal: &mut Terminal) -> io::Result<()> {
        // Of several that are equally alike, the first was told most completely.
        let most_alike = earlier.iter().rev().max_by_key(|other| self.parts_in_common(other));
        let in_common = most_alike.map_or(0, |other| self.parts_in_common(other));
        let begins_message = |part: &String| message_number(part).is_some();
        // A message is told with all decisions about it.
        let told = match self.parts.get(..=in_common) {
            Some(parts) => parts.iter().rposition(begins_message).unwrap_or(in_common),
            None => in_common,
        };
        let new = self.parts.get(told..).unwrap_or_default();
        if let Some(Self { name, .. }) = most_alike.filter(|_| in_common > 0) {
            terminal.paragraph(&match new.first().map(|part| message_number(part)) {
                None => format!("Everything is as in ({name})."),
                Some(None) => format!("It begins as in ({name}). Then:"),
                Some(Some(number)) => format!("It begins as in ({name}). From message {number} on:"),
            })?;
        }
        new.iter().try_for_each(|part| terminal.report(part))
    }

    /// How many parts at the beginning of both are the same.
    fn parts_in_common(&self, other: &Self) -> usize {
        self.parts.iter().zip(&other.parts).take_while(|(part, other)| part == other).count()
    }
}

/// The number of the message that a part is about, if it is the heading of one.
fn message_number(part: &str) -> Option<&str> {
    let (number, _) = part.split_once(". ")?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then_some(number)
}
