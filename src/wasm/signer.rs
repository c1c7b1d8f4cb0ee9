//! A signer of the caller's own, for a key that is in a KMS, an HSM or WebCrypto, and that nobody
//! hands out.

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
    /// Has a message signed, watched over by `watch`.
    pub(crate) async fn sign(&self, message: &[u8], timeout: &Timeout) -> Result<Vec<u8>, Failure> {
        // A copy: what is signed must not change under the signer's hands, nor by them.
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

/// The time was up before anything was sent.
fn too_slow(error: Error) -> Error {
    match error {
        Error::Transport(error) => match error.fault {
            TransportFault::Timeout(milliseconds) => Error::config(
                "signer",
                format!("gave no signature within {milliseconds} ms, the time of one attempt"),
            ),
            _ => Error::Transport(error),
        },
        other => other,
    }
}

/// The signature as KMSs give it: bytes of any kind, or base64.
fn bytes(value: &JsValue) -> Result<Vec<u8>, Error> {
    if let Some(text) = value.as_string() {
        return Base64::decode_vec(text.trim()).map_err(|_| {
            Error::config("signer", "gave a string that is not base64 (with padding)")
        });
    }
    byte_array(value)
        .and_then(Result::ok)
        .map(|array| array.to_vec())
        .ok_or_else(|| {
            let problem = format!(
                "must give a Uint8Array, an ArrayBuffer or base64, not {}",
                kind_of(value)
            );
            Error::config("signer", problem)
        })
}
