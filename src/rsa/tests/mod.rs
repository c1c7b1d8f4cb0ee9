//! Compares the arithmetic with other libraries, at edge cases that random numbers never reach.

mod key_numbers;
mod keys;
mod multiplication;
mod powers;
mod public_powers;
mod rejected_keys;

use num_bigint::{BigInt, BigUint, Sign};

use super::arithmetic::Arithmetic;
use super::constants;
use super::double::Double;
use super::fused::Fused;
use super::fused_columns::FusedColumns;
use super::lanes::PortableFloats;
use super::scan::{Modulus, significant};
use super::single::Single;
use super::words;

/// The shipped kernel, with portable lanes.
type PortableFused = Fused<PortableFloats>;
type PortableColumns = FusedColumns<PortableFloats>;

/// A number as `length` words.
fn words_of(number: &BigUint, length: usize) -> Vec<u32> {
    let mut words = vec![0; length];
    words::read(&mut words, &number.to_bytes_be());
    words
}

/// The number that words represent.
fn number_of(words: &[u32]) -> BigUint {
    BigUint::new(words.to_vec())
}

/// A modulus in every lane, with its constants.
fn modulus<A: Arithmetic>(numbers: [&BigUint; 2]) -> Modulus<A> {
    let bits = usize::try_from(numbers[0].bits()).expect("is short");
    let length = bits.div_ceil(32);
    let numbers = numbers.map(|number| words_of(number, length));
    let inverses = numbers.each_ref().map(|m| constants::inverse(m, A::BITS));
    let folds = [0, 1].map(|lane| {
        let mut fold = vec![0; length];
        constants::fold(&mut fold, &numbers[lane], &inverses[lane], A::BITS);
        fold
    });
    Modulus::new(
        bits,
        numbers.each_ref().map(Vec::as_slice),
        folds.each_ref().map(Vec::as_slice),
        inverses.each_ref().map(<[u32; 6]>::as_slice),
    )
}

/// The value of a number in one lane, with its sign.
fn value<A: Arithmetic>(number: &A::Number, length: usize, lane: usize) -> BigInt {
    significant::<A>(number, length)
        .iter()
        .rev()
        .fold(BigInt::ZERO, |value, digit| {
            (value << A::BITS) + A::lanes(*digit)[lane]
        })
}

/// The number modulo `m`, from 0 to `m` − 1.
fn modulo(number: &BigInt, m: &BigUint) -> BigUint {
    let m = BigInt::from_biguint(Sign::Plus, m.clone());
    let rest = ((number % &m) + &m) % &m;
    rest.to_biguint().expect("is not negative")
}

/// Odd numbers of `bits` bits at the edges: next to the powers of two above and below, all digits
/// the same, half of the digits zero.
fn edge_moduli(bits: u32) -> Vec<BigUint> {
    let one = || BigUint::from(1_u32);
    let power = |exponent: u32| one() << exponent;
    vec![
        power(bits) - 1_u32,
        power(bits) - 105_u32,
        power(bits - 1) + 1_u32,
        power(bits - 1) + 1_155_u32,
        power(bits) - power(bits / 2) + 1_u32,
        power(bits - 1) + power(bits / 2) - 1_u32,
        // 1010…1 and 1100…1 in binary.
        (power(bits) - 1_u32) / 3_u32 * 2_u32 + 1_u32,
        (power(bits) - 1_u32) / 7_u32 * 6_u32 + 1_u32,
        // Digits of half their base, which become the most negative digits, for every width.
        (0..bits / 28).fold(power(bits - 1) + 1_u32, |m, i| m | power(28 * i + 27)),
        (0..bits / 29).fold(power(bits - 1) + 1_u32, |m, i| m | power(29 * i + 28)),
        (0..bits / 46).fold(power(bits - 1) + 1_u32, |m, i| m | power(46 * i + 45)),
        (0..bits / 47).fold(power(bits - 1) + 1_u32, |m, i| m | power(47 * i + 46)),
    ]
}
