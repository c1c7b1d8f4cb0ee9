//! Blinding (Kocher 1996): the base is multiplied by rᵉ for a random r before it is raised to the
//! secret exponents, and the result is multiplied by r⁻¹. The secret exponentiation never sees a
//! number that somebody sent.
//!
//! A pair (rᵉ, r⁻¹) is made from random bytes. It is squared after each use, and replaced after
//! [`LIFETIME`] uses, as in OpenSSL. Blinding is a second protection: the arithmetic already takes
//! the same time for every operand. The exponents are not blinded: the arithmetic shows only their
//! length, and adding a random multiple of p − 1 would make them longer.
//!
//! An inverse modulo n costs as much as a signature. The inverse of a short number is cheap: r⁻¹ is
//! (n·k + 1)/r with k = −n⁻¹ mod r. So r is the product of eight odd numbers of 31 bits; 232 bits
//! of them are random. r⁻¹ is as long as n. rᵉ is as long as n for exponents from 17 on. No key of
//! WeChat Pay has a smaller exponent; for such a key, the pair is squared four times before its
//! first use. The time of the short inversions may depend on the eight factors. They are computed
//! once for each pair.

use zeroize::Zeroizing;

use super::public_key::PublicNumbers;
use super::ring::{Residue, Ring};
use super::words;

/// How often a pair is used. It is squared after each use.
const LIFETIME: u32 = 32;

/// From this exponent on, rᵉ is longer than the longest modulus, or a few bits shorter: r has at
/// least 240 bits.
const LONG_EXPONENT: u64 = 17;

/// A pair (rᵉ, r⁻¹), in Montgomery's form.
pub(crate) struct Blinding {
    factor: Zeroizing<Residue>,
    inverse: Zeroizing<Residue>,
    uses: u32,
}

impl Blinding {
    /// Makes a pair from fresh random bytes.
    pub(crate) fn new(public: &PublicNumbers, random: &[u8; 32]) -> Self {
        let PublicNumbers { ring, exponent, .. } = public;
        let mut r = Zeroizing::new(vec![0; ring.modulus().len()]);
        let mut product = r.clone();
        let mut inverse = Zeroizing::new(ring.enter(&[1]));
        for (index, bytes) in random.as_chunks().0.iter().enumerate() {
            let factor = (u32::from_be_bytes(*bytes) & 0x7fff_ffff) | 0x4000_0001;
            if index == 0 {
                words::multiply(&mut r, &[factor], &[1]);
            } else {
                words::multiply(&mut product, &r, &[factor]);
                r.copy_from_slice(&product);
            }
            let of_factor = Zeroizing::new(ring.enter(&short_inverse(factor, ring.modulus())));
            *inverse = ring.multiply(&inverse, &of_factor);
        }
        let mut pair = Self {
            factor: Zeroizing::new(ring.enter(&ring.public_power(&r, *exponent))),
            inverse,
            uses: 0,
        };
        if *exponent < LONG_EXPONENT {
            for _ in 0..4 {
                pair.square(ring);
            }
        }
        pair
    }

    fn square(&mut self, ring: &Ring) {
        *self.factor = ring.square(&self.factor);
        *self.inverse = ring.square(&self.inverse);
    }

    /// c·rᵉ mod n
    pub(crate) fn blind(&self, ring: &Ring, number: &[u32]) -> Zeroizing<Vec<u32>> {
        ring.times(number, &self.factor)
    }

    /// s·r⁻¹ mod n
    pub(crate) fn unblind(&self, ring: &Ring, number: &[u32]) -> Zeroizing<Vec<u32>> {
        ring.times(number, &self.inverse)
    }

    /// The pair for the next use; `None` if a new one is due.
    pub(crate) fn next(mut self, ring: &Ring) -> Option<Self> {
        self.square(ring);
        self.uses += 1;
        (self.uses < LIFETIME).then_some(self)
    }
}

/// The inverse of a short odd number modulo n. All prime factors of n are longer than `short`.
fn short_inverse(short: u32, n: &[u32]) -> Zeroizing<Vec<u32>> {
    let rest = n.iter().rev().fold(0_u64, |rest, word| {
        ((rest << 32) | u64::from(*word)) % u64::from(short)
    });
    let k = short - inverse_modulo(words::low(rest), short);
    let mut value = Zeroizing::new(vec![0; n.len() + 1]);
    words::multiply(&mut value, n, &[k]);
    words::add(&mut value, &[1], !0);
    let mut quotient = Zeroizing::new(vec![0; n.len()]);
    words::divide_exactly(&mut quotient, &mut value, &[short]);
    quotient
}

/// The inverse of `a` modulo `m` by Euclid's algorithm. Both are below 2^31 and have no common factor.
fn inverse_modulo(a: u32, m: u32) -> u32 {
    let (mut low, mut high) = (i64::from(a), i64::from(m));
    let (mut of_low, mut of_high) = (1_i64, 0_i64);
    while low > 1 {
        let quotient = high / low;
        (low, high) = (high - quotient * low, low);
        (of_low, of_high) = (of_high - quotient * of_low, of_low);
    }
    let inverse = of_low.rem_euclid(i64::from(m));
    words::low(inverse.cast_unsigned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_inverses_are_inverses() {
        // An odd number that shares no factor with the short numbers below.
        let mut n = vec![u32::MAX; 64];
        n[0] = u32::MAX - 1_556;
        let ring = Ring::new(&n);
        for short in [0x4000_0001, 0x7fff_ffff, 0x5555_5555, 0x4000_0003] {
            let inverse = ring.enter(&short_inverse(short, &n));
            let product = ring.times(&[short], &inverse);
            assert_eq!(
                (product[0], product[1..].iter().max()),
                (1, Some(&0)),
                "{short}"
            );
        }
    }
}
