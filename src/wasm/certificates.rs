//! Platform certificates: as a method, and for the calls that need them.

use std::rc::Rc;

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::account::{Account, Client};
use super::attempts::Proof;
use super::errors::Failure;
use super::keys::Turn;
use super::names::in_javascript;
use super::options::CallOptions;
use super::watch::pause;
use crate::platform_certificates::{self, PlatformCertificate};
use crate::{Apiv3Key, Error, Need};

/// How often a call that waits for another's download looks whether it is there, in milliseconds.
const LOOK: u32 = 25;

#[wasm_bindgen]
impl Client {
    /// GET `/v3/certificates`.
    ///
    /// # Errors
    /// Throws a `ConfigError` where the client has no `apiv3Key`, and a `ValidationError` for its
    /// options; the promise rejects with everything else.
    #[wasm_bindgen]
    pub fn certificates(&self, options: &JsValue) -> Result<Promise, JsValue> {
        self.0.key_of_certificates()?;
        let options = CallOptions::read(options).map_err(Failure::Ours)?;
        let account = Rc::clone(&self.0);
        Ok(future_to_promise(async move {
            let certificates = account.download(&options).await?;
            let list: Result<Array, JsValue> = certificates.iter().map(to_js).collect();
            Ok(list?.into())
        }))
    }
}

fn to_js(certificate: &PlatformCertificate) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in [
        ("serialNo", &certificate.serial_no),
        ("effectiveTime", &certificate.effective_time),
        ("expireTime", &certificate.expire_time),
        ("certificate", &certificate.certificate),
    ] {
        Reflect::set(&object, &name.into(), &value.as_str().into())?;
    }
    Ok(object.into())
}

impl Account {
    fn key_of_certificates(&self) -> Result<&Apiv3Key, Failure> {
        let missing = || {
            Error::config(
                "apiv3Key",
                "is missing; platform certificates are sealed with the APIv3 key, 32 characters that \
                 are set on WeChat Pay's merchant platform",
            )
        };
        Ok(self.apiv3_key.as_ref().ok_or_else(missing)?)
    }

    /// Downloads the platform certificates, and keeps them where the account does.
    async fn download(&self, options: &CallOptions) -> Result<Vec<PlatformCertificate>, Failure> {
        let key = self.key_of_certificates()?;
        let request = platform_certificates::prepare();
        // On the heap: a call may need a download, which is a call.
        let exchange = Box::pin(self.exchange(&request, options, Proof::OwnCertificates(key)));
        let reply = exchange.await?;
        let certificates =
            platform_certificates::process(&reply.verified(), key).map_err(in_javascript)?;
        self.keys.take(&certificates, self.host.now()?);
        Ok(certificates)
    }

    /// Sees to it that there are keys before a call is made.
    pub(crate) async fn prepare_keys(&self, options: &CallOptions) -> Result<(), Failure> {
        if !self.keys.are_automatic() {
            return Ok(());
        }
        match self.keys.before_call(self.host.now()?) {
            Need::Nothing => Ok(()),
            Need::Keys => self.renew_keys(options).await,
            Need::FresherKeys => match self.renew_keys(options).await {
                aborted @ Err(Failure::Theirs(_)) => aborted,
                // What is there holds.
                _ => Ok(()),
            },
        }
    }

    /// Downloads the platform certificates, or waits for another call that does.
    pub(crate) async fn renew_keys(&self, options: &CallOptions) -> Result<(), Failure> {
        let bounds = CallOptions {
            timeout: options.timeout,
            signal: options.signal.clone(),
            ..CallOptions::default()
        };
        let patience = options.timeout.unwrap_or(self.timeout);
        let mut given_up = None;
        loop {
            match self.keys.turn(self.host.now()?, given_up) {
                Turn::Mine(round) => {
                    let outcome = self.download(&bounds).await.map(drop);
                    self.keys.end(round, outcome.clone());
                    return outcome;
                }
                Turn::Others(round) => match self.wait(patience, &bounds).await? {
                    // Given up by its own caller, which is nobody else's affair.
                    Some(Err(Failure::Theirs(_))) => {}
                    Some(outcome) => return outcome,
                    None => given_up = Some(round),
                },
            }
        }
    }

    /// What became of another call's download; `None` where it is not over within `patience`
    /// milliseconds.
    async fn wait(
        &self,
        patience: u32,
        bounds: &CallOptions,
    ) -> Result<Option<Result<(), Failure>>, Failure> {
        let mut waited = 0;
        while waited < patience {
            pause(LOOK, bounds.signal.as_ref()).await?;
            waited = waited.saturating_add(LOOK);
            if let Some(outcome) = self.keys.outcome() {
                return Ok(Some(outcome));
            }
        }
        Ok(None)
    }
}
