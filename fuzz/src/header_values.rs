//! The values of one header: each line of the input is a line of the header list.

use crossorigin::{
    browser::{Exchange, Page, Profile, RequestKind, ResponseHead, Step, Timestamp, UserAgent},
    header_list::HeaderList,
    http::{HeaderMap, HeaderName, StatusCode, header},
    response_header::is_cors_safelisted_response_header_name,
};

use crate::model::{
    Headers,
    abnf::{self, Extracted},
    headers,
};

const NAME: &str = "x-values";
const X_VALUES: HeaderName = HeaderName::from_static(NAME);

pub fn check(bytes: &[u8]) {
    let mut list = HeaderList::new();
    let mut model = Headers::new();
    for line in bytes.split(|byte| *byte == b'\n').filter(|_| !bytes.is_empty()) {
        match list.append(X_VALUES, line) {
            Ok(()) => model.push((NAME.into(), normalized(line).to_vec())),
            Err(error) => {
                assert!(matches!(error.byte, b'\0' | b'\r') && line[error.index] == error.byte);
                assert!(normalized(line).iter().any(|byte| matches!(byte, b'\0' | b'\r')));
            }
        }
    }
    let lines: Vec<_> = list.iter().map(|(_, value)| value.to_vec()).collect();
    assert_eq!(lines, headers::values_of(&model, NAME).into_iter().cloned().collect::<Vec<_>>());
    of_the_list(&list, &model);
    of_tokens(&list, &model);
    of_seconds(&list, &model);
}

/// The value without the tabs, LF, CR and spaces around it.
pub(crate) fn normalized(value: &[u8]) -> &[u8] {
    let is_kept = |byte: &u8| !matches!(byte, b'\t' | b'\n' | b'\r' | b' ');
    let Some(start) = value.iter().position(is_kept) else { return b"" };
    let end = value.iter().rposition(is_kept).unwrap_or_default();
    &value[start..=end]
}

fn of_the_list(list: &HeaderList, model: &Headers) {
    assert_eq!(list.get(&X_VALUES).map(|value| value.into_owned()), headers::get(model, NAME));
    let split = list.get_decode_and_split(&X_VALUES);
    let split = split.map(|values| values.iter().map(|value| latin1(value)).collect());
    assert_eq!(split, headers::get_decode_and_split(model, NAME));
    let combined: Vec<_> = list.sort_and_combine().iter().map(|(_, value)| value.to_vec()).collect();
    assert_eq!(combined, Vec::from_iter(headers::get(model, NAME)));
    let refused = |byte: &u8| (*byte < b' ' && *byte != b'\t') || *byte == 0x7F;
    match HeaderMap::try_from(list) {
        Ok(map) => assert_eq!(&HeaderList::from(&map), list, "the conversion is lossless"),
        Err(_) => assert!(list.iter().any(|(_, value)| value.iter().any(refused))),
    }
}

/// As `Access-Control-Expose-Headers`: a page sees the headers that the model exposes.
fn of_tokens(list: &HeaderList, model: &Headers) {
    let lines = list.iter().flat_map(|(_, line)| line.split(|byte| *byte == b','));
    let names = lines.filter_map(|element| HeaderName::from_bytes(element.trim_ascii()).ok());
    let names: Vec<_> = names.filter(|name| !name.as_str().starts_with("access-control-")).take(20).collect();
    let exposed = match abnf::extract_tokens(NAME, model) {
        Extracted::Values(tokens) => tokens,
        Extracted::Null | Extracted::Failure => Vec::new(),
    };
    let is_visible = |name: &HeaderName| {
        let is_cookie = matches!(name.as_str(), "set-cookie" | "set-cookie2");
        exposed.iter().any(|token| token == b"*") && !is_cookie
            || is_cors_safelisted_response_header_name(name, &exposed)
    };
    let mut user_agent = UserAgent::new(Profile::standard());
    let mut head = shared(list, header::ACCESS_CONTROL_EXPOSE_HEADERS);
    for name in &names {
        head.headers.append(name.clone(), "1").expect("it is a value");
    }
    let exchange = sent(&mut user_agent, "GET", 0);
    let Step::Done(Ok(response)) = exchange.receive(head, &mut user_agent, Timestamp::ZERO) else {
        panic!("the response is shared")
    };
    for name in &names {
        assert_eq!(response.headers().contains(name), is_visible(name), "{name}: {list:?}");
    }
}

/// As `Access-Control-Max-Age`: a preflight is cached for the seconds that the model reads, and otherwise for
/// five.
fn of_seconds(list: &HeaderList, model: &Headers) {
    let seconds = match abnf::extract_delta_seconds(NAME, model) {
        Extracted::Values(values) => values[0],
        Extracted::Null | Extracted::Failure => 5,
    };
    let mut user_agent = UserAgent::new(Profile::standard());
    let mut head = shared(list, header::ACCESS_CONTROL_MAX_AGE);
    head.headers.append(header::ACCESS_CONTROL_ALLOW_METHODS, "PUT").expect("it is a value");
    let preflight = sent(&mut user_agent, "PUT", 0);
    assert!(matches!(preflight.receive(head, &mut user_agent, Timestamp::ZERO), Step::Send(_)));
    for at in [0, seconds.saturating_sub(1), seconds, seconds.saturating_add(1)] {
        let is_remembered = sent(&mut user_agent, "PUT", at).request().kind == RequestKind::Actual;
        assert_eq!(is_remembered, at < seconds, "{at}: {list:?}");
    }
}

/// A response that any origin may read, with these lines under this name.
fn shared(list: &HeaderList, name: HeaderName) -> ResponseHead {
    let mut headers = HeaderList::new();
    headers.append(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*").expect("it is a value");
    for (_, line) in list {
        headers.append(name.clone(), line).expect("it is a value");
    }
    ResponseHead { status: StatusCode::OK, headers }
}

/// The first exchange of a page's cross-origin fetch.
fn sent(user_agent: &mut UserAgent, method: &str, now: u64) -> Exchange {
    let page = Page::new("https://a.test/").expect("it is a URL");
    let request = page.fetch("https://b.test/").method(method).build().expect("it is a request");
    match user_agent.fetch(request, Timestamp::from_secs(now)) {
        Step::Send(exchange) => exchange,
        other => panic!("a request is sent: {other:?}"),
    }
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
