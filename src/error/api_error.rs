//! An error that WeChat Pay returned (WeChat Pay merchant document 4012076498).

use std::fmt;

use super::message::{Message, message};
use crate::time::clock_skew::ClockSkew;

/// An error response: `{ "code", "message", "detail" }`, as far as the response has that form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// The HTTP status, 400 to 599.
    pub status: u16,
    /// WeChat Pay's code, such as `PARAM_ERROR`. `HTTP_502` and the like if the body has none.
    pub code: String,
    /// WeChat Pay's message, on one line of at most 512 characters. Empty if the body has none.
    pub message: String,
    /// `detail` as the JSON text that arrived. `None` if it is larger than 64 KiB, nested deeper
    /// than 64 levels, or repeats the request's signature.
    pub detail: Option<String>,
    /// The response's `Request-ID`, for WeChat Pay's support.
    pub request_id: Option<String>,
    /// Whether the response was signed and its signature was valid. Intermediaries do not sign
    /// their responses.
    pub verified: bool,
    /// Whether it is worth sending the same request again, with a new signature, after a pause.
    pub retryable: bool,
    /// How many seconds `Retry-After` asks to wait.
    pub retry_after: Option<u64>,
    /// For `SIGN_ERROR`: where the string that WeChat Pay expected differs from the signed one, or what
    /// else to check.
    pub sign_difference: Option<Message>,
    /// The field that `detail` names, and what is wrong with it.
    pub issue: Option<Message>,
    /// For `SIGN_ERROR`: how far this machine's clock is off, according to the response's `Date`;
    /// `None` if it is right.
    pub clock_skew: Option<ClockSkew>,
    /// What the response is if nobody signed it and it is no JSON.
    pub page: Option<Message>,
}

impl ApiError {
    pub(super) fn text(&self) -> Message {
        let said = match self.message.as_str() {
            "" => message!("{}", self.code),
            message => message!("{}: {}", self.code, message),
        };
        let status = self.status;
        let text = match (&self.request_id, self.verified) {
            (None, true) => message!("{} (HTTP {})", said, status),
            (None, false) => message!("{} (HTTP {}, not signed)", said, status),
            (Some(id), true) => message!("{} (HTTP {}, Request-ID {})", said, status, id),
            (Some(id), false) => {
                message!("{} (HTTP {}, Request-ID {}, not signed)", said, status, id)
            }
        };
        let text = match self.sign_difference.as_ref().or(self.issue.as_ref()) {
            Some(told) => message!("{}; {}", text, told),
            None => text,
        };
        with_page(with_skew(text, self.clock_skew), self.page.as_ref())
    }
}

impl std::error::Error for ApiError {}

impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(formatter)
    }
}

/// Says how far the clock is off.
pub(super) fn with_skew(text: Message, skew: Option<ClockSkew>) -> Message {
    match skew {
        None => text,
        Some(ClockSkew(seconds @ ..0)) => message!(
            "{}; according to the response's Date header, the clock is {} s behind: set this machine's \
             clock, or the option clock",
            text,
            seconds.unsigned_abs()
        ),
        Some(ClockSkew(seconds)) => message!(
            "{}; according to the response's Date header, the clock is {} s ahead: set this machine's \
             clock, or the option clock",
            text,
            seconds
        ),
    }
}

/// Says what a response is that nobody signed.
pub(super) fn with_page(text: Message, page: Option<&Message>) -> Message {
    match page {
        Some(page) => message!("{}; {}", text, page),
        None => text,
    }
}
