//! Paths with variables: RFC 6570, level 1. APIv3's documentation uses no other level.

use std::fmt;

use super::percent_encoding::percent_encode;
use crate::error::Error;
use crate::error::message::{Message, message};

/// A path with variables, such as `v3/pay/transactions/id/{transaction_id}`.
///
/// ```
/// use wechatpay_wasm::UriTemplate;
///
/// # fn main() -> Result<(), wechatpay_wasm::Error> {
/// let template = UriTemplate::parse("v3/pay/transactions/out-trade-no/{out_trade_no}")?;
/// let path = template.expand(|name| (name == "out_trade_no").then_some("A/1 支"))?;
/// assert_eq!(path, "v3/pay/transactions/out-trade-no/A%2F1%20%E6%94%AF");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UriTemplate(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// Text of the path that stays as it is.
    Literal(String),
    /// The name of a variable.
    Variable(String),
}

impl UriTemplate {
    /// Reads a template. It does not check the literals: the caller checks the expanded text as a
    /// path.
    ///
    /// # Errors
    /// [`Error::Validation`] for `path`: a brace is unmatched, or the text between two braces is
    /// not a name of letters, digits, `_` and `.`. The operators and modifiers of RFC 6570 are
    /// rejected, too.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let unpaired = || {
            Error::validation(
                "path",
                message!("has an unmatched brace; a variable is {name}"),
            )
        };
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((literal, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or_else(unpaired)?;
            if literal.contains('}') {
                return Err(unpaired());
            }
            if !is_name(name) {
                return Err(Error::validation(
                    "path",
                    message!(
                        "has a variable whose name is not made of letters, digits, _ and .; a variable \
                     is {name} or, as a property, _name_"
                    ),
                ));
            }
            parts.push(Part::Literal(literal.to_owned()));
            parts.push(Part::Variable(name.to_owned()));
            rest = after;
        }
        if rest.contains('}') {
            return Err(unpaired());
        }
        parts.push(Part::Literal(rest.to_owned()));
        Ok(Self(parts))
    }

    /// The names of the variables, in their order. A name that occurs twice is listed twice.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Variable(name) => Some(name.as_str()),
            Part::Literal(_) => None,
        })
    }

    /// Simple expansion (RFC 6570, section 3.2.2). Each value is percent-encoded as UTF-8, so that
    /// it cannot add another segment or a query.
    ///
    /// # Errors
    /// [`Error::Validation`] that names the variable. It has no value. Or its value is empty, which
    /// would give another path. Or its value is `.` or `..`, which every URL parser treats as a
    /// step in the path.
    pub fn expand<'v>(&self, value: impl Fn(&str) -> Option<&'v str>) -> Result<String, Error> {
        let mut expanded = String::new();
        for part in &self.0 {
            match part {
                Part::Literal(text) => expanded.push_str(text),
                Part::Variable(name) => {
                    let refused = |problem: Message| Err(Error::validation(name.clone(), problem));
                    match value(name) {
                        None => {
                            return refused(message!(
                                "is missing; the path has a variable of this name"
                            ));
                        }
                        Some("") => {
                            return refused(message!("is empty; it would leave a gap in the path"));
                        }
                        Some("." | "..") => {
                            return refused(message!(
                                "must not be . or .., which are steps in the path"
                            ));
                        }
                        Some(value) => expanded.push_str(&percent_encode(value)),
                    }
                }
            }
        }
        Ok(expanded)
    }
}

impl fmt::Display for UriTemplate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Literal(text) => formatter.write_str(text),
            Part::Variable(name) => write!(formatter, "{{{name}}}"),
        })
    }
}

/// A name (RFC 6570, section 2.3) without percent-encoded characters.
fn is_name(name: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    name.split('.').all(is_word)
}
