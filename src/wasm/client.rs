//! Clients: opened from options or from the environment, and freed.

use wasm_bindgen::prelude::*;

use super::call::misread;
use super::error_json::{Fields, refusal};
use super::event::{LISTED_HEADERS, NOTIFICATION_HEADERS, RESPONSE_HEADERS};
use super::{kernel, table};
use crate::calls::notification::MAX_NOTIFICATION_BYTES;
use crate::error::Error;
use crate::exchange::client::{Client, Settings};
use crate::http::base_url::BaseUrl;
use crate::json::{Json, Object, ObjectWriter, array};
use crate::protocol::apiv3_key::Apiv3Key;
use crate::protocol::certs::Certs;
use crate::protocol::environment::{self, Environment, Variable};
use crate::protocol::merchant::Merchant;
use crate::protocol::response::MAX_RESPONSE_BYTES;

/// The names and limits that JavaScript asks the host with: `{ responseHeaders, notificationHeaders,
/// listedHeaders, environment, mostResponseBytes, mostNotificationBytes }`. A notification has the first
/// `notificationHeaders` of the headers; `listedHeaders` are read where a response cannot list its own.
#[wasm_bindgen]
#[must_use]
pub fn names() -> String {
    let headers = RESPONSE_HEADERS.map(|name| format!("\"{name}\""));
    let variables = environment::VARIABLES.map(|Variable { name, option }| {
        let option = super::names::camel_case(option);
        ObjectWriter::new()
            .text("name", name)
            .text("option", &option)
            .finish()
    });
    ObjectWriter::new()
        .json("responseHeaders", &array(headers))
        .value("notificationHeaders", NOTIFICATION_HEADERS)
        .json(
            "listedHeaders",
            &array(LISTED_HEADERS.map(|name| format!("\"{name}\""))),
        )
        .value("mostResponseBytes", MAX_RESPONSE_BYTES)
        .value("mostNotificationBytes", MAX_NOTIFICATION_BYTES)
        .json("environment", &array(variables))
        .finish()
}

/// Opens a client: `{ client }`, its number, or `{ error }`. `settings` is JSON; `private_key` and
/// `apiv3_key` are empty if there is none; `certs` holds all keys, one behind the other, of the lengths
/// that `settings` gives.
#[wasm_bindgen]
#[must_use]
pub fn open(settings: &str, private_key: &[u8], apiv3_key: &[u8], certs: &[u8]) -> String {
    let opened = || {
        let settings = Json::parse(settings.as_bytes()).and_then(|json| json.object().ok());
        let settings = settings.ok_or_else(misread)?;
        let mut certs = certs;
        let entries = cert_entries(settings, &mut certs).ok_or_else(misread)?;
        let text = |name| settings.text(name).map_err(|_| misread());
        opened(Credentials {
            mchid: &text("mchid")?,
            serial: &text("serial")?,
            private_key: (!has(settings, "remoteSigner")).then_some(private_key),
            certs: entries,
            automatic: has(settings, "automatic"),
            apiv3_key: has(settings, "apiv3Key").then_some(apiv3_key),
            base_url: settings.optional_text("baseUrl").map_err(|_| misread())?,
            times: ["timeout", "deadline", "maxRetries"].map(|name| number(settings, name)),
        })
    };
    numbered(opened())
}

/// Opens a client from environment variables: `{ client }`, `{ error }`, or `{ unreadable }` with the name
/// of the first variable or file that it needs and JavaScript could not read. `environment` is JSON: the
/// texts of `NAME`, `NAME_FILE`, and `NAME_FILE content` for the content of that file, null for what could
/// not be read.
#[wasm_bindgen(js_name = openFromEnvironment)]
#[must_use]
pub fn open_from_environment(environment: &str) -> String {
    let mut unreadable = None;
    let mut opened = || {
        let texts = Json::parse(environment.as_bytes()).and_then(|json| json.object().ok());
        let texts = texts.ok_or_else(misread)?;
        let mut lookup = |name: &str| -> Result<Option<String>, Error> {
            match texts.value(name).map_err(|_| misread())? {
                None => Ok(None),
                Some(value) => value.text().map(Some).ok_or_else(|| {
                    unreadable = Some(name.to_owned());
                    misread()
                }),
            }
        };
        let lookup = std::cell::RefCell::new(&mut lookup);
        let environment = Environment::read(
            |_, name| (lookup.borrow_mut())(name),
            |variable, _| {
                let content = (lookup.borrow_mut())(&format!("{}_FILE content", variable.name));
                content?.ok_or_else(misread)
            },
        )?;
        let public_key = environment.public_key.iter();
        self::opened(Credentials {
            mchid: &environment.mchid,
            serial: &environment.serial,
            private_key: Some(environment.private_key.as_bytes()),
            certs: public_key
                .map(|(id, key)| (id.to_string(), key.as_bytes()))
                .collect(),
            automatic: environment.automatic,
            apiv3_key: environment.apiv3_key.as_ref().map(|key| key.as_bytes()),
            base_url: environment.base_url.as_ref().map(|url| url.to_string()),
            times: [None; 3],
        })
    };
    let opened = opened();
    match unreadable {
        Some(name) => ObjectWriter::new().text("unreadable", &name).finish(),
        None => numbered(opened),
    }
}

/// Frees a client. Calls that are under way keep what they need until they end.
#[wasm_bindgen]
pub fn free(client: usize) {
    table::free_client(client);
}

fn numbered(opened: Result<Client, Error>) -> String {
    match opened {
        Ok(client) => ObjectWriter::new()
            .value("client", table::add_client(client))
            .finish(),
        Err(error) => refusal(error, Fields::Camel),
    }
}

/// What a client is opened with, from wherever it comes, not parsed yet.
struct Credentials<'a> {
    mchid: &'a str,
    serial: &'a str,
    /// `None` if a remote signer signs.
    private_key: Option<&'a [u8]>,
    certs: Vec<(String, &'a [u8])>,
    automatic: bool,
    apiv3_key: Option<&'a [u8]>,
    base_url: Option<String>,
    /// Timeout and deadline in milliseconds, and the number of retries.
    times: [Option<u32>; 3],
}

fn opened(credentials: Credentials<'_>) -> Result<Client, Error> {
    // What costs nothing comes first; the private key is parsed last.
    let base_url = match &credentials.base_url {
        Some(text) => BaseUrl::parse(text)?,
        None => BaseUrl::default(),
    };
    let apiv3_key = credentials.apiv3_key.map(Apiv3Key::parse).transpose()?;
    let (mchid, serial) = (credentials.mchid, credentials.serial);
    let kernel = kernel::found();
    let merchant = match credentials.private_key {
        Some(key) => Merchant::parse_for_kernel(mchid, serial, key, kernel)?,
        None => Merchant::with_remote_signer(mchid, serial)?.with_kernel(kernel),
    };
    let certs = if credentials.automatic {
        crate::exchange::client::require_apiv3_key(apiv3_key.as_ref())?;
        Certs::parse_some(credentials.certs, &merchant)?
    } else {
        Certs::parse(credentials.certs, &merchant)?
    };
    let [timeout, deadline, max_retries] = credentials.times;
    Client::open(Settings {
        merchant,
        certs,
        automatic: credentials.automatic,
        apiv3_key,
        base_url,
        timeout,
        deadline,
        max_retries,
    })
}

/// `certIds` and `certLengths`, with the keys that they name.
fn cert_entries<'a>(settings: Object<'_>, certs: &mut &'a [u8]) -> Option<Vec<(String, &'a [u8])>> {
    let list = |name| settings.member(name).ok()??.items().ok();
    let entries = list("certIds")?.zip(list("certLengths")?);
    entries
        .map(|(id, length)| {
            let (key, rest) = certs.split_at_checked(length.number()?)?;
            *certs = rest;
            Some((id.text()?, key))
        })
        .collect()
}

fn has(settings: Object<'_>, name: &str) -> bool {
    let value = settings.member(name).ok().flatten();
    value.is_some_and(|value| value.get() == "true")
}

fn number(settings: Object<'_>, name: &str) -> Option<u32> {
    let number = settings.member(name).ok().flatten()?.number()?;
    u32::try_from(number).ok()
}
