//! What JavaScript reports of a step.

use crate::exchange::step::Event;
use crate::json::{Json, Object};
use crate::protocol::signature_headers::SignatureHeaders;

/// The headers that are asked of a response, in the order in which JavaScript reports them.
pub(super) const RESPONSE_HEADERS: [&str; 7] = [
    "Wechatpay-Timestamp",
    "Wechatpay-Nonce",
    "Wechatpay-Signature",
    "Wechatpay-Serial",
    "Request-ID",
    "Date",
    "Retry-After",
];

/// How many of these a notification has.
pub(super) const NOTIFICATION_HEADERS: usize = 5;

/// The headers that are read for a chain's result where a response cannot list its own, as that of a
/// given `fetch` may.
pub(super) const LISTED_HEADERS: [&str; 7] = [
    "content-type",
    "date",
    "request-id",
    "wechatpay-nonce",
    "wechatpay-serial",
    "wechatpay-signature",
    "wechatpay-timestamp",
];

/// An event, and all headers of a response where the step asked for them.
pub(super) struct Reported {
    pub(super) event: Event,
    pub(super) all_headers: Vec<(String, String)>,
    /// The number of what the caller's clock threw.
    pub(super) clock_cause: Option<u32>,
}

/// Reads `{ event, … }`. `bytes` is a response's body or a signature.
pub(super) fn read(json: &str, bytes: Vec<u8>) -> Option<Reported> {
    let object = Json::parse(json.as_bytes())?.object().ok()?;
    let number = |name: &str| object.member(name).ok().flatten().and_then(Json::number);
    let status = || u16::try_from(number("status")?).ok();
    let cause = number("cause").and_then(|cause| u32::try_from(cause).ok());
    let problem = || object.text("problem").ok();
    let event = match object.text("event").ok()?.as_str() {
        "response" => Event::Response {
            status: status()?,
            headers: headers(object)?,
            body: bytes,
        },
        "file" => Event::FileBegan {
            status: status()?,
            headers: headers(object)?,
        },
        "redirect" => Event::Redirected { status: status()? },
        "tooLarge" => Event::TooLarge,
        "unusable" => Event::Unusable {
            problem: problem()?,
            cause,
        },
        "network" => Event::Network { cause },
        "noFetch" => Event::NoFetch,
        "timeout" => Event::TimedOut,
        "waited" => Event::Waited,
        "signed" => Event::Signed { signature: bytes },
        "signedText" => Event::SignedInBase64 {
            signature: object.text("text").ok()?,
        },
        "notSigned" => Event::NotSigned {
            problem: problem()?,
            cause,
        },
        "aborted" => Event::Aborted,
        _ => return None,
    };
    Some(Reported {
        event,
        all_headers: all_headers(object).unwrap_or_default(),
        clock_cause: number("clockCause").and_then(|cause| u32::try_from(cause).ok()),
    })
}

/// `headers`: the values of [`RESPONSE_HEADERS`], null for each that is missing.
pub(super) fn headers(object: Object<'_>) -> Option<SignatureHeaders> {
    let values = object.member("headers").ok()??.items().ok()?;
    let values: Vec<Option<String>> = values.map(Json::text).collect();
    let lookup = |name: &str| -> Result<Option<String>, std::convert::Infallible> {
        let position = RESPONSE_HEADERS.iter().position(|known| *known == name);
        Ok(position.and_then(|position| values.get(position)?.clone()))
    };
    SignatureHeaders::read_response(lookup).ok()
}

/// `all`: pairs of names and values.
fn all_headers(object: Object<'_>) -> Option<Vec<(String, String)>> {
    pairs(object, "all")
}

/// An array of arrays of two strings.
pub(super) fn pairs(object: Object<'_>, name: &str) -> Option<Vec<(String, String)>> {
    let items = object.member(name).ok()??.items().ok()?;
    items
        .map(|item| {
            let mut texts = item.items().ok()?.map(Json::text);
            Some((texts.next()??, texts.next()??))
        })
        .collect()
}
