//! Transcripts and refusals, printed.

mod delivered;
mod hostile;
mod refused;
mod short;
mod warnings;

use crossorigin::{
    browser::{Body, CredentialsMode, Page, ResponseHead},
    header_list::HeaderList,
    http::{HeaderName, StatusCode},
    oracle::{
        Oracle, Script, ServerResponse, Transcript,
        case::{Case, CaseVerdict},
    },
};

/// The verdict on a case, which prints its refusals.
fn verdict(case: &str) -> CaseVerdict {
    serde_json::from_str::<Case>(case).unwrap().play().unwrap()
}

fn oracle() -> Oracle {
    Oracle::new(Page::new("https://app.example/").unwrap())
}

fn response(status: u16, headers: &[(&str, &[u8])]) -> ServerResponse {
    let mut list = HeaderList::new();
    for (name, value) in headers {
        list.append(name.parse::<HeaderName>().unwrap(), value).unwrap();
    }
    ResponseHead { status: StatusCode::from_u16(status).unwrap(), headers: list }.into()
}

fn get(responses: impl IntoIterator<Item = ServerResponse>) -> Transcript {
    let mut oracle = oracle();
    let request = oracle.page().fetch("https://api.example/items#7").build().unwrap();
    oracle.fetch(request, &mut responses.into_iter().collect::<Script>())
}

fn put(responses: impl IntoIterator<Item = ServerResponse>) -> Transcript {
    let mut oracle = oracle();
    let call = oracle.page().fetch("https://api.example/items/7").method("PUT");
    let call = call.header("Content-Type", "application/json").credentials(CredentialsMode::Include);
    let request = call.body(Body::Replayable, None).build().unwrap();
    oracle.fetch(request, &mut responses.into_iter().collect::<Script>())
}
