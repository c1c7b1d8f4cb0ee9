//! A file that is being read, part after part. Each part is hashed. After the last part, the hash
//! is checked.

use wasm_bindgen::prelude::*;

use super::body_stream::BodyStream;
use super::errors::Failure;
use super::gunzip::{Gunzip, Inflow, abandon};
use super::timeout::Timeout;
use super::transport::{invalid, no_body};
use crate::{Error, FileHash, FileHasher, TransportFault};

/// How a file is to be read.
pub(super) struct Reading {
    pub(super) hash: FileHash,
    pub(super) gunzip: Option<Gunzip>,
    /// The largest length of the file in bytes, after decompression.
    pub(super) longest: Option<u64>,
    /// Milliseconds for one part.
    pub(super) timeout: u32,
    pub(super) signal: Option<JsValue>,
}

/// A file that is being read. If it is dropped before its end, the connection is closed.
pub(super) struct FileStream {
    /// `None` if there is no body, or if it has ended.
    body: Option<BodyStream>,
    gzip: Option<Gzip>,
    /// `None` after the hash was checked.
    hasher: Option<FileHasher>,
    status: u16,
    longest: Option<u64>,
    timeout: u32,
    signal: Option<JsValue>,
}

struct Gzip {
    inflow: Inflow,
    /// The reader of the connection. It may be waiting.
    compressed: JsValue,
}

impl FileStream {
    pub(super) fn new(
        status: u16,
        body: Option<BodyStream>,
        reading: Reading,
    ) -> Result<Self, Failure> {
        let (body, gzip) = match (body, reading.gunzip) {
            (Some(compressed), Some(gunzip)) => {
                let reader = compressed.source().clone();
                let (body, inflow) = gunzip.pour(compressed)?;
                let gzip = Gzip {
                    inflow,
                    compressed: reader,
                };
                (Some(body), Some(gzip))
            }
            (body, _) => (body, None),
        };
        Ok(Self {
            body,
            gzip,
            hasher: Some(reading.hash.hasher()),
            status,
            longest: reading.longest,
            timeout: reading.timeout,
            signal: reading.signal,
        })
    }

    /// The readers of its parts.
    pub(super) fn readers(&self) -> Vec<JsValue> {
        let body = self.body.iter().map(BodyStream::source);
        let compressed = self.gzip.iter().map(|gzip| &gzip.compressed);
        body.chain(compressed).cloned().collect()
    }

    /// The next part; `None` after the last part, and only if the file is verified.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        loop {
            let part = match &mut self.body {
                Some(body) => {
                    // Time runs while the caller waits for a part, and not between two parts.
                    let timeout = Timeout::start(self.timeout, self.signal.as_ref())?;
                    let part = timeout.over(&body.next().map_err(no_body)?).await;
                    timeout.finish();
                    let part = part.map_err(|failure| self.blamed(failure))?;
                    match &mut self.body {
                        Some(body) => body.part(&part).map_err(no_body)?,
                        None => None,
                    }
                }
                None => None,
            };
            let Some(part) = part else {
                self.body = None;
                if let Some(hasher) = self.hasher.take() {
                    hasher.finish(self.status)?;
                }
                return Ok(None);
            };
            if let Some(hasher) = &mut self.hasher {
                hasher.update(&part);
                if let Some(longest) = self.longest.filter(|longest| hasher.length() > *longest) {
                    return Err(Error::transport(TransportFault::FileTooLarge(longest)).into());
                }
            }
            if !part.is_empty() {
                return Ok(Some(part));
            }
        }
    }

    /// Distinguishes a broken connection from invalid gzip.
    fn blamed(&self, failure: Failure) -> Failure {
        let Some(gzip) = &self.gzip else {
            return failure;
        };
        if let Some(of_inflow) = gzip.inflow.borrow_mut().take() {
            return of_inflow;
        }
        match failure {
            Failure::Caused(Error::Transport(error), thrown)
                if error.fault == TransportFault::Network =>
            {
                Failure::Caused(
                    invalid(
                        "it is not complete gzip; gzip: true is for a file that was requested with tar_type GZIP",
                    ),
                    thrown,
                )
            }
            other => other,
        }
    }
}

impl Drop for FileStream {
    fn drop(&mut self) {
        // No effect after the end.
        if let Some(gzip) = &self.gzip {
            abandon(&gzip.compressed, "cancel");
        }
    }
}
