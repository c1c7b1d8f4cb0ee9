//! Why a call ended without a result.

use crate::error::{Error, TransportFault};

/// The end of a call that has no result. It can be cloned, since calls that wait for one download of
/// certificates end alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// An error of this package, and the number of the host's error that caused it, if there is one.
    Error {
        /// The error.
        error: Error,
        /// The number under which the host knows the cause.
        cause: Option<u32>,
    },
    /// The caller aborted the call. The host knows the reason.
    Aborted,
}

impl Failure {
    pub(crate) fn caused(error: Error, cause: Option<u32>) -> Self {
        Self::Error { error, cause }
    }

    /// This package's error, if it is one.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Error { error, .. } => Some(error),
            Self::Aborted => None,
        }
    }

    /// The same failure with another error.
    #[must_use]
    pub(super) fn map(self, change: impl FnOnce(Error) -> Error) -> Self {
        match self {
            Self::Error { error, cause } => Self::caused(change(error), cause),
            Self::Aborted => Self::Aborted,
        }
    }
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::caused(error.into(), None)
    }
}

/// The host reported an event that does not belong to the step: a fault of this package.
pub(super) fn out_of_order() -> Error {
    let problem = "the host reported an event that does not belong to the last step";
    Error::transport(TransportFault::Invalid(problem.into()))
}

/// A fault of the client's own that shows only after a request was sent.
pub(super) fn after_sending(mut error: Error) -> Error {
    if let Error::Config(error) = &mut error {
        let problem = error.problem.to_mut();
        problem.push_str("; the request may have been carried out");
    }
    error
}
