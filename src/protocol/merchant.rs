//! The merchant that signs: its number, its certificate's serial number and its private key.

use std::sync::atomic::{AtomicBool, Ordering};

use super::merchant_certificate::{self, MerchantCertificate};
use crate::crypto::rsassa_pkcs1_v1_5::{Kernel, PrivateKey, PublicKey};
use crate::error::Error;
use crate::error::message::message;
use crate::keys::certificate::Validity;
use crate::keys::private_key;
use crate::keys::public_key::from_der;
use crate::keys::serial_number::{parse_serial, same_serial};

/// The option of a private key that the host has.
const HOST_KEY: &str = "private_key";

/// A merchant's credentials. A `Merchant` always contains a key that was parsed, unless a remote
/// signer has the key.
#[derive(Debug)]
pub struct Merchant {
    mchid: String,
    serial: String,
    /// `None` if a remote signer has the key.
    private_key: Option<PrivateKey>,
    /// The public key, if the merchant API certificate was given, or if the remote signer shows it.
    shown: Option<PublicKey>,
    /// Whether a signature of the remote signer was verified with that key.
    verified: AtomicBool,
    /// The validity of the merchant API certificate, if that was given.
    validity: Option<Validity>,
    /// The option that the remote signer is.
    signer: &'static str,
    /// Computes with the merchant's key and with the keys that it trusts, where it can.
    kernel: Option<Kernel>,
}

impl Merchant {
    /// Reads a merchant's credentials.
    ///
    /// `serial` is the serial number of the merchant API certificate, in hexadecimal of either
    /// case. It is sent in upper case, as WeChat Pay shows it. `private_key` is the content of
    /// `apiclient_key.pem`: PKCS#8 or PKCS#1, PEM or DER.
    ///
    /// # Errors
    /// [`Error::Config`] for `mchid`, `serial` or `private_key`.
    pub fn parse(mchid: &str, serial: &str, private_key: &[u8]) -> Result<Self, Error> {
        Self::with_remote_signer(mchid, serial)?.with_private_key(private_key)
    }

    /// Adds the private key, which must belong to the certificate if that was given.
    ///
    /// # Errors
    /// [`Error::Config`] for `private_key` or `cert`.
    pub(crate) fn with_private_key(self, private_key: &[u8]) -> Result<Self, Error> {
        let key = private_key::parse(private_key, self.kernel)?;
        self.check_shown(key.public_key())?;
        Ok(Self {
            private_key: Some(key),
            ..self
        })
    }

    /// Says that the host has the private key, which the option `private_key` names, and signs with it.
    /// `public_key` is SubjectPublicKeyInfo in DER; it is empty if the host does not show it.
    ///
    /// # Errors
    /// [`Error::Config`] for `private_key` if it is no RSA key of 2048 to 4096 bits, and for `cert` if that
    /// belongs to another key.
    pub(crate) fn with_host_key(self, public_key: &[u8]) -> Result<Self, Error> {
        let key = (!public_key.is_empty()).then(|| from_der(public_key));
        let key = key
            .transpose()
            .map_err(|problem| Error::config(HOST_KEY, problem))?;
        key.iter().try_for_each(|key| self.check_shown(key))?;
        Ok(Self {
            shown: key.or(self.shown),
            signer: HOST_KEY,
            ..self
        })
    }

    /// Checks that the certificate, if it was given, is that of the private key.
    fn check_shown(&self, own: &PublicKey) -> Result<(), Error> {
        match &self.shown {
            Some(shown) if shown != own => Err(merchant_certificate::refused(message!(
                "does not belong to the private key; give apiclient_cert.pem and apiclient_key.pem \
                 of the same folder"
            ))),
            _ => Ok(()),
        }
    }

    /// Reads the credentials of a merchant whose private key is in a remote signer: a KMS, an HSM,
    /// or a WebCrypto key that cannot be exported.
    ///
    /// # Errors
    /// [`Error::Config`] for `mchid` or `serial`.
    ///
    /// ```
    /// # use wechatpay_wasm::{Attempt, Certs, Merchant, Method, Request};
    /// # fn main() -> Result<(), wechatpay_wasm::Error> {
    /// # let pem = include_bytes!("../../tests/keys/wechatpay.spki.pem");
    /// # let sign_in_the_kms = |_: &[u8]| vec![7; 256];
    /// let merchant = Merchant::with_remote_signer("1900007291", "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB")?;
    /// let certs = Certs::parse([("PUB_KEY_ID_0119000072912024101100397200000006", pem)], &merchant)?;
    /// let request = Request::new(Method::Get, "/v3/certificates");
    /// let attempt = Attempt { timestamp: 1_554_208_460, random: [7; Attempt::RANDOM_BYTES] };
    /// let unsigned = request.unsigned(&merchant, &certs, &attempt);
    /// let signature = sign_in_the_kms(unsigned.message());
    /// let signed = unsigned.with_remote_signature(&signature)?;
    /// # assert_eq!(signed.path_and_query(), "/v3/certificates");
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_remote_signer(mchid: &str, serial: &str) -> Result<Self, Error> {
        check_mchid(mchid)?;
        let Some(serial) = parse_serial(serial) else {
            return Err(Error::config(
                "serial",
                message!(
                    "must be the serial number of the merchant API certificate, 1 to 40 hexadecimal \
                     digits without colons: `openssl x509 -in apiclient_cert.pem -noout -serial` shows it; \
                     or give cert in its place"
                ),
            ));
        };
        Ok(Self::new(mchid, serial))
    }

    /// Reads the credentials of a merchant by its certificate, `apiclient_cert.pem`, which has the serial
    /// number. The private key is in a remote signer.
    ///
    /// # Errors
    /// [`Error::Config`] for `mchid`, or for `cert`: see [`with_certificate`](Self::with_certificate).
    pub fn of_certificate(mchid: &str, cert: &[u8]) -> Result<Self, Error> {
        check_mchid(mchid)?;
        let certificate = MerchantCertificate::parse(cert, mchid)?;
        Ok(Self::new(mchid, certificate.serial.clone()).certified(certificate))
    }

    fn new(mchid: &str, serial: String) -> Self {
        Self {
            mchid: mchid.to_owned(),
            serial,
            private_key: None,
            shown: None,
            verified: AtomicBool::new(false),
            validity: None,
            signer: "signer",
            kernel: None,
        }
    }

    fn certified(self, certificate: MerchantCertificate) -> Self {
        Self {
            shown: Some(certificate.key),
            validity: Some(certificate.validity),
            ..self
        }
    }

    /// Adds the merchant API certificate, `apiclient_cert.pem`, as PEM or DER. It shows the public key
    /// of a merchant whose private key is in a remote signer: the first signature is verified with it
    /// before anything is sent. After its last day, nothing is signed.
    ///
    /// # Errors
    /// [`Error::Config`] for `cert`: it is not a certificate, or is one of WeChat Pay's own or of another
    /// merchant; it has another serial number than this merchant, or belongs to another private key.
    pub fn with_certificate(self, cert: &[u8]) -> Result<Self, Error> {
        let certificate = MerchantCertificate::parse(cert, &self.mchid)?;
        if !same_serial(&self.serial, &certificate.serial) {
            return Err(merchant_certificate::refused(message!(
                "has another serial number than serial; give both of the same certificate, or cert \
                 alone"
            )));
        }
        let own = self
            .private_key
            .as_ref()
            .map(PrivateKey::public_key)
            .cloned();
        let merchant = self.certified(certificate);
        own.iter().try_for_each(|own| merchant.check_shown(own))?;
        Ok(merchant)
    }

    /// Whether the merchant API certificate was given.
    pub(crate) fn is_certified(&self) -> bool {
        self.validity.is_some()
    }

    /// Checks that the merchant API certificate, if it was given, is valid at `now`, in seconds since 1970.
    pub(crate) fn check_validity(&self, now: u64) -> Result<(), Error> {
        match self.validity {
            Some(validity) => merchant_certificate::check_validity(validity, now),
            None => Ok(()),
        }
    }

    /// The option that the remote signer is: `signer`, or `private_key` if the host has that.
    pub(crate) fn signer(&self) -> &'static str {
        self.signer
    }

    /// Whether the host has the private key.
    pub(crate) fn is_of_host(&self) -> bool {
        self.signer == HOST_KEY
    }

    /// Whether a signature of the remote signer is the merchant's, as far as is known: the first is verified,
    /// if the public key is known.
    pub(crate) fn accepts(&self, message: &[u8], signature: &[u8]) -> bool {
        let known = self.verified.load(Ordering::Relaxed);
        let verifies = |key: &PublicKey| known || key.verify(message, signature);
        let accepted = self.shown.as_ref().is_none_or(verifies);
        self.verified.store(accepted, Ordering::Relaxed);
        accepted
    }

    /// Lets `kernel` compute with the keys that this merchant trusts.
    #[must_use]
    pub(crate) fn with_kernel(self, kernel: Option<Kernel>) -> Self {
        Self { kernel, ..self }
    }

    pub(crate) fn kernel(&self) -> Option<Kernel> {
        self.kernel
    }

    /// The merchant number.
    #[must_use]
    pub fn mchid(&self) -> &str {
        &self.mchid
    }

    /// The serial number of the merchant API certificate, in upper case.
    #[must_use]
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// Signs `message` (RSASSA-PKCS1-v1_5 with SHA-256). `blinding` must be fresh random bytes.
    ///
    /// # Errors
    /// [`Error::Config`] for `private_key`: a remote signer has it, or its arithmetic failed.
    pub fn sign(&self, message: &[u8], blinding: &[u8; 32]) -> Result<Vec<u8>, Error> {
        self.private_key
            .as_ref()
            .ok_or_else(|| {
                Error::config(
                    "private_key",
                    message!("is not available here: a remote signer has it"),
                )
            })?
            .sign(message, blinding)
    }

    /// The private key; `None` if a remote signer has it.
    #[must_use]
    pub fn private_key(&self) -> Option<&PrivateKey> {
        self.private_key.as_ref()
    }

    /// The public key that belongs to the private key; `None` if a remote signer has that, and no
    /// certificate was given.
    fn public_key(&self) -> Option<&PublicKey> {
        let own = self.private_key.as_ref().map(PrivateKey::public_key);
        own.or(self.shown.as_ref())
    }

    /// Whether the serial number or the key is this merchant's own: then it is not WeChat Pay's.
    pub(crate) fn owns(&self, serial: &str, key: &PublicKey) -> bool {
        same_serial(&self.serial, serial) || self.public_key() == Some(key)
    }
}

fn check_mchid(mchid: &str) -> Result<(), Error> {
    if (1..=32).contains(&mchid.len()) && mchid.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    Err(Error::config(
        "mchid",
        message!(
            "must be the merchant number, 1 to 32 digits, as WeChat Pay's merchant platform shows it"
        ),
    ))
}
