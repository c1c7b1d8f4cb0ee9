//! The file formats of WeChat Pay's public key: SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7), and
//! RSAPublicKey (RFC 8017, appendix A.1.1), in PEM or DER.

use super::algorithm_identifier::Algorithm;
use super::der::{BIT_STRING, Reader};
use super::pem;
use crate::crypto::rsassa_pkcs1_v1_5::PublicKey;
use crate::error::Error;
use crate::error::message::{Message, message};

/// How the labels of its PEM end.
pub(crate) const KIND: &str = "PUBLIC KEY";

/// Reads a WeChat Pay public key, `pub_key.pem`.
///
/// # Errors
/// [`Error::Config`] for `certs`, which says what the input is instead.
pub fn parse_public_key(input: &[u8]) -> Result<PublicKey, Error> {
    let refused = |problem: Message| Error::config("certs", problem);
    let document = pem::decode(input, KIND).map_err(|fault| refused(fault.advice()))?;
    match document.label.as_deref() {
        None => from_der(&document.der).map_err(refused),
        Some(label) if label.ends_with(KIND) => from_der(&document.der).map_err(refused),
        Some(_) => Err(refused(message!(
            "is PEM of another kind than -----BEGIN PUBLIC KEY-----"
        ))),
    }
}

/// Reads DER, whose structure shows which format it has. The text of an error continues a sentence that
/// begins with the key's name.
pub(crate) fn from_der(der: &[u8]) -> Result<PublicKey, Message> {
    match SubjectPublicKeyInfo::from_der(der) {
        Some(info) => from_spki(&info),
        None => from_numbers(rsa_numbers(der).ok_or(message!(
            "is cut short or damaged: its DER is not a public key"
        ))?),
    }
}

/// Modulus and public exponent: `RSAPublicKey` (RFC 8017, appendix A.1.1).
fn rsa_numbers(der: &[u8]) -> Option<[&[u8]; 2]> {
    Reader::whole(der, |fields| Some([fields.unsigned()?, fields.unsigned()?]))
}

fn from_numbers([modulus, exponent]: [&[u8]; 2]) -> Result<PublicKey, Message> {
    PublicKey::from_components(modulus, exponent)
        .map_err(crate::crypto::rsassa_pkcs1_v1_5::KeyFault::advice)
}

/// `SubjectPublicKeyInfo`, borrowed from its DER.
pub(crate) struct SubjectPublicKeyInfo<'a> {
    pub(crate) algorithm: Algorithm,
    /// The key, in the form that the algorithm defines, and how many bits of its last byte are
    /// unused.
    pub(crate) key: (&'a [u8], u8),
}

impl<'a> SubjectPublicKeyInfo<'a> {
    pub(crate) fn from_der(der: &'a [u8]) -> Option<Self> {
        Reader::whole(der, Self::fields)
    }

    pub(crate) fn read(reader: &mut Reader<'a>) -> Option<Self> {
        reader.sequence(Self::fields)
    }

    fn fields(fields: &mut Reader<'a>) -> Option<Self> {
        Some(Self {
            algorithm: Algorithm::read(fields)?,
            key: fields.bits(BIT_STRING)?,
        })
    }

    /// Its modulus and public exponent.
    pub(crate) fn rsa_numbers(&self) -> Option<[&'a [u8]; 2]> {
        let (der, 0) = self.key else {
            return None;
        };
        rsa_numbers(der)
    }
}

pub(crate) fn from_spki(info: &SubjectPublicKeyInfo<'_>) -> Result<PublicKey, Message> {
    match info.algorithm {
        Algorithm::Rsa => {}
        Algorithm::EllipticCurves => {
            return Err(message!("is an EC key; WeChat Pay signs with RSA"));
        }
        Algorithm::Other => return Err(message!("is not an RSA key")),
    }
    from_numbers(info.rsa_numbers().ok_or(message!(
        "is damaged: its DER does not contain an RSA public key"
    ))?)
}
