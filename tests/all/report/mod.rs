//! Transcripts and refusals, printed.

use crossorigin::browser::{Body, CredentialsMode, Page, ResponseHead};
use crossorigin::header_list::HeaderList;
use crossorigin::http::{HeaderName, StatusCode};
use crossorigin::oracle::{Answer, Oracle, Script, Transcript};

mod delivered;
mod hostile;
mod paper;
mod refused;

fn oracle() -> Oracle {
    Oracle::new(Page::new("https://app.example/").unwrap())
}

fn answer(status: u16, headers: &[(&str, &[u8])]) -> Answer {
    let mut list = HeaderList::new();
    for (name, value) in headers {
        list.append(name.parse::<HeaderName>().unwrap(), value).unwrap();
    }
    ResponseHead { status: StatusCode::from_u16(status).unwrap(), headers: list }.into()
}

fn get(answers: impl IntoIterator<Item = Answer>) -> Transcript {
    let mut oracle = oracle();
    let request = oracle.page().fetch("https://api.example/items#7").build().unwrap();
    oracle.fetch(request, &mut answers.into_iter().collect::<Script>())
}

fn put(answers: impl IntoIterator<Item = Answer>) -> Transcript {
    let mut oracle = oracle();
    let call = oracle.page().fetch("https://api.example/items/7").method("PUT");
    let call = call.header("Content-Type", "application/json").credentials(CredentialsMode::Include);
    let request = call.body(Body::Replayable, None).build().unwrap();
    oracle.fetch(request, &mut answers.into_iter().collect::<Script>())
}
