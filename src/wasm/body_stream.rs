//! A body that arrives in parts: a ReadableStream's reader, or any asynchronous iterator of bytes (a
//! request of `node:http` is one). Both give `{ done, value }`, and are read up to a limit.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::foreign::{call, member, promise_of, viewed_bytes};

/// How many empty parts may arrive in a row. A host sends none. An endless series of them would
/// keep the timer from firing.
const MOST_EMPTY_PARTS: u32 = 100;

/// A body that is being read. If it is dropped before its end, a reader is cancelled, a request of
/// Node runs to its end unread, and any other iterator is left as it is.
pub(crate) struct BodyStream {
    source: JsValue,
    next: &'static str,
    /// The object that the iterator iterates over; `undefined` for a reader.
    iterated: JsValue,
    longest: usize,
    body: Vec<u8>,
    empty_parts: u32,
    finished: bool,
}

/// Why a body cannot be read.
pub(crate) enum BodyFault {
    /// It is longer than it may be.
    TooLarge,
    /// A part of it is not bytes.
    NoBytes,
    /// Part after part is empty.
    Endless,
    /// What it threw.
    Thrown(JsValue),
}

impl BodyStream {
    /// The parts of a ReadableStreamDefaultReader, up to `longest` bytes.
    pub(crate) fn of_reader(reader: JsValue, longest: usize) -> Self {
        Self::of(reader, "read", JsValue::UNDEFINED, longest)
    }

    /// The parts of an asynchronous iterator over `iterated`, up to `longest` bytes.
    pub(crate) fn of_iterator(iterator: JsValue, iterated: JsValue, longest: usize) -> Self {
        Self::of(iterator, "next", iterated, longest)
    }

    fn of(source: JsValue, next: &'static str, iterated: JsValue, longest: usize) -> Self {
        Self {
            source,
            next,
            iterated,
            longest,
            body: Vec::new(),
            empty_parts: 0,
            finished: false,
        }
    }

    /// How many more bytes may arrive.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// Requests the next part. [`BodyStream::take`] accepts it when it has arrived.
    pub(crate) fn next(&self) -> Result<Promise, BodyFault> {
        call(&self.source, self.next, &[])
            .map(|part| promise_of(&part))
            .map_err(BodyFault::Thrown)
    }

    /// Accepts a part. Returns the complete body after the last part.
    pub(crate) fn take(&mut self, part: &JsValue) -> Result<Option<Vec<u8>>, BodyFault> {
        let Some(bytes) = self.part(part)? else {
            return Ok(Some(std::mem::take(&mut self.body)));
        };
        if bytes.len() > self.longest.saturating_sub(self.body.len()) {
            return Err(BodyFault::TooLarge);
        }
        self.body.extend_from_slice(&bytes);
        Ok(None)
    }

    /// Accepts a part without storing it, for a body of any length. Returns its bytes, or `None`
    /// after the last part.
    pub(crate) fn part(&mut self, part: &JsValue) -> Result<Option<Vec<u8>>, BodyFault> {
        let of_part = |name: &str| member(part, name).map_err(BodyFault::Thrown);
        if of_part("done")?.is_truthy() {
            self.finished = true;
            return Ok(None);
        }
        let bytes = viewed_bytes(&of_part("value")?)
            .ok_or(BodyFault::NoBytes)?
            .map_err(BodyFault::Thrown)?;
        if bytes.is_empty() {
            self.empty_parts += 1;
            if self.empty_parts > MOST_EMPTY_PARTS {
                return Err(BodyFault::Endless);
            }
        } else {
            self.empty_parts = 0;
        }
        Ok(Some(bytes))
    }

    /// Whether the last part was accepted.
    pub(crate) fn finished(&self) -> bool {
        self.finished
    }

    /// The reader or iterator.
    pub(crate) fn source(&self) -> &JsValue {
        &self.source
    }
}

impl Drop for BodyStream {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        if self.next != "read" {
            return flow_on(&self.iterated);
        }
        // Nothing waits for the abandoned stream, but a rejection needs a handler.
        if let Ok(cancelling) = call(&self.source, "cancel", &[]) {
            spawn_local(async move {
                let _ = JsFuture::from(promise_of(&cancelling)).await;
            });
        }
    }
}

/// Lets a request of Node run to its end, as Node does with an unread request. Otherwise a sender
/// that writes everything before it reads would never receive its response. Ending the iterator
/// would close the connection on which the response is sent.
///
/// Only for requests (`rawHeaders`): another stream may be endless, or cause work.
fn flow_on(iterated: &JsValue) {
    if member(iterated, "rawHeaders").is_ok_and(|headers| headers.is_object()) {
        // The iterator's own listener would stop the stream. The listener for errors stays.
        let _ = call(iterated, "removeAllListeners", &[&"readable".into()]);
        let _ = call(iterated, "resume", &[]);
    }
}
