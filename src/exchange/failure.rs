//! Why a call ended without a result.

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

const OUT_OF_ORDER: &str = "the host reported an event that does not belong to the last step";

/// The host reported an event that does not belong to the step: a fault of this package.
pub(super) fn out_of_order() -> Error {
    Error::transport(TransportFault::Invalid(OUT_OF_ORDER.into()))
}

const CARRIED_OUT: &str = "; the request may have been carried out";

/// A fault of the client's own that shows only after a request was sent.
pub(super) fn after_sending(mut error: Error) -> Error {
    if let Error::Config(error) = &mut error {
        let problem = error.problem.to_mut();
        problem.push_str(CARRIED_OUT);
    }
    error
}

/// The error of a download of keys, as that of the call that could not be sent without them. The
/// download's own error says what became of the download, and nothing of the call.
pub(super) fn before_sending(error: Error) -> Error {
    match error {
        Error::Config(mut config) => {
            let problem = &config.problem;
            let problem = problem.strip_suffix(CARRIED_OUT).unwrap_or(problem);
            config.problem = format!("{problem}. Nothing of the call was sent").into();
            Error::Config(config)
        }
        Error::Validation(_) => error,
        Error::Transport(mut error) => {
            match &error.fault {
                TransportFault::Timeout(time) | TransportFault::KeysTimeout(time) => {
                    error.fault = TransportFault::KeysTimeout(*time);
                    return Error::Transport(error);
                }
                TransportFault::Invalid(problem) if problem == OUT_OF_ORDER => {
                    return Error::Transport(error);
                }
                _ => {}
            }
            let details = error.details();
            without_keys(Error::Transport(error), &details)
        }
        // What WeChat Pay says to merchants that never had a platform certificate.
        Error::Api(error) if error.status == 404 => without_keys(Error::Api(error), PUBLIC_KEY),
        error @ (Error::Api(_) | Error::Verification(_)) => without_keys(error, ""),
    }
}

const PUBLIC_KEY: &str = "; WeChat Pay has none for this merchant: give its public key, as the merchant \
     platform shows it, in place of 'auto': certs: { PUB_KEY_ID_…: pem }";

fn without_keys(error: Error, details: &str) -> Error {
    let problem = format!(
        "the platform certificates could not be downloaded: {}{details}. Nothing of the call was sent",
        error.code()
    );
    Error::from(Box::new(ConfigError {
        option: "certs".into(),
        problem: problem.into(),
        inner: Some(Box::new(error)),
    }))
}
