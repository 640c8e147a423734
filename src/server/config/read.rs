//! Reading a configuration, from sources with types and from those that know only strings.

use std::collections::HashSet;

use super::super::{
    config_path::ConfigPath,
    error::{FLAG, PolicyError, PolicyErrorKind},
    settings::{Field, List, OFF, Setting, Settings},
    value::Value,
};
use crate::nearest::nearest;

const LIST: &str = "a list of strings, or one string with commas; `*` is any and `off` none";
const SECONDS: &str = "a whole number of seconds, 0 or more";
const STATUS: &str = "a status, such as 204";
const TABLE: &str = "a table";

/// Reads a configuration: the settings, and the errors of those that could not be read.
pub(super) fn read(value: Value) -> (Settings, Vec<PolicyError>) {
    let mut settings = Settings::default();
    let mut reader = Reader::default();
    let mut whole = Setting::Table(settings.fields());
    reader.value(ConfigPath::WHOLE, &mut whole, value);
    drop(whole);
    (settings, reader.errors)
}

#[derive(Default)]
struct Reader {
    errors: Vec<PolicyError>,
    /// The paths of all entries, to find repeats.
    seen: HashSet<ConfigPath>,
}

impl Reader {
    /// Reads a value into its setting. A wrong value adds an error and leaves the setting as it is. Nothing
    /// counts as absent.
    fn value(&mut self, path: ConfigPath, setting: &mut Setting<'_>, value: Value) {
        match (setting, value) {
            (_, Value::Nothing) => {}
            (setting, Value::Text(text)) => self.text(path, setting, text),
            (Setting::Origins(list) | Setting::Names(list), Value::List(elements)) => {
                **list = self.elements(&path, elements);
            }
            (Setting::Flag(flag), Value::Flag(given)) => **flag = given,
            (Setting::Seconds(seconds), Value::Integer(given)) => {
                **seconds = self.number(path, given, SECONDS);
            }
            (Setting::Status { given: status, .. }, Value::Integer(given)) => {
                **status = self.number(path, given, STATUS);
            }
            (Setting::Table(fields), Value::Table(entries)) => {
                for (name, value) in entries {
                    self.entry(&path, fields, &name, value);
                }
            }
            (setting, found) => {
                self.errors.push(PolicyError::new(path, wrong_type(setting.expected(), &found)));
            }
        }
    }

    /// Reads a string as the type that the setting has, because environment variables are strings.
    fn text(&mut self, path: ConfigPath, setting: &mut Setting<'_>, text: String) {
        match (setting, text.trim()) {
            (setting, "") => {
                let kind = PolicyErrorKind::EmptyValue { expected: setting.expected() };
                self.errors.push(PolicyError::new(path, kind));
            }
            (Setting::Names(list), OFF) => **list = List::default(),
            (Setting::Origins(list) | Setting::Names(list), elements) => {
                **list = elements.split(',').map(|element| element.trim().to_owned()).collect();
            }
            (Setting::Flag(flag), "true") => **flag = true,
            (Setting::Flag(flag), "false") => **flag = false,
            (Setting::Seconds(seconds), digits) if is_number(digits) => {
                **seconds = self.number(path, digits, SECONDS);
            }
            (Setting::Status { given, .. }, digits) if is_number(digits) => {
                **given = self.number(path, digits, STATUS);
            }
            (setting, seen) => {
                let (seen, kind) = (seen.to_owned(), wrong_type(setting.expected(), &Value::Text(text)));
                self.errors.push(PolicyError::with_seen(path, seen, kind));
            }
        }
    }

    /// Reads an entry of a table. A repeated name is an error, and only its first value is read.
    fn entry(&mut self, table: &ConfigPath, fields: &mut [Field<'_>], name: &str, value: Value) {
        let known = fields.iter().map(|field| field.name).collect();
        let near = nearest(name, candidates(fields));
        let (path, setting) = match find(table, fields, name) {
            Some((path, setting)) => (path, Some(setting)),
            None => (table.field_in(name), None),
        };
        if !self.seen.insert(path.clone()) {
            self.errors.push(PolicyError::new(path, PolicyErrorKind::DuplicateField));
        } else if let Some(setting) = setting {
            self.value(path, setting, value);
        } else {
            self.errors.push(PolicyError::new(path, PolicyErrorKind::UnknownField { known, near }));
        }
    }

    fn elements(&mut self, path: &ConfigPath, elements: Vec<Value>) -> List {
        let mut texts = List::default();
        for (index, element) in elements.into_iter().enumerate() {
            match element {
                Value::Text(text) => texts.push(&text),
                other => {
                    let kind = wrong_type("a string", &other);
                    self.errors.push(PolicyError::new(path.element_at(index), kind));
                    // A placeholder, so that the elements behind it keep their indexes.
                    texts.push("");
                }
            }
        }
        texts
    }

    /// Converts a number, given as an integer or as digits.
    fn number<G: ToString, N: std::str::FromStr>(
        &mut self,
        path: ConfigPath,
        given: G,
        possible: &'static str,
    ) -> Option<N> {
        let given = given.to_string();
        let number = given.parse().ok();
        if number.is_none() {
            self.errors.push(PolicyError::with_seen(path, given, PolicyErrorKind::OutOfRange(possible)));
        }
        number
    }
}

impl Setting<'_> {
    /// A description of the values that the setting can have.
    fn expected(&self) -> &'static str {
        match self {
            Self::Origins(_) | Self::Names(_) => LIST,
            Self::Flag(_) => FLAG,
            Self::Seconds(_) => SECONDS,
            Self::Status { .. } => STATUS,
            Self::Table(_) => TABLE,
        }
    }
}

fn wrong_type(expected: &'static str, found: &Value) -> PolicyErrorKind {
    PolicyErrorKind::WrongType { expected, found: found.type_name() }
}

/// The field with this name, or whose method of the builder has this name, and its path. The fields of inner
/// tables are found by their methods too, because some sources have no tables.
fn find<'f, 'a>(
    table: &ConfigPath,
    fields: &'f mut [Field<'a>],
    name: &str,
) -> Option<(ConfigPath, &'f mut Setting<'a>)> {
    for field in fields {
        let path = table.field_in(field.name);
        if [field.name, field.method].contains(&name) {
            return Some((path, &mut field.setting));
        }
        if let Setting::Table(inner) = &mut field.setting
            && let Some(field) = inner.iter_mut().find(|field| field.method == name)
        {
            return Some((path.field_in(field.name), &mut field.setting));
        }
    }
    None
}

/// All names that are found in a table, each with the name to suggest for it.
fn candidates<'f>(fields: &'f [Field<'_>]) -> impl Iterator<Item = (&'static str, &'static str)> + 'f {
    let inner = |field: &'f Field<'_>| match &field.setting {
        Setting::Table(inner) => inner.iter(),
        _ => [].iter(),
    };
    let own = fields.iter().flat_map(|field| [(field.name, field.name), (field.method, field.name)]);
    own.chain(fields.iter().flat_map(inner).flat_map(|field| {
        // In a source without tables, only the method can be written.
        [(field.method, field.method), (field.name, field.method)]
    }))
}

/// Returns whether a string is a decimal integer. `FromStr` would accept a plus sign too.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
