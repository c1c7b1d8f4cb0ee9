//! Uploads as a method.

use std::rc::Rc;

use super::promise::promise;
use js_sys::{JSON, Promise};
use wasm_bindgen::prelude::*;

use super::account::{Account, Client};
use super::errors::Failure;
use super::file_source::FileSource;
use super::foreign::member;
use super::host::Host;
use super::names::in_javascript;
use super::options::CallOptions;
use super::record::{Kind, Record, text};
use crate::calls::upload::{self, Params};
use crate::{Error, TransportFault};

/// The largest limit that may be requested, in bytes: the complete form is in memory about three times.
const MOST_BYTES: u32 = 100 << 20;

#[wasm_bindgen]
impl Client {
    /// POST of a form with a file.
    ///
    /// # Errors
    /// Throws a `ValidationError`; the promise rejects with everything else.
    #[wasm_bindgen]
    pub fn upload(
        &self,
        path: &JsValue,
        params: &JsValue,
        options: &JsValue,
    ) -> Result<Promise, JsValue> {
        let upload = Upload::read(path, params)?;
        let options = CallOptions::read(options).map_err(Failure::Ours)?;
        let account = Rc::clone(&self.0);
        Ok(promise(
            async move { Ok(upload.send(&account, options).await?) },
        ))
    }
}

/// An upload whose file is not read yet.
struct Upload {
    path: String,
    filename: String,
    content_type: Option<String>,
    file: FileSource,
}

impl Upload {
    fn read(path: &JsValue, params: &JsValue) -> Result<Self, Failure> {
        let path = text(path).map_err(|problem| Error::validation("path", problem))?;
        if let Some(problem) = upload::path_fault(&path) {
            return Err(Error::validation("path", problem).into());
        }
        let known = ["file", "filename", "content_type", "max_bytes"];
        let record = Record::open(params, Kind::Params, &known)?;
        let longest = record
            .optional_integer("max_bytes", 1, MOST_BYTES)?
            .map_or_else(|| upload::largest_file(&path), |bytes| bytes as usize);
        let content_type = record.optional_text("content_type")?;
        let file = record.required("file")?;
        let filename = match record.optional_text("filename")? {
            Some(filename) => filename,
            // A File has its own name.
            None => member(&file, "name")
                .ok()
                .filter(JsValue::is_string)
                .and_then(|name| text(&name).ok())
                .ok_or_else(|| record.refused("filename", "is missing; a File alone has a name"))?,
        };
        // Before the file is read, since it may be a stream that can be read only once.
        if let Some(problem) = upload::filename_fault(&filename) {
            return Err(record.refused("filename", problem).into());
        }
        if let Some(problem) = content_type.as_deref().and_then(upload::content_type_fault) {
            return Err(record.refused("content_type", problem).into());
        }
        Ok(Self {
            path,
            filename,
            content_type,
            file: FileSource::of(&file, longest)?,
        })
    }

    async fn send(self, account: &Account, options: CallOptions) -> Result<JsValue, Failure> {
        let file = self.file.read(options.signal.as_ref()).await?;
        let content_type = self.content_type.as_deref();
        let params =
            Params::parse(&self.path, &self.filename, content_type, file).map_err(in_javascript)?;
        let request = upload::prepare(&params, &*Host::random()?);
        let budget = account.ready(options).await?;
        let json = account.call(&request, &budget, upload::process).await?;
        // Parsed by the host, so that numbers are the host's. The host's error would quote the text.
        JSON::parse(&json).map_err(|_| {
            let fault = TransportFault::Invalid("its body is not valid JSON".into());
            Error::transport(fault).into()
        })
    }
}
