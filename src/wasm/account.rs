//! A client: one merchant's keys, and the way of a call through it.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::errors::Failure;
use super::host::Host;
use super::names::in_javascript;
use super::options::{self, CallOptions};
use super::transport::{self, RawAnswer};
use super::watch::refuse_aborted;
use crate::{
    Answer, Apiv3Key, BaseUrl, Certs, ConfigError, Error, Merchant, Request, SignedRequest,
    VerifiedAnswer,
};

/// Everything a call needs. It never changes, so that any number of calls may be under way.
pub(crate) struct Account {
    pub(crate) merchant: Merchant,
    pub(crate) certs: Certs,
    /// Notifications are opened with it; every other call does without.
    pub(crate) apiv3_key: Option<Apiv3Key>,
    pub(crate) base_url: BaseUrl,
    /// Milliseconds for one attempt.
    pub(crate) timeout: u32,
    pub(crate) host: Host,
}

/// A proven answer, and what came with it.
pub(crate) struct Exchange<'a> {
    pub(crate) answer: VerifiedAnswer<'a>,
    pub(crate) request_id: Option<String>,
    /// The headers of fetch's Response. They are not signed.
    pub(crate) headers: &'a JsValue,
    pub(crate) sent: &'a SignedRequest,
}

impl Account {
    /// Signs the request, sends it, verifies what comes back, and has `process` read it.
    pub(crate) async fn call<T>(
        &self,
        request: &Request,
        options: &CallOptions,
        process: impl FnOnce(&VerifiedAnswer<'_>) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        self.exchange(request, options, |exchange| process(&exchange.answer))
            .await
    }

    /// The same, for whoever reads more of the answer than its body.
    pub(crate) async fn exchange<T>(
        &self,
        request: &Request,
        options: &CallOptions,
        process: impl FnOnce(&Exchange<'_>) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        // Before the signature, which is not worth making for a call that was given up.
        refuse_aborted(options.signal.as_ref())?;
        let attempt = self.host.attempt()?;
        let signed = request
            .sign(&self.merchant, &self.certs, &attempt)
            .map_err(in_javascript)?;
        let url = self.base_url.join(signed.path_and_query());
        let timeout = options.timeout.unwrap_or(self.timeout);
        let RawAnswer {
            status,
            headers,
            all_headers,
            body,
        } = transport::send(&self.host, &url, &signed, timeout, options.signal.as_ref()).await?;
        let answer = Answer {
            status,
            headers,
            body: &body,
        };
        let now = self.host.now().map_err(after_sending)?;
        Ok(process(&Exchange {
            answer: answer.verify(&self.certs, now, &signed)?,
            request_id: answer.headers.request_id(Some(&signed)),
            headers: &all_headers,
            sent: &signed,
        })?)
    }
}

/// A fault of ours that shows itself only when the answer is there.
fn after_sending(failure: Failure) -> Failure {
    let warned = |error: Error| match error {
        Error::Config(ConfigError { option, problem }) => Error::config(
            option,
            format!("{problem}; the request may have been carried out"),
        ),
        other => other,
    };
    match failure {
        Failure::Ours(error) => Failure::Ours(warned(error)),
        Failure::Caused(error, cause) => Failure::Caused(warned(error), cause),
        theirs @ Failure::Theirs(_) => theirs,
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
