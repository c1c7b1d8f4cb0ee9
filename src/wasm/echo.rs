//! The echo as a method.

use std::rc::Rc;

use super::promise::promise;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::account::Client;
use super::errors::Failure;
use super::host::Host;
use super::names::in_javascript;
use super::options::CallOptions;
use super::typed_call::{Process, object};
use crate::VerifiedResponse;
use crate::calls::echo::{prepare, process};

#[wasm_bindgen]
impl Client {
    /// POST `/v3/security/echo`, with a random message.
    ///
    /// # Errors
    /// Throws a `ValidationError`; the promise rejects with everything else.
    pub fn echo(&self, options: &JsValue) -> Result<Promise, JsValue> {
        let options = CallOptions::read(options).map_err(Failure::Ours)?;
        let account = Rc::clone(&self.0);
        Ok(promise(async move {
            let budget = account.ready(options).await?;
            let host = &account.host;
            let (message, blinding) = (
                host.attempt()?.nonce(),
                Host::random().map_err(Failure::Ours)?,
            );
            let (now, seed) = (host.now()?, Host::random().map_err(Failure::Ours)?);
            let request =
                prepare(&message, &account.keys.current(), now, &seed).map_err(in_javascript);
            let request = request.map_err(Failure::Ours)?;
            let merchant = Rc::clone(&account);
            let process = Box::new(move |response: &VerifiedResponse<'_>| {
                let key = merchant.merchant.private_key();
                let echo = process(response, &message, key, &blinding)?;
                Ok(vec![
                    ("echo_message", echo.echo_message.into()),
                    ("encrypted_echo_message", echo.encrypted_echo_message.into()),
                ])
            }) as Process;
            object(account.call(&request, &budget, process).await?)
        }))
    }
}
