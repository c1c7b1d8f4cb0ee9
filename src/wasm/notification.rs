//! Notifications: nothing is awaited, so that they are no calls.

use wasm_bindgen::prelude::*;

use super::params::Params;
use super::planned::{Arguments, Planned};
use super::{client, event, moment};
use crate::calls::notification::NotificationRequest;
use crate::error::Error;
use crate::exchange::notifications::Admission;
use crate::exchange::plan::Plan;
use crate::json::ObjectWriter;

/// Checks what can be checked of a notification before its body is read: `{ keyUnknown }`, or `{ error }`.
/// Where the key is unknown, the call `notificationKey` downloads it. `headers` is JSON, `{ headers }` with
/// the values of the response headers that a notification has; empty where they cannot be read.
/// [`moment::read`] describes `clock` and `clock_cause`.
#[wasm_bindgen]
pub fn admit(client: usize, headers: &str, clock: f64, clock_cause: Option<u32>) -> String {
    client::asked(client, |client| {
        client.notification_key()?;
        let moment = moment::read(clock, 0.0, Vec::new(), clock_cause);
        let unknown = !headers.is_empty()
            && client.admit(&event::headers(Params::read(headers)?)?, &moment)?
                == Admission::KeyUnknown;
        Ok(ObjectWriter::new().value("keyUnknown", unknown).finish())
    })
}

/// Verifies and decrypts a notification: its JSON, or `{ error }`. `body` is its raw bytes; the rest is as
/// for [`admit`].
#[wasm_bindgen]
pub fn receive(
    client: usize,
    headers: &str,
    body: &[u8],
    clock: f64,
    clock_cause: Option<u32>,
) -> String {
    client::asked(client, |client| {
        let headers = event::headers(Params::read(headers)?)?;
        let moment = moment::read(clock, 0.0, Vec::new(), clock_cause);
        let notification = client.receive(&NotificationRequest { headers, body }, &moment)?;
        Ok(ObjectWriter::new()
            .text("id", &notification.id)
            .text("createTime", &notification.create_time)
            .text("eventType", &notification.event_type)
            .text("resourceType", &notification.resource_type)
            .text("summary", &notification.summary)
            .optional_text("originalType", notification.original_type.as_deref())
            .json("resource", &notification.resource)
            .finish())
    })
}

pub(super) fn plan_key(arguments: &Arguments<'_>) -> Result<Planned, Error> {
    let headers = event::headers(arguments.params)?;
    let plan = Plan::NotificationKey { headers };
    Ok(Planned::new(plan, |_, _| Ok("null".to_owned())))
}
