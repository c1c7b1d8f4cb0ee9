//! RSAES-OAEP with SHA-1 and MGF1 with SHA-1, without a label (RFC 8017, section 7.1). The protocol
//! encrypts single fields with it (WeChat Pay merchant documents 4013053257 and 4013053264).
//!
//! This crate implements the padding itself: when `rsa` 0.10 decrypts, it does not check the first
//! byte, which section 7.1.2, step 3g requires. SHA-1's collisions do not affect OAEP, which uses
//! SHA-1 only to make a mask.

use ctutils::{Choice, CtAssign, CtEq};
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use super::rsassa_pkcs1_v1_5::{PrivateKey, PublicKey};
use crate::rsa::stack;

/// How many random bytes it takes to encrypt one text: the length of a SHA-1 hash.
pub const OAEP_SEED_BYTES: usize = 20;

const HASH_BYTES: usize = OAEP_SEED_BYTES;

impl PublicKey {
    /// Encrypts `text` for the owner of the private key. `seed` must be fresh random bytes: with
    /// the same seed, the same text gives the same ciphertext.
    ///
    /// `None` if the text is longer than [`longest_text`](Self::longest_text).
    ///
    /// ```
    /// # let private_key = include_bytes!("../../tests/keys/merchant.pkcs8.pem");
    /// use wechatpay_wasm::parse_private_key;
    /// let key = parse_private_key(private_key)?;
    /// let seed = [7; 20]; // of a cryptographic source
    /// let encrypted = key.public_key().encrypt("张三".as_bytes(), &seed).unwrap();
    /// assert_eq!(*key.decrypt(&encrypted, &[8; 32]).unwrap(), "张三".as_bytes());
    /// # Ok::<(), wechatpay_wasm::Error>(())
    /// ```
    #[must_use]
    pub fn encrypt(&self, text: &[u8], seed: &[u8; OAEP_SEED_BYTES]) -> Option<Vec<u8>> {
        let encoded = encode(text, seed, self.bytes())?;
        self.encrypt_representative(&encoded)
    }

    /// The length of the longest text that can be encrypted, in bytes: 214 with a key of 2048 bits.
    #[must_use]
    pub fn longest_text(&self) -> usize {
        self.bytes().saturating_sub(2 * HASH_BYTES + 2)
    }
}

impl PrivateKey {
    /// Decrypts a ciphertext for this key. `blinding` must be fresh random bytes; the text does not
    /// depend on them.
    ///
    /// `None` if it was encrypted for another key or was changed. Neither the result nor the time
    /// that it takes shows which check failed, because either would reveal the text (Manger 2001).
    #[must_use]
    pub fn decrypt(&self, encrypted: &[u8], blinding: &[u8; 32]) -> Option<Zeroizing<Vec<u8>>> {
        let encoded = self.decrypt_representative(encrypted, blinding)?;
        stack::wiped(|| decode(encoded))
    }
}

/// EME-OAEP encoding (section 7.1.1, step 2): `00 || maskedSeed || maskedDB`, `length` bytes of it.
fn encode(text: &[u8], seed: &[u8; OAEP_SEED_BYTES], length: usize) -> Option<Zeroizing<Vec<u8>>> {
    let padding = length.checked_sub(2 * HASH_BYTES + 2 + text.len())?;
    // With its final capacity from the start: a Vec that grows leaves a copy of its content behind.
    let mut block = Zeroizing::new(Vec::with_capacity(length - HASH_BYTES - 1));
    block.extend_from_slice(&Sha1::digest(b""));
    block.resize(HASH_BYTES + padding, 0);
    block.push(1);
    block.extend_from_slice(text);
    mask(&mut block, seed);
    let mut masked_seed = Zeroizing::new(*seed);
    mask(masked_seed.as_mut_slice(), &block);

    let mut encoded = Zeroizing::new(Vec::with_capacity(length));
    encoded.push(0);
    encoded.extend_from_slice(masked_seed.as_slice());
    encoded.extend_from_slice(&block);
    Some(encoded)
}

/// EME-OAEP decoding (section 7.1.2, step 3). Every byte is checked in the same way, whatever its
/// value is, and there is one result at the end.
fn decode(mut encoded: Zeroizing<Vec<u8>>) -> Option<Zeroizing<Vec<u8>>> {
    let (first, rest) = encoded.split_first_mut()?;
    let (seed, block) = rest.split_at_mut_checked(HASH_BYTES)?;
    mask(seed, block);
    mask(block, seed);
    let (hash, padded) = block.split_at_checked(HASH_BYTES)?;

    let mut sound = first.ct_eq(&0) & hash.ct_eq(Sha1::digest(b"").as_slice());
    let mut in_padding = Choice::TRUE;
    let mut text_begins = 0_u32;
    for (after, byte) in (1_u32..).zip(padded) {
        let ends_padding = byte.ct_eq(&1);
        text_begins.ct_assign(&after, in_padding & ends_padding);
        sound &= !in_padding | ends_padding | byte.ct_eq(&0);
        in_padding &= !ends_padding;
    }
    sound &= !in_padding;

    if !sound.to_bool() {
        return None;
    }
    let text = padded.get(usize::try_from(text_begins).ok()?..)?;
    Some(Zeroizing::new(text.to_vec()))
}

/// XORs MGF1 of `seed` over `target` (appendix B.2.1).
fn mask(target: &mut [u8], seed: &[u8]) {
    for (counter, part) in (0_u32..).zip(target.chunks_mut(HASH_BYTES)) {
        let block = Sha1::new()
            .chain_update(seed)
            .chain_update(counter.to_be_bytes())
            .finalize();
        for (byte, pad) in part.iter_mut().zip(block) {
            *byte ^= pad;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: [u8; 20] = [0x5a; 20];

    type Change = fn(&mut Vec<u8>);

    /// An encoded text whose unmasked parts `change` changed and that is masked again.
    fn tampered(change: impl FnOnce(&mut Vec<u8>)) -> Zeroizing<Vec<u8>> {
        let mut encoded = encode(b"text", &SEED, 256).expect("fits");
        let (seed, block) = encoded[1..].split_at_mut(HASH_BYTES);
        mask(seed, block);
        mask(block, seed);
        change(&mut encoded);
        let (seed, block) = encoded[1..].split_at_mut(HASH_BYTES);
        mask(block, seed);
        mask(seed, block);
        encoded
    }

    #[test]
    fn texts_of_every_length_are_decrypted() {
        for length in [0, 1, 4, 192, 213, 214] {
            let text = vec![0x01; length];
            let encoded = encode(&text, &SEED, 256).expect("fits");
            assert_eq!(encoded.len(), 256);
            assert_eq!(decode(encoded).as_deref(), Some(&text));
        }
        assert_eq!(encode(&[1; 215], &SEED, 256), None);
    }

    #[test]
    fn every_rule_of_the_padding_is_checked() {
        assert_eq!(*decode(tampered(|_| ())).expect("is sound"), b"text");
        let separator = 256 - 5;
        let changes: [(&str, Change); 6] = [
            ("the first byte", |parts| parts[0] = 1),
            ("the label's hash, first", |parts| parts[21] ^= 1),
            ("the label's hash, last", |parts| parts[40] ^= 0x80),
            ("the padding, first", |parts| parts[41] = 2),
            ("the padding, last", |parts| parts[256 - 6] = 0xff),
            ("no separator", |parts| parts[41..].fill(0)),
        ];
        for (what, change) in changes {
            assert_eq!(decode(tampered(change)), None, "{what}");
        }
        // After the separator, a text may begin with any byte.
        let earlier = decode(tampered(|parts| parts[separator - 2] = 1));
        assert_eq!(*earlier.expect("is sound"), b"\x00\x01text");
        for length in [0, 1, 20, 40] {
            assert_eq!(decode(Zeroizing::new(vec![0; length])), None);
        }
    }
}
