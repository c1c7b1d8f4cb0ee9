//! The merchant's private key as written down: PKCS#8 (RFC 5958) and PKCS#1 (RFC 8017, appendix
//! A.1.2), in PEM or DER.

use std::borrow::Cow;

use der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use der::{Decode, Reader, SliceReader};
use pkcs8::PrivateKeyInfoRef;
use spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};

use crate::error::Error;
use crate::pem::{self, Document, ENCRYPTED_ADVICE};
use crate::rsassa::{PrivateComponents, PrivateKey, TwoPowers};

/// rsaEncryption (RFC 8017, appendix A.1).
pub(crate) const RSA_ENCRYPTION: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// id-ecPublicKey (RFC 5480, section 2.1.1).
pub(crate) const EC_PUBLIC_KEY: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

const OPTION: &str = "private_key";

const DAMAGED: &str = "is cut short or damaged: its DER does not hold a private key; take \
                       apiclient_key.pem anew";

const EC_KEY: &str =
    "is an EC key; WeChat Pay signs with RSA: give the merchant's key, apiclient_key.pem";

const OTHER_ALGORITHM: &str = "is not an RSA key; give the merchant's RSA key, apiclient_key.pem";

/// Reads the merchant's private key, `apiclient_key.pem`.
///
/// # Errors
/// [`Error::Config`] for the option `private_key`, which says what was found instead: a key under
/// a passphrase, a certificate, a public key, an EC key, fewer than 2048 or more than 4096 bits,
/// a file cut short, numbers that do not belong together or with which no signature holds, which is
/// tried once.
pub fn parse_private_key(input: &[u8]) -> Result<PrivateKey, Error> {
    parse(input, None)
}

/// The same, for a key that `kernel` computes with where it can.
pub(crate) fn parse(input: &[u8], kernel: Option<TwoPowers>) -> Result<PrivateKey, Error> {
    let document = pem::decode(input).map_err(|fault| refused(fault.advice()))?;
    match document.label.as_deref() {
        Some("PRIVATE KEY") => from_pkcs8(&document, kernel),
        Some("RSA PRIVATE KEY") => from_pkcs1(&document.der, kernel),
        Some("ENCRYPTED PRIVATE KEY") => Err(refused(ENCRYPTED_ADVICE)),
        Some("EC PRIVATE KEY") => Err(refused(EC_KEY)),
        Some("CERTIFICATE" | "TRUSTED CERTIFICATE" | "X509 CERTIFICATE") => Err(refused(
            "is a certificate; give the private key that belongs to it, apiclient_key.pem",
        )),
        Some("PUBLIC KEY" | "RSA PUBLIC KEY") => Err(refused(
            "is a public key; give the merchant's private key, apiclient_key.pem",
        )),
        Some(_) => Err(refused(
            "is PEM of another kind; give -----BEGIN PRIVATE KEY----- or \
             -----BEGIN RSA PRIVATE KEY-----",
        )),
        None => from_der(&document, kernel),
    }
}

fn refused(problem: impl Into<Cow<'static, str>>) -> Error {
    Error::config(OPTION, problem)
}

/// DER says by its shape what it is.
fn from_der(document: &Document, kernel: Option<TwoPowers>) -> Result<PrivateKey, Error> {
    if pkcs1::RsaPrivateKeyRef::from_der(&document.der).is_ok() {
        from_pkcs1(&document.der, kernel)
    } else {
        from_pkcs8(document, kernel)
    }
}

fn from_pkcs8(document: &Document, kernel: Option<TwoPowers>) -> Result<PrivateKey, Error> {
    let Ok(info) = PrivateKeyInfoRef::from_der(&document.der) else {
        return Err(refused(unreadable_pkcs8(&document.der)));
    };
    if info.algorithm.oid != RSA_ENCRYPTION {
        return Err(refused(if info.algorithm.oid == EC_PUBLIC_KEY {
            EC_KEY
        } else {
            OTHER_ALGORITHM
        }));
    }
    from_pkcs1(info.private_key.as_bytes(), kernel)
}

/// What DER is that should have been PKCS#8, and is not.
fn unreadable_pkcs8(der: &[u8]) -> &'static str {
    if is_encrypted_pkcs8(der) {
        ENCRYPTED_ADVICE
    } else if is_sec1(der) {
        EC_KEY
    } else if crate::certificate::Certificate::from_der(der).is_ok() {
        "is a certificate; give the private key that belongs to it, apiclient_key.pem"
    } else if SubjectPublicKeyInfoRef::from_der(der).is_ok() {
        "is a public key; give the merchant's private key, apiclient_key.pem"
    } else {
        DAMAGED
    }
}

/// `ECPrivateKey ::= SEQUENCE { version 1, privateKey OCTET STRING … }` (RFC 5915).
fn is_sec1(der: &[u8]) -> bool {
    begins_as(der, |reader| {
        u8::decode(reader)?;
        <&OctetStringRef>::decode(reader).map(drop)
    })
}

/// `EncryptedPrivateKeyInfo ::= SEQUENCE { encryptionAlgorithm, encryptedData OCTET STRING }`
fn is_encrypted_pkcs8(der: &[u8]) -> bool {
    begins_as(der, |reader| {
        AlgorithmIdentifierRef::decode(reader)?;
        <&OctetStringRef>::decode(reader).map(drop)
    })
}

/// Whether `der` is a SEQUENCE whose first fields `read` can read.
fn begins_as(der: &[u8], read: fn(&mut SliceReader<'_>) -> der::Result<()>) -> bool {
    let begins = |reader: &mut SliceReader<'_>| {
        read(reader)?;
        while !reader.is_finished() {
            AnyRef::decode(reader)?;
        }
        Ok(())
    };
    AnyRef::from_der(der)
        .and_then(|any| any.sequence(begins))
        .is_ok()
}

fn from_pkcs1(der: &[u8], kernel: Option<TwoPowers>) -> Result<PrivateKey, Error> {
    let key = pkcs1::RsaPrivateKeyRef::from_der(der).map_err(|_| refused(DAMAGED))?;
    if key.other_prime_infos.is_some() {
        return Err(refused(
            "has more than two primes, which WeChat Pay does not issue",
        ));
    }
    PrivateKey::from_components(
        key.modulus.as_bytes(),
        key.public_exponent.as_bytes(),
        &PrivateComponents {
            private_exponent: key.private_exponent.as_bytes(),
            primes: [key.prime1.as_bytes(), key.prime2.as_bytes()],
            exponents: [key.exponent1.as_bytes(), key.exponent2.as_bytes()],
            coefficient: key.coefficient.as_bytes(),
        },
        kernel,
    )
    .map_err(|fault| refused(fault.advice()))
}
