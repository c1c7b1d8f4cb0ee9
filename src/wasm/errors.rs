//! Errors as JavaScript sees them. The classes are JavaScript's own (`pkg-template/errors.mjs`);
//! what they say comes from the core.

use std::cell::RefCell;

use js_sys::{Array, Function, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::{ApiError, Error, Unverified};

/// The failure of a call from JavaScript.
#[derive(Clone)]
pub(crate) enum Failure {
    /// One of this package's errors.
    Ours(Error),
    /// The same, with a value that JavaScript threw as its cause.
    Caused(Error, JsValue),
    /// A value of JavaScript that is thrown unchanged: the reason of an aborted signal.
    Theirs(JsValue),
}

impl Failure {
    /// This package's own error, if it is one.
    pub(crate) fn error(&self) -> Option<&Error> {
        match self {
            Self::Ours(error) | Self::Caused(error, _) => Some(error),
            Self::Theirs(_) => None,
        }
    }

    /// The same failure with another error in place of this package's own.
    pub(crate) fn map(self, change: impl FnOnce(Error) -> Error) -> Self {
        match self {
            Self::Ours(error) => Self::Ours(change(error)),
            Self::Caused(error, cause) => Self::Caused(change(error), cause),
            theirs @ Self::Theirs(_) => theirs,
        }
    }
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Ours(error.into())
    }
}

thread_local! {
    /// Makes an error of the named class: `(name, message, fields, cause) => Error`.
    static FACTORY: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Registers the function that makes errors. The loader calls it once, before anything else.
#[wasm_bindgen(js_name = useErrors)]
pub fn use_errors(factory: Function) {
    FACTORY.with_borrow_mut(|known| *known = Some(factory));
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Ours(error) => to_js(&error, &JsValue::UNDEFINED),
            Failure::Caused(error, cause) => to_js(&error, &cause),
            Failure::Theirs(reason) => reason,
        }
    }
}

fn to_js(error: &Error, cause: &JsValue) -> JsValue {
    let message = error.to_string();
    let fields = fields(error);
    let make = |cause: &JsValue| {
        let arguments = Array::of4(
            &class(error).into(),
            &message.as_str().into(),
            &fields,
            cause,
        );
        let factory = FACTORY.with_borrow(Clone::clone)?;
        factory.apply(&JsValue::UNDEFINED, &arguments).ok()
    };
    make(cause).unwrap_or_else(|| js_sys::Error::new(&message).into())
}

/// The class of the error. It says who is at fault.
fn class(error: &Error) -> &'static str {
    match error {
        Error::Config(_) => "ConfigError",
        Error::Validation(_) => "ValidationError",
        Error::Api(_) => "ApiError",
        Error::Verification(_) => "VerificationError",
        Error::Transport(_) => "TransportError",
    }
}

/// What the error carries besides its message.
fn fields(error: &Error) -> Object {
    let fields = Object::new();
    let set = |name: &str, value: JsValue| {
        // Setting a property of a new object does not fail.
        let _ = Reflect::set(&fields, &name.into(), &value);
    };
    set("code", error.code().into());
    match error {
        Error::Config(config) => set("option", (*config.option).into()),
        Error::Validation(validation) => set("field", (*validation.field).into()),
        Error::Api(api) => {
            set("status", api.status.into());
            set("detail", detail(api));
            set("requestId", optional(api.request_id.as_deref()));
            set("verified", api.verified.into());
            set("retryable", api.retryable.into());
        }
        Error::Verification(verification) => {
            let status = match verification.unverified {
                Unverified::Response { status } | Unverified::File { status } => status.into(),
                Unverified::Notification => JsValue::UNDEFINED,
            };
            set("status", status);
            set("requestId", optional(verification.request_id.as_deref()));
        }
        Error::Transport(transport) => set("attempts", transport.attempts.into()),
    }
    fields
}

fn optional(text: Option<&str>) -> JsValue {
    text.map_or(JsValue::UNDEFINED, JsValue::from)
}

/// The detail, parsed by JavaScript's JSON. The core has checked that it is JSON.
fn detail(api: &ApiError) -> JsValue {
    api.detail
        .as_deref()
        .and_then(|detail| JSON::parse(detail).ok())
        .unwrap_or(JsValue::UNDEFINED)
}
