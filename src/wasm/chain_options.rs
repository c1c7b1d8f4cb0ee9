//! The options of a chain's call: body, query, headers, the path's variables, and those of any call.

use js_sys::{Function, Symbol};
use wasm_bindgen::prelude::*;

use super::errors::Failure;
use super::foreign::{is_array, items, keys, member};
use super::names::camel_case;
use super::options::CallOptions;
use super::record::{Kind, Record, kind_of, text};
use crate::calls::chain::{Headers, Params};
use crate::error::untrusted_text::named;
use crate::{Error, UriTemplate};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = String)]
    fn host_text(number: &JsValue) -> String;
}

const BODY: &str = "json";
const QUERY: &str = "query";
const HEADERS: &str = "headers";

/// More values of one name are not a query, but an endless iterator.
const MOST_VALUES: usize = 1_000;

/// From this number on, a double cannot represent every integer: an id that is given as a number
/// would have wrong last digits.
const UNSAFE_INTEGER: f64 = 9_007_199_254_740_992.0;

/// The options of a call.
pub(crate) struct ChainOptions {
    pub(crate) params: Params,
    pub(crate) options: CallOptions,
}

impl ChainOptions {
    /// Reads the argument of a call, which may be left out.
    pub(crate) fn read(
        options: &JsValue,
        path: &UriTemplate,
        write_json: &Function,
    ) -> Result<Self, Failure> {
        if path.variables().any(is_reserved) {
            return Err(Error::validation(
                "path",
                "has a variable with the name of an option: give it another one, since the names of \
                 variables are not sent",
            )
            .into());
        }
        if options.is_undefined() {
            return Ok(Self {
                params: Params::default(),
                options: CallOptions::default(),
            });
        }
        let (record, names) = Record::open_loose(options, Kind::CallOptions)?;
        let query = match record.optional(QUERY)? {
            Some(query) => read_query(&query)?,
            None => Vec::new(),
        };
        let headers = match record.optional(HEADERS)? {
            Some(headers) => read_headers(&headers)?,
            None => Headers::default(),
        };
        Ok(Self {
            options: CallOptions::of(&record)?,
            params: Params {
                variables: read_variables(options, &names, path)?,
                query,
                headers,
                // Last, since it costs most and may run the caller's code.
                json: read_json(&record, write_json)?,
            },
        })
    }
}

fn is_reserved(name: &str) -> bool {
    [BODY, QUERY, HEADERS].contains(&name)
        || CallOptions::NAMES
            .iter()
            .any(|option| camel_case(option) == name)
}

fn read_json(record: &Record<'_>, write_json: &Function) -> Result<Option<Vec<u8>>, Failure> {
    let Some(json) = record.optional(BODY)? else {
        return Ok(None);
    };
    let written = write_json
        .call1(&JsValue::UNDEFINED, &json)
        .map_err(Failure::Theirs)?;
    let written = text(&written).map_err(|problem| Error::validation(BODY, problem))?;
    Ok(Some(written.into_bytes()))
}

/// The variables: all members that are no options. The core rejects those that the path does not have.
fn read_variables(
    options: &JsValue,
    names: &[String],
    path: &UriTemplate,
) -> Result<Vec<(String, String)>, Error> {
    let mut variables = Vec::new();
    for name in names.iter().filter(|name| !is_reserved(name)) {
        if !path.variables().any(|variable| variable == name) {
            // The name is wrong, whatever the value.
            variables.push((name.clone(), String::new()));
            continue;
        }
        let field = if named(name).starts_with('`') {
            name
        } else {
            "options"
        };
        let value = read_member(options, name, field)?;
        if !value.is_undefined() {
            let value =
                scalar(&value).map_err(|problem| Error::validation(field.to_owned(), problem))?;
            variables.push((name.clone(), value));
        }
    }
    Ok(variables)
}

fn read_query(query: &JsValue) -> Result<Vec<(String, String)>, Error> {
    let mut pairs = Vec::new();
    for name in plain_keys(query, QUERY)? {
        let field = match named(&name) {
            shown if shown.starts_with('`') => format!("{QUERY}.{name}"),
            _ => QUERY.to_owned(),
        };
        let refused = |problem: String| Error::validation(field.clone(), problem);
        let value = read_member(query, &name, &field)?;
        if !name.is_ascii() {
            pairs.push((name, String::new()));
            continue;
        }
        let values = if is_array(&value) {
            let unreadable = || refused("cannot be read: it throws".to_owned());
            items(&value, MOST_VALUES)
                .ok_or_else(unreadable)?
                .map_err(|_| unreadable())?
        } else {
            vec![value]
        };
        for value in values.iter().filter(|value| !value.is_undefined()) {
            pairs.push((name.clone(), scalar(value).map_err(refused)?));
        }
    }
    Ok(pairs)
}

fn read_headers(headers: &JsValue) -> Result<Headers, Error> {
    let mut pairs = Vec::new();
    for name in plain_keys(headers, HEADERS)? {
        let value = read_member(headers, &name, HEADERS)?;
        if !name.is_ascii() {
            pairs.push((name, String::new()));
            continue;
        }
        if !value.is_undefined() {
            let value = text(&value).map_err(|problem| {
                let problem = format!("has a value, of {}, that {problem}", named(&name));
                Error::validation(HEADERS, problem)
            })?;
            pairs.push((name, value));
        }
    }
    Headers::parse(pairs)
}

/// The names of a plain object. A name that is not ASCII may have lost half of a surrogate pair on
/// its way here; then no member has this name. The core rejects such names. An iterable object,
/// such as a Headers or URLSearchParams, has no members of its own, and would be ignored.
fn plain_keys(value: &JsValue, field: &'static str) -> Result<Vec<String>, Error> {
    let iterates = || {
        js_sys::Reflect::get(value, &Symbol::iterator())
            .is_ok_and(|iterator| iterator.is_function())
    };
    if !value.is_object() || iterates() {
        let problem = format!(
            "must be a plain object {{ name: value }}, not {}; of a Map, Headers or \
             URLSearchParams, Object.fromEntries makes one",
            kind_of(value)
        );
        return Err(Error::validation(field, problem));
    }
    keys(value).map_err(|_| Error::validation(field, "cannot be read: it throws"))
}

fn read_member(object: &JsValue, name: &str, field: &str) -> Result<JsValue, Error> {
    member(object, name)
        .map_err(|_| Error::validation(field.to_owned(), "cannot be read: its getter throws"))
}

/// A value as text for a path or query.
fn scalar(value: &JsValue) -> Result<String, String> {
    if let Some(truth) = value.as_bool() {
        return Ok(truth.to_string());
    }
    match value.as_f64() {
        None if value.is_string() => text(value),
        None => Err(format!(
            "must be a string, a number or true or false, not {}",
            kind_of(value)
        )),
        // Written by the host, as in its JSON.
        Some(number) if number.abs() < UNSAFE_INTEGER => Ok(host_text(value)),
        Some(_) => {
            Err("is not a number that JavaScript can hold exactly; give it as a string".to_owned())
        }
    }
}
