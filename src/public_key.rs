//! WeChat Pay's public key as written down: SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7), in
//! PEM or DER.

use der::Decode;
use spki::SubjectPublicKeyInfoRef;

use crate::error::Error;
use crate::pem;
use crate::private_key::{EC_PUBLIC_KEY, RSA_ENCRYPTION};
use crate::rsassa::PublicKey;

/// Reads a WeChat Pay public key, `pub_key.pem`.
///
/// # Errors
/// [`Error::Config`] for `certs`, which says what was found instead.
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

/// Reads the DER of a SubjectPublicKeyInfo. An error is the end of a sentence that begins with the
/// key's name.
pub(crate) fn from_der(der: &[u8]) -> Result<PublicKey, String> {
    let info = SubjectPublicKeyInfoRef::from_der(der)
        .map_err(|_| "is cut short or damaged: its DER does not hold a public key".to_owned())?;
    from_spki(&info)
}

pub(crate) fn from_spki(info: &SubjectPublicKeyInfoRef<'_>) -> Result<PublicKey, String> {
    if info.algorithm.oid == EC_PUBLIC_KEY {
        return Err("is an EC key; WeChat Pay signs with RSA".to_owned());
    }
    if info.algorithm.oid != RSA_ENCRYPTION {
        return Err("is not an RSA key".to_owned());
    }
    let key = info
        .subject_public_key
        .as_bytes()
        .and_then(|bits| pkcs1::RsaPublicKeyRef::from_der(bits).ok())
        .ok_or("is damaged: its DER does not hold an RSA public key")?;
    PublicKey::from_components(key.modulus.as_bytes(), key.public_exponent.as_bytes())
        .map_err(crate::rsassa::KeyFault::advice)
}
