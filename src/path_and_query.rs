//! Path and query of a request, in the one form in which they are signed and sent.

use crate::error::Error;
use crate::percent_encoding::{is_unreserved, percent_encode};

/// Path and query of an APIv3 endpoint. Every URL parser (WHATWG URL, section 4.4) leaves them as
/// they are, so what is signed is what is sent, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathAndQuery(String);

impl PathAndQuery {
    /// Reads a path that begins with a slash, and perhaps has a query. Its first or second segment is
    /// `v3`.
    ///
    /// # Errors
    /// [`Error::Validation`] for `path`: it is none of APIv3's, holds `.`, `..` or nothing between
    /// two slashes, a fragment, or a character that is not percent-encoded although it has to be.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let refused = |problem: String| Err(Error::validation("path", problem));
        if let Some(position) = first_misplaced(text) {
            return refused(format!(
                "has at position {position} a character that a path cannot hold as it is: a value \
                 goes into a template variable ({{name}}), which is percent-encoded, and the query \
                 into the option query"
            ));
        }
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let Some(segments) = path.strip_prefix('/') else {
            return refused("must begin with a slash".to_owned());
        };
        let segments: Vec<&str> = segments.split('/').collect();
        if segments.iter().any(|segment| is_dots(segment)) {
            return refused("holds a segment . or .., which would lead elsewhere".to_owned());
        }
        let but_last = segments.len() - 1;
        if segments.iter().take(but_last).any(|part| part.is_empty()) {
            return refused(
                "holds nothing between two slashes: was a value that belongs there empty?"
                    .to_owned(),
            );
        }
        let endpoint = match segments.as_slice() {
            ["v3", rest @ ..] | [_, "v3", rest @ ..] => rest.iter().any(|part| !part.is_empty()),
            _ => false,
        };
        if !endpoint {
            return refused(
                "must lead to an endpoint of APIv3: v3/, and what follows it".to_owned(),
            );
        }
        // A question mark with nothing behind it is dropped by those who send.
        let text = if query.is_empty() { path } else { text };
        Ok(Self(text.to_owned()))
    }

    /// With more of a query: names and values in their order, percent-encoded.
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

    /// As it is signed and sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The position, counted in characters from 1, of the first character that RFC 3986 (sections 3.3
/// and 3.4) does not allow where it stands.
fn first_misplaced(text: &str) -> Option<usize> {
    let mut in_query = false;
    let mut left = text;
    let mut position = 1;
    while let Some(character) = left.chars().next() {
        let rest = left.get(character.len_utf8()..).unwrap_or_default();
        let fits = match character {
            '%' => rest
                .get(..2)
                .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit())),
            '?' => {
                in_query = true;
                true
            }
            // Allowed by RFC 3986, but a URL parser writes it as %27 where it stands in a query.
            '\'' => !in_query,
            '/' | ':' | '@' | '!' | '$' | '&' | '(' | ')' | '*' | '+' | ',' | ';' | '=' => true,
            other => u8::try_from(other).is_ok_and(is_unreserved),
        };
        if !fits {
            return Some(position);
        }
        left = rest;
        position += 1;
    }
    None
}

/// Whether a URL parser takes the segment for a step: `%2e` is a dot to it, too.
fn is_dots(segment: &str) -> bool {
    matches!(
        segment.to_ascii_lowercase().replace("%2e", ".").as_str(),
        "." | ".."
    )
}
