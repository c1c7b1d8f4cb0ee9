//! No usable response arrived: the network or an intermediary failed.

use std::borrow::Cow;

/// There is no usable response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault}{}", self.details())]
pub struct TransportError {
    /// What happened.
    pub fault: TransportFault,
    /// How many times the package sent the request or tried to send it.
    pub attempts: u32,
    /// Where the last attempt was sent, if its connection failed: an origin.
    pub host: Option<String>,
    /// The host's own word for why the connection failed, such as `ECONNREFUSED`.
    pub reason: Option<String>,
}

impl TransportError {
    /// Whether the request may have been sent.
    #[must_use]
    pub fn may_be_sent(&self) -> bool {
        use TransportFault::{KeysTimeout, Unconnected};
        !matches!(self.fault, Unconnected | KeysTimeout(_))
    }

    /// The host, the reason and the number of attempts, for the end of a sentence; empty where there is
    /// nothing to tell.
    pub(crate) fn details(&self) -> String {
        let place = match (&self.host, &self.reason) {
            (Some(host), Some(reason)) => format!(" ({host}, {reason})"),
            (Some(host), None) => format!(" ({host})"),
            (None, _) => String::new(),
        };
        match self.attempts {
            0 | 1 => place,
            attempts => format!("{place} ({attempts} attempts)"),
        }
    }
}

/// What happened during the transfer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransportFault {
    /// The connection failed or broke. WeChat Pay may have received the request.
    #[error(
        "the connection failed or broke before the response was complete. \
         The request may have been carried out: query its state before you repeat it"
    )]
    Network,
    /// No connection was made in any attempt, so that nothing was sent for certain.
    #[error("no connection could be made. Nothing was sent: the request may be repeated")]
    Unconnected,
    /// No complete response arrived within this time, in milliseconds.
    #[error(
        "no complete response within {0} ms. \
         The request may have been carried out: query its state before you repeat it"
    )]
    Timeout(u32),
    /// The keys that a call needs did not arrive within this time, in milliseconds.
    #[error("the platform certificates did not arrive within {0} ms. Nothing of the call was sent")]
    KeysTimeout(u32),
    /// The response is a redirect. WeChat Pay never sends one.
    #[error(
        "the response (HTTP {0}) is a redirect, which is never followed: check the base URL and proxies. \
         The request may have been carried out: query its state before you repeat it"
    )]
    Redirect(u16),
    /// The response is larger than [`MAX_RESPONSE_BYTES`](crate::MAX_RESPONSE_BYTES).
    #[error(
        "the response is larger than 1 MiB, and reading it was stopped. \
         The request may have been carried out: query its state before you repeat it"
    )]
    TooLarge,
    /// The file is larger than this limit, in bytes.
    #[error(
        "the file is larger than {0} bytes, and reading it was stopped; maxBytes sets the limit"
    )]
    FileTooLarge(u64),
    /// The response does not have the form of a response to this call.
    #[error(
        "the response is unusable: {0}. \
         The request may have been carried out: query its state before you repeat it"
    )]
    Invalid(Cow<'static, str>),
}

impl TransportFault {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Network | Self::Unconnected => "ERR_NETWORK",
            Self::Timeout(_) | Self::KeysTimeout(_) => "ERR_TIMEOUT",
            Self::Redirect(_) => "ERR_REDIRECT",
            Self::TooLarge | Self::FileTooLarge(_) => "ERR_RESPONSE_TOO_LARGE",
            Self::Invalid(_) => "ERR_RESPONSE_INVALID",
        }
    }
}
