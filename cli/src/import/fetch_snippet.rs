//! Calls of `fetch()`, as browsers copy them ("Copy as fetch") or as they stand in a page's code, and of
//! `navigator.sendBeacon()`. They have requests and no responses.

use std::{iter::Peekable, str::Chars};

use super::{
    InvalidCapture,
    capture::{Capture, Exchange, Headers, Request},
};

/// How deep literals may be nested.
const MAX_DEPTH: usize = 64;

/// The types that a request may have without a preflight.
const SAFELISTED_TYPES: [&str; 3] =
    ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/// How the calls begin, and how they are read.
const CALLS: [(&str, ReadCall); 2] = [("fetch(", fetch_call), ("sendBeacon(", beacon_call)];

/// Reads the arguments of a call; `None` if its URL is not a literal text.
type ReadCall = fn(&mut Parser<'_>) -> Option<Request>;

/// Returns whether the text begins with a call.
pub(super) fn is_call(text: &str) -> bool {
    let text = text.trim_start();
    let text = text.strip_prefix("await ").unwrap_or(text);
    let text = text.trim_start_matches("window.").trim_start_matches("navigator.");
    CALLS.iter().any(|(name, _)| text.starts_with(name))
}

/// Reads the calls.
pub(super) fn read(text: &str) -> Result<Capture, InvalidCapture> {
    let calls = CALLS.iter().flat_map(|(name, read)| {
        text.match_indices(name).map(move |(at, name)| (at.saturating_add(name.len()), *read))
    });
    let mut calls: Vec<(usize, ReadCall)> = calls.collect();
    calls.sort_by_key(|(start, _)| *start);
    // The arguments of a call end where the next call begins, so that nothing is read twice.
    let ends: Vec<_> = calls.iter().skip(1).map(|(start, _)| *start).chain([text.len()]).collect();
    let requests = calls.into_iter().zip(ends).filter_map(|((start, read), end)| {
        read(&mut Parser { characters: text.get(start..end)?.chars().peekable() })
    });
    let exchanges: Vec<_> = requests.map(|request| Exchange { request, ..Exchange::default() }).collect();
    if exchanges.is_empty() {
        return Err(InvalidCapture::NoRequest);
    }
    Ok(Capture { exchanges, ..Capture::default() })
}

fn fetch_call(arguments: &mut Parser<'_>) -> Option<Request> {
    let Literal::Text(url) = arguments.literal(0) else { return None };
    let init = match arguments.next_argument() {
        true => arguments.literal(0),
        false => Literal::Other,
    };
    let referrer = init.text("referrer").filter(|referrer| referrer.contains("://"));
    Some(Request {
        method: init.text("method").unwrap_or("GET").to_owned(),
        url,
        headers: init.get("headers").map(Literal::headers).unwrap_or_default(),
        has_body: !matches!(init.get("body"), None | Some(Literal::Null)),
        page: referrer.map(str::to_owned),
        resource_type: Some("fetch".to_owned()),
        mode: Some(init.text("mode").unwrap_or("cors").to_owned()),
        is_command: true,
        credentials: Some(init.text("credentials").unwrap_or("same-origin").to_owned()),
        ..Request::default()
    })
}

fn beacon_call(arguments: &mut Parser<'_>) -> Option<Request> {
    let Literal::Text(url) = arguments.literal(0) else { return None };
    let has_body = arguments.next_argument();
    let body_type = if has_body { arguments.body_type() } else { None };
    // Beacon, processing model: only such types need CORS.
    let is_safelisted = body_type.as_deref().is_none_or(|body_type| {
        let essence = body_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        SAFELISTED_TYPES.contains(&essence.as_str())
    });
    let mut headers = Headers::default();
    body_type.iter().for_each(|body_type| headers.push("Content-Type", body_type));
    Some(Request {
        method: "POST".to_owned(),
        url,
        headers,
        has_body,
        resource_type: Some("beacon".to_owned()),
        mode: Some(if is_safelisted { "no-cors" } else { "cors" }.to_owned()),
        is_command: true,
        credentials: Some("include".to_owned()),
        ..Request::default()
    })
}

/// A literal of JavaScript, as far as calls of `fetch()` have them.
enum Literal {
    Text(String),
    Null,
    Object(Vec<(String, Literal)>),
    List(Vec<Literal>),
    /// Any other expression.
    Other,
}

impl Literal {
    fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => {
                members.iter().rev().find(|(found, _)| found == name).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The headers of an object, or of a list of pairs. A value that is not a literal is a word that says so.
    fn headers(&self) -> Headers {
        let value = |literal: &Self| match literal {
            Self::Text(text) => text.clone(),
            _ => "expression".to_owned(),
        };
        let mut headers = Headers::default();
        match self {
            Self::Object(members) => {
                members.iter().for_each(|(name, literal)| headers.push(name, &value(literal)));
            }
            Self::List(pairs) => {
                for pair in pairs {
                    if let Self::List(pair) = pair
                        && let [Self::Text(name), literal] = pair.as_slice()
                    {
                        headers.push(name, &value(literal));
                    }
                }
            }
            _ => {}
        }
        headers
    }
}

struct Parser<'a> {
    characters: Peekable<Chars<'a>>,
}

impl Parser<'_> {
    /// Reads the comma before the next argument; `false` if there is no further one.
    fn next_argument(&mut self) -> bool {
        self.skip_space();
        self.characters.next_if_eq(&',').is_some()
    }

    /// Reads these characters, if they are next.
    fn skip(&mut self, text: &str) -> bool {
        self.skip_space();
        let mut rest = self.characters.clone();
        let is_next = text.chars().all(|character| rest.next() == Some(character));
        if is_next {
            self.characters = rest;
        }
        is_next
    }

    /// The type of a body, as far as the expression shows it. Any other expression is taken for a text.
    fn body_type(&mut self) -> Option<String> {
        if self.skip("new Blob(") {
            self.literal(1);
            let options = if self.next_argument() { self.literal(1) } else { Literal::Other };
            return options.text("type").map(str::to_owned);
        }
        let known = [
            ("new URLSearchParams(", "application/x-www-form-urlencoded;charset=UTF-8"),
            ("new FormData(", "multipart/form-data"),
        ];
        let known = known.into_iter().find(|(expression, _)| self.skip(expression));
        Some(known.map_or("text/plain;charset=UTF-8", |(_, body_type)| body_type).to_owned())
    }

    fn skip_space(&mut self) {
        while self.characters.next_if(|character| character.is_whitespace()).is_some() {}
    }

    /// Reads an expression. If it is not a literal, it ends before the next comma or closing bracket.
    fn literal(&mut self, depth: usize) -> Literal {
        self.skip_space();
        let literal = match self.characters.peek() {
            Some('"' | '\'' | '`') => Literal::Text(self.text()),
            Some('{') if depth < MAX_DEPTH => self.object(depth),
            Some('[') if depth < MAX_DEPTH => self.list(depth),
            _ => Literal::Other,
        };
        self.skip_space();
        let rest = self.rest_of_expression();
        match literal {
            Literal::Other if rest.trim() == "null" => Literal::Null,
            // An operator or a call follows.
            literal if rest.is_empty() => literal,
            _ => Literal::Other,
        }
    }

    /// Reads a text and its quotes. Its escapes are those of JSON; others stand for themselves.
    fn text(&mut self) -> String {
        let quote = self.characters.next();
        let mut text = String::new();
        while let Some(character) = self.characters.next() {
            if Some(character) == quote {
                break;
            }
            match character {
                '\\' => match self.characters.next() {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some('r') => text.push('\r'),
                    Some('u') => text.extend(self.code_point()),
                    escaped => text.extend(escaped),
                },
                _ => text.push(character),
            }
        }
        text
    }

    /// The code point of up to four hexadecimal digits.
    fn code_point(&mut self) -> Option<char> {
        let mut value = 0;
        for _ in 0..4 {
            let Some(digit) = self.characters.peek().and_then(|digit| digit.to_digit(16)) else { break };
            value = value * 16 + digit;
            self.characters.next();
        }
        char::from_u32(value)
    }

    fn object(&mut self, depth: usize) -> Literal {
        self.characters.next();
        let mut members = Vec::new();
        loop {
            self.skip_space();
            let name = match self.characters.peek() {
                None => break,
                Some('}') => {
                    self.characters.next();
                    break;
                }
                Some('"' | '\'' | '`') => self.text(),
                Some(_) => self.name(),
            };
            self.skip_space();
            if self.characters.next_if_eq(&':').is_some() {
                members.push((name, self.literal(depth.saturating_add(1))));
            } else {
                // A name alone, a method or a spread.
                self.rest_of_expression();
                members.push((name, Literal::Other));
            }
            self.characters.next_if_eq(&',');
            // Nothing closes this bracket here.
            self.characters.next_if(|character| [')', ']'].contains(character));
        }
        Literal::Object(members)
    }

    fn list(&mut self, depth: usize) -> Literal {
        self.characters.next();
        let mut elements = Vec::new();
        loop {
            self.skip_space();
            match self.characters.peek() {
                None => break,
                Some(']') => {
                    self.characters.next();
                    break;
                }
                Some(_) => elements.push(self.literal(depth.saturating_add(1))),
            }
            self.characters.next_if_eq(&',');
            self.characters.next_if(|character| [')', '}'].contains(character));
        }
        Literal::List(elements)
    }

    /// A name without quotes.
    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(character) = self
            .characters
            .next_if(|character| character.is_alphanumeric() || ['_', '$', '.'].contains(character))
        {
            name.push(character);
        }
        name
    }

    /// Reads up to the comma or the closing bracket that ends an expression.
    fn rest_of_expression(&mut self) -> String {
        let mut rest = String::new();
        let mut depth = 0_usize;
        while let Some(&character) = self.characters.peek() {
            match character {
                '"' | '\'' | '`' => {
                    self.text();
                    rest.push(character);
                    continue;
                }
                '(' | '[' | '{' => depth = depth.saturating_add(1),
                ')' | ']' | '}' if depth == 0 => break,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => break,
                _ => {}
            }
            rest.push(character);
            self.characters.next();
        }
        rest
    }
}
