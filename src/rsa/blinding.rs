//! Blinding: what is raised to the secret exponents is never what somebody sent, but that times a
//! random power, which is taken out of the result (Kocher 1996).
//!
//! A pair (rᵉ, r⁻¹) is made of random bytes once, since the inverse costs as much as a signature, and
//! squared after each use, as OpenSSL does; [`LIFETIME`] uses later it is made anew. It stands in front of
//! arithmetic that takes the same time for every operand already. The exponents are not blinded: of them, that
//! arithmetic shows nothing but their length, and a random multiple of p − 1 would make them longer.

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use super::public_key::PublicNumbers;
use super::ring::{Residue, Ring};
use super::words;

/// How often a pair is used, squared each time.
const LIFETIME: u32 = 64;

/// A pair (rᵉ, r⁻¹), in Montgomery's form.
pub(crate) struct Blinding {
    factor: Zeroizing<Residue>,
    inverse: Zeroizing<Residue>,
    uses: u32,
}

impl Blinding {
    /// A pair of random bytes, with a function that inverts modulo n.
    pub(crate) fn new(
        public: &PublicNumbers,
        seed: &[u8; 32],
        invert: impl FnOnce(&[u32]) -> Zeroizing<Vec<u32>>,
    ) -> Self {
        let PublicNumbers { ring, exponent } = public;
        let random = random_number(ring.modulus(), seed);
        let inverse = invert(&random);
        Self {
            factor: Zeroizing::new(ring.enter(&ring.public_power(&random, *exponent))),
            inverse: Zeroizing::new(ring.enter(&inverse)),
            uses: 0,
        }
    }

    /// c·rᵉ mod n
    pub(crate) fn blind(&self, ring: &Ring, number: &[u32]) -> Zeroizing<Vec<u32>> {
        ring.times(number, &self.factor)
    }

    /// s·r⁻¹ mod n
    pub(crate) fn unblind(&self, ring: &Ring, number: &[u32]) -> Zeroizing<Vec<u32>> {
        ring.times(number, &self.inverse)
    }

    /// The pair for the next time, if it is not to be made anew.
    pub(crate) fn next(mut self, ring: &Ring) -> Option<Self> {
        *self.factor = ring.square(&self.factor);
        *self.inverse = ring.square(&self.inverse);
        self.uses += 1;
        (self.uses < LIFETIME).then_some(self)
    }
}

/// A number below `modulus` of a seed: MGF1 with SHA-256 (RFC 8017, appendix B.2.1), of as many bits,
/// less the modulus if it is not below. The core draws no random bytes of its own.
fn random_number(modulus: &[u32], seed: &[u8; 32]) -> Zeroizing<Vec<u32>> {
    let mut bytes = Zeroizing::new(vec![0; 4 * modulus.len()]);
    for (counter, block) in (0_u32..).zip(bytes.chunks_mut(32)) {
        let mut hash: [u8; 32] = Sha256::new()
            .chain_update(seed)
            .chain_update(counter.to_be_bytes())
            .finalize()
            .into();
        for (byte, from) in block.iter_mut().zip(hash) {
            *byte = from;
        }
        hash.zeroize();
    }
    let mut number = Zeroizing::new(vec![0; modulus.len()]);
    words::read(&mut number, &bytes);
    words::keep(&mut number, words::bits(modulus));
    words::reduce_once(&mut number, 0, modulus);
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_numbers_are_mgf1_of_the_seed() {
        let modulus = vec![u32::MAX; 64];
        let number = random_number(&modulus, &[0x5a; 32]);
        let mut bytes = vec![0; 256];
        words::write(&mut bytes, &number);
        for (counter, block) in (0_u32..).zip(bytes.chunks(32)) {
            let mut input = vec![0x5a; 32];
            input.extend(counter.to_be_bytes());
            assert_eq!(block, &Sha256::digest(input)[..]);
        }
    }
}
