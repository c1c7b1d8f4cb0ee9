//! A power modulo a public modulus of 2048 bits: most of the time of a verification. As in
//! [`two_powers`](super::two_powers), operands and results are words; R is B^L.

use super::arithmetic::Arithmetic;
use super::recode;
use super::scan::{Modulus, Scratch, multiply, significant, square};
use super::two_powers::{INVERSE_WORDS, number};

/// The length of the modulus in words.
pub(crate) const MODULUS_WORDS: usize = 64;

/// The width of a digit of [`fused_columns`](super::fused_columns) in bits.
pub(crate) const COLUMNS_BITS: usize = 46;
/// The number of these digits.
pub(crate) const COLUMNS_DIGITS: usize = 46;

/// The operands: `base` to the power of `exponent`, modulo `modulus`.
#[derive(Clone)]
#[repr(C)]
pub(crate) struct PublicOperands {
    pub modulus: [u32; MODULUS_WORDS],
    /// B^−4 mod m
    pub fold: [u32; MODULUS_WORDS],
    /// R² mod m
    pub entry: [u32; MODULUS_WORDS],
    /// −m⁻¹ mod B⁴
    pub inverse: [u32; INVERSE_WORDS],
    /// An odd number above 1, the lower word first.
    pub exponent: [u32; 2],
    /// Below the modulus.
    pub base: [u32; MODULUS_WORDS],
    /// The power, with a zero word above it.
    pub power: [u32; MODULUS_WORDS + 1],
}

impl PublicOperands {
    pub(crate) const EMPTY: Self = Self {
        modulus: [0; MODULUS_WORDS],
        fold: [0; MODULUS_WORDS],
        entry: [0; MODULUS_WORDS],
        inverse: [0; INVERSE_WORDS],
        exponent: [0; 2],
        base: [0; MODULUS_WORDS],
        power: [0; MODULUS_WORDS + 1],
    };
}

impl Drop for PublicOperands {
    // Wiped, since a faulty signature reveals the key, and such a signature is checked here.
    fn drop(&mut self) {
        self.base = [0; MODULUS_WORDS];
        self.power = [0; MODULUS_WORDS + 1];
        core::hint::black_box(self);
    }
}

/// Computes the power.
#[allow(dead_code, reason = "only the second module computes it")]
pub(crate) fn public_power<A: Arithmetic>(operands: &mut PublicOperands) {
    let modulus = Modulus::<A>::new(
        32 * MODULUS_WORDS,
        [&operands.modulus, &[]],
        [&operands.fold, &[]],
        [&operands.inverse, &[]],
    );
    let number = |words: &[u32]| number::<A>(modulus.length(), [words, &[]]);
    let (base, entry) = (number(&operands.base), number(&operands.entry));
    let [low, high] = operands.exponent.map(u64::from);
    let power = power(&modulus, &base, &entry, high << 32 | low);
    let digits = significant::<A>(&power, modulus.length());
    recode::read::<A>(&mut operands.power, digits, 0, &operands.modulus);
}

/// `base` to the power of a public exponent that is odd and not 1. `entry` is R². Neither the base
/// nor the power is in Montgomery form.
pub(crate) fn power<A: Arithmetic>(
    modulus: &Modulus<A>,
    base: &A::Number,
    entry: &A::Number,
    exponent: u64,
) -> A::Number {
    let mut scratch = Scratch::new();
    let (mut entered, mut product) = (A::NOTHING, A::NOTHING);
    multiply(modulus, &mut scratch, &mut entered, base, entry);
    let mut power = entered;
    let bits = 64 - exponent.leading_zeros();
    for bit in (1..bits.saturating_sub(1)).rev() {
        square(modulus, &mut scratch, &mut product, &power);
        if (exponent >> bit) & 1 == 1 {
            multiply(modulus, &mut scratch, &mut power, &product, &entered);
        } else {
            power = product;
        }
    }
    square(modulus, &mut scratch, &mut product, &power);
    // The last multiplication also converts the result from Montgomery form.
    multiply(modulus, &mut scratch, &mut power, &product, base);
    power
}
