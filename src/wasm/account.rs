//! A client: one merchant's keys, and the way of a call through it.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::errors::Failure;
use super::host::Host;
use super::options::{self, CallOptions};
use super::transport::{self, RawAnswer};
use crate::{Answer, BaseUrl, Certs, Error, Merchant, Request, VerifiedAnswer};

/// Everything a call needs. It never changes, so that any number of calls may be under way.
pub(crate) struct Account {
    pub(crate) merchant: Merchant,
    pub(crate) certs: Certs,
    pub(crate) base_url: BaseUrl,
    /// Milliseconds for one attempt.
    pub(crate) timeout: u32,
    pub(crate) host: Host,
}

impl Account {
    /// Signs the request, sends it, verifies what comes back, and has `process` read it.
    pub(crate) async fn call<T>(
        &self,
        request: &Request,
        options: &CallOptions,
        process: impl FnOnce(&VerifiedAnswer<'_>) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        // Before the signature, which is not worth making for a call that was given up.
        if let Some(signal) = options.signal.as_ref().filter(|signal| signal.aborted()) {
            return Err(Failure::Theirs(signal.reason()));
        }
        let signed = request.sign(&self.merchant, &self.certs, &self.host.attempt()?)?;
        let url = self.base_url.join(signed.path_and_query());
        let timeout = options.timeout.unwrap_or(self.timeout);
        let RawAnswer {
            status,
            headers,
            body,
        } = transport::send(&self.host, &url, &signed, timeout, options.signal.as_ref()).await?;
        let answer = Answer {
            status,
            headers,
            body: &body,
        };
        let verified = answer.verify(&self.certs, self.host.now()?, &signed)?;
        Ok(process(&verified)?)
    }
}

/// The client as JavaScript holds it. Freed while calls are under way, it lives until they end.
#[wasm_bindgen]
pub struct Client(pub(crate) Rc<Account>);

#[wasm_bindgen]
impl Client {
    /// Opens a client.
    ///
    /// # Errors
    /// A `ConfigError` that names the option.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Client, JsValue> {
        options::read(options)
            .map(|account| Client(Rc::new(account)))
            .map_err(|error| Failure::Ours(error).into())
    }
}
