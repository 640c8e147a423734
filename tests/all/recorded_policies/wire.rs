//! The heads of requests, stored byte for byte and still readable. The headers that a browser always sends,
//! and their order, are stored once.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// A request of a browser, and the response of the policy.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Exchange {
    /// The request's head as it was sent, each code point one byte.
    pub(crate) head: String,
    /// The response as [`serve::response`](super::serve::response) writes it.
    pub(crate) response: String,
}

/// The requests of a browser in each step of a recorded case, with their responses; `None` if they were not
/// recorded.
pub(crate) fn exchanges(case: &Value, engine: &str, habits: &Habits) -> Option<Vec<Vec<Exchange>>> {
    let number = |value: &Value| usize::try_from(value.as_u64()?).ok();
    let exchange = |sent: &Value| {
        let head = habits.restored(number(&sent[0])?, sent[1].as_str()?)?;
        Some(Exchange { head, response: case["answers"][number(&sent[2])?].as_str()?.to_owned() })
    };
    let steps = case["sent"][engine].as_array()?.iter();
    steps.map(|step| step.as_array()?.iter().map(exchange).collect()).collect()
}

/// How a browser writes requests.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Habits {
    /// The usual value of each header, by its name as the browser writes it.
    usual: BTreeMap<String, String>,
    /// The names of the headers in order, separated by spaces.
    orders: Vec<String>,
}

/// Returns whether a header matters for CORS. Its line is always stored.
fn decides(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "origin" || name == "cookie" || name == "content-type" || name.starts_with("access-control-")
}

impl Habits {
    /// The habits that these heads show.
    pub(crate) fn of<'a>(heads: impl Iterator<Item = &'a str>) -> Self {
        let (mut count, mut orders) = (0, BTreeSet::new());
        let mut values: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for head in heads {
            count += 1;
            orders.insert(order(head));
            for header in lines(head).skip(1).filter_map(|line| line.split_once(": ")) {
                *values.entry(header).or_default() += 1;
            }
        }
        // A value in more than half of all heads, so that there is only one for each name.
        let is_usual = |(name, _): &(&str, &str), times: usize| !decides(name) && 2 * times > count;
        let usual = values.into_iter().filter(|(header, times)| is_usual(header, *times));
        let usual = usual.map(|((name, value), _)| (name.to_owned(), value.to_owned())).collect();
        Self { usual, orders: orders.into_iter().collect() }
    }

    pub(crate) fn read(engine: &Value) -> Option<Self> {
        Some(Self {
            usual: serde_json::from_value(engine["usual"].clone()).ok()?,
            orders: serde_json::from_value(engine["orders"].clone()).ok()?,
        })
    }

    pub(crate) fn write(&self, engine: &mut Value) {
        engine["usual"] = serde_json::json!(self.usual);
        engine["orders"] = serde_json::json!(self.orders);
    }

    /// The stored form of a head: the number of its order, and the lines with unusual values. `None` if it
    /// has no such form.
    pub(crate) fn shortened(&self, head: &str) -> Option<(usize, String)> {
        let order = self.orders.binary_search(&order(head)).ok()?;
        let unusual = lines(head).enumerate().filter(|(number, line)| {
            let header = line.split_once(": ");
            let is_usual = |(name, value)| self.usual.get(name).is_some_and(|usual| usual == value);
            *number == 0 || !header.is_some_and(is_usual)
        });
        let unusual = unusual.map(|(_, line)| line).collect::<Vec<_>>().join("\n");
        (self.restored(order, &unusual)? == head).then_some((order, unusual))
    }

    /// The head as it was sent.
    pub(crate) fn restored(&self, order: usize, unusual: &str) -> Option<String> {
        let mut unusual = unusual.split('\n').peekable();
        let mut head = unusual.next()?.to_owned();
        for name in self.orders.get(order)?.split(' ') {
            head += "\r\n";
            match unusual.next_if(|line| name_of(line) == name) {
                Some(line) => head += line,
                None => head += &format!("{name}: {}", self.usual.get(name)?),
            }
        }
        unusual.next().is_none().then(|| head + "\r\n\r\n")
    }
}

fn lines(head: &str) -> impl Iterator<Item = &str> {
    head.trim_end_matches("\r\n").split("\r\n")
}

fn order(head: &str) -> String {
    lines(head).skip(1).map(name_of).collect::<Vec<_>>().join(" ")
}

fn name_of(line: &str) -> &str {
    line.split_once(':').map_or(line, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_restored_byte_for_byte() {
        let heads = [
            "GET / HTTP/1.1\r\nHost: a\r\nOrigin: http://b\r\nX: 1\r\nEmpty: \r\nNone:\r\n\r\n",
            "PUT / HTTP/1.1\r\nHost: a\r\nOrigin: http://b\r\nX: 1\r\nEmpty: \r\nNone:x\r\n\r\n",
            "PUT / HTTP/1.1\r\nHost: c\r\nOrigin: http://b\r\nX: 2\r\nX: 1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\nTab:\tx\r\nLatin: \u{e9}\r\nX: 1\r\n\r\n",
        ];
        let habits = Habits::of(heads.into_iter());
        assert_eq!(habits.usual.keys().collect::<Vec<_>>(), ["Host", "X"]);
        for head in heads {
            let (order, text) = habits.shortened(head).unwrap();
            assert_eq!(habits.restored(order, &text).unwrap(), head);
        }
        assert_eq!(
            habits.shortened(heads[1]).unwrap().1,
            "PUT / HTTP/1.1\nOrigin: http://b\nEmpty: \nNone:x"
        );
        let mut engine = Value::Null;
        habits.write(&mut engine);
        assert_eq!(Habits::read(&engine), Some(habits));
    }

    #[test]
    fn a_head_that_cannot_be_restored_is_not_shortened() {
        let usual = "GET / HTTP/1.1\r\nX: 1\r\n\r\n";
        let twice = "GET / HTTP/1.1\r\nX: 1\r\nX: 2\r\n\r\n";
        let habits = Habits::of([usual, usual, usual, usual, usual, twice].into_iter());
        assert_eq!(habits.shortened(twice), None);
        assert_eq!(habits.shortened("GET / HTTP/1.1\r\nY: 1\r\n\r\n"), None);
        assert_eq!(habits.restored(0, "GET / HTTP/1.1\nY: 1"), None);
    }
}
