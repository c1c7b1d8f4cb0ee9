//! A client: one merchant's keys, and the steps of a call.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::budget::Budget;
use super::errors::Failure;
use super::exchange::VerifyBy;
use super::hooks::Hooks;
use super::host::Host;
use super::kernel;
use super::keys::Keys;
use super::names::in_javascript;
use super::options;
use super::signer::Signer;
use crate::{Apiv3Key, BaseUrl, Certs, Error, Merchant, Request, VerifiedResponse};

/// The default time of one attempt, in milliseconds.
const DEFAULT_TIMEOUT: u32 = 10_000;

/// The default number of retries of a request.
const DEFAULT_RETRIES: u32 = 2;

/// Everything that a call needs. Only the keys change, so any number of calls may run at the same time.
pub(crate) struct Account {
    pub(crate) merchant: Merchant,
    /// Signs in place of the merchant's own key.
    pub(crate) signer: Option<Signer>,
    pub(crate) keys: Keys,
    /// Decrypts notifications and platform certificates. No other call needs it.
    pub(crate) apiv3_key: Option<Apiv3Key>,
    pub(crate) base_url: BaseUrl,
    /// Milliseconds for one attempt.
    pub(crate) timeout: u32,
    /// Milliseconds for all attempts of a call, with the pauses between them.
    pub(crate) deadline: Option<u32>,
    pub(crate) max_retries: u32,
    pub(crate) host: Host,
    pub(crate) hooks: Hooks,
}

/// The options of a client, from any source, not parsed yet.
pub(crate) struct Credentials<'a, Entries> {
    pub(crate) mchid: &'a str,
    pub(crate) serial: &'a str,
    pub(crate) signs: Signs<'a>,
    /// Keys and certificates by their ids.
    pub(crate) certs: Entries,
    /// Whether platform certificates are downloaded, too.
    pub(crate) automatic: bool,
    pub(crate) apiv3_key: Option<&'a [u8]>,
    pub(crate) base_url: Option<&'a str>,
}

/// Who signs.
pub(crate) enum Signs<'a> {
    /// This package, with the key in this file.
    Key(&'a [u8]),
    /// The caller's signer.
    Signer(Signer),
}

/// The optional settings of a client.
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) timeout: Option<u32>,
    pub(crate) deadline: Option<u32>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) host: Host,
    pub(crate) hooks: Hooks,
}

impl Account {
    /// Opens an account.
    ///
    /// # Errors
    /// [`Error::Config`], with the option's name in JavaScript.
    pub(crate) fn new<Id: AsRef<str>, Key: AsRef<[u8]>>(
        credentials: Credentials<'_, impl IntoIterator<Item = (Id, Key)>>,
        settings: Settings,
    ) -> Result<Self, Error> {
        Self::parse(credentials, settings).map_err(in_javascript)
    }

    fn parse<Id: AsRef<str>, Key: AsRef<[u8]>>(
        credentials: Credentials<'_, impl IntoIterator<Item = (Id, Key)>>,
        settings: Settings,
    ) -> Result<Self, Error> {
        // The cheap checks are first. The private key is parsed last.
        let base_url = match credentials.base_url {
            Some(text) => BaseUrl::parse(text)?,
            None => BaseUrl::default(),
        };
        let apiv3_key = credentials.apiv3_key.map(Apiv3Key::parse).transpose()?;
        let (mchid, serial) = (credentials.mchid, credentials.serial);
        let kernel = kernel::found();
        let (merchant, signer) = match credentials.signs {
            Signs::Key(key) => {
                let merchant = Merchant::parse_for_kernel(mchid, serial, key, kernel)?;
                (merchant, None)
            }
            Signs::Signer(signer) => {
                let merchant = Merchant::with_remote_signer(mchid, serial)?;
                (merchant.with_kernel(kernel), Some(signer))
            }
        };
        let certs = if credentials.automatic {
            if apiv3_key.is_none() {
                return Err(Error::config(
                    "apiv3_key",
                    "is missing; platform certificates are encrypted with it, so that certs cannot be \
                     'auto' without it",
                ));
            }
            Certs::parse_some(credentials.certs, &merchant)?
        } else {
            Certs::parse(credentials.certs, &merchant)?
        };
        Ok(Self {
            keys: Keys::new(certs, credentials.automatic),
            merchant,
            signer,
            apiv3_key,
            base_url,
            timeout: settings.timeout.unwrap_or(DEFAULT_TIMEOUT),
            deadline: settings.deadline,
            max_retries: settings.max_retries.unwrap_or(DEFAULT_RETRIES),
            host: settings.host,
            hooks: settings.hooks,
        })
    }

    /// Makes a call that is [`ready`](Self::ready), and passes its response to `process`.
    pub(crate) async fn call<T>(
        &self,
        request: &Request,
        budget: &Budget,
        process: impl FnOnce(&VerifiedResponse<'_>) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        let reply = self
            .exchange(request, budget, VerifyBy::KnownKeys(budget))
            .await?;
        Ok(process(&reply.verified())?)
    }
}

/// The client as an object of JavaScript. If it is freed during calls, it lives until they end.
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
