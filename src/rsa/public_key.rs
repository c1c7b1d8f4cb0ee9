//! RSAEP and RSAVP1 (RFC 8017, sections 5.1.1 and 5.2.2): the public operation.

use std::sync::OnceLock;

use zeroize::Zeroizing;

use super::constants;
use super::kernel::PublicPower;
use super::public_power::{COLUMNS_BITS, COLUMNS_DIGITS, MODULUS_WORDS, PublicOperands};
use super::ring::Ring;
use super::stack;
use super::words;

/// The longest accepted public exponent. No key in use has a longer one, and each bit costs a squaring.
const MAX_EXPONENT_BITS: u32 = 33;

/// The numbers of a public key.
#[derive(Clone)]
pub(crate) struct PublicNumbers {
    pub ring: Ring,
    pub exponent: u64,
    kernel: Option<PublicPower>,
    /// The operands with the constants for the kernel, computed at their first use.
    operands: OnceLock<Box<PublicOperands>>,
}

impl PublicNumbers {
    /// For a modulus without leading zero words; `None` if no RSA key has such numbers.
    pub(crate) fn new(modulus: &[u32], exponent: &[u8]) -> Option<Self> {
        let zeros = exponent.iter().take_while(|byte| **byte == 0).count();
        let significant = exponent.get(zeros..)?;
        if significant.len() > 8 {
            return None;
        }
        let exponent = significant
            .iter()
            .fold(0, |exponent, byte| (exponent << 8) | u64::from(*byte));
        // An even modulus is no product of large primes, and an even exponent has no inverse.
        let odd = modulus.first()? & 1 == 1 && exponent & 1 == 1;
        let bits = 64 - exponent.leading_zeros();
        (odd && exponent > 1 && bits <= MAX_EXPONENT_BITS).then(|| Self {
            ring: Ring::new(modulus),
            exponent,
            kernel: None,
            operands: OnceLock::new(),
        })
    }

    /// Uses `kernel` if it supports the length of this modulus.
    pub(crate) fn use_kernel(&mut self, kernel: Option<PublicPower>) {
        self.kernel = kernel.filter(|_| self.bits() == 32 * MODULUS_WORDS);
    }

    /// Whether the power of a number below the modulus is `expected`. If a kernel's power is not,
    /// the power is computed again without the kernel. A wrong kernel costs time, but no correct
    /// signature is rejected.
    pub(crate) fn is_power(&self, number: &[u32], expected: &[u32]) -> bool {
        self.power_by_kernel(number)
            .is_some_and(|done| words::equal(&done.power[..MODULUS_WORDS], expected))
            || words::equal(&self.ring.public_power(number, self.exponent), expected)
    }

    pub(super) fn power_by_kernel(&self, number: &[u32]) -> Option<Box<PublicOperands>> {
        let kernel = self.kernel?;
        let precomputed = self.operands.get_or_init(|| self.precompute());
        let mut operands = precomputed.clone();
        copy(&mut operands.base, number);
        // Not below any modulus: a kernel that does nothing never matches the expected power.
        operands.power = [!0; MODULUS_WORDS + 1];
        kernel(&mut operands);
        Some(operands)
    }

    fn precompute(&self) -> Box<PublicOperands> {
        let modulus = self.ring.modulus();
        let mut operands = Box::new(PublicOperands::EMPTY);
        copy(&mut operands.modulus, modulus);
        operands.inverse = constants::inverse(modulus, COLUMNS_BITS);
        constants::fold(&mut operands.fold, modulus, &operands.inverse, COLUMNS_BITS);
        let r_squared = self.ring.power_of_two(2 * COLUMNS_BITS * COLUMNS_DIGITS);
        copy(&mut operands.entry, &r_squared);
        operands.exponent = [words::low(self.exponent), words::low(self.exponent >> 32)];
        operands
    }

    /// The power of a big-endian number that has as many bytes as the modulus; `None` if its length
    /// differs or if it is not below the modulus.
    pub(crate) fn power(&self, big_endian: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let number = Zeroizing::new(self.read(big_endian)?);
        // The number is a plaintext that is encrypted, so the stack is wiped.
        let power = stack::wiped(|| self.ring.public_power(&number, self.exponent));
        Some(self.write(&power))
    }

    /// Reads a big-endian number below the modulus, of as many bytes as the modulus.
    pub(crate) fn read(&self, big_endian: &[u8]) -> Option<Vec<u32>> {
        let modulus = self.ring.modulus();
        let mut number = vec![0; modulus.len()];
        words::read(&mut number, big_endian);
        (big_endian.len() == self.bytes() && words::less(&number, modulus)).then_some(number)
    }

    /// Writes a number below the modulus, in as many bytes as the modulus.
    pub(crate) fn write(&self, number: &[u32]) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(vec![0; self.bytes()]);
        words::write(&mut bytes, number);
        bytes
    }

    /// The length of the modulus in bits.
    pub(crate) fn bits(&self) -> usize {
        words::bits(self.ring.modulus())
    }

    /// The length of the modulus in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.bits().div_ceil(8)
    }
}

fn copy(to: &mut [u32], from: &[u32]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from;
    }
}

impl PartialEq for PublicNumbers {
    fn eq(&self, other: &Self) -> bool {
        self.ring.modulus() == other.ring.modulus() && self.exponent == other.exponent
    }
}

impl Eq for PublicNumbers {}
