//! Why a call ended without a result.

use crate::error::message::{Message, message};
use crate::error::{ConfigError, Error, TransportFault};

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

const OUT_OF_ORDER: Message =
    message!("the host reported an event that does not belong to the last step");

/// The host reported an event that does not belong to the step: a fault of this package.
pub(super) fn out_of_order() -> Error {
    Error::transport(TransportFault::Invalid(OUT_OF_ORDER))
}

/// A fault of the client's own that shows only after a request was sent.
pub(super) fn after_sending(mut error: Error) -> Error {
    if let Error::Config(error) = &mut error {
        error.sent = true;
    }
    error
}

/// The error of a download of keys, as that of the call that could not be sent without them. The
/// download's own error says what became of the download, and nothing of the call.
pub(super) fn before_sending(error: Error) -> Error {
    match error {
        Error::Config(mut config) => {
            config.problem = message!("{}. Nothing of the call was sent", config.problem);
            config.sent = false;
            Error::Config(config)
        }
        Error::Validation(_) => error,
        Error::Transport(mut error) => {
            match &error.fault {
                TransportFault::Timeout(time) | TransportFault::KeysTimeout(time) => {
                    error.fault = TransportFault::KeysTimeout(*time);
                    return Error::Transport(error);
                }
                TransportFault::Invalid(problem) if *problem == OUT_OF_ORDER => {
                    return Error::Transport(error);
                }
                _ => {}
            }
            let why = error.with_details(message!("{}", error.fault.code()));
            without_keys(Error::Transport(error), &why)
        }
        // What WeChat Pay says to merchants that never had a platform certificate.
        Error::Api(error) if error.status == 404 => {
            let why = message!(
                "{}; WeChat Pay has none for this merchant: give its public key, as the merchant platform \
                 shows it, in place of 'auto': certs: { PUB_KEY_ID_…: pem }",
                error.code.as_str()
            );
            without_keys(Error::Api(error), &why)
        }
        error @ (Error::Api(_) | Error::Verification(_)) => {
            let why = message!("{}", error.code());
            without_keys(error, &why)
        }
    }
}

fn without_keys(error: Error, why: &Message) -> Error {
    Error::from(Box::new(ConfigError {
        option: "certs".into(),
        problem: message!(
            "the platform certificates could not be downloaded: {}. Nothing of the call was sent",
            why
        ),
        sent: false,
        inner: Some(Box::new(error)),
    }))
}
