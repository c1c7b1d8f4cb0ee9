//! What a call does next, as JSON.

use super::error_json::{Fields, of_failure};
use crate::exchange::notices::Notice;
use crate::exchange::step::Send;
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
        Notice::Request(told) => json
            .text("hook", "onRequest")
            .text("method", told.method.as_str())
            .text("path", &told.path)
            .text("host", &told.host)
            .value("attempt", told.attempt)
            .optional_text("signed", told.message.as_deref()),
        Notice::Response(told) => json
            .text("hook", "onResponse")
            .text("method", told.method.as_str())
            .text("path", &told.path)
            .value("status", told.status)
            .optional_text("requestId", told.request_id.as_deref())
            .value("attempt", told.attempt)
            .value("duration", told.duration)
            .value("clockSkew", told.clock_skew.unwrap_or_default()),
        Notice::Retry(told) => json
            .text("hook", "onRetry")
            .value("attempt", told.attempt)
            .value("delay", told.delay)
            .json("error", &of_failure(told.failure, fields))
            .text("host", &told.host),
        Notice::Renewal(Ok(ids)) => json.texts("renewed", ids.iter().map(String::as_str)),
        Notice::Renewal(Err(failure)) => json.json("error", &of_failure(failure, fields)),
    };
    json.finish()
}
