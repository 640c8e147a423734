//! Operations on a header list, compared with a list of pairs.

use arbitrary::{Result, Unstructured};
use crossorigin::{header_list::HeaderList, http::HeaderName};

use crate::{
    header_values::normalized,
    model::{Headers, headers},
};

const NAMES: [&str; 4] = ["accept", "set-cookie", "vary", "x-a"];

pub fn check(bytes: &[u8]) {
    let (mut list, mut model) = (HeaderList::new(), Headers::new());
    let mut input = Unstructured::new(bytes);
    while !input.is_empty() && operation(&mut input, &mut list, &mut model).is_ok() {}
    of_the_list(&list, &model);
}

/// Applies the operation that the next bytes encode to both; fails if there are not enough bytes.
fn operation(input: &mut Unstructured<'_>, list: &mut HeaderList, model: &mut Headers) -> Result<()> {
    let name = *input.choose(&NAMES)?;
    let operation = input.int_in_range(0..=3)?;
    let length = if operation == 3 { 0 } else { input.int_in_range(0..=15)? };
    let value = input.bytes(length)?;
    let is_value = !normalized(value).iter().any(|byte| matches!(byte, b'\0' | b'\r' | b'\n'));
    let key = HeaderName::from_static(name);
    let changed = match operation {
        0 => list.append(key, value),
        1 => list.set(key, value),
        2 => list.combine(key, value),
        _ => {
            list.delete(&key);
            Ok(())
        }
    };
    assert_eq!(changed.is_ok(), is_value, "{value:?}");
    if is_value {
        change(model, operation, name, normalized(value));
    }
    Ok(())
}

/// Append, set, combine or delete.
fn change(model: &mut Headers, operation: u8, name: &str, value: &[u8]) {
    let first = model.iter().position(|header| header.0 == name.as_bytes());
    match (operation, first) {
        (3, _) => headers::delete(model, name),
        (1, Some(first)) => {
            let mut index = 0;
            model.retain(|header| {
                index += 1;
                header.0 != name.as_bytes() || index == first + 1
            });
            model[first].1 = value.to_vec();
        }
        (2, Some(first)) => {
            model[first].1.extend(b", ");
            model[first].1.extend(value);
        }
        _ => headers::append(model, name, value),
    }
}

fn of_the_list(list: &HeaderList, model: &Headers) {
    let lines = |list: &HeaderList| -> Headers {
        list.iter().map(|(name, value)| (name.as_str().into(), value.to_vec())).collect()
    };
    assert_eq!(&lines(list), model);
    assert_eq!((list.len(), list.is_empty()), (model.len(), model.is_empty()));
    for name in NAMES {
        let key = HeaderName::from_static(name);
        assert_eq!(list.contains(&key), headers::contains(model, name));
        assert_eq!(list.get(&key).map(|value| value.into_owned()), headers::get(model, name));
    }
    // Sort and combine: each name appears once, in order, except for cookies.
    let mut expected = Headers::new();
    for name in NAMES {
        if name == "set-cookie" {
            expected.extend(
                headers::values_of(model, name).into_iter().map(|value| (name.into(), value.clone())),
            );
        } else {
            expected.extend(headers::get(model, name).map(|value| (name.into(), value)));
        }
    }
    assert_eq!(lines(&list.sort_and_combine()), expected);
}
