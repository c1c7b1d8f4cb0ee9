//! Errors: one type for all, whose variants say who is at fault.
//!
//! Belongs here: what an error is, its code and its words. Where it is found out is elsewhere.
//! May import: `time`.

use std::borrow::Cow;

pub(crate) mod api_error;
mod input_error;
mod transport_error;
pub(crate) mod untrusted_text;
mod verification_error;

use api_error::ApiError;
pub use input_error::{ConfigError, ValidationError};
pub use transport_error::{TransportError, TransportFault};
pub use verification_error::{Unverified, VerificationError, VerificationFault};

/// Why a call did not give its result.
///
/// No variant ever holds key material, an Authorization header or a plain sensitive field. Each is boxed,
/// so that what may fail hands on a pointer and not a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Our side: the client was set up with something unusable. Nothing was sent, but where the
    /// problem says otherwise.
    #[error(transparent)]
    Config(#[from] Box<ConfigError>),
    /// Our side: a parameter is missing or breaks its limits. Nothing was sent.
    #[error(transparent)]
    Validation(#[from] Box<ValidationError>),
    /// WeChat Pay responded, and the response is an error.
    #[error(transparent)]
    Api(#[from] Box<ApiError>),
    /// Somebody responded, or notified, and it cannot be shown that it was WeChat Pay.
    #[error(transparent)]
    Verification(#[from] Box<VerificationError>),
    /// The network, or a host between: there is no usable response.
    #[error(transparent)]
    Transport(#[from] Box<TransportError>),
}

impl Error {
    /// The stable code that a program may compare: `ERR_…` for what this package found, and
    /// WeChat Pay's own code (`PARAM_ERROR`, `SIGN_ERROR` …) for what WeChat Pay responded.
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

    pub(crate) fn config(
        option: impl Into<Cow<'static, str>>,
        problem: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::Config(Box::new(ConfigError {
            option: option.into(),
            problem: problem.into(),
        }))
    }

    pub(crate) fn validation(
        field: impl Into<Cow<'static, str>>,
        problem: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::Validation(Box::new(ValidationError {
            field: field.into(),
            problem: problem.into(),
        }))
    }

    pub(crate) fn transport(fault: TransportFault) -> Self {
        Self::Transport(Box::new(TransportError { fault, attempts: 1 }))
    }
}
