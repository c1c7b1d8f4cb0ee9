//! The options of the client, and those of one call.

use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use super::account::{Account, Credentials, Settings, Signs};
use super::foreign::{is_array, keys, member};
use super::hooks::Hooks;
use super::host::Host;
use super::record::{Kind, Record, bytes, kind_of};
use super::signer::Signer;
use crate::Error;

const KNOWN: [&str; 14] = [
    "mchid",
    "serial",
    "private_key",
    "certs",
    "apiv3_key",
    "base_url",
    "timeout",
    "deadline",
    "max_retries",
    "fetch",
    "signer",
    "clock",
    "on_retry",
    "on_response",
];

/// Requests the download of platform certificates. No key id has this form.
const AUTO: &str = "auto";

/// The longest time of `setTimeout`. With a longer one it would fire immediately.
const LONGEST_TIMEOUT: u32 = i32::MAX as u32;

/// More retries would only hide that WeChat Pay is down.
const MOST_RETRIES: u32 = 10;

/// Reads the options of `new Wechatpay(options)`.
pub(crate) fn read(options: &JsValue) -> Result<Account, Error> {
    let record = Record::open(options, Kind::Options, &KNOWN)?;
    let settings = Settings {
        timeout: read_time(&record, "timeout")?,
        deadline: read_time(&record, "deadline")?,
        max_retries: read_retries(&record)?,
        host: Host {
            fetch: record.optional_function("fetch")?,
            clock: record.optional_function("clock")?,
        },
        hooks: Hooks {
            on_retry: record.optional_function("on_retry")?,
            on_response: record.optional_function("on_response")?,
        },
    };
    let base_url = record.optional_text("base_url")?;
    let apiv3_key = read_bytes(&record, "apiv3_key")?;
    let (mchid, serial) = (
        record.required_text("mchid")?,
        record.required_text("serial")?,
    );
    let (certs, automatic) = read_certs(&record)?;
    let private_key = read_bytes(&record, "private_key")?;
    let signer = record.optional_function("signer")?;
    let signs = match (&private_key, signer) {
        (Some(key), None) => Signs::Key(key),
        (None, Some(signer)) => Signs::Signer(Signer(signer)),
        (None, None) => {
            return Err(record.refused(
                "private_key",
                "is missing; give it, or a signer in its place",
            ));
        }
        (Some(_), Some(_)) => {
            return Err(record.refused(
                "signer",
                "is given beside privateKey; give one of the two, so that it is clear who signs",
            ));
        }
    };
    let credentials = Credentials {
        mchid: &mchid,
        serial: &serial,
        signs,
        certs,
        automatic,
        apiv3_key: apiv3_key.as_ref().map(|key| key.as_slice()),
        base_url: base_url.as_deref(),
    };
    Account::new(credentials, settings)
}

fn read_bytes(record: &Record<'_>, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
    record
        .optional(name)?
        .map(|value| bytes(&value).map_err(|problem| record.refused(name, problem)))
        .transpose()
}

type CertEntry = (String, Zeroizing<Vec<u8>>);

/// The keys, and whether platform certificates are downloaded: `'auto'`, or `auto: true` next to keys.
fn read_certs(record: &Record<'_>) -> Result<(Vec<CertEntry>, bool), Error> {
    let refused = |problem: String| record.refused("certs", problem);
    let certs = record.required("certs")?;
    if certs.as_string().as_deref() == Some(AUTO) {
        return Ok((Vec::new(), true));
    }
    if !certs.is_object() || is_array(&certs) {
        return Err(refused(format!(
            "must be 'auto', or an object that gives each key under its id, {{ PUB_KEY_ID_…: pem }}, \
             not {}",
            kind_of(&certs)
        )));
    }
    let unreadable = |_| refused("cannot be read: it throws".to_owned());
    let mut automatic = false;
    let mut entries = Vec::new();
    for id in keys(&certs).map_err(unreadable)? {
        let value = member(&certs, &id).map_err(unreadable)?;
        if id == AUTO {
            automatic = value.as_bool().ok_or_else(|| {
                refused(format!(
                    "auto must be true or false, not {}",
                    kind_of(&value)
                ))
            })?;
            continue;
        }
        let key = bytes(&value).map_err(|problem| {
            // The id may be any text, even a key, so it is not quoted.
            refused(format!("the key under one of its ids {problem}"))
        })?;
        entries.push((id, key));
    }
    Ok((entries, automatic))
}

fn read_time(record: &Record<'_>, name: &str) -> Result<Option<u32>, Error> {
    record.optional_integer(name, 1, LONGEST_TIMEOUT)
}

fn read_retries(record: &Record<'_>) -> Result<Option<u32>, Error> {
    record.optional_integer("max_retries", 0, MOST_RETRIES)
}

/// The options of one call.
#[derive(Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<u32>,
    /// Milliseconds for all attempts.
    pub(crate) deadline: Option<u32>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) signal: Option<JsValue>,
}

impl CallOptions {
    /// The names of the options.
    pub(crate) const NAMES: [&str; 4] = ["signal", "timeout", "deadline", "max_retries"];

    /// Reads the last argument of a call, which may be left out.
    pub(crate) fn read(options: &JsValue) -> Result<Self, Error> {
        if options.is_undefined() {
            return Ok(Self::default());
        }
        Self::of(&Record::open(options, Kind::CallOptions, &Self::NAMES)?)
    }

    /// Reads them from among other members.
    pub(crate) fn of(record: &Record<'_>) -> Result<Self, Error> {
        Ok(Self {
            timeout: read_time(record, "timeout")?,
            deadline: read_time(record, "deadline")?,
            max_retries: read_retries(record)?,
            signal: read_signal(record)?,
        })
    }
}

/// An AbortSignal of any host. It is recognised by its members, since it may be of another realm.
fn read_signal(record: &Record<'_>) -> Result<Option<JsValue>, Error> {
    let Some(signal) = record.optional("signal")? else {
        return Ok(None);
    };
    let part = |name: &str| member(&signal, name).unwrap_or_default();
    if signal.is_object()
        && part("aborted").as_bool().is_some()
        && part("addEventListener").is_function()
        && part("removeEventListener").is_function()
    {
        Ok(Some(signal))
    } else {
        let problem = format!("must be an AbortSignal, not {}", kind_of(&signal));
        Err(record.refused("signal", problem))
    }
}
