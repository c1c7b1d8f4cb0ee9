//! Decrypts encrypted fields of responses.

use base64ct::{Base64, Encoding};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use super::call::misread;
use super::error_json::{Fields, refusal};
use super::table;
use crate::error::Error;
use crate::exchange::client::Client;
use crate::exchange::moment::Random;
use crate::json::ObjectWriter;

/// Far more than a key of 4096 bits encrypts, in characters.
const LONGEST: usize = 4096;

/// Decrypts what WeChat Pay encrypted for the merchant: `{ text }`, or `{ error }`. `random` are fresh
/// random bytes.
#[wasm_bindgen]
#[must_use]
pub fn decrypt(client: usize, ciphertext: &str, random: Vec<u8>) -> String {
    let decrypted = || {
        let encrypted = read(ciphertext)?;
        let shared = table::client(client).ok_or_else(misread)?;
        let client = shared.try_borrow().map_err(|_| misread())?;
        decrypted(&client, &encrypted, random)
    };
    match decrypted() {
        Ok(text) => ObjectWriter::new().text("text", &text).finish(),
        Err(error) => refusal(error, Fields::Camel),
    }
}

fn refused(problem: &'static str) -> Error {
    Error::validation("ciphertext", problem)
}

fn read(base64: &str) -> Result<Vec<u8>, Error> {
    if base64.is_empty() || base64.len() > LONGEST {
        return Err(refused("must be base64, as the response has it"));
    }
    Base64::decode_vec(base64).map_err(|_| {
        refused("is not base64 (with its padding); give the field as the response has it")
    })
}

/// Returns the same error for every failure: to know which check failed would reveal the text (Manger
/// 2001).
fn decrypted(
    client: &Client,
    encrypted: &[u8],
    random: Vec<u8>,
) -> Result<Zeroizing<String>, Error> {
    let private_key = client.merchant().private_key().ok_or_else(|| {
        Error::config(
            "private_key",
            "is not known here, and a signer cannot decrypt: decrypt the fields where the key is",
        )
    })?;
    let blinding = Random::new(random).take()?;
    private_key
        .decrypt(encrypted, &blinding)
        .and_then(|text| Some(Zeroizing::new(std::str::from_utf8(&text).ok()?.to_owned())))
        .ok_or_else(|| {
            refused(
                "cannot be decrypted with this merchant's key: it is not an encrypted text, it was \
                 changed, or it was encrypted for another key (that of a certificate that was \
                 replaced since?)",
            )
        })
}
