//! The strings that are signed (WeChat Pay merchant documents 4012365336 and 4012365342).

/// What the merchant signs: `METHOD\npath-and-query\ntimestamp\nnonce\nbody\n`.
///
/// The path, query and body must be exactly the bytes that are sent. The body is empty for GET.
///
/// ```
/// use wechatpay_wasm::request_message;
/// let message = request_message("GET", "/v3/certificates", 1_554_208_460, "593BEC0C", b"");
/// assert_eq!(message, b"GET\n/v3/certificates\n1554208460\n593BEC0C\n\n");
/// ```
#[must_use]
pub fn request_message(
    method: &str,
    path_and_query: &str,
    timestamp: u64,
    nonce: &str,
    body: &[u8],
) -> Vec<u8> {
    let timestamp = timestamp.to_string();
    lines(&[
        method.as_bytes(),
        path_and_query.as_bytes(),
        timestamp.as_bytes(),
        nonce.as_bytes(),
        body,
    ])
}

/// What WeChat Pay signs in a response and in a notification: `timestamp\nnonce\nbody\n`, with the
/// body as it arrived.
///
/// ```
/// use wechatpay_wasm::response_message;
/// assert_eq!(response_message("1722850421", "d824f2e0", b"{}"), b"1722850421\nd824f2e0\n{}\n");
/// ```
#[must_use]
pub fn response_message(timestamp: &str, nonce: &str, body: &[u8]) -> Vec<u8> {
    lines(&[timestamp.as_bytes(), nonce.as_bytes(), body])
}

/// What the merchant signs to open the cashier: `appid\ntimestamp\nnonce\nwhat is paid\n`. The last
/// line is `prepay_id=…` in a page and in a mini program, and only the id in an app.
///
/// ```
/// use wechatpay_wasm::pay_message;
/// let message = pay_message("wx2421b1c4370ec43b", 1_554_208_460, "593BEC0C", "prepay_id=wx2014");
/// assert_eq!(message, b"wx2421b1c4370ec43b\n1554208460\n593BEC0C\nprepay_id=wx2014\n");
/// ```
#[must_use]
pub fn pay_message(appid: &str, timestamp: u64, nonce: &str, paid: &str) -> Vec<u8> {
    let timestamp = timestamp.to_string();
    lines(&[
        appid.as_bytes(),
        timestamp.as_bytes(),
        nonce.as_bytes(),
        paid.as_bytes(),
    ])
}

/// Each part with a line feed after it, also the last part.
pub(crate) fn lines(parts: &[&[u8]]) -> Vec<u8> {
    let length = parts.iter().map(|part| part.len() + 1).sum();
    let mut message = Vec::with_capacity(length);
    for part in parts {
        message.extend_from_slice(part);
        message.push(b'\n');
    }
    message
}
