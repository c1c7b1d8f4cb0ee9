//! An error that WeChat Pay answered with (WeChat Pay merchant document 4012076498).

use std::fmt;

use crate::answer::Answer;
use crate::clock_skew::ClockSkew;
use crate::foreign_text::shown;
use crate::json::Json;
use crate::signed_request::SignedRequest;

/// An error answer: `{ "code", "message", "detail" }`, as far as it has that form.
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
    /// The answer's `Request-ID`, for WeChat Pay's support.
    pub request_id: Option<String>,
    /// Whether the answer was signed, and the signature held. Hosts between answer unsigned.
    pub verified: bool,
    /// Whether the same request, signed anew, is worth sending again after a pause.
    pub retryable: bool,
    /// Seconds that `Retry-After` asks to wait.
    pub retry_after: Option<u64>,
    /// For `SIGN_ERROR`: where the string that WeChat Pay expected parts from the one signed.
    pub sign_difference: Option<String>,
    /// For `SIGN_ERROR`: how wrong this machine's clock is by the answer's `Date`, where it is.
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

/// The longest code and message that are taken over, in characters: what is not signed may be
/// anybody's page.
const LONGEST_CODE: usize = 64;
const LONGEST_MESSAGE: usize = 512;

impl ApiError {
    /// Reads an error answer to the request `sent`, which arrived at `now`. Whatever repeats the
    /// request's signature is left out.
    pub(crate) fn read(
        answer: &Answer<'_>,
        verified: bool,
        sent: &SignedRequest,
        now: u64,
    ) -> Self {
        // An answer in trouble is read as far as it goes.
        let body = Json::parse(answer.body).and_then(|body| body.object().ok());
        let member = |name| body.and_then(|body| body.member(name).ok().flatten());
        let detail = member("detail");
        let harmless = |text: &String| !sent.is_repeated_in(text);
        let code = member("code")
            .and_then(Json::text)
            .filter(|code| is_code(code) && harmless(code));
        let retryable = is_retryable(answer.status, code.as_deref());
        let is_sign_error = code.as_deref() == Some("SIGN_ERROR");
        let sign_difference = is_sign_error
            .then(|| SignInformation::read(detail?))
            .flatten()
            .map(|expected| expected.difference(sent.message()));
        Self {
            status: answer.status,
            code: code.unwrap_or_else(|| format!("HTTP_{}", answer.status)),
            message: member("message")
                .and_then(Json::text)
                .filter(harmless)
                .map(|message| shown(&message, LONGEST_MESSAGE))
                .unwrap_or_default(),
            detail: detail
                .map(Json::get)
                .filter(|detail| is_modest(detail))
                .map(str::to_owned)
                .filter(harmless),
            request_id: answer.headers.request_id(Some(sent)),
            verified,
            retryable,
            retry_after: answer.headers.retry_after(now),
            sign_difference,
            clock_skew: is_sign_error
                .then(|| answer.headers.clock_skew(now))
                .flatten(),
        }
    }
}

/// Whether a detail can be handed on without harm: 500,000 brackets would end whoever walks it.
fn is_modest(detail: &str) -> bool {
    const LONGEST: usize = 64 * 1024;
    const DEEPEST: usize = 64;
    // Brackets within strings count too: a bound need not be exact.
    let mut depth = 0_usize;
    detail.len() <= LONGEST
        && detail.bytes().all(|byte| {
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth <= DEEPEST
        })
}

/// A code may be compared and printed, so it is no more than a name.
fn is_code(code: &str) -> bool {
    (1..=LONGEST_CODE).contains(&code.len())
        && code
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// WeChat Pay's rules (merchant document 4012076498): 429 after a pause; 5xx with `SYSTEM_ERROR`
/// or `SERVICE_UNAVAILABLE`, or from a host between that knows no codes, with the same parameters.
fn is_retryable(status: u16, code: Option<&str>) -> bool {
    match status {
        429 => true,
        500..=599 => matches!(code, None | Some("SYSTEM_ERROR" | "SERVICE_UNAVAILABLE")),
        _ => false,
    }
}

/// What the detail of a `SIGN_ERROR` tells of the string that WeChat Pay expected.
struct SignInformation {
    /// Its beginning. Where it is cut, a line feed follows the cut all the same, and a character
    /// that was cut through stands as U+FFFD.
    truncated_sign_message: String,
    /// Its length in bytes.
    sign_message_length: Option<usize>,
}

/// How much of either string is shown from where they part, in characters.
const SHOWN: usize = 24;

impl SignInformation {
    fn read(detail: Json<'_>) -> Option<Self> {
        let detail = detail.object().ok()?;
        let information = detail.member("sign_information").ok()??.object().ok()?;
        Some(Self {
            truncated_sign_message: information.text("truncated_sign_message").ok()?,
            sign_message_length: match information.member("sign_message_length").ok()? {
                Some(length) => Some(length.number()?),
                None => None,
            },
        })
    }

    /// As much of the expected string as is certain.
    fn beginning(&self) -> &str {
        let shown = self.truncated_sign_message.as_str();
        match self.sign_message_length {
            Some(length) if length <= shown.len() => shown,
            _ => shown
                .strip_suffix('\n')
                .unwrap_or(shown)
                .trim_end_matches('\u{fffd}'),
        }
    }

    /// Where the expected string parts from the one that was signed, in words.
    fn difference(&self, signed: &[u8]) -> String {
        let expected = self.beginning();
        let signed_length = signed.len();
        let signed = String::from_utf8_lossy(signed);
        let same: String = expected
            .chars()
            .zip(signed.chars())
            .take_while(|(one, other)| one == other)
            .map(|(one, _)| one)
            .collect();
        if same.len() < expected.len() {
            let line = same.matches('\n').count() + 1;
            let character = same.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let part = |whole: &str| -> String {
                whole
                    .get(same.len()..)
                    .unwrap_or_default()
                    .chars()
                    .take(SHOWN)
                    .collect()
            };
            return format!(
                "the string that WeChat Pay expected parts from the one that was signed in line \
                 {line} at character {character}: expected {:?}, signed {:?}",
                part(expected),
                part(&signed)
            );
        }
        let length = same.chars().count();
        match self.sign_message_length {
            Some(expected_length) if expected_length != signed_length => format!(
                "the string that WeChat Pay expected begins as the one that was signed, in all \
                 {length} characters that it shows, but has {expected_length} bytes where \
                 {signed_length} were signed: the body was changed on the way"
            ),
            _ => format!(
                "the string that WeChat Pay expected is the one that was signed, in all {length} \
                 characters that it shows: check that the private key belongs to the certificate with \
                 this serial"
            ),
        }
    }
}
