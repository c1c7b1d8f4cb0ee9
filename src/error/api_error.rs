//! An error that WeChat Pay returned (WeChat Pay merchant document 4012076498).

use std::fmt;

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
    pub sign_difference: Option<String>,
    /// For `SIGN_ERROR`: how far this machine's clock is off, according to the response's `Date`;
    /// `None` if it is right.
    pub clock_skew: Option<ClockSkew>,
    /// What the response is if nobody signed it and it is no JSON: its content type and its first words.
    pub page: Option<String>,
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
        write_page(formatter, self.page.as_deref())
    }
}

/// Says of a page that it is none of WeChat Pay's.
pub(super) fn write_page(formatter: &mut fmt::Formatter<'_>, page: Option<&str>) -> fmt::Result {
    match page {
        Some(page) => write!(
            formatter,
            "; it does not come from WeChat Pay's API, but from a proxy or gateway on the way: {page}"
        ),
        None => Ok(()),
    }
}
