//! From the links of a chain to a path, by the rules of the PHP SDK's documentation.

use std::borrow::Cow;

use crate::error::Error;
use crate::http::uri_template::UriTemplate;

/// One link of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// A name as code spells it: `individualContracts` is `individual-contracts`, `_openid_` the
    /// variable `{openid}`.
    Name(String),
    /// Part of a path, used as it is written. It may hold several segments, and `{name}` variables.
    Written(String),
}

impl Segment {
    /// A property's name: part of a path where it holds a slash or a brace, otherwise a name.
    #[must_use]
    pub fn property(name: &str) -> Self {
        if name.contains(['/', '{']) {
            Self::Written(name.to_owned())
        } else {
            Self::Name(name.to_owned())
        }
    }

    fn text(&self) -> Result<Cow<'_, str>, Error> {
        match self {
            Self::Name(name) => from_name(name).map(Cow::Owned),
            Self::Written(text) if text.contains("://") => Err(Error::validation(
                "path",
                "must be a path alone, such as v3/certificates; the host is the client's",
            )),
            Self::Written(text) => Ok(Cow::Borrowed(text.strip_prefix('/').unwrap_or(text))),
        }
    }
}

/// The path that a chain spells, beginning with a slash.
///
/// ```
/// use wechatpay_wasm::calls::chain::{Segment, path};
///
/// # fn main() -> Result<(), wechatpay_wasm::Error> {
/// let links = ["v3", "ecommerce", "individualContracts", "_openid_"].map(Segment::property);
/// let template = path(&links)?;
/// assert_eq!(
///     template.expand(|_| Some("o1"))?,
///     "/v3/ecommerce/individual-contracts/o1"
/// );
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::Validation`] for `path`: a name that can be none, a query before the end, or a template
/// that [`UriTemplate::parse`] refuses.
pub fn path(segments: &[Segment]) -> Result<UriTemplate, Error> {
    let mut path = String::new();
    for segment in segments {
        if path.contains('?') {
            return Err(Error::validation("path", "goes on behind its query"));
        }
        if !path.ends_with('/') {
            path.push('/');
        }
        path.push_str(&segment.text()?);
    }
    UriTemplate::parse(&path)
}

/// First capital → lower case, `camelCase` → `camel-case`, `_name_` → `{name}`. The axios SDK writes
/// the last one `$name$`, too.
fn from_name(name: &str) -> Result<String, Error> {
    for mark in ['_', '$'] {
        let inner = name.strip_prefix(mark).and_then(|n| n.strip_suffix(mark));
        if let Some(variable) = inner {
            return Ok(format!("{{{variable}}}"));
        }
    }
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    if name.is_empty() || !name.bytes().all(is_name) {
        return Err(Error::validation(
            "path",
            "has a name that is none: letters, digits, _, - and . make one; a value belongs into a \
             template variable (_name_), and what is to be used as it is written into chain()",
        ));
    }
    if is_value(name) {
        return Err(Error::validation(
            "path",
            "has a name that looks like a value, whose capitals would become other letters: write \
             _name_ in its place, and give { name: value } with the options",
        ));
    }
    let mut segment = String::with_capacity(name.len() + 4);
    for (index, character) in name.char_indices() {
        if character.is_ascii_uppercase() && index > 0 {
            segment.push('-');
        }
        segment.push(character.to_ascii_lowercase());
    }
    Ok(segment)
}

/// Whether the name is rather an id, such as `4200A1` or `APPLYMENT_1`: in no name of APIv3 does a
/// capital follow another, or a digit come first and a capital later.
fn is_value(name: &str) -> bool {
    let two_capitals = name
        .as_bytes()
        .windows(2)
        .any(|pair| pair.iter().all(u8::is_ascii_uppercase));
    let digit_first = name.starts_with(|first: char| first.is_ascii_digit());
    two_capitals || (digit_first && name.bytes().any(|byte| byte.is_ascii_uppercase()))
}
