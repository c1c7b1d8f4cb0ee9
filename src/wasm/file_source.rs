//! A file that a caller gives, in whichever form a runtime has it: bytes, a Blob, a stream.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::body_stream::{BodyFault, BodyStream};
use super::errors::Failure;
use super::foreign::{async_iterator, byte_array, call, member, promise_of};
use super::record::kind_of;
use super::timeout::Timeout;
use crate::Error;

/// A file that is available, or that has to be read first.
pub(super) enum FileSource {
    Bytes(Vec<u8>),
    Stream(BodyStream),
    /// The promise of a Blob's `arrayBuffer()`, and the size limit.
    Promise(Promise, usize),
}

/// How long a file may take to be read, in milliseconds: the longest time of a timer. Only its
/// source can know a better limit.
const AS_LONG_AS_IT_TAKES: u32 = i32::MAX as u32;

fn refused(problem: impl Into<String>) -> Error {
    Error::validation("file", problem.into())
}

fn unreadable(thrown: JsValue) -> Failure {
    Failure::Caused(refused("cannot be read: it throws"), thrown)
}

fn too_large(longest: usize) -> Error {
    refused(format!(
        "is larger than {longest} bytes; where WeChat Pay takes more on this path, give maxBytes"
    ))
}

impl FileSource {
    /// Finds the bytes of a file of at most `longest` bytes.
    pub(super) fn of(file: &JsValue, longest: usize) -> Result<Self, Failure> {
        if let Some(bytes) = bytes_of(file, longest)? {
            return Ok(Self::Bytes(bytes));
        }
        if file.is_object() {
            let part = |name: &str| member(file, name).map_err(unreadable);
            // A Blob has both; so has a Response, without a size.
            if let Some(size) = part("size")?.as_f64()
                && part("arrayBuffer")?.is_function()
            {
                // Before it is read.
                #[expect(clippy::cast_precision_loss)]
                if size > longest as f64 {
                    return Err(too_large(longest).into());
                }
                let whole = call(file, "arrayBuffer", &[]).map_err(unreadable)?;
                return Ok(Self::Promise(promise_of(&whole), longest));
            }
            if part("getReader")?.is_function() {
                let reader = call(file, "getReader", &[]).map_err(|thrown| {
                    Failure::Caused(refused("is a stream that somebody reads already"), thrown)
                })?;
                return Ok(Self::Stream(BodyStream::of_reader(reader, longest)));
            }
            if let Some(iterator) = async_iterator(file) {
                let iterator = iterator.map_err(unreadable)?;
                return Ok(Self::Stream(BodyStream::of_iterator(
                    iterator,
                    file.clone(),
                    longest,
                )));
            }
        }
        let problem = if file.is_string() {
            "is a string; give the file's bytes, as readFile(path) reads them, not its path"
                .to_owned()
        } else {
            format!(
                "must be a Blob, Uint8Array, ArrayBuffer, ReadableStream or async iterable of bytes, \
                 not {}",
                kind_of(file)
            )
        };
        Err(refused(problem).into())
    }

    /// Reads the file to its end, or until the signal ends that.
    pub(super) async fn read(self, signal: Option<&JsValue>) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::Promise(whole, longest) => {
                let timeout = Timeout::start(AS_LONG_AS_IT_TAKES, signal)?;
                let whole = timeout.over(&whole).await.map_err(of_file)?;
                timeout.finish();
                Ok(bytes_of(&whole, longest)?.ok_or_else(|| {
                    refused("cannot be read: arrayBuffer() returns no ArrayBuffer")
                })?)
            }
            Self::Stream(mut stream) => {
                let longest = stream.longest();
                let of_fault = |fault| of_fault(fault, longest);
                let timeout = Timeout::start(AS_LONG_AS_IT_TAKES, signal)?;
                loop {
                    let next = stream.next().map_err(of_fault)?;
                    let part = timeout.over(&next).await.map_err(of_file)?;
                    if let Some(whole) = stream.take(&part).map_err(of_fault)? {
                        timeout.finish();
                        return Ok(whole);
                    }
                }
            }
        }
    }
}

/// The fault is in the caller's stream, not in a connection to WeChat Pay.
fn of_file(failure: Failure) -> Failure {
    match failure {
        Failure::Caused(Error::Transport(_), thrown) => Failure::Caused(
            refused("did not arrive completely: reading it failed; nothing was sent"),
            thrown,
        ),
        other => other,
    }
}

fn of_fault(fault: BodyFault, longest: usize) -> Failure {
    match fault {
        BodyFault::TooLarge => too_large(longest).into(),
        BodyFault::NoBytes => refused("is a stream of something else than bytes").into(),
        BodyFault::Endless => refused("consists of empty parts without end").into(),
        BodyFault::Thrown(thrown) => unreadable(thrown),
    }
}

/// The bytes of a typed array, a DataView or an ArrayBuffer; `None` for anything else.
fn bytes_of(value: &JsValue, longest: usize) -> Result<Option<Vec<u8>>, Error> {
    let Some(array) = byte_array(value) else {
        return Ok(None);
    };
    let array = array.map_err(|_| refused("is a view of a detached buffer"))?;
    // Before it is copied.
    if array.length() as usize > longest {
        return Err(too_large(longest));
    }
    Ok(Some(array.to_vec()))
}
