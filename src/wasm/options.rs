//! The options of the client, and those of one call.

use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use super::account::Account;
use super::foreign::{is_array, keys, member};
use super::host::Host;
use super::names::in_javascript;
use super::record::{Kind, Record, bytes, kind_of};
use crate::{Apiv3Key, BaseUrl, Certs, Error, Merchant};

const KNOWN: [&str; 11] = [
    "mchid",
    "serial",
    "private_key",
    "certs",
    "apiv3_key",
    "base_url",
    "timeout",
    "max_retries",
    "fetch",
    "signer",
    "clock",
];

/// How long one attempt may take, in milliseconds, where nothing else is said.
pub(crate) const DEFAULT_TIMEOUT: u32 = 10_000;

/// The longest that `setTimeout` can wait; beyond, it would fire at once.
const LONGEST_TIMEOUT: u32 = i32::MAX as u32;

/// More would only hide that WeChat Pay is down.
const MOST_RETRIES: u32 = 10;

/// Reads the options of `new Wechatpay(options)`.
pub(crate) fn read(options: &JsValue) -> Result<Account, Error> {
    let record = Record::open(options, Kind::Options, &KNOWN)?;
    if record.optional("signer")?.is_some() {
        return Err(record.refused(
            "signer",
            "comes with a later version; give privateKey instead",
        ));
    }
    // What costs nothing comes first; the private key is opened last.
    let host = Host {
        fetch: record.optional_function("fetch")?,
        clock: record.optional_function("clock")?,
    };
    let base_url = match record.optional_text("base_url")? {
        Some(text) => BaseUrl::parse(&text).map_err(in_javascript)?,
        None => BaseUrl::default(),
    };
    let timeout = read_timeout(&record)?.unwrap_or(DEFAULT_TIMEOUT);
    // Known by name, and checked; retries themselves come with a later version.
    record.optional_integer("max_retries", 0, MOST_RETRIES)?;
    let apiv3_key = read_apiv3_key(&record)?;
    let (mchid, serial) = (
        record.required_text("mchid")?,
        record.required_text("serial")?,
    );
    let entries = read_certs(&record)?;
    let private_key = record.required("private_key")?;
    let private_key =
        bytes(&private_key).map_err(|problem| record.refused("private_key", problem))?;
    let merchant = Merchant::parse(&mchid, &serial, &private_key).map_err(in_javascript)?;
    let certs = Certs::parse(entries, &merchant).map_err(in_javascript)?;
    Ok(Account {
        merchant,
        certs,
        apiv3_key,
        base_url,
        timeout,
        host,
    })
}

fn read_apiv3_key(record: &Record<'_>) -> Result<Option<Apiv3Key>, Error> {
    record
        .optional("apiv3_key")?
        .map(|key| {
            let key = bytes(&key).map_err(|problem| record.refused("apiv3_key", problem))?;
            Apiv3Key::parse(&key).map_err(in_javascript)
        })
        .transpose()
}

type CertEntry = (String, Zeroizing<Vec<u8>>);

fn read_certs(record: &Record<'_>) -> Result<Vec<CertEntry>, Error> {
    let refused = |problem: String| record.refused("certs", problem);
    let certs = record.required("certs")?;
    if !certs.is_object() || is_array(&certs) {
        return Err(refused(format!(
            "must be an object that gives each key under its id, {{ PUB_KEY_ID_…: pem }}, not {}",
            kind_of(&certs)
        )));
    }
    let unreadable = |_| refused("cannot be read: it throws".to_owned());
    keys(&certs)
        .map_err(unreadable)?
        .into_iter()
        .map(|id| {
            let value = member(&certs, &id).map_err(unreadable)?;
            let key = bytes(&value).map_err(|problem| {
                // An id may be anything here, a key among it, so it is not quoted.
                refused(format!("the key under one of its ids {problem}"))
            })?;
            Ok((id, key))
        })
        .collect()
}

fn read_timeout(record: &Record<'_>) -> Result<Option<u32>, Error> {
    record.optional_integer("timeout", 1, LONGEST_TIMEOUT)
}

/// The options of one call.
#[derive(Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<u32>,
    pub(crate) signal: Option<JsValue>,
}

impl CallOptions {
    /// The names of the options.
    pub(crate) const NAMES: [&str; 3] = ["signal", "timeout", "max_retries"];

    /// Reads the last argument of a call, which may be left out.
    pub(crate) fn read(options: &JsValue) -> Result<Self, Error> {
        if options.is_undefined() {
            return Ok(Self::default());
        }
        Self::of(&Record::open(options, Kind::CallOptions, &Self::NAMES)?)
    }

    /// Reads them from among other members.
    pub(crate) fn of(record: &Record<'_>) -> Result<Self, Error> {
        record.optional_integer("max_retries", 0, MOST_RETRIES)?;
        Ok(Self {
            timeout: read_timeout(record)?,
            signal: read_signal(record)?,
        })
    }
}

/// Any host's AbortSignal: by what it can do, since it may be of another realm.
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
