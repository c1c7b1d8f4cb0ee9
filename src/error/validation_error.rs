//! Errors of the caller: an unusable parameter.

use std::borrow::Cow;

/// A parameter of a call is missing or breaks its limits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct ValidationError {
    /// The field's name as WeChat Pay spells it on the wire.
    pub field: Cow<'static, str>,
    /// What is wrong with it and what to do. The text never quotes the value.
    pub problem: Cow<'static, str>,
}
