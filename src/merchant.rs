//! Who signs: the merchant, its certificate's serial number, and its private key.

use crate::error::Error;
use crate::private_key::parse_private_key;
use crate::request::Attempt;
use crate::rsassa::PrivateKey;

/// A merchant's credentials. Whoever holds one holds a key that parsed.
#[derive(Debug)]
pub struct Merchant {
    mchid: String,
    serial: String,
    private_key: PrivateKey,
}

impl Merchant {
    /// Reads a merchant's credentials.
    ///
    /// `serial` is the serial number of the merchant API certificate, in hexadecimal of either
    /// case; it goes out in upper case, as WeChat Pay shows it. `private_key` is the content of
    /// `apiclient_key.pem`: PKCS#8 or PKCS#1, PEM or DER.
    ///
    /// # Errors
    /// [`Error::Config`] for `mchid`, `serial` or `private_key`.
    pub fn parse(mchid: &str, serial: &str, private_key: &[u8]) -> Result<Self, Error> {
        if !(1..=32).contains(&mchid.len()) || !mchid.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Error::config(
                "mchid",
                "must be the merchant number, 1 to 32 digits, as WeChat Pay's merchant platform shows it",
            ));
        }
        let Some(serial) = parse_serial(serial) else {
            return Err(Error::config(
                "serial",
                "must be the serial number of the merchant API certificate, 1 to 40 hexadecimal \
                 digits without colons: `openssl x509 -in apiclient_cert.pem -noout -serial` shows it",
            ));
        };
        Ok(Self {
            mchid: mchid.to_owned(),
            serial,
            private_key: parse_private_key(private_key)?,
        })
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

    /// Signs a string that is no request: RSASSA-PKCS1-v1_5 with SHA-256, blinded by the attempt's random
    /// bytes.
    ///
    /// # Errors
    /// [`Error::Config`] for `private_key` where the key's arithmetic fails.
    pub fn sign(&self, message: &[u8], attempt: &Attempt) -> Result<Vec<u8>, Error> {
        self.private_key.sign(message, &attempt.blinding())
    }

    pub(crate) fn private_key(&self) -> &PrivateKey {
        &self.private_key
    }
}

/// A certificate's serial number: at most 20 bytes (RFC 5280, section 4.1.2.2) in hexadecimal,
/// compared in upper case and without leading zeros.
pub(crate) fn parse_serial(text: &str) -> Option<String> {
    let hexadecimal = (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit());
    hexadecimal.then(|| text.to_ascii_uppercase())
}

/// Whether two serial numbers, as [`parse_serial`] gives them, are the same number.
pub(crate) fn same_serial(one: &str, other: &str) -> bool {
    one.trim_start_matches('0') == other.trim_start_matches('0')
}
