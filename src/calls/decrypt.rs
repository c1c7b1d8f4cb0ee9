//! Decrypts fields of responses that WeChat Pay encrypted for the merchant (RSAES-OAEP; WeChat Pay merchant
//! document 4013053264). Nothing is sent.

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::error::message::{Message, message};
use crate::protocol::merchant::Merchant;

/// Far more than a key of 4096 bits encrypts, in characters.
const LONGEST: usize = 4096;

/// Decrypts `ciphertext`, base64 as the response has it. `blinding` must be fresh random bytes. `None` if the
/// host has the private key: then it decrypts the text.
///
/// # Errors
/// [`Error::Validation`] for `ciphertext`: the same for every failure of the decryption, since to know which
/// check failed would reveal the text (Manger 2001); and for what is decrypted and is no text.
/// [`Error::Config`] for `private_key` where a remote signer has it.
pub fn decrypt(
    merchant: &Merchant,
    ciphertext: &str,
    blinding: &[u8; 32],
) -> Result<Option<Zeroizing<String>>, Error> {
    if ciphertext.is_empty() || ciphertext.len() > LONGEST {
        return Err(refused(message!("must be base64, as the response has it")));
    }
    let encrypted = Base64::decode_vec(ciphertext).map_err(|_| {
        refused(message!(
            "is not base64 (with its padding); give the field as the response has it"
        ))
    })?;
    let Some(private_key) = merchant.private_key() else {
        return if merchant.is_of_host() {
            Ok(None)
        } else {
            Err(Error::config(
                "private_key",
                message!(
                    "is not known here, and a signer cannot decrypt: decrypt the fields where the key is"
                ),
            ))
        };
    };
    let text = private_key.decrypt(&encrypted, blinding).ok_or_else(|| {
        refused(message!(
            "cannot be decrypted with this merchant's key: it is not an encrypted text, it was \
             changed, or it was encrypted for another key (that of a certificate that was replaced \
             since?)"
        ))
    })?;
    // Nobody without the text can make another ciphertext that gets this far.
    let text = std::str::from_utf8(&text).map_err(|_| {
        refused(message!(
            "was decrypted, but contains no text in UTF-8: it is no field of a response"
        ))
    })?;
    Ok(Some(Zeroizing::new(text.to_owned())))
}

fn refused(problem: Message) -> Error {
    Error::validation("ciphertext", problem)
}
