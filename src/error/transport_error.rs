//! No usable response arrived: the network or an intermediary failed.

use std::fmt;

use super::message::{Message, message};

/// There is no usable response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
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

    pub(super) fn text(&self) -> Message {
        self.with_details(self.fault.text())
    }

    /// Adds the host, the reason and the number of attempts, as far as there is something to tell.
    pub(crate) fn with_details(&self, text: Message) -> Message {
        let text = match (&self.host, &self.reason) {
            (Some(host), Some(reason)) => {
                message!("{} ({}, {})", text, host, reason)
            }
            (Some(host), None) => message!("{} ({})", text, host),
            (None, _) => text,
        };
        match self.attempts {
            0 | 1 => text,
            attempts => message!("{} ({} attempts)", text, attempts),
        }
    }
}

/// What happened during the transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportFault {
    /// The connection failed or broke. WeChat Pay may have received the request.
    Network,
    /// No connection was made in any attempt, so that nothing was sent for certain.
    Unconnected,
    /// No complete response arrived within this time, in milliseconds.
    Timeout(u32),
    /// The keys that a call needs did not arrive within this time, in milliseconds.
    KeysTimeout(u32),
    /// The response is a redirect. WeChat Pay never sends one.
    Redirect(u16),
    /// The response is larger than [`MAX_RESPONSE_BYTES`](crate::MAX_RESPONSE_BYTES).
    TooLarge,
    /// The file is larger than this limit, in bytes.
    FileTooLarge(u64),
    /// The response does not have the form of a response to this call.
    Invalid(Message),
}

impl TransportFault {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Network | Self::Unconnected => "ERR_NETWORK",
            Self::Timeout(_) | Self::KeysTimeout(_) => "ERR_TIMEOUT",
            Self::Redirect(_) => "ERR_REDIRECT",
            Self::TooLarge | Self::FileTooLarge(_) => "ERR_RESPONSE_TOO_LARGE",
            Self::Invalid(_) => "ERR_RESPONSE_INVALID",
        }
    }

    fn text(&self) -> Message {
        let happened = match self {
            Self::Unconnected => {
                return message!(
                    "no connection could be made. Nothing was sent: the request may be repeated"
                );
            }
            Self::KeysTimeout(time) => {
                return message!(
                    "the platform certificates did not arrive within {} ms. Nothing of the call was sent",
                    time
                );
            }
            Self::FileTooLarge(bytes) => {
                return message!(
                    "the file is larger than {} bytes, and reading it was stopped; maxBytes sets the limit",
                    bytes
                );
            }
            Self::Network => {
                message!("the connection failed or broke before the response was complete")
            }
            Self::Timeout(time) => message!("no complete response within {} ms", time),
            Self::Redirect(status) => message!(
                "the response (HTTP {}) is a redirect, which is never followed: check the base URL and \
                 proxies",
                status
            ),
            Self::TooLarge => {
                message!("the response is larger than 1 MiB, and reading it was stopped")
            }
            Self::Invalid(problem) => message!("the response is unusable: {}", problem),
        };
        message!(
            "{}. The request may have been carried out: query its state before you repeat it",
            happened
        )
    }
}

impl fmt::Display for TransportFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(formatter)
    }
}
