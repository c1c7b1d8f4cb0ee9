//! The integers modulo an odd number of up to 4096 bits: the public modulus, or a prime that has
//! not 1024 bits.

use zeroize::{Zeroize, Zeroizing};

use super::arithmetic::Arithmetic;
use super::constants::{self, PowersOfTwo};
use super::public_power::power;
use super::recode;
use super::scan::{Modulus, Scratch, multiply, significant, square};
use super::single::Single;
use super::two_powers::number;
use super::window::{self, Workspace};
use super::words;

/// A number modulo the modulus, in Montgomery form: x·R, R = B^L. It is a result of
/// [`scan`](super::scan): not reduced, and possibly negative.
pub(crate) type Residue = <Single as Arithmetic>::Number;

/// The ring, with the constants of its modulus.
#[derive(Clone)]
pub(crate) struct Ring {
    words: Vec<u32>,
    modulus: Modulus<Single>,
    /// R² mod m, which converts a number to Montgomery form.
    entry: Residue,
}

impl Ring {
    /// The ring modulo `m`. `m` is odd and has no leading zero words.
    pub(crate) fn new(m: &[u32]) -> Self {
        let digit = super::single::BITS;
        let inverse = constants::inverse(m, digit);
        let mut fold = Zeroizing::new(vec![0; m.len()]);
        constants::fold(&mut fold, m, &inverse, digit);
        let modulus = Modulus::new(words::bits(m), [m, &[]], [&fold, &[]], [&inverse, &[]]);
        let mut ring = Self {
            words: m.to_vec(),
            modulus,
            entry: Single::NOTHING,
        };
        // R is 2^k for this k, and its Montgomery form is R².
        ring.entry = ring.shifted(ring.modulus.length() * super::single::BITS);
        ring
    }

    /// 2^`exponent` in Montgomery form, from the highest bits of the exponent by squaring and doubling.
    fn shifted(&self, exponent: usize) -> Residue {
        let r = self.modulus.length() * super::single::BITS;
        let mut powers = PowersOfTwo::new(&self.words);
        let two = self.number(powers.up_to(r + 1));
        let mut power = self.number(powers.up_to(r + (exponent >> SQUARINGS)));
        let mut scratch = Scratch::new();
        let mut product = Single::NOTHING;
        for bit in (0..SQUARINGS).rev() {
            square(&self.modulus, &mut scratch, &mut product, &power);
            if (exponent >> bit) & 1 == 1 {
                multiply(&self.modulus, &mut scratch, &mut power, &product, &two);
            } else {
                power = product;
            }
        }
        power
    }

    /// 2^`exponent` mod m.
    pub(crate) fn power_of_two(&self, exponent: usize) -> Zeroizing<Vec<u32>> {
        self.times(&[1], &self.shifted(exponent))
    }

    /// Overwrites the ring with zeros, for a secret modulus.
    pub(crate) fn wipe(&mut self) {
        self.words.zeroize();
        self.entry = Single::NOTHING;
        self.modulus.wipe();
    }

    /// The modulus.
    pub(crate) fn modulus(&self) -> &[u32] {
        &self.words
    }

    fn number(&self, words: &[u32]) -> Residue {
        number::<Single>(self.modulus.length(), [words, &[]])
    }

    /// Converts a number below 2^(bits of the modulus) to Montgomery form.
    pub(crate) fn enter(&self, words: &[u32]) -> Residue {
        self.multiply(&self.number(words), &self.entry)
    }

    /// `x·y`, in Montgomery form if both factors are.
    pub(crate) fn multiply(&self, x: &Residue, y: &Residue) -> Residue {
        let mut product = Single::NOTHING;
        multiply(&self.modulus, &mut Scratch::new(), &mut product, x, y);
        product
    }

    /// `x²`, in Montgomery form if `x` is.
    pub(crate) fn square(&self, x: &Residue) -> Residue {
        let mut product = Single::NOTHING;
        square(&self.modulus, &mut Scratch::new(), &mut product, x);
        product
    }

    /// The product of a number below 2^(bits of the modulus) and a number in Montgomery form. The
    /// result is reduced and not in Montgomery form.
    pub(crate) fn times(&self, words: &[u32], factor: &Residue) -> Zeroizing<Vec<u32>> {
        let product = self.multiply(&self.number(words), factor);
        self.read(&product)
    }

    fn read(&self, number: &Residue) -> Zeroizing<Vec<u32>> {
        let mut words = Zeroizing::new(vec![0; self.words.len() + 1]);
        let digits = significant::<Single>(number, self.modulus.length());
        recode::read::<Single>(&mut words, digits, 0, &self.words);
        words.truncate(self.words.len());
        words
    }

    /// A number to the power of a public exponent that is odd and not 1.
    pub(crate) fn public_power(&self, words: &[u32], exponent: u64) -> Zeroizing<Vec<u32>> {
        let base = self.number(words);
        self.read(&power(&self.modulus, &base, &self.entry, exponent))
    }

    /// A number to the power of a secret exponent. The number has at most twice as many bits as the
    /// modulus, the exponent as many words as the modulus.
    pub(crate) fn secret_power(&self, base: &[u32], exponent: &[u32]) -> Zeroizing<Vec<u32>> {
        let bits = words::bits(&self.words);
        let mut upper = Zeroizing::new(base.to_vec());
        words::shift_right(&mut upper, bits);
        let mut lower = Zeroizing::new(base.to_vec());
        words::keep(&mut lower, bits);
        // 2^bits − m, which is 2^bits modulo m.
        let mut above = Zeroizing::new(vec![0; self.words.len() + 1]);
        if let Some(word) = above.get_mut(bits / 32) {
            *word = 1 << (bits % 32);
        }
        words::subtract(&mut above, &self.words, !0);

        let shifted = Zeroizing::new(self.enter(&above));
        // upper·2^bits, converted from Montgomery form and below m. The sum with the lower part is
        // below m + 2^bits, which is at most 3·m. After the first reduction it is below 2^bits.
        let mut sum = self.times(&upper, &shifted);
        let carry = words::add(
            &mut sum,
            lower.get(..self.words.len()).unwrap_or_default(),
            !0,
        );
        words::reduce_once(&mut sum, carry, &self.words);
        words::reduce_once(&mut sum, 0, &self.words);

        let mut workspace = Box::new(Workspace::<Single>::EMPTY);
        let one = self.enter(&[1]);
        let base = Zeroizing::new(self.enter(&sum));
        let power = window::power(&self.modulus, &mut workspace, &one, &base, [exponent, &[]]);
        let power = self.times(&[1], power);
        workspace.wipe();
        power
    }
}

/// How many squarings it takes to compute a power of two.
const SQUARINGS: usize = 5;
