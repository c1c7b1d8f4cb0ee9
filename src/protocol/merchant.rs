//! The merchant that signs: its number, its certificate's serial number and its private key.

use crate::crypto::rsassa_pkcs1_v1_5::{Kernel, PrivateKey, PublicKey};
use crate::error::Error;
use crate::error::message::{Message, message};
use crate::keys::certificate::{self, Certificate};
use crate::keys::public_key::from_spki;
use crate::keys::serial_number::{parse_serial, same_serial};
use crate::keys::{pem, private_key};

/// A merchant's credentials. A `Merchant` always contains a key that was parsed, unless a remote
/// signer has the key.
#[derive(Debug)]
pub struct Merchant {
    mchid: String,
    serial: String,
    /// `None` if a remote signer has the key.
    private_key: Option<PrivateKey>,
    /// The key of the merchant API certificate, if that was given.
    certified: Option<PublicKey>,
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
        Self::parse_for_kernel(mchid, serial, private_key, None)
    }

    /// The same, with `kernel` for the computation where it can be used.
    pub(crate) fn parse_for_kernel(
        mchid: &str,
        serial: &str,
        private_key: &[u8],
        kernel: Option<Kernel>,
    ) -> Result<Self, Error> {
        let merchant = Self::with_remote_signer(mchid, serial)?.with_kernel(kernel);
        Ok(Self {
            private_key: Some(private_key::parse(private_key, kernel)?),
            ..merchant
        })
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
        if !(1..=32).contains(&mchid.len()) || !mchid.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Error::config(
                "mchid",
                message!(
                    "must be the merchant number, 1 to 32 digits, as WeChat Pay's merchant platform shows it"
                ),
            ));
        }
        let Some(serial) = parse_serial(serial) else {
            return Err(Error::config(
                "serial",
                message!(
                    "must be the serial number of the merchant API certificate, 1 to 40 hexadecimal \
                 digits without colons: `openssl x509 -in apiclient_cert.pem -noout -serial` shows it"
                ),
            ));
        };
        Ok(Self {
            mchid: mchid.to_owned(),
            serial,
            private_key: None,
            certified: None,
            kernel: None,
        })
    }

    /// Adds the merchant API certificate, `apiclient_cert.pem`, as PEM or DER. It shows the public key
    /// of a merchant whose private key is in a remote signer.
    ///
    /// # Errors
    /// [`Error::Config`] for `cert`: it is not a certificate, has another serial number than this
    /// merchant, or belongs to another private key.
    pub fn with_certificate(self, cert: &[u8]) -> Result<Self, Error> {
        let refused = |problem: Message| Error::config("cert", problem);
        let document =
            pem::decode(cert, certificate::KIND).map_err(|fault| refused(fault.advice()))?;
        let certificate = Certificate::from_der(&document.der).ok_or_else(|| {
            refused(message!(
                "is not a certificate; apiclient_cert.pem belongs here"
            ))
        })?;
        if !same_serial(&self.serial, &certificate.serial()) {
            return Err(refused(message!(
                "has another serial number than serial; give both of the same certificate"
            )));
        }
        let key = from_spki(&certificate.public_key).map_err(refused)?;
        if self.public_key().is_some_and(|own| own != &key) {
            return Err(refused(message!(
                "does not belong to the private key; give apiclient_cert.pem and apiclient_key.pem \
                 of the same folder"
            )));
        }
        Ok(Self {
            certified: Some(key),
            ..self
        })
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
        own.or(self.certified.as_ref())
    }

    /// Whether the serial number or the key is this merchant's own: then it is not WeChat Pay's.
    pub(crate) fn owns(&self, serial: &str, key: &PublicKey) -> bool {
        same_serial(&self.serial, serial) || self.public_key() == Some(key)
    }
}
