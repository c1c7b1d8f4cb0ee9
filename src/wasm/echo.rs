//! The echo as a method.

use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::account::Client;
use super::errors::Failure;
use super::names::in_javascript;
use super::options::CallOptions;
use super::typed_call::{object, optional};
use crate::VerifiedAnswer;
use crate::echo::{prepare, process};

#[wasm_bindgen]
impl Client {
    /// POST `/v3/security/echo`, with a message that nobody could have guessed.
    ///
    /// # Errors
    /// Throws a `ValidationError`; the promise rejects with everything else.
    pub fn echo(&self, options: &JsValue) -> Result<Promise, JsValue> {
        let options = CallOptions::read(options).map_err(Failure::Ours)?;
        let account = Rc::clone(&self.0);
        Ok(future_to_promise(async move {
            let host = &account.host;
            let (message, blinding) = (host.attempt()?.nonce(), host.random()?);
            let seed = host.random()?;
            let request = prepare(&message, &account.certs, &seed).map_err(in_javascript);
            let request = request.map_err(Failure::Ours)?;
            let key = account.merchant.private_key();
            let process = |answer: &VerifiedAnswer<'_>| process(answer, &message, key, &blinding);
            let echo = account.call(&request, &options, process).await?;
            object([
                ("echo_message", echo.echo_message.as_str().into()),
                (
                    "encrypted_echo_message",
                    optional(echo.encrypted_echo_message.as_deref()),
                ),
            ])
        }))
    }
}
