//! Errors: one type for all of them. Its variants say which side is at fault.
//!
//! Belongs here: what an error is, its code and its text. The other layers detect the errors.
//! May import: `json`, `time`.

use std::borrow::Cow;

pub(crate) mod api_error;
pub(crate) mod message;
mod transport_error;
pub(crate) mod untrusted_text;
mod validation_error;
mod verification_error;

use api_error::ApiError;
pub use message::Message;
use message::message;
pub use transport_error::{TransportError, TransportFault};
pub use validation_error::ValidationError;
pub(crate) use verification_error::PROBE;
pub use verification_error::{Unverified, VerificationError, VerificationFault};

/// Why a call failed.
///
/// No variant ever contains key material, an Authorization header or a plain sensitive field. Each
/// variant is boxed, so that a function that can fail returns a pointer and not a large value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The caller's side: an option of the client is unusable. Nothing was sent, unless the problem
    /// says otherwise.
    #[error(transparent)]
    Config(#[from] Box<ConfigError>),
    /// The caller's side: a parameter is missing or breaks its limits. Nothing was sent.
    #[error(transparent)]
    Validation(#[from] Box<ValidationError>),
    /// WeChat Pay responded with an error.
    #[error(transparent)]
    Api(#[from] Box<ApiError>),
    /// A response or a notification arrived, and it cannot be verified that WeChat Pay sent it.
    #[error(transparent)]
    Verification(#[from] Box<VerificationError>),
    /// The network or an intermediary failed: there is no usable response.
    #[error(transparent)]
    Transport(#[from] Box<TransportError>),
}

/// An option of the client is unusable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub struct ConfigError {
    /// The option's name, in `snake_case`.
    pub option: Cow<'static, str>,
    /// What is wrong with it and what to do.
    pub problem: Message,
    /// Whether it showed only after a request was sent, which may have been carried out.
    pub sent: bool,
    /// The error of another request, without which the call could not be sent.
    #[source]
    pub inner: Option<Box<Error>>,
}

impl ConfigError {
    fn text(&self) -> Message {
        let text = message!("{}: {}", self.option.as_ref(), self.problem);
        if self.sent {
            message!("{}; the request may have been carried out", text)
        } else {
            text
        }
    }
}

impl Error {
    /// What [`Display`](std::fmt::Display) shows in English.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Config(error) => error.text(),
            Self::Validation(error) => error.text(),
            Self::Api(error) => error.text(),
            Self::Verification(error) => error.text(),
            Self::Transport(error) => error.text(),
        }
    }

    /// The name of the error's type, which says who is at fault. The classes in JavaScript have it, too.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Config(_) => "ConfigError",
            Self::Validation(_) => "ValidationError",
            Self::Api(_) => "ApiError",
            Self::Verification(_) => "VerificationError",
            Self::Transport(_) => "TransportError",
        }
    }

    /// The stable code that a program may compare: `ERR_…` for an error that this package detected,
    /// and WeChat Pay's own code (`PARAM_ERROR`, `SIGN_ERROR` …) for an error that WeChat Pay
    /// returned.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Config(_) => "ERR_CONFIG",
            Self::Validation(_) => "ERR_PARAM",
            Self::Api(error) => &error.code,
            Self::Verification(error) => error.fault.code(),
            Self::Transport(error) => error.fault.code(),
        }
    }

    pub(crate) fn config(option: impl Into<Cow<'static, str>>, problem: Message) -> Self {
        Self::Config(Box::new(ConfigError {
            option: option.into(),
            problem,
            sent: false,
            inner: None,
        }))
    }

    pub(crate) fn validation(field: impl Into<Cow<'static, str>>, problem: Message) -> Self {
        Self::Validation(Box::new(ValidationError {
            field: field.into(),
            problem,
        }))
    }

    pub(crate) fn transport(fault: TransportFault) -> Self {
        Self::Transport(Box::new(TransportError {
            fault,
            attempts: 1,
            host: None,
            reason: None,
        }))
    }
}
