//! Downloads as a method.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::promise::promise;
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;

use super::account::{Account, Client};
use super::attempts::Attempts;
use super::body_stream::BodyStream;
use super::budget::Budget;
use super::errors::Failure;
use super::exchange::VerifyBy;
use super::file_stream::{FileStream, Reading};
use super::gunzip::{Gunzip, abandon};
use super::hooks::ResponseSummary;
use super::names::in_javascript;
use super::options::CallOptions;
use super::record::{Kind, Record, kind_of, text};
use super::stopwatch::Stopwatch;
use super::transport::{self, FileResponse};
use crate::calls::download::{self, Params};
use crate::{Error, Request};

/// The default limit of a file that is returned as a whole, in bytes.
const LARGEST_WHOLE: u64 = 64 << 20;

#[wasm_bindgen]
impl Client {
    /// GET of a file. Returns a [`Download`] when the response's headers have arrived.
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
        Ok(promise(async move {
            let stream = account.open_file(&params, reading, options).await?;
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
        // Before anything is sent, since the URL may be valid for one request only.
        gunzip: gzip.then(Gunzip::new).transpose()?,
        longest: longest.or(whole.then_some(LARGEST_WHOLE)),
        timeout: options.timeout.unwrap_or(account.timeout),
        signal: options.signal.clone(),
    };
    Ok((params, reading))
}

impl Account {
    /// Sends the request, with retries, until a response begins with a file. After that the parts
    /// belong to the caller, and there are no retries.
    async fn open_file(
        &self,
        params: &Params,
        reading: Reading,
        options: CallOptions,
    ) -> Result<FileStream, Failure> {
        let budget = self.begin(options);
        let request = download::prepare(params);
        let mut attempts = Attempts::of(self, &request, &budget, params.base_url());
        loop {
            match self.attempt_file(&request, &attempts, &budget).await {
                Ok((status, body)) => return FileStream::new(status, body, reading),
                Err(failure) => attempts.after(failure).await?,
            }
        }
    }

    async fn attempt_file(
        &self,
        request: &Request,
        attempts: &Attempts<'_>,
        budget: &Budget,
    ) -> Result<(u16, Option<BodyStream>), Failure> {
        let timeout = attempts.timeout()?;
        let signed = self.signed(request, &timeout).await?;
        let url = attempts.base_url().join(signed.path_and_query());
        let stopwatch = Stopwatch::start();
        let response = transport::send_for_file(&self.host, &url, &signed, &timeout).await?;
        timeout.finish();
        let (status, headers) = match &response {
            FileResponse::File {
                status, headers, ..
            } => (*status, headers),
            FileResponse::Refusal(raw) => (raw.status, &raw.headers),
        };
        self.hooks.response(&ResponseSummary {
            request,
            status,
            request_id: headers.request_id(Some(&signed)).as_deref(),
            attempt: attempts.number(),
            duration: stopwatch.elapsed(),
        });
        match response {
            FileResponse::File { status, body, .. } => Ok((status, body)),
            FileResponse::Refusal(raw) => {
                // Never a success, since a success is the file.
                let refused = self
                    .verified(&raw, &signed, VerifyBy::KnownKeys(budget))
                    .await;
                Err(refused
                    .err()
                    .unwrap_or_else(|| transport::invalid("it is not a file").into()))
            }
        }
    }
}

/// A file for JavaScript to read, one part at a time.
#[wasm_bindgen]
pub struct Download {
    /// `None` while a part is being read, and after the end.
    stream: Rc<RefCell<Option<FileStream>>>,
    /// The source of the parts, to cancel it while a part is being read.
    readers: Vec<JsValue>,
    cancelled: Rc<Cell<bool>>,
}

impl Download {
    fn of(stream: FileStream) -> Self {
        Self {
            readers: stream.readers(),
            stream: Rc::new(RefCell::new(Some(stream))),
            cancelled: Rc::default(),
        }
    }
}

#[wasm_bindgen]
impl Download {
    /// The next part, a `Uint8Array`; `undefined` after the last part. Rejects if the file has not
    /// the expected hash.
    #[wasm_bindgen]
    pub fn next(&self) -> Promise {
        let (place, cancelled) = (Rc::clone(&self.stream), Rc::clone(&self.cancelled));
        promise(async move {
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
            // A copy of the hashed bytes, of which no other code has a view.
            Ok(Uint8Array::from(part.as_slice()).into())
        })
    }

    /// Cancels immediately, even while a part is being read.
    #[wasm_bindgen]
    pub fn cancel(&self) {
        self.cancelled.set(true);
        for reader in &self.readers {
            // No effect after the end.
            abandon(reader, "cancel");
        }
        drop(self.stream.take());
    }
}
