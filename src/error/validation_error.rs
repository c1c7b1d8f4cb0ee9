//! Errors of the caller: an unusable parameter.

use std::borrow::Cow;

use super::message::{Message, message};

/// A parameter of a call is missing or breaks its limits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub struct ValidationError {
    /// The field's name as WeChat Pay spells it on the wire.
    pub field: Cow<'static, str>,
    /// What is wrong with it and what to do. The text never quotes the value.
    pub problem: Message,
}

impl ValidationError {
    pub(super) fn text(&self) -> Message {
        message!("{}: {}", self.field.as_ref(), self.problem)
    }
}
