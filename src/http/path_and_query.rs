//! The path and query of a request, in the one form that is signed and sent.

use super::percent_encoding::percent_encode;
use super::url_stability::{self, Fault};
use crate::error::Error;
use crate::error::message::{Message, message};

const EMPTY_SEGMENT: Message =
    message!("has nothing between two slashes: was a value that belongs there empty?");

/// The path and query of an APIv3 endpoint. No URL parser (WHATWG URL, section 4.4) changes them,
/// so what is signed is what is sent, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathAndQuery(String);

impl PathAndQuery {
    /// Reads a path that begins with a slash, with or without a query. Its first or second segment
    /// is `v3`.
    ///
    /// # Errors
    /// [`Error::Validation`] for `path`: it is not a path of APIv3; it contains `.`, `..`, nothing
    /// between two slashes, or a fragment; or a character in it must be percent-encoded and is not.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let refused = |problem: Message| Err(Error::validation("path", problem));
        match url_stability::fault(text) {
            Some(Fault::Character(position)) => {
                return refused(message!(
                    "has at position {} a character that a path cannot contain unencoded: a \
                     value goes into a template variable ({name}), which is percent-encoded, and \
                     the query into the option query",
                    position
                ));
            }
            Some(Fault::Host) => return refused(EMPTY_SEGMENT),
            // Removed below.
            Some(Fault::EmptyQuery) | None => {}
            Some(fault) => return refused(fault.advice()),
        }
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        let but_last = segments.len().saturating_sub(1);
        if segments.iter().take(but_last).any(|part| part.is_empty()) {
            return refused(EMPTY_SEGMENT);
        }
        let endpoint = match segments.as_slice() {
            ["v3", rest @ ..] | [_, "v3", rest @ ..] => rest.iter().any(|part| !part.is_empty()),
            _ => false,
        };
        if !endpoint {
            return refused(message!(
                "must be the path of an APIv3 endpoint: v3/ and what follows it"
            ));
        }
        // HTTP clients remove a question mark without a query.
        let text = if query.is_empty() { path } else { text };
        Ok(Self(text.to_owned()))
    }

    /// Appends query parameters: names and values in their order, percent-encoded.
    #[must_use]
    pub fn with_query<Name: AsRef<str>, Value: AsRef<str>>(
        mut self,
        pairs: impl IntoIterator<Item = (Name, Value)>,
    ) -> Self {
        for (name, value) in pairs {
            self.0.push(if self.0.contains('?') { '&' } else { '?' });
            self.0.push_str(&percent_encode(name.as_ref()));
            self.0.push('=');
            self.0.push_str(&percent_encode(value.as_ref()));
        }
        self
    }

    /// The text that is signed and sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
