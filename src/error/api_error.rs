//! An error that WeChat Pay responded with (WeChat Pay merchant document 4012076498).

use std::fmt;

use crate::time::clock_skew::ClockSkew;

/// An error response: `{ "code", "message", "detail" }`, as far as it has that form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// The HTTP status, 400 to 599.
    pub status: u16,
    /// WeChat Pay's code, such as `PARAM_ERROR`; `HTTP_502` and the like where the body has none.
    pub code: String,
    /// WeChat Pay's words, on one line of at most 512 characters; empty where the body has none.
    pub message: String,
    /// `detail`, as the JSON text that came; `None` where it is larger than 64 KiB, nested deeper than
    /// 64, or repeats the request's signature.
    pub detail: Option<String>,
    /// The response's `Request-ID`, for WeChat Pay's support.
    pub request_id: Option<String>,
    /// Whether the response was signed, and the signature held. Hosts between response unsigned.
    pub verified: bool,
    /// Whether the same request, signed anew, is worth sending again after a pause.
    pub retryable: bool,
    /// Seconds that `Retry-After` asks to wait.
    pub retry_after: Option<u64>,
    /// For `SIGN_ERROR`: where the string that WeChat Pay expected parts from the one signed.
    pub sign_difference: Option<String>,
    /// For `SIGN_ERROR`: how wrong this machine's clock is by the response's `Date`, where it is.
    pub clock_skew: Option<ClockSkew>,
}

impl std::error::Error for ApiError {}

impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.code)?;
        if !self.message.is_empty() {
            write!(formatter, ": {}", self.message)?;
        }
        write!(formatter, " (HTTP {}", self.status)?;
        if let Some(request_id) = &self.request_id {
            write!(formatter, ", Request-ID {request_id}")?;
        }
        formatter.write_str(if self.verified { ")" } else { ", not signed)" })?;
        if let Some(difference) = &self.sign_difference {
            write!(formatter, "; {difference}")?;
        }
        if let Some(skew) = &self.clock_skew {
            write!(formatter, "; {skew}")?;
        }
        Ok(())
    }
}
