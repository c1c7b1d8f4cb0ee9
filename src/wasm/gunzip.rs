//! Decompresses a gzip body, by the host's own DecompressionStream.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::body_stream::BodyStream;
use super::errors::Failure;
use super::foreign::{call, construct, member, promise_of};
use super::transport::{invalid, no_body};
use crate::{Error, TransportFault};

/// A DecompressionStream without any input yet.
pub(super) struct Gunzip {
    stream: JsValue,
}

/// A fault of the input that is no fault of its gzip. The reader reports it, whatever it has read.
pub(super) type Inflow = Rc<RefCell<Option<Failure>>>;

impl Gunzip {
    /// Makes a DecompressionStream of the host.
    pub(super) fn new() -> Result<Self, Failure> {
        match construct("DecompressionStream", &"gzip".into()) {
            Some(Ok(stream)) => Ok(Self { stream }),
            None | Some(Err(_)) => Err(Error::config(
                "gzip",
                "needs DecompressionStream, which this runtime does not have: ask WeChat Pay for the \
                 file without tar_type",
            )
            .into()),
        }
    }

    /// Decompresses `compressed`. Returns the output, and the place of a fault in the input.
    pub(super) fn pour(self, compressed: BodyStream) -> Result<(BodyStream, Inflow), Failure> {
        let end = |name: &str, take: &str| -> Result<JsValue, Failure> {
            member(&self.stream, name)
                .and_then(|end| call(&end, take, &[]))
                .map_err(|thrown| {
                    Failure::Caused(invalid("its gzip cannot be decompressed"), thrown)
                })
        };
        let writer = end("writable", "getWriter")?;
        let reader = end("readable", "getReader")?;
        let inflow = Inflow::default();
        let seen = Rc::clone(&inflow);
        spawn_local(async move {
            if let Err(failure) = pump(compressed, &writer).await {
                *seen.borrow_mut() = Some(failure);
                abandon(&writer, "abort");
            }
        });
        // A file may have any length. The limit is checked where the file is read.
        Ok((BodyStream::of_reader(reader, usize::MAX), inflow))
    }
}

/// Writes part after part. The reader already knows of an error of the writer.
async fn pump(mut compressed: BodyStream, writer: &JsValue) -> Result<(), Failure> {
    loop {
        let part = JsFuture::from(compressed.next().map_err(no_body)?)
            .await
            .map_err(|thrown| Failure::Caused(Error::transport(TransportFault::Network), thrown))?;
        let written = match compressed.part(&part).map_err(no_body)? {
            Some(bytes) => call(writer, "write", &[&Uint8Array::from(bytes.as_slice())]),
            None => call(writer, "close", &[]),
        };
        let last = compressed.finished();
        let Ok(written) = written else {
            return Ok(());
        };
        if JsFuture::from(promise_of(&written)).await.is_err() || last {
            return Ok(());
        }
    }
}

/// Ends a stream. Nothing waits for that, but a rejection needs a handler.
pub(super) fn abandon(end: &JsValue, how: &str) {
    if let Ok(ending) = call(end, how, &[]) {
        spawn_local(async move {
            let _ = JsFuture::from(promise_of(&ending)).await;
        });
    }
}
