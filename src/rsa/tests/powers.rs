//! The two powers of every kernel, at edge cases.

use super::super::powers::operands_of;
use super::super::two_powers::{FUSED_BITS, two_powers};
use super::super::window::Workspace;
use super::*;

fn powers<A: Arithmetic>(
    primes: [&BigUint; 2],
    base: &BigUint,
    exponents: [&BigUint; 2],
) -> [BigUint; 2] {
    let primes = primes.map(|prime| words_of(prime, 32));
    let primes = primes.each_ref().map(Vec::as_slice);
    let mut operands = operands_of(primes, A::BITS == FUSED_BITS);
    operands.base.copy_from_slice(&words_of(base, 64));
    for (to, from) in operands.exponents.iter_mut().zip(exponents) {
        to.copy_from_slice(&words_of(from, 32));
    }
    let mut workspace = Box::new(Workspace::<A>::EMPTY);
    two_powers(&mut operands, &mut workspace);
    operands.powers.each_ref().map(|power| {
        assert_eq!(power[32], 0);
        number_of(power)
    })
}

fn powers_at_the_edges<A: Arithmetic>() {
    let edges = edge_moduli(1024);
    let all = (BigUint::from(1_u32) << 1024_u32) - 1_u32;
    for pair in edges.windows(2) {
        let moduli @ [p, q] = [&pair[0], &pair[1]];
        let bases = [
            BigUint::ZERO,
            BigUint::from(1_u32),
            BigUint::from(2_u32),
            p - 1_u32,
            p.clone(),
            p * q,
            p * q - 1_u32,
            (&all << 1024_u32) | &all,
            &all << 1024_u32,
            all.clone(),
        ];
        let exponents = [
            BigUint::ZERO,
            BigUint::from(1_u32),
            BigUint::from(31_u32),
            BigUint::from(32_u32),
            &all / 31_u32,
            p - 2_u32,
            all.clone(),
        ];
        for (at, base) in bases.iter().enumerate() {
            let exponents = [&exponents[at % 7], &exponents[(at + 3) % 7]];
            let computed = powers::<A>(moduli, base, exponents);
            for lane in 0..2 {
                let expected = base.modpow(exponents[lane], moduli[lane]);
                assert_eq!(computed[lane], expected, "base {at}, lane {lane}");
            }
        }
    }
}

#[test]
fn double_at_the_edges() {
    powers_at_the_edges::<Double>();
}

#[test]
fn fused_at_the_edges() {
    powers_at_the_edges::<PortableFused>();
}
