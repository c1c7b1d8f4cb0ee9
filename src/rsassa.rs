//! RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2), and the bare arithmetic that RSAES-OAEP
//! stands on (`rsaes_oaep.rs`).
//!
//! Everything that computes with RSA numbers is behind this module; keys come in as components,
//! so how they are written down (PKCS#8, X.509 …) is not its business.

use std::fmt;

use rsa::hazmat::{rsa_decrypt_and_check, rsa_encrypt};
use rsa::pkcs1v15::Pkcs1v15Sign;
use rsa::rand_core::{TryCryptoRng, TryRng};
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, traits::PrivateKeyParts};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::error::Error;

/// The shortest modulus, in bits, that WeChat Pay issues and that is still considered safe.
pub(crate) const MIN_BITS: usize = 2048;
/// The longest modulus, in bits, that is worth its time.
pub(crate) const MAX_BITS: usize = 4096;

/// Why numbers are not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyFault {
    /// The modulus has this many bits, which is fewer than [`MIN_BITS`] or more than [`MAX_BITS`].
    Size(usize),
    /// The numbers do not belong together, or a public exponent that is out of bounds.
    Inconsistent,
}

impl KeyFault {
    /// What to tell the person who gave the key.
    pub(crate) fn advice(self) -> String {
        match self {
            Self::Size(bits) => format!(
                "is an RSA key of {bits} bits; WeChat Pay uses 2048, and {MIN_BITS} to {MAX_BITS} are taken"
            ),
            Self::Inconsistent => {
                "is damaged: its numbers do not make an RSA key; take the file anew".to_owned()
            }
        }
    }
}

/// The numbers of a private key that this module computes with, big-endian.
pub(crate) struct PrivateComponents<'a> {
    /// The modulus n.
    pub modulus: &'a [u8],
    /// The public exponent e.
    pub public_exponent: &'a [u8],
    /// The private exponent d.
    pub private_exponent: &'a [u8],
    /// The prime factors p and q, in either order.
    pub primes: [&'a [u8]; 2],
}

/// A private RSA key of 2048 to 4096 bits. Zeroized when it is dropped; never printed.
pub struct PrivateKey {
    key: rsa::PrivateKey,
    public: PublicKey,
}

impl PrivateKey {
    pub(crate) fn from_components(parts: &PrivateComponents<'_>) -> Result<Self, KeyFault> {
        let public = PublicKey::from_components(parts.modulus, parts.public_exponent)?;
        let key = rsa::PrivateKey::from_components(
            number(parts.modulus),
            number(parts.public_exponent),
            number(parts.private_exponent),
            parts.primes.into_iter().map(number).collect(),
        )
        .map_err(|_| KeyFault::Inconsistent)?;
        // Without them the slow path is taken, which nobody would notice but by the clock.
        if key.qinv().is_none() {
            return Err(KeyFault::Inconsistent);
        }
        Ok(Self { key, public })
    }

    /// Signs `message`, blinded by factors drawn from `blinding`, which must be fresh random bytes.
    /// The signature does not depend on them.
    ///
    /// The result is checked against the public key before it leaves, since a single fault in the
    /// CRT computation would give the factors away (Boneh, DeMillo, Lipton 1997).
    ///
    /// # Errors
    /// [`Error::Config`] for `private_key`: the arithmetic went wrong, and what it made was thrown
    /// away. No key that parsed does that on a sound machine.
    pub fn sign(&self, message: &[u8], blinding: &[u8; 32]) -> Result<Vec<u8>, Error> {
        let signature = self.sign_unchecked(message, &mut BlindingFactors::from_seed(blinding));
        self.checked(message, signature)
    }

    fn sign_unchecked(&self, message: &[u8], factors: &mut BlindingFactors) -> Option<Vec<u8>> {
        let digest = Sha256::digest(message);
        self.key
            .sign_with_rng(factors, Pkcs1v15Sign::new::<Sha256>(), &digest)
            .ok()
    }

    fn checked(&self, message: &[u8], signature: Option<Vec<u8>>) -> Result<Vec<u8>, Error> {
        signature
            .filter(|signature| self.public.verify(message, signature))
            .ok_or_else(|| Error::config("private_key", "failed to sign; take the file anew"))
    }

    /// RSADP (section 5.1.2) of as many bytes as the modulus has, blinded and checked as a signature is;
    /// `None` where they are no ciphertext of this key.
    pub(crate) fn decrypt_representative(
        &self,
        ciphertext: &[u8],
        blinding: &[u8; 32],
    ) -> Option<Zeroizing<Vec<u8>>> {
        let length = self.public.bytes();
        if ciphertext.len() != length {
            return None;
        }
        let precision = self.key.n().bits_precision();
        let ciphertext = BoxedUint::from_be_slice(ciphertext, precision).ok()?;
        let mut factors = BlindingFactors::from_seed(blinding);
        let text = rsa_decrypt_and_check(&self.key, Some(&mut factors), &ciphertext).ok()?;
        to_bytes(text, length)
    }

    /// The public half.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PrivateKey([redacted])")
    }
}

/// A public RSA key of 2048 to 4096 bits.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(rsa::PublicKey);

impl PublicKey {
    pub(crate) fn from_components(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyFault> {
        let modulus = number(modulus);
        let bits = usize::try_from(modulus.bit_width_vartime()).unwrap_or(usize::MAX);
        if !(MIN_BITS..=MAX_BITS).contains(&bits) {
            return Err(KeyFault::Size(bits));
        }
        // No even exponent has an inverse; `rsa` would take one.
        if exponent.last().is_none_or(|last| last % 2 == 0) {
            return Err(KeyFault::Inconsistent);
        }
        rsa::PublicKey::new(modulus, number(exponent))
            .map(Self)
            .map_err(|_| KeyFault::Inconsistent)
    }

    /// Whether `signature` is this key's RSASSA-PKCS1-v1_5 signature with SHA-256 over `message`.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        let digest = Sha256::digest(message);
        self.0
            .verify(Pkcs1v15Sign::new::<Sha256>(), &digest, signature)
            .is_ok()
    }

    /// RSAEP (section 5.1.1) of as many bytes as the modulus has, the first of them zero.
    pub(crate) fn encrypt_representative(&self, text: &[u8]) -> Option<Vec<u8>> {
        let length = self.bytes();
        if text.len() != length || text.first() != Some(&0) {
            return None;
        }
        let precision = self.0.n().bits_precision();
        let text = Zeroizing::new(BoxedUint::from_be_slice(text, precision).ok()?);
        let ciphertext = rsa_encrypt(&self.0, &text).ok()?;
        to_bytes(ciphertext, length).map(|bytes| bytes.to_vec())
    }

    /// The length of the modulus in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.bits().div_ceil(8)
    }

    /// The length of the modulus in bits.
    #[must_use]
    pub fn bits(&self) -> usize {
        usize::try_from(self.0.n().bit_width_vartime()).unwrap_or(usize::MAX)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PublicKey(RSA, {} bits)", self.bits())
    }
}

fn number(big_endian: &[u8]) -> BoxedUint {
    BoxedUint::from_be_slice_vartime(big_endian)
}

/// The last `length` bytes of a number, the others being zero: it is below a modulus of that length.
fn to_bytes(number: BoxedUint, length: usize) -> Option<Zeroizing<Vec<u8>>> {
    let number = Zeroizing::new(number);
    let bytes = Zeroizing::new(number.to_be_bytes());
    let from = bytes.len().checked_sub(length)?;
    bytes
        .get(from..)
        .map(|bytes| Zeroizing::new(bytes.to_vec()))
}

/// As many random bytes as `rsa` asks for, from a seed of 32: MGF1 with SHA-256 (RFC 8017,
/// appendix B.2.1), a block at a time. The core draws no randomness of its own, and how much the
/// blinding takes depends on rejection.
struct BlindingFactors {
    seed: Zeroizing<[u8; 32]>,
    counter: u32,
    block: Zeroizing<[u8; 32]>,
    used: usize,
}

impl BlindingFactors {
    fn from_seed(seed: &[u8; 32]) -> Self {
        Self {
            seed: Zeroizing::new(*seed),
            counter: 0,
            block: Zeroizing::new([0; 32]),
            used: 32,
        }
    }

    fn next_byte(&mut self) -> u8 {
        if self.used == self.block.len() {
            let mut hash = Sha256::new();
            hash.update(self.seed.as_slice());
            hash.update(self.counter.to_be_bytes());
            let mut block: [u8; 32] = hash.finalize().into();
            *self.block = block;
            block.zeroize();
            self.counter = self.counter.wrapping_add(1);
            self.used = 0;
        }
        let byte = self.block.get(self.used).copied().unwrap_or_default();
        self.used += 1;
        byte
    }
}

impl TryRng for BlindingFactors {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(u32::from_be_bytes(std::array::from_fn(|_| {
            self.next_byte()
        })))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(u64::from_be_bytes(std::array::from_fn(|_| {
            self.next_byte()
        })))
    }

    fn try_fill_bytes(&mut self, target: &mut [u8]) -> Result<(), Self::Error> {
        target.fill_with(|| self.next_byte());
        Ok(())
    }
}

impl TryCryptoRng for BlindingFactors {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blinding_factors_are_mgf1_of_the_seed() {
        // printf 'seed…' | as `openssl dgst -sha256` of the seed followed by 00000000, 00000001.
        let mut factors = BlindingFactors::from_seed(&[0x5a; 32]);
        let mut drawn = [0; 40];
        let Ok(()) = factors.try_fill_bytes(&mut drawn);
        let block = |counter: u32| {
            let mut input = vec![0x5a; 32];
            input.extend(counter.to_be_bytes());
            Sha256::digest(input)
        };
        assert_eq!(drawn[..32], block(0)[..]);
        assert_eq!(drawn[32..], block(1)[..8]);
        let Ok(next) = factors.try_next_u32();
        assert_eq!(next.to_be_bytes(), block(1)[8..12]);
    }

    fn key() -> PrivateKey {
        crate::parse_private_key(include_bytes!("../tests/keys/merchant.pkcs8.pem"))
            .expect("parses")
    }

    #[test]
    fn signing_is_blinded() {
        let mut factors = BlindingFactors::from_seed(&[1; 32]);
        key()
            .sign_unchecked(b"message", &mut factors)
            .expect("signs");
        // A factor below n takes 256 bytes, of 32 in a block; unblinded signing takes none.
        assert!(factors.counter >= 8, "drew {} blocks", factors.counter);
    }

    #[test]
    fn a_faulty_signature_does_not_leave() {
        let key = key();
        let mut factors = BlindingFactors::from_seed(&[1; 32]);
        let good = key.sign_unchecked(b"message", &mut factors).expect("signs");
        assert!(key.checked(b"message", Some(good.clone())).is_ok());
        for index in [0, 100, 255] {
            let mut faulty = good.clone();
            faulty[index] ^= 1;
            let refused = key
                .checked(b"message", Some(faulty))
                .expect_err("is faulty");
            assert_eq!(refused.code(), "ERR_CONFIG");
        }
        assert!(key.checked(b"message", None).is_err());
    }
}
