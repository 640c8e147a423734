//! Captures of browsers and tools, explained.

use std::path::Path;

use crossorigin_cli::import::{self, FetchOutcome, Finding, Format, Import, Options};

use crate::{
    Failure, Found,
    arguments::Explain,
    explain::{Progress, write_json},
    input,
    terminal::Terminal,
};

/// How many findings are explained with all messages. With more of them, each is explained in short.
const IN_FULL: usize = 2;

/// Explains a file if it is a capture, and returns whether it is.
pub(crate) fn explain(path: &Path, bytes: &[u8], progress: &mut Progress<'_>) -> Result<bool, Failure> {
    let text = String::from_utf8_lossy(bytes);
    let import = import::read(&text, &options(progress.explain));
    let import = import.map_err(|error| Failure::Capture { path: path.to_owned(), error })?;
    import.map_or(Ok(false), |import| explain_import(&import, progress).map(|()| true))
}

/// Explains messages of a browser's console: those words, or standard input if there are no words.
pub(crate) fn explain_console(words: &[String], explain: &Explain) -> Result<Found, Failure> {
    let text = match words {
        [] => String::from_utf8_lossy(&input::read(Path::new("-"))?).into_owned(),
        words => words.join(" "),
    };
    let import = import::read_as(Format::Console, &text, &options(explain)).map_err(Failure::Console)?;
    let mut terminal = Terminal::new(explain.width, explain.colour);
    let mut progress = Progress::new(explain, &mut terminal);
    explain_import(&import, &mut progress)?;
    let found = progress.finish()?;
    terminal.finish()?;
    Ok(found)
}

fn options(explain: &Explain) -> Options {
    let given = explain.capture.clone();
    Options { page: given.page, url: given.url, profile: given.profile, show_secrets: given.show_secrets }
}

fn explain_import(import: &Import, progress: &mut Progress<'_>) -> Result<(), Failure> {
    let chosen: Vec<_> = import.findings.iter().filter(|finding| progress.wants(finding.id())).collect();
    let is_chosen = !progress.explain.only.is_empty();
    // A finding that is alone says all that there is to say.
    if !progress.explain.json && !is_chosen && (chosen.len(), import.others) != (1, 0) {
        progress.terminal.paragraph(&summary(import))?;
    }
    for finding in &chosen {
        progress.note(finding.outcome() != FetchOutcome::Delivered);
        if progress.explain.json {
            write_json(finding)?;
        } else {
            progress.terminal.title(&finding.title())?;
            if is_chosen || chosen.len() <= IN_FULL {
                progress.terminal.report(finding)?;
            } else {
                progress.terminal.report(&format_args!("{finding:#}"))?;
            }
        }
    }
    Ok(())
}

/// How many requests there are, and how they end.
fn summary(import: &Import) -> String {
    let count = |is: fn(&Finding) -> bool| import.findings.iter().filter(|finding| is(finding)).count();
    let all = import.findings.len() + import.others;
    let decided = import.findings.len();
    let requests = if all == 1 { "request" } else { "requests" };
    let mut summary = format!("Of {all} {requests}, CORS decides about {decided}");
    let blocked = count(|finding| finding.outcome() == FetchOutcome::Blocked);
    let parts = [
        (blocked, "blocked"),
        (count(|finding| finding.outcome() == FetchOutcome::Delivered), "delivered"),
        (count(|finding| finding.outcome() == FetchOutcome::Failed), "failed without a response"),
        (count(|finding| finding.outcome() == FetchOutcome::Undecided), "undecided"),
        (count(Finding::is_disagreement), "where browser and engine disagree"),
    ];
    let parts: Vec<_> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if !parts.is_empty() {
        summary.push_str(&format!(": {}", parts.join(", ")));
    }
    summary.push('.');
    if decided == 0 && import.others > import.invalid_urls + import.unknown_pages {
        summary.push_str(
            " It does not decide about the page's own origin, navigations, WebSockets, and requests with mode \"no-cors\", such as \
             those of images without `crossorigin` and of beacons with a text.",
        );
    }
    if import.invalid_urls > 0 {
        summary.push_str(&format!(" {} without a URL that can be read.", import.invalid_urls));
    }
    if import.unknown_pages > 0 {
        let pages = import.unknown_pages;
        summary.push_str(&format!(" {pages} of an unknown page: name it with `--page https://…`."));
    }
    summary
}
