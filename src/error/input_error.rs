//! Errors of the caller: an unusable option or parameter.

use std::borrow::Cow;

use super::Error;

/// An option of the client is unusable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{option}: {problem}")]
pub struct ConfigError {
    /// The option's name, in `snake_case`.
    pub option: Cow<'static, str>,
    /// What is wrong with it and what to do.
    pub problem: Cow<'static, str>,
    /// The error of another request, without which the call could not be sent.
    #[source]
    pub inner: Option<Box<Error>>,
}

/// A parameter of a call is missing or breaks its limits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct ValidationError {
    /// The field's name as WeChat Pay spells it on the wire.
    pub field: Cow<'static, str>,
    /// What is wrong with it and what to do. The text never quotes the value.
    pub problem: Cow<'static, str>,
}
