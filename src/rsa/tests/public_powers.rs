//! Public powers by a kernel at edge cases, and by kernels that are faulty.

use std::cell::Cell;

use super::super::kernel::PublicPower;
use super::super::public_power::{PublicOperands, public_power};
use super::super::{PublicNumbers, words};
use super::*;

thread_local! {
    static CALLS: Cell<u32> = const { Cell::new(0) };
}

fn fused(operands: &mut PublicOperands) {
    CALLS.set(CALLS.get() + 1);
    public_power::<PortableColumns>(operands);
    assert_eq!(operands.power[64], 0);
}

fn idle(_: &mut PublicOperands) {
    CALLS.set(CALLS.get() + 1);
}

fn faulty(operands: &mut PublicOperands) {
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
            let before = CALLS.get();
            assert!(numbers.is_power(&words_of(&base, 64), &words_of(&expected, 64)));
            // The kernel was right: the power was not computed again.
            assert_eq!(CALLS.get(), before + 1);
            let done = numbers.power_by_kernel(&words_of(&base, 64));
            assert_eq!(number_of(&done.expect("has a kernel").power), expected);
        }
    }
}

#[test]
fn a_power_that_a_kernel_gets_wrong_is_computed_again() {
    let m = &edge_moduli(2048)[0];
    let base = BigUint::from(0x1234_5678_u32);
    let expected = words_of(&base.modpow(&BigUint::from(65_537_u32), m), 64);
    let base = words_of(&base, 64);
    let mut other = expected.clone();
    words::add(&mut other, &[1], !0);
    for kernel in [None, Some(fused as PublicPower), Some(idle), Some(faulty)] {
        let numbers = numbers(m, 65_537, kernel);
        let before = CALLS.get();
        assert!(numbers.is_power(&base, &expected));
        assert!(!numbers.is_power(&base, &other));
        // The initial content of the result is no power.
        assert!(!numbers.is_power(&base, &[0; 64]));
        assert_eq!(CALLS.get() - before, if kernel.is_some() { 3 } else { 0 });
    }
}

#[test]
fn a_kernel_is_not_used_for_keys_of_another_length() {
    for bits in [2047, 2049, 3072] {
        let m = &edge_moduli(bits)[0];
        let numbers = numbers(m, 3, Some(idle));
        let before = CALLS.get();
        let length = numbers.ring.modulus().len();
        assert!(numbers.is_power(
            &words_of(&BigUint::from(2_u32), length),
            &words_of(&BigUint::from(8_u32), length)
        ));
        assert_eq!(CALLS.get(), before);
    }
}
