//! Converts the names of a chain to a path, by the rules in the documentation of the PHP SDK.

use std::borrow::Cow;

use crate::error::Error;
use crate::error::message::message;
use crate::http::base_url::split_scheme;
use crate::http::uri_template::UriTemplate;

/// One link of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// A name as code spells it: `individualContracts` becomes `individual-contracts`, and
    /// `_openid_` becomes the variable `{openid}`.
    Name(String),
    /// Part of a path, used without changes. It may contain several segments and `{name}`
    /// variables.
    Written(String),
}

impl Segment {
    /// The link for a property's name: part of a path if it contains a slash or a brace, otherwise
    /// a name.
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
            Self::Written(text) if split_scheme(text).is_some() => Err(Error::validation(
                "path",
                message!("must be only a path, such as v3/certificates; the client sets the host"),
            )),
            Self::Written(text) => Ok(Cow::Borrowed(text.strip_prefix('/').unwrap_or(text))),
        }
    }
}

/// The path of a chain. It begins with a slash.
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
/// [`Error::Validation`] for `path`: a name is not valid, a query is not at the end, or
/// [`UriTemplate::parse`] rejects the template.
pub fn path(segments: &[Segment]) -> Result<UriTemplate, Error> {
    let mut path = String::new();
    for segment in segments {
        if path.contains('?') {
            return Err(Error::validation(
                "path",
                message!("continues after its query"),
            ));
        }
        if !path.ends_with('/') {
            path.push('/');
        }
        path.push_str(&segment.text()?);
    }
    UriTemplate::parse(&path)
}

/// The first letter becomes lower case, `camelCase` becomes `camel-case`, and `_name_` becomes
/// `{name}`. `$name$`, which the axios SDK uses, also becomes `{name}`.
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
            message!(
                "has a name that is not valid: use letters, digits, _, - and .; put a value into a \
             template variable (_name_), and a path that must not be changed into chain()"
            ),
        ));
    }
    if is_value(name) {
        return Err(Error::validation(
            "path",
            message!(
                "has a name that looks like a value, whose capital letters would be changed: write \
             _name_ in its place, and give { name: value } with the options"
            ),
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

/// Whether the name looks like an id, such as `4200A1` or `APPLYMENT_1`. No name of APIv3 has two
/// capital letters in a row, or begins with a digit and has a capital letter later.
fn is_value(name: &str) -> bool {
    let two_capitals = name
        .as_bytes()
        .windows(2)
        .any(|pair| pair.iter().all(u8::is_ascii_uppercase));
    let digit_first = name.starts_with(|first: char| first.is_ascii_digit());
    two_capitals || (digit_first && name.bytes().any(|byte| byte.is_ascii_uppercase()))
}
