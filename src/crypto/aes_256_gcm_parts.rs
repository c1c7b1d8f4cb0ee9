//! AEAD_AES_256_GCM over a file that passes in parts, twice: first the tag is computed over the ciphertext,
//! and only if it is valid is anything decrypted. AES, its counter mode and GHASH are RustCrypto's; they are
//! put together here as NIST SP 800-38D, section 7.2, says. A nonce may have any length.

use aes_gcm::aes::Aes256;
use aes_gcm::aes::cipher::{Array, BlockCipherEncrypt, InnerIvInit, KeyInit, StreamCipher};
use ctr::cipher::StreamCipherCoreWrapper;
use ctr::{CtrCore, flavors::Ctr32BE};
use ctutils::CtEq;
use ghash::GHash;
use ghash::universal_hash::UniversalHash;
use zeroize::Zeroize;

use super::aes_256_gcm::{KEY_BYTES, TAG_BYTES, wipe_stack};

const BLOCK: usize = 16;

type Block = Array<u8, ghash::universal_hash::consts::U16>;
type Counter = StreamCipherCoreWrapper<CtrCore<Aes256, Ctr32BE>>;

/// Computes the tag of a ciphertext, whose last 16 bytes are the tag that it must have.
pub(crate) struct Authentication {
    // On the heap: moving a key leaves copies of it on the stack.
    counter: Box<Counter>,
    ghash: GHash,
    /// What the tag is masked with.
    mask: [u8; BLOCK],
    /// The last bytes that arrived: the tag may be among them.
    held: Vec<u8>,
    length: u64,
}

/// Decrypts a ciphertext whose tag is valid. Only [`Authentication::finish`] makes one.
pub(crate) struct Decryption(Box<Counter>);

impl Authentication {
    /// Starts. There is no associated data.
    pub(crate) fn new(key: &[u8; KEY_BYTES], nonce: &[u8]) -> Self {
        let started = Self::start(key, nonce);
        wipe_stack();
        started
    }

    #[inline(never)]
    fn start(key: &[u8; KEY_BYTES], nonce: &[u8]) -> Self {
        let aes = Aes256::new(key.into());
        let mut hash_key = Block::default();
        aes.encrypt_block(&mut hash_key);
        let ghash = GHash::new(&hash_key);
        hash_key.zeroize();
        let first = first_block(&ghash, nonce);
        let core = CtrCore::inner_iv_init(aes, &first);
        let mut counter = Box::new(Counter::from_core(core));
        let mut mask = [0; BLOCK];
        counter.apply_keystream(&mut mask);
        Self {
            counter,
            ghash,
            mask,
            held: Vec::new(),
            length: 0,
        }
    }

    /// Adds the next bytes.
    pub(crate) fn update(&mut self, part: &[u8]) {
        self.length += part.len() as u64;
        self.held.extend_from_slice(part);
        let whole = self.held.len().saturating_sub(TAG_BYTES) / BLOCK * BLOCK;
        let blocks = self.held.drain(..whole);
        // Whole blocks, so that nothing is padded.
        self.ghash.update_padded(blocks.as_slice());
    }

    /// Checks the tag, in constant time. `None` if it is not valid.
    pub(crate) fn finish(mut self) -> Option<Decryption> {
        let (rest, tag) = self.held.split_last_chunk::<TAG_BYTES>()?;
        self.ghash.update_padded(rest);
        self.ghash
            .update(&[lengths(self.length - TAG_BYTES as u64)]);
        let mut expected = self.ghash.finalize();
        for (byte, mask) in expected.iter_mut().zip(self.mask) {
            *byte ^= mask;
        }
        let is_valid: bool = expected.as_slice().ct_eq(tag.as_slice()).into();
        is_valid.then_some(Decryption(self.counter))
    }
}

impl Decryption {
    /// Decrypts the next bytes, in place. The tag at the end is no part of them.
    pub(crate) fn apply(&mut self, part: &mut [u8]) {
        self.0.apply_keystream(part);
    }
}

/// The first counter block, J0.
fn first_block(ghash: &GHash, nonce: &[u8]) -> Block {
    let mut block = Block::default();
    if nonce.len() == BLOCK - 4 {
        for (byte, given) in block.iter_mut().zip(nonce.iter().chain(&[0, 0, 0, 1])) {
            *byte = *given;
        }
        return block;
    }
    let mut ghash = ghash.clone();
    ghash.update_padded(nonce);
    ghash.update(&[lengths(nonce.len() as u64)]);
    ghash.finalize()
}

/// The last block that is hashed: no bits of associated data, and the bits of `bytes` bytes.
fn lengths(bytes: u64) -> Block {
    let mut block = Block::default();
    let bits = u128::from(bytes) * 8;
    block.copy_from_slice(&bits.to_be_bytes());
    block
}

#[cfg(test)]
mod tests {
    use super::{Authentication, KEY_BYTES};
    use aes_gcm::aead::consts::{U12, U16, U32};
    use aes_gcm::aead::{AeadInOut, KeyInit};
    use aes_gcm::aes::Aes256;
    use aes_gcm::aes::cipher::array::ArraySize;
    use aes_gcm::{AesGcm, Nonce};

    /// The other opinion.
    fn encrypted<Length: ArraySize>(key: &[u8; KEY_BYTES], nonce: &[u8], text: &[u8]) -> Vec<u8> {
        let nonce: &Nonce<Length> = nonce.try_into().expect("is of this length");
        let mut encrypted = text.to_vec();
        let tag = AesGcm::<Aes256, Length>::new(key.into())
            .encrypt_inout_detached(nonce, b"", encrypted.as_mut_slice().into())
            .expect("encrypts");
        encrypted.extend_from_slice(&tag);
        encrypted
    }

    fn decrypted(key: &[u8; KEY_BYTES], nonce: &[u8], file: &[u8], part: usize) -> Option<Vec<u8>> {
        let mut authentication = Authentication::new(key, nonce);
        for part in file.chunks(part) {
            authentication.update(part);
        }
        let mut decryption = authentication.finish()?;
        let (text, _) = file.split_last_chunk::<16>()?;
        let mut text = text.to_vec();
        for part in text.chunks_mut(part) {
            decryption.apply(part);
        }
        Some(text)
    }

    #[test]
    fn agrees_with_aes_gcm_whatever_the_lengths() {
        let key = [7; KEY_BYTES];
        let nonce = b"5K8264ILTKCH16CQ2502SI8ZNMTM67VS";
        for length in (0..70).chain([255, 256, 1_000]) {
            let text: Vec<u8> = (0..=u8::MAX).cycle().take(length).collect();
            for (nonce, file) in [
                (&nonce[..12], encrypted::<U12>(&key, &nonce[..12], &text)),
                (&nonce[..16], encrypted::<U16>(&key, &nonce[..16], &text)),
                (&nonce[..], encrypted::<U32>(&key, &nonce[..], &text)),
            ] {
                for part in [1, 15, 16, 17, 40, 2_000] {
                    assert_eq!(decrypted(&key, nonce, &file, part).as_ref(), Some(&text));
                }
            }
        }
    }

    #[test]
    fn nothing_is_decrypted_if_one_bit_differs() {
        let (key, nonce) = ([7; KEY_BYTES], b"a8607ef79034c49c");
        let file = encrypted::<U16>(&key, nonce, b"a bill of some lines");
        for at in 0..file.len() {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert_eq!(decrypted(&key, nonce, &changed, 7), None, "{at}");
        }
        for length in 0..file.len() {
            assert_eq!(decrypted(&key, nonce, &file[..length], 7), None, "{length}");
        }
        assert_eq!(decrypted(&[8; KEY_BYTES], nonce, &file, 7), None);
        assert_eq!(decrypted(&key, &nonce[1..], &file, 7), None);
    }
}
