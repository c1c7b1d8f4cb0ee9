//! Downloads as a method.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::account::{Account, Client};
use super::errors::Failure;
use super::file_stream::{FileStream, Reading};
use super::gunzip::Gunzip;
use super::names::in_javascript;
use super::options::CallOptions;
use super::record::{Kind, Record, kind_of, text};
use super::transport::{self, FileAnswer, RawAnswer};
use super::watch::Watch;
use crate::download::{self, Params};
use crate::{Answer, Error};

/// How large a file may be that is given whole, in bytes, where nothing else is said.
const LARGEST_WHOLE: u64 = 64 << 20;

#[wasm_bindgen]
impl Client {
    /// GET of a file. Gives a [`Download`] once the answer's headers are there.
    ///
    /// # Errors
    /// Throws a `ValidationError` or `ConfigError`; the promise rejects with everything else.
    #[wasm_bindgen]
    pub fn download(
        &self,
        url: &JsValue,
        params: &JsValue,
        options: &JsValue,
        whole: bool,
    ) -> Result<Promise, JsValue> {
        let options = CallOptions::read(options).map_err(Failure::Ours)?;
        let (params, reading) = read(&self.0, url, params, &options, whole)?;
        let account = Rc::clone(&self.0);
        Ok(future_to_promise(async move {
            let stream = account.open_file(&params, reading).await?;
            Ok(Download::of(stream).into())
        }))
    }
}

fn read(
    account: &Account,
    url: &JsValue,
    params: &JsValue,
    options: &CallOptions,
    whole: bool,
) -> Result<(Params, Reading), Failure> {
    let url = text(url).map_err(|problem| Error::validation("downloadUrl", problem))?;
    let known = ["hash_type", "hash_value", "gzip", "max_bytes"];
    let record = Record::open(params, Kind::Params, &known)?;
    let params = Params::parse(
        &url,
        &record.required_text("hash_type")?,
        &record.required_text("hash_value")?,
        &account.base_url,
    )
    .map_err(in_javascript)?;
    let longest = record
        .optional_integer("max_bytes", 1, u32::MAX)?
        .map(u64::from);
    let gzip = match record.optional("gzip")? {
        None => false,
        Some(value) => value.as_bool().ok_or_else(|| {
            let problem = format!("must be true or false, not {}", kind_of(&value));
            record.refused("gzip", problem)
        })?,
    };
    let reading = Reading {
        hash: params.hash().clone(),
        // Before anything is sent: its URL may be good for one time.
        gunzip: gzip.then(Gunzip::new).transpose()?,
        longest: longest.or(whole.then_some(LARGEST_WHOLE)),
        timeout: options.timeout.unwrap_or(account.timeout),
        signal: options.signal.clone(),
    };
    Ok((params, reading))
}

impl Account {
    /// Signs the request, sends it once, and reads the answer to the end of its headers.
    async fn open_file(&self, params: &Params, reading: Reading) -> Result<FileStream, Failure> {
        let watch = Watch::start(reading.timeout, reading.signal.as_ref())?;
        let signed = self.signed(&download::prepare(params), &watch).await?;
        let answer = transport::send_for_file(&self.host, &params.url(), &signed, &watch).await?;
        watch.finish();
        match answer {
            FileAnswer::File { status, body } => FileStream::new(status, body, reading),
            FileAnswer::Refusal(RawAnswer {
                status,
                headers,
                body,
                ..
            }) => {
                let answer = Answer {
                    status,
                    headers,
                    body: &body,
                };
                // Never a success, which would be the file.
                let refused = answer.verify(&self.keys.current(), self.host.now()?, &signed);
                Err(refused
                    .err()
                    .unwrap_or_else(|| transport::invalid("it is no file"))
                    .into())
            }
        }
    }
}

/// A file as JavaScript reads it. One part is asked for at a time.
#[wasm_bindgen]
pub struct Download {
    /// `None` while a part is under way, and after the end.
    stream: Rc<RefCell<Option<FileStream>>>,
    cancelled: Rc<Cell<bool>>,
}

impl Download {
    fn of(stream: FileStream) -> Self {
        Self {
            stream: Rc::new(RefCell::new(Some(stream))),
            cancelled: Rc::default(),
        }
    }
}

#[wasm_bindgen]
impl Download {
    /// The next part, a `Uint8Array`; `undefined` after the last one. Rejects where the file is not the
    /// one that was promised.
    #[wasm_bindgen]
    pub fn next(&self) -> Promise {
        let (place, cancelled) = (Rc::clone(&self.stream), Rc::clone(&self.cancelled));
        future_to_promise(async move {
            let Some(mut stream) = place.take() else {
                return Ok(JsValue::UNDEFINED);
            };
            let part = stream.next().await?;
            let Some(part) = part else {
                return Ok(JsValue::UNDEFINED);
            };
            if !cancelled.get() {
                place.replace(Some(stream));
            }
            // A copy of what was hashed, which nobody else has a view of.
            Ok(Uint8Array::from(part.as_slice()).into())
        })
    }

    /// Breaks off: at once, or when the part that is under way is there.
    #[wasm_bindgen]
    pub fn cancel(&self) {
        self.cancelled.set(true);
        drop(self.stream.take());
    }
}
