//! The caller's signer, for a key in a KMS, an HSM or WebCrypto that cannot be exported.

use base64ct::{Base64, Encoding};
use js_sys::{Function, Uint8Array};
use wasm_bindgen::prelude::*;

use super::errors::Failure;
use super::foreign::{byte_array, promise_of};
use super::record::kind_of;
use super::timeout::Timeout;
use crate::{Error, TransportFault, check_signature};

/// `async (message: Uint8Array) => signature`.
pub(crate) struct Signer(pub(crate) Function);

impl Signer {
    /// Signs a message with the caller's function, within `timeout`.
    pub(crate) async fn sign(&self, message: &[u8], timeout: &Timeout) -> Result<Vec<u8>, Failure> {
        // A copy, so that neither this package nor the signer can change the other's message.
        let message = Uint8Array::from(message);
        let signing = self
            .0
            .call1(&JsValue::UNDEFINED, &message)
            .map_err(failed)?;
        let signature = timeout
            .outcome(&promise_of(&signing))
            .await
            .map_err(|failure| failure.map(too_slow))?
            .map_err(failed)?;
        let signature = bytes(&signature)?;
        check_signature(&signature)?;
        Ok(signature)
    }
}

fn failed(thrown: JsValue) -> Failure {
    let error = Error::config("signer", "failed to sign: see the cause");
    Failure::Caused(error, thrown)
}

/// The time ended before anything was sent.
fn too_slow(error: Error) -> Error {
    match error {
        Error::Transport(error) => match error.fault {
            TransportFault::Timeout(milliseconds) => Error::config(
                "signer",
                format!("returned no signature within {milliseconds} ms, the time of one attempt"),
            ),
            _ => Error::Transport(error),
        },
        other => other,
    }
}

/// The signature in the forms of KMSs: bytes of any kind, or base64.
fn bytes(value: &JsValue) -> Result<Vec<u8>, Error> {
    if let Some(text) = value.as_string() {
        return Base64::decode_vec(text.trim()).map_err(|_| {
            Error::config(
                "signer",
                "returned a string that is not base64 (with padding)",
            )
        });
    }
    byte_array(value)
        .and_then(Result::ok)
        .map(|array| array.to_vec())
        .ok_or_else(|| {
            let problem = format!(
                "must return a Uint8Array, an ArrayBuffer or base64, not {}",
                kind_of(value)
            );
            Error::config("signer", problem)
        })
}
