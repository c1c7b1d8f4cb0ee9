//! One key of WeChat Pay's: the id that responses name, and its public key or platform certificate.

use crate::crypto::rsassa_pkcs1_v1_5::PublicKey;
use crate::error::message::{Message, message};
use crate::keys::certificate::{self, Certificate, Validity};
use crate::keys::pem::{self, Document};
use crate::keys::private_key::is_private;
use crate::keys::public_key::{self, from_der, from_spki};
use crate::keys::serial_number::{parse_serial, same_serial};

/// The prefix of the ids of WeChat Pay public keys. Platform certificates have serial numbers.
const PUBLIC_KEY_ID: &str = "PUB_KEY_ID_";

/// A key with its id and validity.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) id: KeyId,
    pub(crate) key: PublicKey,
    /// The validity of a certificate. A public key is valid until WeChat Pay replaces it.
    pub(crate) validity: Option<Validity>,
}

impl Known {
    /// Reads the PEM or DER that was given for an id.
    ///
    /// # Errors
    /// What is wrong with it, as text that follows the id.
    pub(crate) fn read(id: KeyId, input: &[u8]) -> Result<Self, Message> {
        let (key, validity) = read_key(&id, input)?;
        Ok(Self { id, key, validity })
    }

    /// Whether it is valid at `now`, in seconds since 1970.
    pub(crate) fn holds(&self, now: u64) -> bool {
        self.validity.is_none_or(|validity| validity.holds(now))
    }
}

/// The id of a key, which a response names in `Wechatpay-Serial`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyId {
    /// `PUB_KEY_ID_…`, compared byte for byte.
    PublicKey(String),
    /// The serial number of a platform certificate.
    Certificate(String),
}

impl KeyId {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix(PUBLIC_KEY_ID) {
            Some(rest) => {
                let plausible = (1..=64).contains(&rest.len())
                    && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
                plausible.then(|| Self::PublicKey(text.to_owned()))
            }
            None => parse_serial(text).map(Self::Certificate),
        }
    }

    pub(crate) fn is(&self, named: &str) -> bool {
        match self {
            Self::PublicKey(id) => id == named,
            Self::Certificate(serial) => {
                parse_serial(named).is_some_and(|named| same_serial(serial, &named))
            }
        }
    }
}

/// A key, and the validity if it is a certificate.
type Key = (PublicKey, Option<Validity>);

fn read_key(id: &KeyId, input: &[u8]) -> Result<Key, Message> {
    let kind = match id {
        KeyId::PublicKey(_) => public_key::KIND,
        KeyId::Certificate(_) => certificate::KIND,
    };
    let document = pem::decode(input, kind).map_err(pem::PemFault::advice)?;
    let label = document.label.as_deref();
    let says = |kind: &str| label.is_some_and(|label| label.ends_with(kind));
    // What it is counts, and then what its label says.
    match label {
        _ if says("PRIVATE KEY") || is_private(&document.der) => Err(message!(
            "contains a private key; WeChat Pay's public key or platform certificate belongs here, \
             and the merchant's private key has its own option"
        )),
        _ if says(certificate::KIND) || Certificate::from_der(&document.der).is_some() => {
            read_certificate(id, &document)
        }
        None => read_public_key(id, &document),
        _ if says(public_key::KIND) => read_public_key(id, &document),
        Some(_) => Err(message!(
            "contains PEM of another kind; -----BEGIN PUBLIC KEY----- or -----BEGIN CERTIFICATE----- \
             belongs here"
        )),
    }
}

/// A bare key has no last day. Under the serial number of a certificate, it would outlive it.
fn read_public_key(id: &KeyId, document: &Document) -> Result<Key, Message> {
    let key = from_der(&document.der)?;
    match id {
        KeyId::PublicKey(_) => Ok((key, None)),
        KeyId::Certificate(_) => Err(message!(
            "is the serial number of a certificate, but its value is a bare public key; give the \
             certificate, or give WeChat Pay's public key under its id (PUB_KEY_ID_…)"
        )),
    }
}

fn read_certificate(id: &KeyId, document: &Document) -> Result<Key, Message> {
    let certificate = Certificate::from_der(&document.der).ok_or(message!(
        "is cut short or damaged: its DER is not a certificate"
    ))?;
    match id {
        KeyId::PublicKey(_) => Err(message!(
            "is the id of a public key, but its value is a certificate; give a certificate \
             under its serial number"
        )),
        KeyId::Certificate(serial) if !same_serial(serial, &certificate.serial()) => Err(message!(
            "contains a certificate with another serial number, {}",
            certificate.serial()
        )),
        KeyId::Certificate(_) => Ok((
            from_spki(&certificate.public_key)?,
            Some(certificate.validity),
        )),
    }
}
