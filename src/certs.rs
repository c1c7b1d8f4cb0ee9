//! Whom to believe: WeChat Pay's keys, by the id or serial number that an answer names.

use crate::certificate::Certificate;
use crate::error::Error;
use crate::foreign_text::named;
use crate::merchant::{Merchant, parse_serial, same_serial};
use crate::pem::{self, Document};
use crate::public_key::{from_der, from_spki};
use crate::rsassa::PublicKey;

const OPTION: &str = "certs";

/// How the ids of WeChat Pay public keys begin. Platform certificates have serial numbers.
const PUBLIC_KEY_ID: &str = "PUB_KEY_ID_";

/// WeChat Pay's public keys and platform certificates, in the order in which they were given.
///
/// Both kinds may stand beside each other: while a merchant moves from certificates to public
/// keys, WeChat Pay signs with either.
#[derive(Debug)]
pub struct Certs {
    keys: Vec<(KeyId, PublicKey)>,
}

/// What an answer's `Wechatpay-Serial` names a key by.
#[derive(Debug, PartialEq, Eq)]
enum KeyId {
    /// `PUB_KEY_ID_…`, compared byte for byte.
    PublicKey(String),
    /// The serial number of a platform certificate.
    Certificate(String),
}

impl KeyId {
    fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix(PUBLIC_KEY_ID) {
            Some(rest) => {
                let plausible = (1..=64).contains(&rest.len())
                    && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
                plausible.then(|| Self::PublicKey(text.to_owned()))
            }
            None => parse_serial(text).map(Self::Certificate),
        }
    }

    fn is(&self, named: &str) -> bool {
        match self {
            Self::PublicKey(id) => id == named,
            Self::Certificate(serial) => {
                parse_serial(named).is_some_and(|named| same_serial(serial, &named))
            }
        }
    }
}

impl Certs {
    /// Reads the keys that answers are verified with: for each an id (`PUB_KEY_ID_…`, or the serial
    /// number of a platform certificate) and its PEM or DER.
    ///
    /// The merchant is asked for because its own certificate is what is most often given here by
    /// mistake.
    ///
    /// # Errors
    /// [`Error::Config`] for `certs`, which names the entry: there is none, its id is no id, the
    /// same id stands twice, what it holds is not a key of WeChat Pay's, or a certificate has
    /// another serial number than the one it stands under.
    pub fn parse<Id: AsRef<str>, Key: AsRef<[u8]>>(
        entries: impl IntoIterator<Item = (Id, Key)>,
        merchant: &Merchant,
    ) -> Result<Self, Error> {
        let mut keys: Vec<(KeyId, PublicKey)> = Vec::new();
        for (id, key) in entries {
            let id = id.as_ref();
            let refused = |problem: String| Error::config(OPTION, problem);
            let key_id = KeyId::parse(id).ok_or_else(|| {
                refused(format!(
                    "{} is neither the id of a WeChat Pay public key (PUB_KEY_ID_…) nor the serial \
                     number of a platform certificate (hexadecimal)",
                    named(id)
                ))
            })?;
            if matches!(&key_id, KeyId::Certificate(serial) if same_serial(serial, merchant.serial()))
            {
                return Err(refused(format!(
                    "{id} is the merchant's own serial; WeChat Pay's public key (PUB_KEY_ID_…) or \
                     platform certificate belongs here"
                )));
            }
            if keys.iter().any(|(known, _)| known.is(id)) {
                return Err(refused(format!("{id} stands there twice")));
            }
            let key = read_key(&key_id, key.as_ref())
                .map_err(|problem| refused(format!("{id} {problem}")))?;
            if &key == merchant.private_key().public_key() {
                return Err(refused(format!(
                    "{id} holds the merchant's own key; WeChat Pay's public key (pub_key.pem) or \
                     platform certificate belongs here"
                )));
            }
            keys.push((key_id, key));
        }
        if keys.is_empty() {
            return Err(Error::config(
                OPTION,
                "is empty; answers cannot be verified without a WeChat Pay public key \
                 (PUB_KEY_ID_…) or platform certificate",
            ));
        }
        Ok(Self { keys })
    }

    /// The key that an answer's `Wechatpay-Serial` names.
    #[must_use]
    pub fn key(&self, named: &str) -> Option<&PublicKey> {
        self.keys
            .iter()
            .find(|(id, _)| id.is(named))
            .map(|(_, key)| key)
    }

    /// The first id of a WeChat Pay public key. Sent with every request as `Wechatpay-Serial`, it
    /// asks WeChat Pay to sign the answer with that key; without it, a platform certificate signs.
    #[must_use]
    pub fn public_key_id(&self) -> Option<&str> {
        self.keys.iter().find_map(|(id, _)| match id {
            KeyId::PublicKey(id) => Some(id.as_str()),
            KeyId::Certificate(_) => None,
        })
    }

    /// The key that sensitive fields are sealed with, and the id that `Wechatpay-Serial` names it by:
    /// the first WeChat Pay public key, and where there is none, the first platform certificate's.
    #[must_use]
    pub fn sealing_key(&self) -> Option<(&str, &PublicKey)> {
        let is_public_key = |(id, _): &&(KeyId, PublicKey)| matches!(id, KeyId::PublicKey(_));
        let (id, key) = self
            .keys
            .iter()
            .find(is_public_key)
            .or_else(|| self.keys.first())?;
        let (KeyId::PublicKey(id) | KeyId::Certificate(id)) = id;
        Some((id, key))
    }
}

fn read_key(id: &KeyId, input: &[u8]) -> Result<PublicKey, String> {
    let document = pem::decode(input).map_err(pem::PemFault::advice)?;
    match document.label.as_deref() {
        Some("CERTIFICATE" | "TRUSTED CERTIFICATE" | "X509 CERTIFICATE") => {
            read_certificate(id, &document)
        }
        Some("PUBLIC KEY") => from_der(&document.der),
        Some(label) if label.contains("PRIVATE KEY") => Err(
            "holds a private key; WeChat Pay's public key or platform certificate belongs here, \
             and the merchant's private key is an option of its own"
                .to_owned(),
        ),
        Some(_) => Err(
            "holds PEM of another kind; -----BEGIN PUBLIC KEY----- or -----BEGIN CERTIFICATE----- \
             belongs here"
                .to_owned(),
        ),
        None if Certificate::from_der(&document.der).is_ok() => read_certificate(id, &document),
        None => from_der(&document.der),
    }
}

fn read_certificate(id: &KeyId, document: &Document) -> Result<PublicKey, String> {
    let certificate = Certificate::from_der(&document.der)
        .map_err(|_| "is cut short or damaged: its DER does not hold a certificate")?;
    match id {
        KeyId::PublicKey(_) => Err(
            "is the id of a public key, but a certificate stands under it; a certificate stands \
             under its serial number"
                .to_owned(),
        ),
        KeyId::Certificate(serial) if !same_serial(serial, &certificate.serial()) => Err(format!(
            "holds a certificate with another serial number, {}",
            certificate.serial()
        )),
        KeyId::Certificate(_) => from_spki(&certificate.public_key),
    }
}
