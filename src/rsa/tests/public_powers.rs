//! Public powers by a kernel, at the ends of what they can be, and by one that does not compute them.

use std::cell::Cell;

use super::super::kernel::PublicPower;
use super::super::public_power::{PublicOperands, public_power};
use super::super::{PublicNumbers, words};
use super::*;

thread_local! {
    static ASKED: Cell<u32> = const { Cell::new(0) };
}

fn fused(operands: &mut PublicOperands) {
    ASKED.set(ASKED.get() + 1);
    public_power::<PortableColumns>(operands);
    assert_eq!(operands.power[64], 0);
}

fn idle(_: &mut PublicOperands) {
    ASKED.set(ASKED.get() + 1);
}

fn miscounting(operands: &mut PublicOperands) {
    fused(operands);
    operands.power[17] ^= 1;
}

fn numbers(m: &BigUint, exponent: u64, kernel: Option<PublicPower>) -> PublicNumbers {
    let length = usize::try_from(m.bits().div_ceil(32)).expect("is short");
    let mut numbers =
        PublicNumbers::new(&words_of(m, length), &exponent.to_be_bytes()).expect("is odd");
    numbers.use_kernel(kernel);
    numbers
}

#[test]
fn fused_at_the_edges() {
    let one = || BigUint::from(1_u32);
    let exponents = [3, 5, 65_537, (1 << 32) | 1, (1 << 33) - 1];
    for (at, m) in edge_moduli(2048).iter().enumerate() {
        let exponent = exponents[at % 5];
        let numbers = numbers(m, exponent, Some(fused));
        let bases = [
            BigUint::ZERO,
            one(),
            BigUint::from(2_u32),
            m - 1_u32,
            m - 2_u32,
            m / 2_u32,
            (one() << 2047) - 1_u32,
            one() << 2047,
        ];
        for base in bases {
            let base = base % m;
            let expected = base.modpow(&BigUint::from(exponent), m);
            let before = ASKED.get();
            assert!(numbers.is_power(&words_of(&base, 64), &words_of(&expected, 64)));
            // It was right by itself: nobody computed the power again.
            assert_eq!(ASKED.get(), before + 1);
            let done = numbers.power_by_kernel(&words_of(&base, 64));
            assert_eq!(number_of(&done.expect("has a kernel").power), expected);
        }
    }
}

#[test]
fn what_a_kernel_denies_is_computed_again() {
    let m = &edge_moduli(2048)[0];
    let base = BigUint::from(0x1234_5678_u32);
    let expected = words_of(&base.modpow(&BigUint::from(65_537_u32), m), 64);
    let base = words_of(&base, 64);
    let mut other = expected.clone();
    words::add(&mut other, &[1], !0);
    for kernel in [
        None,
        Some(fused as PublicPower),
        Some(idle),
        Some(miscounting),
    ] {
        let numbers = numbers(m, 65_537, kernel);
        let before = ASKED.get();
        assert!(numbers.is_power(&base, &expected));
        assert!(!numbers.is_power(&base, &other));
        // What is there where a kernel writes nothing is no power.
        assert!(!numbers.is_power(&base, &[0; 64]));
        assert_eq!(ASKED.get() - before, if kernel.is_some() { 3 } else { 0 });
    }
}

#[test]
fn keys_of_another_length_are_not_for_a_kernel() {
    for bits in [2047, 2049, 3072] {
        let m = &edge_moduli(bits)[0];
        let numbers = numbers(m, 3, Some(idle));
        let before = ASKED.get();
        let length = numbers.ring.modulus().len();
        assert!(numbers.is_power(
            &words_of(&BigUint::from(2_u32), length),
            &words_of(&BigUint::from(8_u32), length)
        ));
        assert_eq!(ASKED.get(), before);
    }
}
