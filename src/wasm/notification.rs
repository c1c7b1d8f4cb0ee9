//! Notifications.

use wasm_bindgen::prelude::*;

use super::call::{Arguments, Planned, misread};
use super::error_json::{Fields, refusal};
use super::{event, table};
use crate::calls::notification::NotificationRequest;
use crate::error::Error;
use crate::exchange::call::no_apiv3_key;
use crate::exchange::plan::{Output, Plan};
use crate::json::{Json, ObjectWriter};
use crate::protocol::signature_headers::SignatureHeaders;

/// Checks what the headers of a notification alone show, before its body is read: `{}`, or `{ error }`.
/// `headers` is JSON, `{ headers }` with the values of the response headers that a notification has.
#[wasm_bindgen(js_name = checkNotification)]
#[must_use]
pub fn check_notification(client: usize, headers: &str) -> String {
    let check = || {
        let shared = table::client(client).ok_or_else(misread)?;
        let client = shared.try_borrow().map_err(|_| misread())?;
        // With the very first notification, whatever it is.
        client.apiv3_key().ok_or_else(no_apiv3_key)?;
        if headers.is_empty() {
            return Ok(());
        }
        let object = Json::parse(headers.as_bytes()).and_then(|json| json.object().ok());
        let headers = object.and_then(event::headers).ok_or_else(misread)?;
        NotificationRequest::require_signed(&headers)
    };
    match check() {
        Ok(()) => "{}".to_owned(),
        Err(error) => refusal(error, Fields::Camel),
    }
}

pub(super) fn plan(arguments: Arguments<'_>) -> Result<Planned, Error> {
    let headers: SignatureHeaders = event::headers(arguments.params).ok_or_else(misread)?;
    Ok(Planned {
        plan: Plan::Notification {
            headers,
            body: arguments.bytes,
        },
        finish: Box::new(|output, _| {
            let Output::Notification(notification) = output else {
                return Err(misread());
            };
            Ok(ObjectWriter::new()
                .text("id", &notification.id)
                .text("createTime", &notification.create_time)
                .text("eventType", &notification.event_type)
                .text("resourceType", &notification.resource_type)
                .text("summary", &notification.summary)
                .optional_text("originalType", notification.original_type.as_deref())
                .json("resource", &notification.resource)
                .finish())
        }),
        fields: Fields::Camel,
        form: None,
    })
}
