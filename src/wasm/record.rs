//! JavaScript objects, read member by member. A missing or unknown member, or one of the wrong
//! type, is rejected with an error that names it. `serde-wasm-bindgen` ignores unknown members, and
//! its errors do not say how to correct one.

use std::borrow::Cow;

use js_sys::{Function, JsString};
use wasm_bindgen::{JsCast, prelude::*};
use zeroize::{Zeroize, Zeroizing};

use super::foreign::{is_array, keys, member, viewed_bytes};
use super::names::camel_case;
use crate::Error;
use crate::error::untrusted_text::named;

/// The kind of an object. It decides the class of an error about a member, and the prefix of its name.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// The client's options.
    Options,
    /// A call's parameters.
    Params,
    /// A call's options.
    CallOptions,
}

impl Kind {
    /// The argument as a whole.
    fn name(self) -> &'static str {
        match self {
            Self::Options | Self::CallOptions => "options",
            Self::Params => "params",
        }
    }

    /// An error about a member by its JavaScript name, or about the argument as a whole by its own.
    pub(crate) fn refused(self, member: &str, problem: impl Into<Cow<'static, str>>) -> Error {
        match self {
            Self::Options => Error::config(member.to_owned(), problem),
            Self::Params => Error::validation(member.to_owned(), problem),
            Self::CallOptions if member == self.name() => {
                Error::validation(member.to_owned(), problem)
            }
            Self::CallOptions => Error::validation(format!("options.{member}"), problem),
        }
    }

    /// An error about an unknown member. Its name may be any text, so it is shown only if it looks
    /// like a name. Otherwise the error names the argument as a whole.
    fn unknown(self, key: &str, known: &[&str]) -> Error {
        if known.contains(&key) {
            let problem = format!("is not known here; in JavaScript it is {}", camel_case(key));
            return self.refused(key, problem);
        }
        let names: Vec<String> = known.iter().map(|name| camel_case(name)).collect();
        let names = names.join(", ");
        let name = named(key);
        if name.starts_with('`') {
            self.refused(key, format!("is not known here; known are {names}"))
        } else {
            let problem = format!("has a member that is not known, {name}; known are {names}");
            self.refused(self.name(), problem)
        }
    }
}

/// A JavaScript object whose members are all known by name.
pub(crate) struct Record<'a> {
    value: &'a JsValue,
    kind: Kind,
}

impl<'a> Record<'a> {
    /// Reads an object and its members' names. The caller checks the members.
    pub(crate) fn open_loose(value: &'a JsValue, kind: Kind) -> Result<(Self, Vec<String>), Error> {
        if !is_plain_object(value) {
            let problem = format!("must be an object, not {}", kind_of(value));
            return Err(kind.refused(kind.name(), problem));
        }
        let names =
            keys(value).map_err(|_| kind.refused(kind.name(), "cannot be read: it throws"))?;
        Ok((Self { value, kind }, names))
    }

    /// Reads an object that has no members but `known`, in `snake_case`.
    pub(crate) fn open(value: &'a JsValue, kind: Kind, known: &[&str]) -> Result<Self, Error> {
        if !is_plain_object(value) {
            let members: Vec<String> = known.iter().map(|name| camel_case(name)).collect();
            let problem = format!(
                "must be an object {{ {} }}, not {}",
                members.join(", "),
                kind_of(value)
            );
            return Err(kind.refused(kind.name(), problem));
        }
        let unreadable = |_| kind.refused(kind.name(), "cannot be read: it throws");
        for key in keys(value).map_err(unreadable)? {
            if !known.iter().any(|name| camel_case(name) == key) {
                return Err(kind.unknown(&key, known));
            }
        }
        Ok(Self { value, kind })
    }

    /// An error about one member.
    pub(crate) fn refused(&self, name: &str, problem: impl Into<Cow<'static, str>>) -> Error {
        self.kind.refused(&camel_case(name), problem)
    }

    /// A member; `None` if it is `undefined` or missing.
    pub(crate) fn optional(&self, name: &str) -> Result<Option<JsValue>, Error> {
        let value = member(self.value, &camel_case(name))
            .map_err(|_| self.refused(name, "cannot be read: its getter throws"))?;
        Ok((!value.is_undefined()).then_some(value))
    }

    /// A required member.
    pub(crate) fn required(&self, name: &str) -> Result<JsValue, Error> {
        self.optional(name)?
            .ok_or_else(|| self.refused(name, "is missing"))
    }

    /// A required string.
    pub(crate) fn required_text(&self, name: &str) -> Result<String, Error> {
        text(&self.required(name)?).map_err(|problem| self.refused(name, problem))
    }

    /// An optional string.
    pub(crate) fn optional_text(&self, name: &str) -> Result<Option<String>, Error> {
        self.optional(name)?
            .map(|value| text(&value).map_err(|problem| self.refused(name, problem)))
            .transpose()
    }

    /// An optional function.
    pub(crate) fn optional_function(&self, name: &str) -> Result<Option<Function>, Error> {
        self.optional(name)?
            .map(|value| {
                let problem = format!("must be a function, not {}", kind_of(&value));
                value.dyn_into().map_err(|_| self.refused(name, problem))
            })
            .transpose()
    }

    /// An optional whole number from `least` to `most`.
    pub(crate) fn optional_integer(
        &self,
        name: &str,
        least: u32,
        most: u32,
    ) -> Result<Option<u32>, Error> {
        let Some(value) = self.optional(name)? else {
            return Ok(None);
        };
        let number = value.as_f64().filter(|number| {
            number.fract() == 0.0 && (f64::from(least)..=f64::from(most)).contains(number)
        });
        let problem = || format!("must be a whole number from {least} to {most}");
        // Between the two, so it fits; a cast of a float saturates in any case.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        number
            .map(|number| Some(number as u32))
            .ok_or_else(|| self.refused(name, problem()))
    }
}

fn is_plain_object(value: &JsValue) -> bool {
    value.is_object() && !is_array(value)
}

/// A string that can be encoded as UTF-8. A lone surrogate would silently become another character.
pub(crate) fn text(value: &JsValue) -> Result<String, String> {
    let Some(string) = value.dyn_ref::<JsString>() else {
        return Err(format!("must be a string, not {}", kind_of(value)));
    };
    let text = String::from(string);
    // Half of a surrogate pair is converted to this character. Only if it occurs, the string's
    // characters are requested from JavaScript one by one.
    if text.contains(char::REPLACEMENT_CHARACTER) && !string.is_valid_utf16() {
        let mut text = text;
        text.zeroize();
        return Err(
            "contains half of a surrogate pair; strings must be well-formed Unicode".to_owned(),
        );
    }
    Ok(text)
}

/// The bytes of a string (as UTF-8), or of a `Uint8Array` of any realm.
pub(crate) fn bytes(value: &JsValue) -> Result<Zeroizing<Vec<u8>>, String> {
    if let Some(bytes) = viewed_bytes(value) {
        return bytes
            .map(Zeroizing::new)
            .map_err(|_| "is a view of a detached buffer".to_owned());
    }
    if !value.is_string() {
        return Err(format!(
            "must be a string or a Uint8Array, not {}",
            kind_of(value)
        ));
    }
    text(value).map(|text| Zeroizing::new(text.into_bytes()))
}

/// The type of a value, for the end of a sentence.
pub(crate) fn kind_of(value: &JsValue) -> Cow<'static, str> {
    if value.is_undefined() {
        "undefined".into()
    } else if value.is_null() {
        "null".into()
    } else if is_array(value) {
        "an array".into()
    } else if value.is_object() {
        "an object".into()
    } else {
        format!("a {}", value.js_typeof().as_string().unwrap_or_default()).into()
    }
}
