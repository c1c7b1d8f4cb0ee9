//! Notifications.

use wasm_bindgen::prelude::*;

use super::error_json::returned;
use super::params::Params;
use super::planned::{Arguments, Planned};
use super::{client, event};
use crate::calls::notification::NotificationRequest;
use crate::error::Error;
use crate::exchange::call::no_apiv3_key;
use crate::exchange::plan::Plan;
use crate::json::ObjectWriter;

/// Checks what the headers of a notification alone show, before its body is read: `{}`, or `{ error }`.
/// `headers` is JSON, `{ headers }` with the values of the response headers that a notification has.
#[wasm_bindgen(js_name = checkNotification)]
pub fn check_notification(client: usize, headers: &str) -> String {
    returned(client::shared(client).and_then(|client| {
        client::reading(&client, |client| {
            // With the very first notification, whatever it is.
            client.apiv3_key().ok_or_else(no_apiv3_key)?;
            if headers.is_empty() {
                return Ok("{}".to_owned());
            }
            NotificationRequest::require_signed(&event::headers(Params::read(headers)?)?)?;
            Ok("{}".to_owned())
        })
    }))
}

pub(super) fn plan_key(arguments: &Arguments<'_>) -> Result<Planned, Error> {
    let headers = event::headers(arguments.params)?;
    Ok(Planned::new(
        Plan::NotificationKey { headers },
        |output, _| output.notification_key().map(|()| "null".to_owned()),
    ))
}

pub(super) fn plan(arguments: Arguments<'_>) -> Result<Planned, Error> {
    let headers = event::headers(arguments.params)?;
    Ok(Planned::new(
        Plan::Notification {
            headers,
            body: arguments.bytes,
        },
        |output, _| {
            let notification = output.notification()?;
            Ok(ObjectWriter::new()
                .text("id", &notification.id)
                .text("createTime", &notification.create_time)
                .text("eventType", &notification.event_type)
                .text("resourceType", &notification.resource_type)
                .text("summary", &notification.summary)
                .optional_text("originalType", notification.original_type.as_deref())
                .json("resource", &notification.resource)
                .finish())
        },
    ))
}
