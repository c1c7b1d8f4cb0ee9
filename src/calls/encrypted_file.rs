//! Bills that are encrypted with a key of their own: the fund-flow bills of sub-merchants and of an
//! e-commerce platform, and the bills of Pay Score (WeChat Pay partner document 4014314390 and merchant
//! document 4013394586). `encrypt_key` is that key, encrypted for the merchant (RSAES-OAEP), and the file is
//! its ciphertext (AEAD_AES_256_GCM, without associated data). `hash_value` is that of the bill itself,
//! decrypted and out of its gzip.

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use crate::crypto::aes_256_gcm::KEY_BYTES;
use crate::crypto::aes_256_gcm_parts::Authentication;
use crate::error::Error;
use crate::error::message::{Message, message};
use crate::protocol::merchant::Merchant;

/// Far more than a key of 4096 bits encrypts, in characters.
const LONGEST_KEY: usize = 4096;
/// The documents' examples have 16 and 32 characters.
const LONGEST_NONCE: usize = 128;

/// An encrypted file, of which nothing has arrived yet.
pub struct EncryptedFile(pub(super) Authentication);

/// Decrypts the key of a file, and starts to authenticate its ciphertext. `encrypt_key` and `nonce` are as
/// the signed response has them; `blinding` must be fresh random bytes. `by_host` is what the host decrypted,
/// in base64, where it has the private key; empty where it could not.
///
/// # Errors
/// [`Error::Validation`] for `encrypt_key`, the same for every failure of the decryption (Manger 2001), or for
/// `nonce`. [`Error::Config`] for `private_key` where a remote signer has it, or a host that only signs with it.
pub fn start(
    merchant: &Merchant,
    encrypt_key: &str,
    nonce: &str,
    blinding: &[u8; 32],
    by_host: Option<&str>,
) -> Result<EncryptedFile, Error> {
    let refused = |problem: Message| Error::validation("encrypt_key", problem);
    if nonce.is_empty() || nonce.len() > LONGEST_NONCE {
        let problem = message!(
            "must be that of the response: 1 to {} characters",
            LONGEST_NONCE
        );
        return Err(Error::validation("nonce", problem));
    }
    let encrypted = Some(encrypt_key)
        .filter(|key| !key.is_empty() && key.len() <= LONGEST_KEY)
        .and_then(|key| Base64::decode_vec(key).ok())
        .ok_or_else(|| {
            refused(message!(
                "is not base64 (with its padding); give it as the response has it"
            ))
        })?;
    let key = match (merchant.private_key(), by_host) {
        (Some(private_key), _) => private_key.decrypt(&encrypted, blinding),
        (None, Some(key)) => Base64::decode_vec(key).ok().map(Zeroizing::new),
        (None, None) => {
            return Err(Error::config(
                "private_key",
                message!(
                    "is not known here, and what only signs cannot decrypt: download encrypted bills where the key is"
                ),
            ));
        }
    };
    let key: Option<&[u8; KEY_BYTES]> = key.as_ref().and_then(|key| key.as_slice().try_into().ok());
    let key = key.ok_or_else(|| {
        refused(message!(
            "does not become a key of 32 bytes with this merchant's private key: it is not the \
             encrypt_key of a bill, it was encrypted for another key (that of a certificate that was \
             replaced since?), or algorithm was not AEAD_AES_256_GCM"
        ))
    })?;
    Ok(EncryptedFile(Authentication::new(key, nonce.as_bytes())))
}
