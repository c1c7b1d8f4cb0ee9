//! The file formats of the merchant's private key: PKCS#8 (RFC 5958) and PKCS#1 (RFC 8017, appendix
//! A.1.2), in PEM or DER.

use super::algorithm_identifier::Algorithm;
use super::certificate::Certificate;
use super::der::{OCTET_STRING, Reader, explicit, implicit};
use super::pem::{self, Document, ENCRYPTED_ADVICE};
use super::public_key::SubjectPublicKeyInfo;
use crate::crypto::rsassa_pkcs1_v1_5::{Kernel, PrivateComponents, PrivateKey};
use crate::error::Error;
use crate::error::message::{Message, message};

const OPTION: &str = "private_key";

const DAMAGED: Message = message!(
    "is cut short or damaged: its DER is not a private key; get \
                       apiclient_key.pem again"
);

const EC_KEY: Message =
    message!("is an EC key; WeChat Pay signs with RSA: give the merchant's key, apiclient_key.pem");

const OTHER_ALGORITHM: Message =
    message!("is not an RSA key; give the merchant's RSA key, apiclient_key.pem");

const CERTIFICATE: Message =
    message!("is a certificate; give the private key that belongs to it, apiclient_key.pem");

const OTHER_KIND: Message = message!(
    "is PEM of another kind; give -----BEGIN PRIVATE KEY----- or \
                          -----BEGIN RSA PRIVATE KEY-----"
);

const PUBLIC_KEY: Message =
    message!("is a public key; give the merchant's private key, apiclient_key.pem");

/// Reads the merchant's private key, `apiclient_key.pem`: PEM, also behind a certificate in the same file,
/// DER, or base64 of either. The label need not be the right one.
///
/// # Errors
/// [`Error::Config`] for the option `private_key`. It says what the input is instead: a key under a
/// passphrase, a certificate, a public key, an EC key, a key of fewer than 2048 or more than 4096
/// bits, or a file cut short. It also rejects numbers that do not belong together, and numbers with
/// which a test signature is not valid.
pub fn parse_private_key(input: &[u8]) -> Result<PrivateKey, Error> {
    parse(input, None)
}

/// The same, with `kernel` for the computation where it can be used.
pub(crate) fn parse(input: &[u8], kernel: Option<Kernel>) -> Result<PrivateKey, Error> {
    let document = pem::decode(input, "PRIVATE KEY").map_err(|fault| refused(fault.advice()))?;
    from_der(&document, kernel)
}

fn refused(problem: Message) -> Error {
    Error::config(OPTION, problem)
}

/// Reads DER, whose structure shows which format it has. Its label may be that of another one.
fn from_der(document: &Document, kernel: Option<Kernel>) -> Result<PrivateKey, Error> {
    match RsaPrivateKey::read(&document.der) {
        Some(key) => from_numbers(&key, kernel),
        None => from_pkcs8(document, kernel),
    }
}

fn from_pkcs8(document: &Document, kernel: Option<Kernel>) -> Result<PrivateKey, Error> {
    let Some(info) = PrivateKeyInfo::read(&document.der) else {
        return Err(refused(unreadable(document)));
    };
    match info.algorithm {
        Algorithm::Rsa => from_pkcs1(info.private_key, kernel),
        Algorithm::EllipticCurves => Err(refused(EC_KEY)),
        Algorithm::Other => Err(refused(OTHER_ALGORITHM)),
    }
}

/// Whether it is a private key.
pub(crate) fn is_private(der: &[u8]) -> bool {
    RsaPrivateKey::read(der).is_some() || PrivateKeyInfo::read(der).is_some()
}

/// What is wrong with a document that is no RSA key: what it is, or what its label says that it is.
fn unreadable(document: &Document) -> Message {
    let der = document.der.as_slice();
    if is_encrypted_pkcs8(der) {
        ENCRYPTED_ADVICE
    } else if is_sec1(der) {
        EC_KEY
    } else if Certificate::from_der(der).is_some() {
        CERTIFICATE
    } else if SubjectPublicKeyInfo::from_der(der).is_some() {
        PUBLIC_KEY
    } else {
        match document.label.as_deref() {
            None | Some("PRIVATE KEY" | "RSA PRIVATE KEY") => DAMAGED,
            Some("ENCRYPTED PRIVATE KEY") => ENCRYPTED_ADVICE,
            Some("EC PRIVATE KEY") => EC_KEY,
            Some(label) if label.ends_with("CERTIFICATE") => CERTIFICATE,
            Some(label) if label.ends_with("PUBLIC KEY") => PUBLIC_KEY,
            Some(_) => OTHER_KIND,
        }
    }
}

/// `ECPrivateKey ::= SEQUENCE { version 1, privateKey OCTET STRING … }` (RFC 5915).
pub(crate) fn is_sec1(der: &[u8]) -> bool {
    Reader::whole(der, |fields| {
        fields.small()?;
        fields.content(OCTET_STRING)?;
        fields.skip()
    })
    .is_some()
}

/// `EncryptedPrivateKeyInfo ::= SEQUENCE { encryptionAlgorithm, encryptedData OCTET STRING }`
pub(crate) fn is_encrypted_pkcs8(der: &[u8]) -> bool {
    Reader::whole(der, |fields| {
        Algorithm::read(fields)?;
        fields.content(OCTET_STRING)?;
        fields.skip()
    })
    .is_some()
}

/// `OneAsymmetricKey` (RFC 5958, section 2). Its version 0 is `PrivateKeyInfo`.
pub(crate) struct PrivateKeyInfo<'a> {
    pub(crate) algorithm: Algorithm,
    pub(crate) private_key: &'a [u8],
}

impl<'a> PrivateKeyInfo<'a> {
    pub(crate) fn read(der: &'a [u8]) -> Option<Self> {
        Reader::whole(der, |fields| {
            let version = fields.small()?;
            let algorithm = Algorithm::read(fields)?;
            let private_key = fields.content(OCTET_STRING)?;
            if fields.next_has_tag(explicit(0)) {
                let _attributes = fields.any()?;
            }
            let has_public_key = fields.next_has_tag(implicit(1));
            if has_public_key {
                fields.bits(implicit(1))?;
            }
            // Fields that a later version may add.
            while let Some(number) = fields.context_specific() {
                fields.within(number, Reader::any)?;
            }
            (version == u8::from(has_public_key)).then_some(Self {
                algorithm,
                private_key,
            })
        })
    }
}

/// `RSAPrivateKey` (RFC 8017, appendix A.1.2).
pub(crate) struct RsaPrivateKey<'a> {
    pub(crate) modulus: &'a [u8],
    pub(crate) public_exponent: &'a [u8],
    pub(crate) components: PrivateComponents<'a>,
    /// Whether it has more than two primes.
    pub(crate) multi_prime: bool,
}

impl<'a> RsaPrivateKey<'a> {
    pub(crate) fn read(der: &'a [u8]) -> Option<Self> {
        Reader::whole(der, |fields| {
            let version = fields.small()?;
            let modulus = fields.unsigned()?;
            let public_exponent = fields.unsigned()?;
            let components = PrivateComponents {
                private_exponent: fields.unsigned()?,
                primes: [fields.unsigned()?, fields.unsigned()?],
                exponents: [fields.unsigned()?, fields.unsigned()?],
                coefficient: fields.unsigned()?,
            };
            let multi_prime = fields.end().is_none();
            if multi_prime {
                fields.sequence(other_primes)?;
            }
            (version == u8::from(multi_prime)).then_some(Self {
                modulus,
                public_exponent,
                components,
                multi_prime,
            })
        })
    }
}

/// One or more `SEQUENCE { prime, exponent, coefficient }`.
fn other_primes(primes: &mut Reader<'_>) -> Option<()> {
    loop {
        primes.sequence(|prime| {
            prime.unsigned()?;
            prime.unsigned()?;
            prime.unsigned()
        })?;
        if primes.end().is_some() {
            return Some(());
        }
    }
}

fn from_pkcs1(der: &[u8], kernel: Option<Kernel>) -> Result<PrivateKey, Error> {
    let key = RsaPrivateKey::read(der).ok_or_else(|| refused(DAMAGED))?;
    from_numbers(&key, kernel)
}

fn from_numbers(key: &RsaPrivateKey<'_>, kernel: Option<Kernel>) -> Result<PrivateKey, Error> {
    if key.multi_prime {
        return Err(refused(message!(
            "has more than two primes, which WeChat Pay does not issue"
        )));
    }
    PrivateKey::from_components(key.modulus, key.public_exponent, &key.components, kernel)
        .map_err(|fault| refused(fault.advice()))
}
