//! The values of one header: each line of the input is a line of the header list.

use crate::model::Headers;
use crate::model::abnf::{self, Extracted as Expected};
use crate::model::headers;
use crossorigin::header_list::HeaderList;
use crossorigin::header_values::{DeltaSeconds, Extracted, extract_delta_seconds, extract_tokens, is_token};
use crossorigin::http::{HeaderMap, HeaderName};

const NAME: &str = "x-values";
const X_VALUES: HeaderName = HeaderName::from_static(NAME);

pub fn law(bytes: &[u8]) {
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

/// Without tab, LF, CR and space around it.
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
        Ok(map) => assert_eq!(&HeaderList::from(&map), list, "there and back"),
        Err(_) => assert!(list.iter().any(|(_, value)| value.iter().any(refused))),
    }
}

fn of_tokens(list: &HeaderList, model: &Headers) {
    let extracted = extract_tokens(list, &X_VALUES);
    assert!(extracted.items().iter().all(|item| is_token(item) && extracted.contains_bytes(item)));
    assert!(extracted.items().iter().all(|item| extracted.contains_name(&item.to_ascii_uppercase())));
    let ours = match extracted {
        Extracted::Absent => Expected::Null,
        Extracted::Empty => Expected::Values(Vec::new()),
        Extracted::List(items) => Expected::Values(items.into_iter().map(<[u8]>::to_vec).collect()),
        Extracted::Invalid(element) => {
            assert!(!element.is_empty() && !is_token(element));
            Expected::Failure
        }
    };
    assert_eq!(ours, abnf::extract_tokens(NAME, model));
}

fn of_seconds(list: &HeaderList, model: &Headers) {
    let ours = match extract_delta_seconds(list, &X_VALUES) {
        DeltaSeconds::Absent => Expected::Null,
        DeltaSeconds::Invalid(shown) => {
            assert_eq!(Some(shown.into_owned()), headers::get(model, NAME));
            Expected::Failure
        }
        DeltaSeconds::Seconds(seconds) => Expected::Values(vec![seconds]),
    };
    assert_eq!(ours, abnf::extract_delta_seconds(NAME, model));
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
