//! AEAD_AES_256_GCM (RFC 5116, section 5.2). WeChat Pay uses it to encrypt data for one merchant.

use aes_gcm::aead::inout::InOutBuf;
use aes_gcm::{AeadInOut, Aes256Gcm, KeyInit, Nonce, Tag};
use zeroize::{Zeroize, Zeroizing};

/// The length of the key in bytes (`K_LEN`).
pub(crate) const KEY_BYTES: usize = 32;
/// The length of the nonce in bytes (`N_MIN` and `N_MAX`).
pub(crate) const NONCE_BYTES: usize = 12;
/// The length of the tag at the end of the ciphertext, in bytes. GCM also has shorter tags. WeChat
/// Pay does not use them, and this module rejects them.
pub(super) const TAG_BYTES: usize = 16;

/// Decrypts `encrypted` with `key`, in place. `encrypted` is the ciphertext with its tag at the end. `None`
/// if the tag is not valid. The tag is checked in constant time, before anything is decrypted.
pub(crate) fn decrypt(
    key: &[u8; KEY_BYTES],
    nonce: &[u8; NONCE_BYTES],
    associated_data: &[u8],
    encrypted: Vec<u8>,
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
    encrypted: Vec<u8>,
) -> Option<Zeroizing<Vec<u8>>> {
    let mut text = Zeroizing::new(encrypted);
    let (_, &tag) = text.split_last_chunk::<TAG_BYTES>()?;
    let length = text.len() - TAG_BYTES;
    text.truncate(length);
    Aes256Gcm::new(key.into())
        .decrypt_inout_detached(
            &Nonce::from(*nonce),
            associated_data,
            InOutBuf::from(text.as_mut_slice()),
            &Tag::from(tag),
        )
        .ok()?;
    Some(text)
}

/// The cipher zeroizes itself, but not the copies of its round keys that remain on the stack when
/// it is moved. The first two round keys are the key itself. The copies are in the former stack
/// frame of `decipher`.
#[inline(never)]
pub(super) fn wipe_stack() {
    let mut stack = [0_u8; 4096];
    stack.zeroize();
    std::hint::black_box(&stack);
}
