//! RSA's arithmetic: numbers in, numbers out. What is signed, and how it is padded, is the business of
//! [`rsassa`](crate::rsassa) and [`rsaes_oaep`](crate::rsaes_oaep).

#![allow(
    clippy::inline_always,
    reason = "sums stay in registers only where their functions are one"
)]

mod arithmetic;
mod blinding;
mod constants;
mod double;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod fused;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod fused_columns;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod fused_sum;
mod kernel;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod lanes;
mod powers;
mod private_key;
mod public_key;
mod public_power;
mod recode;
mod ring;
mod scan;
mod single;
pub(crate) mod stack;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod two_powers;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vectors;
mod window;
mod words;

pub(crate) use kernel::Kernel;
pub(crate) use private_key::{PrivateComponents, PrivateNumbers};
pub(crate) use public_key::PublicNumbers;
#[cfg(target_arch = "wasm32")]
pub(crate) use {public_power::PublicOperands, two_powers::Operands};

/// A big-endian number's words without those of zero above it, and how many bits it has.
pub(crate) fn significant_words(big_endian: &[u8]) -> (Vec<u32>, usize) {
    let mut number = vec![0; big_endian.len().div_ceil(4)];
    words::read(&mut number, big_endian);
    let bits = words::bits(&number);
    number.truncate(bits.div_ceil(32));
    (number, bits)
}
