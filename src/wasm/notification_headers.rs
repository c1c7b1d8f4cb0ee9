//! The headers of a notification, in any form in which a server provides them.

use wasm_bindgen::prelude::*;

use super::foreign::{call, is_array, items, keys, member};
use super::record::{kind_of, text};
use crate::{Error, SignatureHeaders};

/// How many headers are searched. Servers accept fewer.
const MOST_HEADERS: usize = 4_000;

/// The source of headers.
enum Headers<'a> {
    /// Names and values: of a `Headers`, a `Map`, pairs, node's `rawHeaders`.
    Listed(Vec<(String, JsValue)>),
    /// An object whose members are the headers, with the members' names: Node's `headers`, or an
    /// event's.
    Members(&'a JsValue, Vec<String>),
    /// An object with a method `get` only.
    Asked(&'a JsValue),
}

/// Reads the headers that the protocol needs. All others are ignored.
pub(super) fn read(request: &JsValue) -> Result<SignatureHeaders, Error> {
    let headers = member(request, "headers").map_err(unreadable)?;
    if headers.is_undefined() || headers.is_null() {
        return Err(missing(request));
    }
    let headers = Headers::of(&headers)?;
    SignatureHeaders::read(|name| headers.value(name))
}

fn refused(problem: impl Into<String>) -> Error {
    Error::validation("headers", problem.into())
}

fn unreadable(_: JsValue) -> Error {
    refused("cannot be read: it throws")
}

fn missing(request: &JsValue) -> Error {
    // Load balancers send this member if they are configured so.
    if member(request, "multiValueHeaders").is_ok_and(|headers| headers.is_object()) {
        return refused(
            "is missing; multiValueHeaders is there: give { ...event, headers: \
             event.multiValueHeaders }",
        );
    }
    refused("is missing; give the fetch Request itself, or { headers, body } of what arrived")
}

impl<'a> Headers<'a> {
    fn of(headers: &'a JsValue) -> Result<Self, Error> {
        if !headers.is_object() {
            let problem = format!(
                "must be a Headers, an object, a Map or an array of pairs, not {}",
                kind_of(headers)
            );
            return Err(refused(problem));
        }
        if let Some(items) = items(headers, MOST_HEADERS) {
            return Self::listed(&items.map_err(unreadable)?).map_err(unreadable);
        }
        if member(headers, "get").map_err(unreadable)?.is_function() {
            return Ok(Self::Asked(headers));
        }
        Ok(Self::Members(headers, keys(headers).map_err(unreadable)?))
    }

    /// Reads pairs, or alternating names and values if the first item is a string.
    fn listed(items: &[JsValue]) -> Result<Self, JsValue> {
        let mut listed = Vec::new();
        let mut list = |name: &JsValue, value: JsValue| {
            // A name that is not a string is no header.
            listed.extend(name.as_string().map(|name| (name, value)));
        };
        if items.first().is_some_and(JsValue::is_string) {
            for pair in items.chunks_exact(2) {
                if let [name, value] = pair {
                    list(name, value.clone());
                }
            }
        } else {
            for pair in items {
                list(&member(pair, "0")?, member(pair, "1")?);
            }
        }
        Ok(Self::Listed(listed))
    }

    /// One header, whatever the case of its name. A header that arrived several times is joined,
    /// as in fetch. A signature over it is then not valid.
    fn value(&self, name: &str) -> Result<Option<String>, Error> {
        let mut values = Vec::new();
        let mut take = |value: JsValue| add(name, &value, &mut values);
        match self {
            Self::Listed(pairs) => {
                for (key, value) in pairs {
                    if key.eq_ignore_ascii_case(name) {
                        take(value.clone())?;
                    }
                }
            }
            Self::Members(object, keys) => {
                for key in keys {
                    if key.eq_ignore_ascii_case(name) {
                        take(member(object, key).map_err(unreadable)?)?;
                    }
                }
            }
            Self::Asked(object) => take(call(object, "get", &[&name.into()]).map_err(unreadable)?)?,
        }
        Ok((!values.is_empty()).then(|| values.join(", ")))
    }
}

/// Adds a header's value, or each of its values.
fn add(name: &str, value: &JsValue, values: &mut Vec<String>) -> Result<(), Error> {
    if value.is_undefined() || value.is_null() {
        return Ok(());
    }
    let several = is_array(value)
        .then(|| items(value, MOST_HEADERS))
        .flatten();
    let each = match several {
        Some(several) => several.map_err(unreadable)?,
        None => vec![value.clone()],
    };
    for value in each {
        let value = text(&value).map_err(|problem| refused(format!("{name} {problem}")))?;
        values.push(value);
    }
    Ok(())
}
