//! Clients: opened from options or from the environment, and freed.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::error_json::{Fields, of_failure, returned};
use super::kernel;
use super::names::camel_case;
use super::params::{Params, misread};
use super::table::Table;
use crate::calls::notification::MAX_NOTIFICATION_BYTES;
use crate::error::Error;
use crate::exchange::client::{Client, Credentials, KeySource};
use crate::exchange::failure::Failure;
use crate::json::{Json, ObjectWriter};
use crate::protocol::environment::{Environment, VARIABLES, Variable};
use crate::protocol::response::MAX_RESPONSE_BYTES;
use crate::protocol::signature_headers::SignatureHeaders;

type Entries<'a> = (Vec<(String, &'a [u8])>, &'a [u8]);
pub(super) type SharedClient = Rc<RefCell<Client>>;

thread_local! {
    static CLIENTS: Table<SharedClient> = const { Table::new() };
}

/// The client of this number. Calls keep it, so that it lives until they have ended.
pub(super) fn shared(number: usize) -> Result<SharedClient, Error> {
    CLIENTS.with(|table| table.get(number)).ok_or_else(misread)
}

/// What an export returns that asks clients: their answer's JSON, or `{ error, tried }` with their merchant
/// numbers.
pub(super) fn asked(
    numbers: &[usize],
    answer: impl FnOnce(&[&Client]) -> Result<String, Failure>,
) -> String {
    let shared: Vec<_> = numbers.iter().map_while(|&n| shared(n).ok()).collect();
    let clients: Vec<_> = shared.iter().map_while(|c| c.try_borrow().ok()).collect();
    let clients: Vec<&Client> = clients.iter().map(|client| &**client).collect();
    answer(&clients).unwrap_or_else(|failure| {
        let tried = clients.iter().map(|client| client.merchant().mchid());
        let mut json = ObjectWriter::new();
        json.json("error", &of_failure(failure, Fields::Camel));
        json.texts("tried", tried).finish()
    })
}

/// What a client shows of itself, nothing of it secret: `{ mchid, serial, baseUrl, certs }`.
#[wasm_bindgen]
pub fn describe(client: usize) -> String {
    asked(&[client], |clients| {
        let client = clients.first().ok_or_else(misread)?;
        let (merchant, base_url) = (client.merchant(), client.base_url().to_string());
        let mut json = ObjectWriter::new();
        json.text("mchid", merchant.mchid())
            .text("serial", merchant.serial())
            .text("baseUrl", &base_url);
        Ok(json.texts("certs", client.certs().ids()).finish())
    })
}

/// The names and limits that JavaScript asks the host with: `{ responseHeaders, notificationHeaders,
/// listedHeaders, environment, mostResponseBytes, mostNotificationBytes }`. A notification has the first
/// `notificationHeaders` of the headers; `listedHeaders` are read where a response cannot list its own.
#[wasm_bindgen]
pub fn names() -> String {
    let variables =
        VARIABLES.map(|Variable { name, option }| (name.to_owned(), camel_case(option)));
    ObjectWriter::new()
        .texts("responseHeaders", SignatureHeaders::OF_RESPONSE)
        .value("notificationHeaders", SignatureHeaders::OF_NOTIFICATION)
        .texts("listedHeaders", SignatureHeaders::LISTED)
        .value("mostResponseBytes", MAX_RESPONSE_BYTES)
        .value("mostNotificationBytes", MAX_NOTIFICATION_BYTES)
        .pairs("environment", &variables)
        .finish()
}

/// Opens a client: `{ client }`, its number, or `{ error }`. `settings` is JSON. `private_key` is the public
/// key if the host has the private one, or empty. `certs` holds all keys, one behind the other, of the
/// lengths that `settings` gives, and then the merchant's certificate.
#[wasm_bindgen]
pub fn open(settings: &str, private_key: &[u8], apiv3_key: &[u8], certs: &[u8]) -> String {
    let opened = || {
        let settings = Params::read(settings)?;
        let (certs, cert) = cert_entries(settings, certs)?;
        Client::parse_for_kernel(
            Credentials {
                mchid: &settings.text("mchid")?,
                serial: settings.optional_text("serial")?.as_deref(),
                private_key: KeySource::named(&settings.text("keySource")?, private_key),
                cert: (!cert.is_empty()).then_some(cert),
                certs,
                automatic: settings.is_true("automatic"),
                apiv3_key: settings.is_true("apiv3Key").then_some(apiv3_key),
                base_url: settings.optional_text("baseUrl")?.as_deref(),
                limits: ["timeout", "deadline", "maxRetries"].map(|name| settings.number(name)),
            },
            kernel::found(),
        )
    };
    numbered(opened())
}

/// Opens a client from environment variables: `{ client }`, `{ error }`, or `{ unreadable }` with the name
/// of the first variable or file that it needs and JavaScript could not read. `environment` is JSON: the
/// texts of `NAME`, `NAME_FILE`, and `NAME_FILE content` for the content of that file, null for what could
/// not be read.
#[wasm_bindgen(js_name = openFromEnvironment)]
pub fn open_from_environment(environment: &str) -> String {
    let unreadable = RefCell::new(None);
    let opened = || {
        let texts = Params::read(environment)?;
        let lookup = |name: &str| match texts.value(name).map(Json::text) {
            None => Ok(None),
            Some(Some(text)) => Ok(Some(text)),
            Some(None) => {
                unreadable.replace(Some(name.to_owned()));
                Err(misread())
            }
        };
        let environment = Environment::read(
            |_, name| lookup(name),
            |variable, _| lookup(&format!("{}_FILE content", variable.name))?.ok_or_else(misread),
        )?;
        Client::parse_for_kernel(Credentials::of(&environment), kernel::found())
    };
    let opened = opened();
    match unreadable.take() {
        Some(name) => ObjectWriter::new().text("unreadable", &name).finish(),
        None => numbered(opened),
    }
}

/// Frees a client. Calls that are under way keep what they need until they end.
#[wasm_bindgen]
pub fn free(client: usize) {
    drop(CLIENTS.with(|table| table.take(client)));
}

fn numbered(opened: Result<Client, Error>) -> String {
    returned(opened.map(|client| {
        let number = CLIENTS.with(|table| table.add(Rc::new(RefCell::new(client))));
        ObjectWriter::new().value("client", number).finish()
    }))
}

/// `certIds` and `certLengths`, with the keys that they name, and what comes after those.
fn cert_entries<'a>(settings: Params<'_>, mut certs: &'a [u8]) -> Result<Entries<'a>, Error> {
    let entries = settings.list("certIds")?.zip(settings.list("certLengths")?);
    let entries: Option<Vec<_>> = entries
        .map(|(id, length)| {
            let (key, rest) = certs.split_at_checked(length.number()?)?;
            certs = rest;
            Some((id.text()?, key))
        })
        .collect();
    Ok((entries.ok_or_else(misread)?, certs))
}
