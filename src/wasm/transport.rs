//! One attempt: a signed request out through `fetch`, an answer's raw bytes back.

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{AbortSignal, Headers, ReadableStream, ReadableStreamDefaultReader, Response};

use super::errors::Failure;
use super::host::Host;
use super::watch::{Watch, transport};
use crate::{AnswerHeaders, MAX_ANSWER_BYTES, SignedRequest, TransportFault};

/// An answer as it came, which nobody has verified.
pub(crate) struct RawAnswer {
    pub(crate) status: u16,
    pub(crate) headers: AnswerHeaders,
    pub(crate) body: Vec<u8>,
}

/// Sends the request and reads the answer to its end, all within `milliseconds`.
pub(crate) async fn send(
    host: &Host,
    url: &str,
    request: &SignedRequest,
    milliseconds: u32,
    signal: Option<&AbortSignal>,
) -> Result<RawAnswer, Failure> {
    let watch = Watch::start(milliseconds, signal)?;
    let init = request_init(request, &watch.signal())?;
    let fetching = host
        .fetch(url, &init)?
        .map_err(|thrown| Failure::Caused(transport(TransportFault::Network), thrown))?;
    let response = watch.over(&fetching).await?;
    let answer = read(&response, &watch).await?;
    watch.finish();
    Ok(answer)
}

fn request_init(request: &SignedRequest, signal: &AbortSignal) -> Result<Object, Failure> {
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
    // Not "error", which Workers do not know: the answer's status is looked at below.
    set(&init, "redirect", &"manual".into())?;
    set(&init, "signal", signal)?;
    Ok(init)
}

fn set(object: &Object, name: &str, value: &JsValue) -> Result<(), Failure> {
    Reflect::set(object, &name.into(), value)
        .map(drop)
        .map_err(Failure::Theirs)
}

async fn read(response: &JsValue, watch: &Watch) -> Result<RawAnswer, Failure> {
    // Not `instanceof`: the host's Response may be of another realm.
    let whole = ["status", "headers"].iter().all(|name| {
        Reflect::get(response, &(*name).into()).is_ok_and(|member| !member.is_undefined())
    });
    if !whole {
        return Err(invalid("fetch did not give a Response").into());
    }
    let response: &Response = response.unchecked_ref();
    let status = response.status();
    // A browser hides where a redirect leads, and its status.
    let opaque = Reflect::get(response, &"type".into()).is_ok_and(|kind| kind == "opaqueredirect");
    if opaque || response.redirected() || (300..=399).contains(&status) {
        return Err(transport(TransportFault::Redirect(status)).into());
    }
    let headers = response.headers();
    let body = read_body(response, &headers, watch).await?;
    let headers = AnswerHeaders::read(|name| headers.get(name).ok().flatten());
    Ok(RawAnswer {
        status,
        headers,
        body,
    })
}

/// Reads the body to its end, or until it is too large.
async fn read_body(
    response: &Response,
    headers: &Headers,
    watch: &Watch,
) -> Result<Vec<u8>, Failure> {
    let announced = headers.get("Content-Length").ok().flatten();
    if announced
        .and_then(|length| length.parse().ok())
        .is_some_and(|l: u64| l > MAX_BYTES)
    {
        return Err(transport(TransportFault::TooLarge).into());
    }
    let Some(reader) = open(response)? else {
        return Ok(Vec::new());
    };
    let mut body = Vec::new();
    loop {
        let part = watch.over(&reader.read()).await?;
        let member = |name: &str| Reflect::get(&part, &name.into()).unwrap_or_default();
        if member("done").is_truthy() {
            return Ok(body);
        }
        let bytes: Uint8Array = member("value")
            .dyn_into()
            .map_err(|_| invalid("the body of fetch's Response is not made of bytes"))?;
        let length = usize::try_from(bytes.length()).unwrap_or(usize::MAX);
        if length > MAX_ANSWER_BYTES.saturating_sub(body.len()) {
            return Err(transport(TransportFault::TooLarge).into());
        }
        body.extend_from_slice(&bytes.to_vec());
    }
}

const MAX_BYTES: u64 = MAX_ANSWER_BYTES as u64;

/// The body's reader; `None` where the answer has no body.
fn open(response: &Response) -> Result<Option<ReadableStreamDefaultReader>, Failure> {
    let body = Reflect::get(response, &"body".into()).unwrap_or_default();
    if body.is_null() {
        return Ok(None);
    }
    let readable =
        Reflect::get(&body, &"getReader".into()).is_ok_and(|method| method.is_function());
    if !readable {
        return Err(
            invalid("fetch must give a standard Response, whose body is a ReadableStream").into(),
        );
    }
    let body: ReadableStream = body.unchecked_into();
    Ok(Some(body.get_reader().unchecked_into()))
}

fn invalid(problem: &'static str) -> crate::Error {
    transport(TransportFault::Invalid(problem.into()))
}
