//! The file format of WeChat Pay's public key: SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7), in
//! PEM or DER.

use super::algorithm_identifier::Algorithm;
use super::der::{BIT_STRING, Reader};
use super::pem;
use crate::crypto::rsassa_pkcs1_v1_5::PublicKey;
use crate::error::Error;

/// Reads a WeChat Pay public key, `pub_key.pem`.
///
/// # Errors
/// [`Error::Config`] for `certs`, which says what the input is instead.
pub fn parse_public_key(input: &[u8]) -> Result<PublicKey, Error> {
    let refused = |problem: String| Error::config("certs", problem);
    let document = pem::decode(input).map_err(|fault| refused(fault.advice().to_owned()))?;
    match document.label.as_deref() {
        None | Some("PUBLIC KEY") => from_der(&document.der).map_err(refused),
        Some(_) => Err(refused(
            "is PEM of another kind than -----BEGIN PUBLIC KEY-----".to_owned(),
        )),
    }
}

/// Reads the DER of a SubjectPublicKeyInfo. The text of an error continues a sentence that begins
/// with the key's name.
pub(crate) fn from_der(der: &[u8]) -> Result<PublicKey, String> {
    let info = SubjectPublicKeyInfo::from_der(der)
        .ok_or("is cut short or damaged: its DER is not a public key")?;
    from_spki(&info)
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

    /// Modulus and public exponent: `RSAPublicKey` (RFC 8017, appendix A.1.1).
    pub(crate) fn rsa_numbers(&self) -> Option<[&'a [u8]; 2]> {
        let (der, 0) = self.key else {
            return None;
        };
        Reader::whole(der, |fields| Some([fields.unsigned()?, fields.unsigned()?]))
    }
}

pub(crate) fn from_spki(info: &SubjectPublicKeyInfo<'_>) -> Result<PublicKey, String> {
    match info.algorithm {
        Algorithm::Rsa => {}
        Algorithm::EllipticCurves => {
            return Err("is an EC key; WeChat Pay signs with RSA".to_owned());
        }
        Algorithm::Other => return Err("is not an RSA key".to_owned()),
    }
    let [modulus, exponent] = info
        .rsa_numbers()
        .ok_or("is damaged: its DER does not contain an RSA public key")?;
    PublicKey::from_components(modulus, exponent)
        .map_err(crate::crypto::rsassa_pkcs1_v1_5::KeyFault::advice)
}
