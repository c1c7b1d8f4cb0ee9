//! Reads an error response (WeChat Pay merchant document 4012076498).

use super::response::Response;
use super::sign_information::{BELONG_TOGETHER, SignInformation};
use super::signed_request::SignedRequest;
use super::unsigned_files;
use crate::error::api_error::ApiError;
use crate::error::message::{Message, message};
use crate::error::untrusted_text::{first_words, shown};
use crate::json::Json;

/// The maximum length of a code and of a message, in characters. An unsigned response may be any
/// page from any server.
const LONGEST_CODE: usize = 64;
const LONGEST_MESSAGE: usize = 512;

/// How many bytes of a page are looked at, and how many characters of its words are shown.
const PAGE: usize = 4096;
const LONGEST_WORDS: usize = 160;

/// How many characters are shown of a field's name, and of what is wrong with it.
const LONGEST_ISSUE: usize = 256;

/// Reads an error response to the request `sent`, which arrived at `now`. Text that repeats the
/// request's signature is left out.
pub(crate) fn read(
    response: &Response<'_>,
    verified: bool,
    sent: &SignedRequest,
    now: u64,
) -> ApiError {
    // A malformed error response is read as far as possible.
    let body = Json::parse(response.body).and_then(|body| body.object().ok());
    let member = |name| body.and_then(|body| body.member(name).ok().flatten());
    let detail = member("detail");
    let harmless = |text: &String| !sent.is_repeated_in(text);
    let code = member("code")
        .and_then(Json::text)
        .filter(|code| is_code(code) && harmless(code));
    // Every error of WeChat Pay's has a code, also one without a signature.
    let is_foreign = code.is_none();
    let retryable = is_retryable(response.status, code.as_deref());
    let is_sign_error = code.as_deref() == Some("SIGN_ERROR");
    let sign_difference = is_sign_error.then(|| match detail.and_then(SignInformation::read) {
        Some(expected) => expected.difference(sent.message()),
        None => BELONG_TOGETHER,
    });
    ApiError {
        status: response.status,
        code: code.unwrap_or_else(|| format!("HTTP_{}", response.status)),
        message: member("message")
            .and_then(Json::text)
            .filter(harmless)
            .map(|message| shown(&message, LONGEST_MESSAGE))
            .unwrap_or_default(),
        detail: detail
            .map(Json::get)
            .filter(|detail| is_safe_to_pass_on(detail))
            .map(str::to_owned)
            .filter(harmless),
        request_id: response.headers.request_id(Some(sent)),
        verified,
        issue: detail.and_then(|detail| issue(detail, harmless)),
        retryable,
        retry_after: response.headers.retry_after(now),
        sign_difference,
        clock_skew: is_sign_error
            .then(|| response.headers.clock_skew(now))
            .flatten(),
        page: page(response, sent, is_foreign),
    }
}

/// Which field a detail names, and what is wrong with it; not its value, which may be anybody's name.
fn issue(detail: Json<'_>, harmless: impl Fn(&String) -> bool) -> Option<Message> {
    let object = detail.object().ok()?;
    let text = |name| {
        let text = object.optional_text(name).ok().flatten()?;
        Some(text).filter(|text| !text.is_empty() && harmless(text))
    };
    let shown = |text: String| shown(&text, LONGEST_ISSUE);
    match (text("field").map(shown), text("issue").map(shown)) {
        (Some(field), Some(issue)) => Some(message!("{}: {}", field, issue)),
        (field, issue) => field.or(issue).map(|told| message!("{}", told)),
    }
}

/// What a response is that has no signature and is no JSON, or that is `foreign` though it is JSON: a file
/// that WeChat Pay does not sign, or else another's page, with its content type and its first words.
pub(super) fn page(
    response: &Response<'_>,
    sent: &SignedRequest,
    foreign: bool,
) -> Option<Message> {
    let headers = &response.headers;
    let is_json = Json::parse(response.body).is_some();
    if headers.signature.is_some() || response.body.is_empty() || (is_json && !foreign) {
        return None;
    }
    let path = sent.path_and_query().split('?').next().unwrap_or_default();
    if (200..=299).contains(&response.status) && unsigned_files::is_at(path) {
        return Some(message!(
            "WeChat Pay signs no file of this path: call download with acceptUnverifiedFile: true"
        ));
    }
    let start = response.body.get(..PAGE).unwrap_or(response.body);
    // Up to what is no UTF-8, as in a page in GBK.
    let body = match std::str::from_utf8(start) {
        Ok(body) => body,
        Err(error) => std::str::from_utf8(start.get(..error.valid_up_to()).unwrap_or_default())
            .unwrap_or_default(),
    };
    let harmless = |text: &&str| !sent.is_repeated_in(text);
    let words = Some(body)
        .filter(harmless)
        .map(|body| {
            // Without spaces, JSON would be one long word.
            let spaced = is_json.then(|| body.replace(',', ", "));
            first_words(spaced.as_deref().unwrap_or(body), LONGEST_WORDS)
        })
        .filter(|words| !words.is_empty())
        .map_or_else(
            || message!("no words that can be shown"),
            |words| message!("\"{}\"", words),
        );
    let kind = headers.content_type.as_deref().filter(harmless);
    let kind = kind.map_or_else(
        || message!("no Content-Type"),
        |kind| message!("{}", shown(kind, LONGEST_CODE)),
    );
    Some(message!(
        "it does not come from WeChat Pay's API, but from a proxy or gateway on the way: {}, {}",
        kind,
        words
    ))
}

/// Whether a detail is safe to pass to the caller: 500,000 nested brackets would overflow the stack
/// of code that walks it recursively.
fn is_safe_to_pass_on(detail: &str) -> bool {
    const LONGEST: usize = 64 * 1024;
    const DEEPEST: usize = 64;
    // Brackets within strings count, too: the limit need not be exact.
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

/// Whether the code is a plain name. Programs compare and print it.
fn is_code(code: &str) -> bool {
    (1..=LONGEST_CODE).contains(&code.len())
        && code
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// WeChat Pay's rules (merchant document 4012076498): 429 after a pause; 5xx with the same
/// parameters if the code is `SYSTEM_ERROR` or `SERVICE_UNAVAILABLE`, or if there is no code
/// because an intermediary responded.
fn is_retryable(status: u16, code: Option<&str>) -> bool {
    match status {
        429 => true,
        500..=599 => matches!(code, None | Some("SYSTEM_ERROR" | "SERVICE_UNAVAILABLE")),
        _ => false,
    }
}
