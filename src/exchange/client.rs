//! A client: one merchant's keys and settings, which its calls share.

use super::budget::{Budget, CallOptions};
use super::key_ring::KeyRing;
use crate::crypto::rsassa_pkcs1_v1_5::Kernel;
use crate::error::Error;
use crate::error::message::message;
use crate::http::base_url::BaseUrl;
use crate::protocol::apiv3_key::Apiv3Key;
use crate::protocol::certs::Certs;
use crate::protocol::environment::Environment;
use crate::protocol::merchant::Merchant;

/// Milliseconds for one attempt, if the settings name none.
const DEFAULT_TIMEOUT: u32 = 10_000;

/// How often a request is sent again, if the settings do not say.
const DEFAULT_RETRIES: u32 = 2;

/// Everything that calls share. Only its keys change, when platform certificates are downloaded.
pub struct Client {
    pub(super) merchant: Merchant,
    pub(super) keys: KeyRing,
    pub(super) apiv3_key: Option<Apiv3Key>,
    pub(super) base_url: BaseUrl,
    timeout: u32,
    deadline: Option<u32>,
    pub(super) max_retries: u32,
}

/// What a client is made of. The core has parsed all of it.
pub struct Settings {
    /// The merchant, with its private key or with a remote signer.
    pub merchant: Merchant,
    /// The keys that responses are verified with.
    pub certs: Certs,
    /// Whether platform certificates are downloaded, too.
    pub automatic: bool,
    /// The APIv3 key; notifications and platform certificates need it.
    pub apiv3_key: Option<Apiv3Key>,
    /// Where requests are sent.
    pub base_url: BaseUrl,
    /// Milliseconds for one attempt; 10,000 if `None`.
    pub timeout: Option<u32>,
    /// Milliseconds for a whole call; three timeouts and 2,000 if `None`.
    pub deadline: Option<u32>,
    /// How often a request is sent again; twice if `None`.
    pub max_retries: Option<u32>,
}

/// What a client is opened with, not parsed yet.
pub struct Credentials<'a> {
    /// The merchant number.
    pub mchid: &'a str,
    /// The serial number of the merchant API certificate; `None` if `cert` is to give it.
    pub serial: Option<&'a str>,
    /// Where the private key is.
    pub private_key: KeySource<'a>,
    /// The merchant API certificate.
    pub cert: Option<&'a [u8]>,
    /// The keys that responses are verified with, each under its id.
    pub certs: Vec<(String, &'a [u8])>,
    /// Whether platform certificates are downloaded, too.
    pub automatic: bool,
    /// The APIv3 key.
    pub apiv3_key: Option<&'a [u8]>,
    /// Where requests are sent.
    pub base_url: Option<&'a str>,
    /// Timeout and deadline in milliseconds, and the number of retries, as in [`Settings`].
    pub limits: [Option<u32>; 3],
}

/// Where the merchant's private key is.
#[derive(Clone, Copy)]
pub enum KeySource<'a> {
    /// In this key file.
    File(&'a [u8]),
    /// In a remote signer.
    Signer,
    /// In the host, which signs as a remote signer does. This is its public key, SubjectPublicKeyInfo in DER;
    /// empty if the host does not show it.
    Host(&'a [u8]),
}

impl<'a> KeySource<'a> {
    /// The source that the host names: `signer`, `host`, or else a file.
    #[must_use]
    pub fn named(name: &str, key: &'a [u8]) -> Self {
        match name {
            "signer" => Self::Signer,
            "host" => Self::Host(key),
            _ => Self::File(key),
        }
    }
}

impl<'a> Credentials<'a> {
    /// Those of environment variables, which set no limits.
    #[must_use]
    pub fn of(environment: &'a Environment) -> Self {
        let public_key = environment.public_key.iter();
        Self {
            mchid: &environment.mchid,
            serial: environment.serial.as_ref().map(|serial| serial.as_str()),
            private_key: KeySource::File(environment.private_key.as_bytes()),
            cert: environment.cert.as_ref().map(|cert| cert.as_bytes()),
            certs: public_key
                .map(|(id, key)| (id.to_string(), key.as_bytes()))
                .collect(),
            automatic: environment.automatic,
            apiv3_key: environment.apiv3_key.as_ref().map(|key| key.as_bytes()),
            base_url: environment.base_url.as_ref().map(|url| url.as_str()),
            limits: [None; 3],
        }
    }
}

impl Client {
    /// Parses credentials, and opens a client.
    ///
    /// # Errors
    /// [`Error::Config`] for the first option that is unusable.
    pub fn parse(credentials: Credentials<'_>) -> Result<Self, Error> {
        Self::parse_for_kernel(credentials, None)
    }

    /// The same, with keys that `kernel` computes with where it can.
    pub(crate) fn parse_for_kernel(
        credentials: Credentials<'_>,
        kernel: Option<Kernel>,
    ) -> Result<Self, Error> {
        // What costs nothing comes first; the private key is parsed last.
        let base_url = match credentials.base_url {
            Some(text) => BaseUrl::parse(text)?,
            None => BaseUrl::default(),
        };
        let apiv3_key = credentials.apiv3_key.map(Apiv3Key::parse).transpose()?;
        let mchid = credentials.mchid;
        let merchant = match (credentials.serial, credentials.cert) {
            (Some(serial), None) => Merchant::with_remote_signer(mchid, serial)?,
            (None, cert) => Merchant::of_certificate(mchid, cert.unwrap_or_default())?,
            (Some(serial), Some(cert)) => {
                Merchant::with_remote_signer(mchid, serial)?.with_certificate(cert)?
            }
        };
        let merchant = merchant.with_kernel(kernel);
        let merchant = match credentials.private_key {
            KeySource::File(key) => merchant.with_private_key(key)?,
            KeySource::Signer => merchant,
            KeySource::Host(public_key) => merchant.with_host_key(public_key)?,
        };
        let certs = if credentials.automatic {
            require_apiv3_key(apiv3_key.as_ref())?;
            Certs::parse_some(credentials.certs, &merchant)?
        } else {
            Certs::parse(credentials.certs, &merchant)?
        };
        let [timeout, deadline, max_retries] = credentials.limits;
        Self::open(Settings {
            merchant,
            certs,
            automatic: credentials.automatic,
            apiv3_key,
            base_url,
            timeout,
            deadline,
            max_retries,
        })
    }

    /// Opens a client.
    ///
    /// # Errors
    /// [`Error::Config`] for `apiv3_key` if platform certificates are to be downloaded without it.
    pub fn open(settings: Settings) -> Result<Self, Error> {
        if settings.automatic {
            require_apiv3_key(settings.apiv3_key.as_ref())?;
        }
        Ok(Self {
            merchant: settings.merchant,
            keys: KeyRing::new(settings.certs, settings.automatic),
            apiv3_key: settings.apiv3_key,
            base_url: settings.base_url,
            timeout: settings.timeout.unwrap_or(DEFAULT_TIMEOUT),
            deadline: settings.deadline,
            max_retries: settings.max_retries.unwrap_or(DEFAULT_RETRIES),
        })
    }

    /// The merchant.
    #[must_use]
    pub fn merchant(&self) -> &Merchant {
        &self.merchant
    }

    /// The APIv3 key.
    #[must_use]
    pub fn apiv3_key(&self) -> Option<&Apiv3Key> {
        self.apiv3_key.as_ref()
    }

    /// Where requests are sent.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.base_url
    }

    /// The keys that responses are verified with now.
    #[must_use]
    pub fn certs(&self) -> std::rc::Rc<Certs> {
        self.keys.current()
    }

    /// Milliseconds for one attempt.
    #[must_use]
    pub fn timeout(&self) -> u32 {
        self.timeout
    }

    /// The budget of a call that starts at `elapsed`.
    pub(super) fn budget(&self, options: CallOptions, elapsed: u64) -> Budget {
        Budget::start(options, self.timeout, self.deadline, elapsed)
    }
}

/// Platform certificates are encrypted with the APIv3 key.
fn require_apiv3_key(key: Option<&Apiv3Key>) -> Result<(), Error> {
    key.map(drop).ok_or_else(|| {
        Error::config(
            "apiv3_key",
            message!("is missing; platform certificates are encrypted with it, so that certs cannot be 'auto' \
             without it"),
        )
    })
}
