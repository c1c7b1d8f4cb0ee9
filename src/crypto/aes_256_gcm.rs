//! AEAD_AES_256_GCM (RFC 5116, section 5.2): how WeChat Pay encrypts what only this merchant may read.

use aes_gcm::aead::inout::InOutBuf;
use aes_gcm::{AeadInOut, Aes256Gcm, KeyInit, Nonce, Tag};
use zeroize::{Zeroize, Zeroizing};

/// How long the key is, in bytes (`K_LEN`).
pub(crate) const KEY_BYTES: usize = 32;
/// How long the nonce is, in bytes (`N_MIN` and `N_MAX`).
pub(crate) const NONCE_BYTES: usize = 12;
/// How long the tag at the end of the ciphertext is, in bytes. GCM knows shorter ones; they do not
/// occur here, and are not taken.
const TAG_BYTES: usize = 16;

/// Opens what was encrypted with `key`; `encrypted` is the ciphertext, its tag at its end. `None` where the
/// tag does not hold, which is found in constant time, before anything is deciphered.
pub(crate) fn decrypt(
    key: &[u8; KEY_BYTES],
    nonce: &[u8; NONCE_BYTES],
    associated_data: &[u8],
    encrypted: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let text = decipher(key, nonce, associated_data, encrypted);
    wipe_stack();
    text
}

#[inline(never)]
fn decipher(
    key: &[u8; KEY_BYTES],
    nonce: &[u8; NONCE_BYTES],
    associated_data: &[u8],
    encrypted: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let (ciphertext, tag) = encrypted.split_last_chunk::<TAG_BYTES>()?;
    let mut text = Zeroizing::new(ciphertext.to_vec());
    Aes256Gcm::new(key.into())
        .decrypt_inout_detached(
            &Nonce::from(*nonce),
            associated_data,
            InOutBuf::from(text.as_mut_slice()),
            &Tag::from(*tag),
        )
        .ok()?;
    Some(text)
}

/// The cipher wipes itself, but not the copies of its round keys that stayed behind when it was moved,
/// and the first two of those are the key. They lie where the stack of `decipher` was.
#[inline(never)]
fn wipe_stack() {
    let mut stack = [0_u8; 4096];
    stack.zeroize();
    std::hint::black_box(&stack);
}
