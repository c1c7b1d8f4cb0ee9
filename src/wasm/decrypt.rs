//! Decrypts encrypted fields of responses.

use wasm_bindgen::prelude::*;

use super::client;
use super::params::misread;
use crate::calls::decrypt;
use crate::exchange::moment::Random;
use crate::json::ObjectWriter;

/// Decrypts what WeChat Pay encrypted for the merchant: `{ text }`, `{}` if the host has the private key, or
/// `{ error }`. `random` are fresh random bytes.
#[wasm_bindgen(js_name = decrypt)]
pub fn decrypt_field(client: usize, ciphertext: &str, random: Vec<u8>) -> String {
    client::asked(&[client], |clients| {
        let merchant = clients.first().ok_or_else(misread)?.merchant();
        let text = decrypt::decrypt(merchant, ciphertext, &*Random::new(random).take()?)?;
        let text = text.as_ref().map(|text| text.as_str());
        Ok(ObjectWriter::new().optional_text("text", text).finish())
    })
}
