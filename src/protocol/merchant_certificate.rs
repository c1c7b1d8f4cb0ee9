//! The merchant API certificate, `apiclient_cert.pem`: its serial number goes with every request, and its
//! public key and subject show whose it is.

use crate::crypto::rsassa_pkcs1_v1_5::PublicKey;
use crate::error::Error;
use crate::error::message::{Message, message};
use crate::keys::certificate::{self, Certificate, Validity};
use crate::keys::pem;
use crate::keys::public_key::from_spki;

/// How the common name of a certificate of WeChat Pay's own begins, `Tenpay.com sign`. That of a merchant
/// is its number.
const PLATFORM: &[u8] = b"Tenpay.com";

/// A certificate that may be the merchant's.
#[derive(Debug)]
pub(super) struct MerchantCertificate {
    /// In upper case.
    pub(super) serial: String,
    pub(super) key: PublicKey,
    pub(super) validity: Validity,
}

impl MerchantCertificate {
    /// Reads PEM, DER, or base64 of either, for the merchant with this number.
    pub(super) fn parse(cert: &[u8], mchid: &str) -> Result<Self, Error> {
        let document =
            pem::decode(cert, certificate::KIND).map_err(|fault| refused(fault.advice()))?;
        let certificate = Certificate::from_der(&document.der).ok_or_else(|| {
            refused(message!(
                "is not a certificate; apiclient_cert.pem belongs here"
            ))
        })?;
        let name = certificate.common_name().unwrap_or_default();
        if name.starts_with(PLATFORM) {
            return Err(refused(message!(
                "is a certificate of WeChat Pay's platform, which belongs in certs; give the merchant's \
                 own, apiclient_cert.pem"
            )));
        }
        // One that names no number says nothing about whose it is.
        if name.iter().all(u8::is_ascii_digit) && !name.is_empty() && name != mchid.as_bytes() {
            return Err(refused(message!(
                "is the certificate of another merchant: its subject names another number than mchid; \
                 give mchid, certificate and key of the same merchant"
            )));
        }
        let key = from_spki(&certificate.public_key).map_err(refused)?;
        Ok(Self {
            serial: certificate.serial(),
            key,
            validity: certificate.validity,
        })
    }
}

/// An error about the option `cert`.
pub(super) fn refused(problem: Message) -> Error {
    Error::config("cert", problem)
}

/// Checks that a certificate is valid at `now`, in seconds since 1970.
pub(super) fn check_validity(validity: Validity, now: u64) -> Result<(), Error> {
    if validity.holds(now) {
        return Ok(());
    }
    Err(refused(if now < validity.not_before {
        message!(
            "is not valid yet, by the client's clock; set the clock, or wait until the certificate is valid"
        )
    } else {
        message!(
            "has expired, by the client's clock; get a new certificate and key on WeChat Pay's merchant \
             platform, and give both"
        )
    }))
}
