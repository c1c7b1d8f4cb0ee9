//! The caller's hooks, for metrics and logs. They are called for events within a call. They receive
//! no secret, and cannot affect the call: their exceptions and rejections are ignored.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::errors::Failure;
use super::foreign::promise_of;
use crate::{BaseUrl, Request};

/// The hooks of the client's options.
#[derive(Default)]
pub(crate) struct Hooks {
    pub(crate) on_retry: Option<Function>,
    pub(crate) on_response: Option<Function>,
}

/// A response that was read to its end, and is not verified yet.
pub(crate) struct ResponseSummary<'a> {
    pub(crate) request: &'a Request,
    pub(crate) status: u16,
    pub(crate) request_id: Option<&'a str>,
    /// 1 for the first.
    pub(crate) attempt: u32,
    /// Milliseconds from the request to the response's last byte.
    pub(crate) duration: f64,
}

impl Hooks {
    /// After an attempt that failed, before the pause.
    pub(crate) fn retry(&self, attempt: u32, pause: u32, failure: &Failure, host: &BaseUrl) {
        tell(self.on_retry.as_ref(), || {
            [
                ("attempt", attempt.into()),
                ("delay", pause.into()),
                ("error", failure.clone().into()),
                ("host", host.to_string().into()),
            ]
        });
    }

    pub(crate) fn response(&self, response: &ResponseSummary<'_>) {
        let ResponseSummary {
            request,
            status,
            request_id,
            attempt,
            duration,
        } = *response;
        let path = request.path_and_query();
        // A query may contain personal data.
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        tell(self.on_response.as_ref(), || {
            [
                ("method", request.method().as_str().into()),
                ("path", path.into()),
                ("status", status.into()),
                (
                    "requestId",
                    request_id.map_or(JsValue::UNDEFINED, JsValue::from),
                ),
                ("attempt", attempt.into()),
                ("duration", duration.into()),
            ]
        });
    }
}

fn tell<const MEMBERS: usize>(
    hook: Option<&Function>,
    event: impl FnOnce() -> [(&'static str, JsValue); MEMBERS],
) {
    let Some(hook) = hook else { return };
    let object = Object::new();
    for (name, value) in event() {
        // Setting a property of a new object does not fail.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    if let Ok(given) = hook.call1(&JsValue::UNDEFINED, &object)
        && given.is_object()
    {
        // A rejection needs a handler, or it ends the process.
        spawn_local(async move {
            let _ = JsFuture::from(promise_of(&given)).await;
        });
    }
}
