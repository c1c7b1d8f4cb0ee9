//! Errors as JSON. JavaScript makes an object of the named class of each.

use super::names::camel_case;
use crate::error::Error;
use crate::exchange::failure::Failure;
use crate::json::ObjectWriter;

/// How fields are named in a message.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fields {
    /// In camelCase, as the parameters of the package's own methods.
    Camel,
    /// As on the wire, as the caller of a chain writes them.
    Wire,
}

/// An error, with the names that its caller knows.
fn named(mut error: Error, fields: Fields) -> Error {
    match &mut error {
        Error::Config(config) => config.option = camel_case(&config.option).into(),
        Error::Validation(wrong) if fields == Fields::Camel => {
            wrong.field = camel_case(&wrong.field).into();
        }
        _ => {}
    }
    error
}

/// `{ class, message, code, … }`, and `cause`, the number of what was thrown, which belongs to `inner`
/// where there is an inner error; `null` for a call that the caller aborted.
pub(super) fn of_failure(failure: Failure, fields: Fields) -> String {
    let Failure::Error { error, mut cause } = failure else {
        return "null".to_owned();
    };
    let error = named(error, fields);
    let mut json = ObjectWriter::new();
    json.text("class", error.name())
        .json("message", &error.message().json())
        .text("code", error.code());
    match &error {
        Error::Config(config) => {
            if let Some(inner) = &config.inner {
                let inner = Failure::caused((**inner).clone(), cause.take());
                json.json("inner", &of_failure(inner, fields));
            }
            json.text("option", &config.option)
        }
        Error::Validation(validation) => json.text("field", &validation.field),
        Error::Api(api) => {
            if let Some(detail) = &api.detail {
                json.json("detail", detail);
            }
            json.value("status", api.status)
                .optional_text("requestId", api.request_id.as_deref())
                .value("verified", api.verified)
                .value("retryable", api.retryable)
        }
        Error::Verification(verification) => {
            if let Some(status) = verification.unverified.status() {
                json.value("status", status);
            }
            json.optional_text("requestId", verification.request_id.as_deref())
        }
        Error::Transport(transport) => json
            .value("attempts", transport.attempts)
            .value("sent", transport.may_be_sent())
            .optional_text("host", transport.host.as_deref())
            .optional_text("reason", transport.reason.as_deref()),
    };
    if let Some(cause) = cause {
        json.value("cause", cause);
    }
    json.finish()
}

/// `{ error }`, which an export returns in place of its result.
pub(super) fn refusal(failure: impl Into<Failure>, fields: Fields) -> String {
    let error = of_failure(failure.into(), fields);
    ObjectWriter::new().json("error", &error).finish()
}

/// What an export returns: a result's JSON, or `{ error }`.
pub(super) fn returned(result: Result<String, Error>) -> String {
    result.unwrap_or_else(|error| refusal(error, Fields::Camel))
}
