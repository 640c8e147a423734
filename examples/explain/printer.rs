//! The one place that prints.

use crate::stories::{Scene, Story};
use crossorigin::oracle::Report;
use crossorigin::oracle::case::{Case, Played};
use std::io::{self, Write};

/// Prints stories and cases, as a report is printed.
pub(crate) struct Printer<W> {
    out: W,
    report: Report,
    begun: bool,
}

impl<W: Write> Printer<W> {
    pub(crate) fn new(out: W, report: Report) -> Self {
        Self { out, report, begun: false }
    }

    pub(crate) fn story(&mut self, story: &Story, scenes: &[Scene]) -> io::Result<()> {
        self.title(&format!("({}) {}", story.letter, story.title))?;
        self.paragraph(story.intro)?;
        let mut code = "";
        for scene in scenes {
            self.scene(scene, scene.code != code)?;
            code = scene.code;
        }
        writeln!(self.out)?;
        self.paragraph(&format!("Remember: {}", story.moral))
    }

    /// Code is not shown again if the page does the same again.
    fn scene(&mut self, scene: &Scene, shows_code: bool) -> io::Result<()> {
        writeln!(self.out)?;
        if !scene.heading.is_empty() {
            self.paragraph(&format!("--- {}", scene.heading))?;
            writeln!(self.out)?;
        }
        if shows_code {
            for line in scene.code.lines() {
                writeln!(self.out, "    {line}")?;
            }
            writeln!(self.out)?;
        }
        write!(self.out, "{}", scene.transcript.display(self.report))
    }

    pub(crate) fn case(&mut self, case: &Case, steps: &[Played]) -> io::Result<()> {
        self.title(&case.id)?;
        for (index, step) in steps.iter().enumerate() {
            if index > 0 {
                writeln!(self.out)?;
            }
            match step {
                Played::Fetched(transcript) => write!(self.out, "{}", transcript.display(self.report))?,
                Played::Refused(refusal) => write!(self.out, "{}", self.report.refusal(refusal))?,
            }
        }
        Ok(())
    }

    /// A line, underlined, after an empty line unless it is the first.
    fn title(&mut self, title: &str) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            writeln!(self.out, "\n")?;
        }
        let title = self.report.paragraph(title).to_string();
        let columns = title.lines().map(|line| line.chars().count()).max().unwrap_or_default();
        writeln!(self.out, "{title}{}\n", "=".repeat(columns))
    }

    fn paragraph(&mut self, text: &str) -> io::Result<()> {
        write!(self.out, "{}", self.report.paragraph(text))
    }

    /// Sees to it that all of it is out.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}
