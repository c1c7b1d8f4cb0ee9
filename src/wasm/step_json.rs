//! What a call does next, as JSON.

use super::error_json::{Fields, of_failure};
use crate::exchange::step::{Notice, Send};
use crate::json::{ObjectWriter, array};

/// `{ step: 'send', method, url, headers, timeout, own }`. The body is fetched by itself, as bytes.
pub(super) fn send(json: &mut ObjectWriter, send: &Send) {
    json.text("step", "send")
        .text("method", send.method.as_str())
        .text("url", &send.url)
        .pairs("headers", &send.headers)
        .value("timeout", send.timeout)
        .value("own", send.own);
}

/// What the hooks are told; no member where there is nothing to tell.
pub(super) fn notices(json: &mut ObjectWriter, notices: Vec<Notice>, fields: Fields) {
    if !notices.is_empty() {
        let notices = notices.into_iter().map(|each| notice(each, fields));
        json.json("notices", &array(notices));
    }
}

fn notice(notice: Notice, fields: Fields) -> String {
    let mut json = ObjectWriter::new();
    match notice {
        Notice::Response {
            method,
            path,
            status,
            request_id,
            attempt,
            duration,
        } => json
            .text("hook", "onResponse")
            .text("method", method.as_str())
            .text("path", &path)
            .value("status", status)
            .optional_text("requestId", request_id.as_deref())
            .value("attempt", attempt)
            .value("duration", duration),
        Notice::Retry {
            attempt,
            delay,
            failure,
            host,
        } => json
            .text("hook", "onRetry")
            .value("attempt", attempt)
            .value("delay", delay)
            .json("error", &of_failure(failure, fields))
            .text("host", &host),
    };
    json.finish()
}
