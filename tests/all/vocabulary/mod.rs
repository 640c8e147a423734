mod byte_string;
mod header_list;
mod method;
mod origin;
mod request_header;
mod response_header;

use crossorigin::{header_list::HeaderList, http::HeaderName};

#[track_caller]
fn name(text: &str) -> HeaderName {
    text.parse().unwrap()
}

#[track_caller]
fn list<V: AsRef<[u8]>>(lines: impl IntoIterator<Item = (impl AsRef<str>, V)>) -> HeaderList {
    let mut list = HeaderList::new();
    for (line, value) in lines {
        list.append(name(line.as_ref()), value).unwrap();
    }
    list
}
