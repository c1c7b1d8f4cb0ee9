//! The decryption of encrypted fields of responses, as a method.

use std::rc::Rc;

use super::promise::promise;
use base64ct::{Base64, Encoding};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use super::account::{Account, Client};
use super::errors::Failure;
use super::host::Host;
use super::record::text;
use crate::Error;

/// Far more than a key of 4096 bits encrypts, in characters.
const LONGEST: usize = 4096;

#[wasm_bindgen]
impl Client {
    /// Decrypts a text that WeChat Pay encrypted for the merchant.
    ///
    /// # Errors
    /// Throws a `ValidationError`; the promise rejects with everything else.
    #[wasm_bindgen]
    pub fn decrypt(&self, ciphertext: &JsValue) -> Result<Promise, JsValue> {
        let encrypted = read(ciphertext).map_err(Failure::Ours)?;
        let account = Rc::clone(&self.0);
        Ok(promise(async move {
            Ok(JsValue::from(account.decrypt_object(&encrypted)?.as_str()))
        }))
    }
}

fn refused(problem: impl Into<String>) -> Error {
    Error::validation("ciphertext", problem.into())
}

fn read(ciphertext: &JsValue) -> Result<Vec<u8>, Error> {
    let base64 = text(ciphertext).map_err(refused)?;
    if base64.is_empty() || base64.len() > LONGEST {
        return Err(refused("must be base64, as the response has it"));
    }
    Base64::decode_vec(&base64).map_err(|_| {
        refused("is not base64 (with its padding); give the field as the response has it")
    })
}

impl Account {
    /// Returns the same error for every failure: to know which check failed would reveal the text
    /// (Manger 2001).
    fn decrypt_object(&self, encrypted: &[u8]) -> Result<Zeroizing<String>, Failure> {
        let private_key = self.merchant.private_key().ok_or_else(|| {
            Error::config(
                "privateKey",
                "is not known here, and a signer cannot decrypt: decrypt the fields where the key is",
            )
        })?;
        let blinding = Host::random()?;
        private_key
            .decrypt(encrypted, &blinding)
            .and_then(|opened| {
                let opened = std::str::from_utf8(&opened).ok()?;
                Some(Zeroizing::new(opened.to_owned()))
            })
            .ok_or_else(|| {
                refused(
                    "cannot be decrypted with this merchant's key: it is not an encrypted text, it was changed, \
                     or it was encrypted for another key (that of a certificate that was replaced since?)",
                )
                .into()
            })
    }
}
