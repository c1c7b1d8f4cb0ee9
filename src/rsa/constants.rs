//! The constants that are precomputed for a modulus, as words.

use zeroize::Zeroizing;

use super::two_powers::INVERSE_WORDS;
use super::words;

/// −m⁻¹ mod B⁴ for an odd m and digits of `bits` bits: the exact quotient of −1 by m.
pub(crate) fn inverse(m: &[u32], bits: usize) -> [u32; INVERSE_WORDS] {
    let mut inverse = [0; INVERSE_WORDS];
    words::divide_exactly(&mut inverse, &mut [u32::MAX; INVERSE_WORDS], m);
    for (at, word) in inverse.iter_mut().enumerate() {
        let left = (4 * bits).saturating_sub(32 * at);
        if left < 32 {
            *word &= (1 << left) - 1;
        }
    }
    inverse
}

/// B^−4 mod m. With the inverse above, m·(−m⁻¹) + 1 is divisible by B⁴, is 1 modulo m, and is at
/// most m·B⁴. Divided by B⁴, it is B^−4 modulo m, and below m.
pub(crate) fn fold(fold: &mut [u32], m: &[u32], inverse: &[u32; INVERSE_WORDS], bits: usize) {
    let mut product = Zeroizing::new(vec![0; m.len() + INVERSE_WORDS]);
    words::multiply(&mut product, m, inverse);
    words::add(&mut product, &[1], !0);
    words::shift_right(&mut product, 4 * bits);
    for (fold, word) in fold.iter_mut().zip(product.iter()) {
        *fold = *word;
    }
}

/// Computes powers of two modulo m by doubling.
pub(crate) struct PowersOfTwo<'a> {
    m: &'a [u32],
    /// 2^`exponent` mod m.
    pub power: Zeroizing<Vec<u32>>,
    exponent: usize,
}

impl<'a> PowersOfTwo<'a> {
    /// Starts at the highest power of two below m. m is odd and longer than one bit.
    pub(crate) fn new(m: &'a [u32]) -> Self {
        let exponent = words::bits(m).saturating_sub(1);
        let mut power = Zeroizing::new(vec![0; m.len()]);
        if let Some(word) = power.get_mut(exponent / 32) {
            *word = 1 << (exponent % 32);
        }
        Self { m, power, exponent }
    }

    /// Continues to 2^`exponent`, which is not below the current power.
    pub(crate) fn up_to(&mut self, exponent: usize) -> &[u32] {
        while self.exponent < exponent {
            words::double(&mut self.power, self.m);
            self.exponent += 1;
        }
        &self.power
    }
}
