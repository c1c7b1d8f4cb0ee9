//! Notifications: nothing is awaited, so that they are no calls.

use wasm_bindgen::prelude::*;

use super::individual_contracts::members;
use super::params::Params;
use super::planned::{Arguments, Planned};
use super::{client, event, moment};
use crate::calls::notification::NotificationRequest;
use crate::error::Error;
use crate::exchange::notifications_of_several as several;
use crate::exchange::plan::Plan;
use crate::json::{ObjectWriter, array};

/// Checks what can be checked of a notification before its body is read: `{ keyKnown, keyUnknown }`, or
/// `{ error, tried }`. It may be for any of the clients; `keyUnknown` are the places of those that the call
/// `notificationKey` may download the key for. `headers` is JSON, `{ headers }` with the values of the response
/// headers that a notification has; empty where they cannot be read. [`moment::read`] describes the rest.
#[wasm_bindgen]
pub fn admit(clients: &[usize], headers: &str, clock: f64, clock_cause: Option<u32>) -> String {
    client::asked(clients, |clients| {
        let moment = moment::read(clock, 0.0, Vec::new(), clock_cause);
        let read = || event::headers(Params::read(headers)?);
        let headers = (!headers.is_empty()).then(read).transpose()?;
        let admissions = several::admit(clients, headers.as_ref(), &moment)?;
        let unknown = array(admissions.key_unknown.iter().map(ToString::to_string));
        let mut json = ObjectWriter::new();
        json.value("keyKnown", admissions.key_known);
        Ok(json.json("keyUnknown", &unknown).finish())
    })
}

/// Verifies and decrypts a notification: its JSON with the place of its `client`, or `{ error, tried }`. `body`
/// is its raw bytes; the rest is as for [`admit`].
#[wasm_bindgen]
pub fn receive(
    clients: &[usize],
    headers: &str,
    body: &[u8],
    clock: f64,
    clock_cause: Option<u32>,
) -> String {
    client::asked(clients, |clients| {
        let headers = event::headers(Params::read(headers)?)?;
        let moment = moment::read(clock, 0.0, Vec::new(), clock_cause);
        let request = NotificationRequest { headers, body };
        let (client, notification) = several::receive(clients, &request, &moment)?;
        let mut json = members(&notification.members());
        json.value("client", client)
            .json("resource", &notification.resource);
        Ok(json.finish())
    })
}

pub(super) fn plan_key(arguments: &Arguments<'_>) -> Result<Planned, Error> {
    let headers = event::headers(arguments.params)?;
    let plan = Plan::NotificationKey { headers };
    Ok(Planned::new(plan, |_, _| Ok("null".to_owned())))
}
