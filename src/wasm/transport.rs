//! One attempt: a signed request out through `fetch`, a response's raw bytes back.

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::body_stream::{BodyFault, BodyStream};
use super::errors::Failure;
use super::foreign::{call, member};
use super::host::Host;
use super::timeout::Timeout;
use crate::{Error, MAX_RESPONSE_BYTES, SignatureHeaders, SignedRequest, TransportFault};

/// A response as it arrived, not verified.
pub(crate) struct RawResponse {
    pub(crate) status: u16,
    pub(crate) headers: SignatureHeaders,
    /// All headers, as the host has them.
    pub(crate) all_headers: JsValue,
    pub(crate) body: Vec<u8>,
}

/// Sends the request and reads the response to its end, within `timeout`.
pub(crate) async fn send(
    host: &Host,
    url: &str,
    request: &SignedRequest,
    timeout: &Timeout,
) -> Result<RawResponse, Failure> {
    let response = respond(host, url, request, timeout).await?;
    read(&response, timeout).await
}

/// The response to a request for a file.
pub(crate) enum FileResponse {
    /// The file, not read yet. Without a body, it is empty.
    File {
        status: u16,
        headers: SignatureHeaders,
        body: Option<BodyStream>,
    },
    /// An error response, read to its end.
    Refusal(RawResponse),
}

/// Sends the request, and reads the response's headers. An error response is read to its end. The
/// timeout covers this only, and not the file's body.
pub(crate) async fn send_for_file(
    host: &Host,
    url: &str,
    request: &SignedRequest,
    timeout: &Timeout,
) -> Result<FileResponse, Failure> {
    let response = respond(host, url, request, timeout).await?;
    let head = Head::of(&response).map_err(no_response)?;
    if (200..=299).contains(&head.status) && !head.redirected {
        return Ok(FileResponse::File {
            status: head.status,
            headers: head.headers,
            body: open(&response)?,
        });
    }
    read(&response, timeout).await.map(FileResponse::Refusal)
}

async fn respond(
    host: &Host,
    url: &str,
    request: &SignedRequest,
    timeout: &Timeout,
) -> Result<JsValue, Failure> {
    let init = request_init(request, &timeout.signal()).map_err(Failure::Theirs)?;
    let fetching = host
        .fetch(url, &init)?
        .map_err(|thrown| Failure::Caused(Error::transport(TransportFault::Network), thrown))?;
    timeout.over(&fetching).await
}

fn request_init(request: &SignedRequest, signal: &AbortSignal) -> Result<Object, JsValue> {
    let set = |object: &Object, name: &str, value: &JsValue| {
        Reflect::set(object, &name.into(), value).map(drop)
    };
    let headers = Object::new();
    for (name, value) in request.headers() {
        set(&headers, name, &value.as_str().into())?;
    }
    let init = Object::new();
    set(&init, "method", &request.method().as_str().into())?;
    set(&init, "headers", &headers)?;
    if !request.body().is_empty() {
        // A copy in JavaScript's memory: the Wasm's own may move while the host is sending.
        set(&init, "body", &Uint8Array::from(request.body()).buffer())?;
    }
    // Not "error", which Workers do not support: the response's status is checked below.
    set(&init, "redirect", &"manual".into())?;
    set(&init, "signal", signal)?;
    Ok(init)
}

async fn read(response: &JsValue, timeout: &Timeout) -> Result<RawResponse, Failure> {
    let head = Head::of(response).map_err(no_response)?;
    // Opened before any check, so that a rejected response is cancelled.
    let body = open(response)?;
    if head.redirected {
        return Err(Error::transport(TransportFault::Redirect(head.status)).into());
    }
    if head
        .announced
        .is_some_and(|length| length > MAX_RESPONSE_BYTES)
    {
        return Err(Error::transport(TransportFault::TooLarge).into());
    }
    let body = match body {
        Some(body) => read_to_end(body, timeout).await?,
        None => Vec::new(),
    };
    Ok(RawResponse {
        status: head.status,
        headers: head.headers,
        all_headers: head.all_headers,
        body,
    })
}

/// The parts of a response before the body.
struct Head {
    status: u16,
    headers: SignatureHeaders,
    all_headers: JsValue,
    redirected: bool,
    /// The length in the response's headers, in bytes.
    announced: Option<usize>,
}

impl Head {
    fn of(response: &JsValue) -> Result<Self, JsValue> {
        let status = member(response, "status")?
            .as_f64()
            .ok_or("its status is no number")?;
        // The cast of a float saturates, and no status that it changes is an accepted one.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let status = status as u16;
        let headers = member(response, "headers")?;
        let header = |name: &str| -> Result<Option<String>, JsValue> {
            Ok(call(&headers, "get", &[&name.into()])?.as_string())
        };
        Ok(Self {
            status,
            headers: SignatureHeaders::read_response(header)?,
            // A browser hides the target and the status of a redirect. A given fetch may follow it.
            redirected: member(response, "type")?.as_string().as_deref() == Some("opaqueredirect")
                || member(response, "redirected")?.is_truthy()
                || (300..=399).contains(&status),
            announced: header("Content-Length")?.and_then(|length| length.parse().ok()),
            all_headers: headers,
        })
    }
}

/// The body; `None` if the response has none.
fn open(response: &JsValue) -> Result<Option<BodyStream>, Failure> {
    let body = member(response, "body").map_err(no_response)?;
    if body.is_null() {
        return Ok(None);
    }
    // Throws if the body was read or is being read.
    match call(&body, "getReader", &[]) {
        Ok(reader) if reader.is_object() => {
            Ok(Some(BodyStream::of_reader(reader, MAX_RESPONSE_BYTES)))
        }
        Ok(other) | Err(other) => Err(Failure::Caused(
            invalid(
                "the body of fetch's Response cannot be read: it must be a ReadableStream that \
                 nobody has read; a fetch that reads the body must return response.clone()",
            ),
            other,
        )),
    }
}

async fn read_to_end(mut body: BodyStream, timeout: &Timeout) -> Result<Vec<u8>, Failure> {
    loop {
        let part = timeout.over(&body.next().map_err(no_body)?).await?;
        if let Some(whole) = body.take(&part).map_err(no_body)? {
            return Ok(whole);
        }
    }
}

pub(super) fn invalid(problem: &'static str) -> Error {
    Error::transport(TransportFault::Invalid(problem.into()))
}

fn no_response(thrown: JsValue) -> Failure {
    Failure::Caused(invalid("fetch did not give a Response"), thrown)
}

pub(super) fn no_body(fault: BodyFault) -> Failure {
    match fault {
        BodyFault::TooLarge => Error::transport(TransportFault::TooLarge).into(),
        BodyFault::NoBytes => invalid("the body of fetch's Response is not made of bytes").into(),
        BodyFault::Endless => invalid("its body consists of empty parts without end").into(),
        BodyFault::Thrown(thrown) => Failure::Caused(
            invalid("the body of fetch's Response cannot be read"),
            thrown,
        ),
    }
}
