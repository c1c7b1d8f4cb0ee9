//! Platform certificates: as a method, and for the calls that need them.

use std::rc::Rc;

use super::promise::promise;
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

use super::account::{Account, Client};
use super::budget::Budget;
use super::errors::Failure;
use super::exchange::VerifyBy;
use super::keys::Turn;
use super::names::in_javascript;
use super::options::CallOptions;
use super::timeout::{pause, refuse_aborted};
use crate::calls::platform_certificates;
use crate::protocol::platform_certificate::PlatformCertificate;
use crate::{Apiv3Key, Error, Need, TransportFault};

/// How often a call checks whether another call's download is complete, in milliseconds.
const LOOK: u32 = 25;

#[wasm_bindgen]
impl Client {
    /// GET `/v3/certificates`.
    ///
    /// # Errors
    /// Throws a `ConfigError` if the client has no `apiv3Key`, and a `ValidationError` for its
    /// options; the promise rejects with everything else.
    #[wasm_bindgen]
    pub fn certificates(&self, options: &JsValue) -> Result<Promise, JsValue> {
        self.0.key_of_certificates()?;
        let options = CallOptions::read(options).map_err(Failure::Ours)?;
        let account = Rc::clone(&self.0);
        Ok(promise(async move {
            let certificates = account.fetch_certificates(&account.begin(options)).await?;
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
                "is missing; platform certificates are encrypted with the APIv3 key, 32 characters that \
                 are set on WeChat Pay's merchant platform",
            )
        };
        Ok(self.apiv3_key.as_ref().ok_or_else(missing)?)
    }

    /// Downloads the platform certificates, and stores them in the account.
    async fn fetch_certificates(
        &self,
        budget: &Budget,
    ) -> Result<Vec<PlatformCertificate>, Failure> {
        let key = self.key_of_certificates()?;
        let request = platform_certificates::prepare();
        // On the heap: a call may need a download, which is a call.
        let exchange =
            Box::pin(self.exchange(&request, budget, VerifyBy::CarriedCertificates(key)));
        let reply = exchange.await?;
        let certificates =
            platform_certificates::process(&reply.verified(), key).map_err(in_javascript)?;
        self.keys.take(&certificates, self.host.now()?);
        Ok(certificates)
    }

    /// Begins a call: starts its time, and downloads keys if needed.
    pub(crate) async fn ready(&self, options: CallOptions) -> Result<Budget, Failure> {
        refuse_aborted(options.signal.as_ref())?;
        let budget = self.begin(options);
        if !self.keys.are_automatic() {
            return Ok(budget);
        }
        match self.keys.before_call(self.host.now()?) {
            Need::Nothing => return Ok(budget),
            Need::Keys => self.renew_keys(&budget.for_keys()).await?,
            Need::FresherKeys => {
                let renewed = self.renew_keys(&budget.for_fresher_keys()).await;
                // Any other failure changes nothing: the present keys are still valid.
                if let Err(aborted @ Failure::Theirs(_)) = renewed {
                    return Err(aborted);
                }
            }
        }
        // Do not send a request without time for its response.
        if budget.left() == 0 {
            return Err(budget.expired().into());
        }
        Ok(budget)
    }

    /// Whether a download provides the key that a call names.
    pub(crate) async fn renewed_for(&self, id: &str, budget: &Budget) -> Result<bool, Failure> {
        if !self.keys.are_automatic() || !self.keys.may_renew(self.host.now()?) {
            return Ok(false);
        }
        self.renew_keys(&budget.for_keys()).await?;
        Ok(self.keys.current().key(id).is_some())
    }

    /// Downloads the platform certificates, or waits for another call that downloads them.
    pub(crate) async fn renew_keys(&self, budget: &Budget) -> Result<(), Failure> {
        let mut abandoned = None;
        while budget.left() > 0 {
            match self.keys.turn(self.host.now()?, abandoned) {
                Turn::Mine(round) => {
                    let outcome = self.fetch_certificates(budget).await.map(drop);
                    self.keys.end(round, outcome.clone());
                    return outcome;
                }
                Turn::Others(round) => match self.wait(budget).await? {
                    // Aborted by its own caller. That does not concern this call.
                    Some(Err(Failure::Theirs(_))) => {}
                    // The other call may have had less time. If there are valid keys, one try a
                    // minute is enough.
                    Some(Err(failure)) if is_timeout(&failure) && self.lacks_keys()? => {}
                    Some(outcome) => return outcome,
                    None => abandoned = Some(round),
                },
            }
        }
        Err(budget.expired().into())
    }

    fn lacks_keys(&self) -> Result<bool, Failure> {
        Ok(self.keys.before_call(self.host.now()?) == Need::Keys)
    }

    /// The outcome of another call's download; `None` if it does not end within the time of an attempt.
    async fn wait(&self, budget: &Budget) -> Result<Option<Result<(), Failure>>, Failure> {
        let patience = budget.for_attempt();
        let mut waited = 0;
        while waited < patience {
            pause(LOOK, budget.signal.as_ref()).await?;
            waited = waited.saturating_add(LOOK);
            if let Some(outcome) = self.keys.outcome() {
                return Ok(Some(outcome));
            }
        }
        Ok(None)
    }
}

fn is_timeout(failure: &Failure) -> bool {
    match failure.error() {
        Some(Error::Transport(error)) => matches!(error.fault, TransportFault::Timeout(_)),
        _ => false,
    }
}
