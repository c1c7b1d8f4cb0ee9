//! The raw body of a notification, in any form in which a server provides it.

use base64ct::{Base64, Encoding};
use js_sys::{JsString, Promise};
use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_futures::JsFuture;

use super::body_stream::{BodyFault, BodyStream};
use super::errors::Failure;
use super::foreign::{async_iterator, byte_array, call, member, promise_of};
use super::record::{kind_of, text};
use crate::calls::notification::too_large;
use crate::{Error, MAX_NOTIFICATION_BYTES};

/// A body that is available, or that has to be read first.
pub(super) enum Body {
    Bytes(Vec<u8>),
    Stream(BodyStream),
    /// The promise of `arrayBuffer()`.
    Promise(Promise),
}

fn refused(problem: impl Into<String>) -> Error {
    Error::validation("body", problem.into())
}

fn unreadable(thrown: JsValue) -> Failure {
    Failure::Caused(refused("cannot be read: it throws"), thrown)
}

const WAYS: &str = "give it as a string, Uint8Array, ArrayBuffer or stream that nobody has parsed: \
                    the fetch Request itself or its text(), express.raw({ type: '*/*' }) in \
                    express.json()'s place, an IncomingMessage that nobody has read";

fn used() -> Error {
    refused(
        "was read already, and can be read once; give what was read, { headers, body }, or the \
         Request before it is read, or its clone()",
    )
}

impl Body {
    /// Finds the body of a fetch Request, of `{ headers, body }`, or of a request that is itself
    /// the stream, as in Node.
    pub(super) fn of(request: &JsValue) -> Result<Self, Failure> {
        let part = |name: &str| member(request, name).map_err(unreadable);
        if part("bodyUsed")?.is_truthy()
            || part("readableDidRead")?.is_truthy() && part("body")?.is_undefined()
        {
            return Err(used().into());
        }
        let body = part("body")?;
        if let Some(string) = body.dyn_ref::<JsString>() {
            let encoded = is_encoded(&part("isBase64Encoded")?)?;
            return Ok(Self::Bytes(of_string(string, encoded)?));
        }
        if body.is_undefined() || body.is_null() {
            return Self::without_member(request, &body);
        }
        if let Some(bytes) = of_bytes(&body)? {
            return Ok(Self::Bytes(bytes));
        }
        if member(&body, "getReader")
            .map_err(unreadable)?
            .is_function()
        {
            // Throws if the body is already being read.
            let reader =
                call(&body, "getReader", &[]).map_err(|thrown| Failure::Caused(used(), thrown))?;
            return Ok(Self::Stream(BodyStream::of_reader(
                reader,
                MAX_NOTIFICATION_BYTES,
            )));
        }
        if let Some(whole) = whole(&body)? {
            return Ok(whole);
        }
        match async_iterator(&body) {
            Some(iterator) => Self::iterated(iterator, body),
            None if body.is_object() => Err(refused(format!(
                "is {}: it was parsed already, and what is written anew has other bytes than those \
                 that are signed; {WAYS}",
                kind_of(&body)
            ))
            .into()),
            None => Err(refused(format!("is {}; {WAYS}", kind_of(&body))).into()),
        }
    }

    /// If there is no `body`, the request may provide it in another way.
    fn without_member(request: &JsValue, body: &JsValue) -> Result<Self, Failure> {
        if body.is_null() && has_array_buffer(request)? {
            return Ok(Self::Bytes(Vec::new()));
        }
        // A runtime whose Request shows no stream.
        if let Some(whole) = whole(request)? {
            return Ok(whole);
        }
        match async_iterator(request) {
            Some(iterator) => Self::iterated(iterator, request.clone()),
            None => Err(refused(format!("is missing; {WAYS}")).into()),
        }
    }

    fn iterated(iterator: Result<JsValue, JsValue>, iterated: JsValue) -> Result<Self, Failure> {
        let iterator = iterator.map_err(unreadable)?;
        Ok(Self::Stream(BodyStream::of_iterator(
            iterator,
            iterated,
            MAX_NOTIFICATION_BYTES,
        )))
    }

    /// Reads the body to its end. The server decides how long that may take.
    pub(super) async fn read(self) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::Promise(whole) => {
                let whole = JsFuture::from(whole).await.map_err(broken)?;
                Ok(of_bytes(&whole)?.ok_or_else(|| {
                    refused("cannot be read: arrayBuffer() returns no ArrayBuffer")
                })?)
            }
            Self::Stream(mut stream) => loop {
                let part = JsFuture::from(stream.next().map_err(of_fault)?)
                    .await
                    .map_err(broken)?;
                if let Some(whole) = stream.take(&part).map_err(of_fault)? {
                    return Ok(whole);
                }
            },
        }
    }
}

fn has_array_buffer(object: &JsValue) -> Result<bool, Failure> {
    let method = member(object, "arrayBuffer").map_err(unreadable)?;
    Ok(method.is_function())
}

/// A body that can be read as a whole, such as a Request or a Blob; `None` for anything else.
fn whole(object: &JsValue) -> Result<Option<Body>, Failure> {
    if !has_array_buffer(object)? {
        return Ok(None);
    }
    // A Blob has its size in advance.
    let size = member(object, "size").map_err(unreadable)?.as_f64();
    #[expect(clippy::cast_precision_loss)]
    if size.is_some_and(|size| size > MAX_NOTIFICATION_BYTES as f64) {
        return Err(too_large().into());
    }
    let whole = call(object, "arrayBuffer", &[]).map_err(unreadable)?;
    Ok(Some(Body::Promise(promise_of(&whole))))
}

fn of_fault(fault: BodyFault) -> Failure {
    match fault {
        BodyFault::TooLarge => too_large().into(),
        BodyFault::NoBytes => {
            refused("is a stream of something else than bytes; set no encoding on it (setEncoding)")
                .into()
        }
        BodyFault::Endless => refused("consists of empty parts without end").into(),
        BodyFault::Thrown(thrown) => unreadable(thrown),
    }
}

fn broken(thrown: JsValue) -> Failure {
    let error = refused("did not arrive completely: reading it failed");
    Failure::Caused(error, thrown)
}

/// Whether an event's body is base64. Only true or false are accepted: the text "false" is truthy.
fn is_encoded(flag: &JsValue) -> Result<bool, Error> {
    if flag.is_undefined() || flag.is_null() {
        return Ok(false);
    }
    flag.as_bool().ok_or_else(|| {
        let kind = kind_of(flag);
        refused(format!(
            "is of an event whose isBase64Encoded must be true or false, not {kind}"
        ))
    })
}

/// The bytes of a string: as UTF-8, or from base64 if the gateway encoded it.
fn of_string(string: &JsString, encoded: bool) -> Result<Vec<u8>, Error> {
    // The bytes are no fewer in UTF-8, and a third fewer from base64.
    let longest = if encoded {
        MAX_NOTIFICATION_BYTES / 3 * 4 + 4
    } else {
        MAX_NOTIFICATION_BYTES
    };
    if string.length() as usize > longest {
        return Err(too_large());
    }
    let string = text(string).map_err(refused)?;
    if encoded {
        return Base64::decode_vec(&string)
            .map_err(|_| refused("is not base64, although isBase64Encoded says so"));
    }
    Ok(string.into_bytes())
}

/// The bytes of a typed array, a DataView or an ArrayBuffer; `None` for anything else.
fn of_bytes(value: &JsValue) -> Result<Option<Vec<u8>>, Error> {
    let Some(array) = byte_array(value) else {
        return Ok(None);
    };
    let array = array.map_err(|_| refused("is a view of a detached buffer"))?;
    // Before it is copied.
    if array.length() as usize > MAX_NOTIFICATION_BYTES {
        return Err(too_large());
    }
    Ok(Some(array.to_vec()))
}
