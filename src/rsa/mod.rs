//! RSA's arithmetic: numbers in, numbers out.
//!
//! Belongs here: exponentiation modulo n, p and q, and what makes it fast and protects the secrets.
//! What is signed or encrypted, and its padding, belong to `crypto`. `README.md` in this folder
//! says how the arithmetic works and what was measured.
//! May import: nothing of this crate.

#![allow(
    clippy::inline_always,
    reason = "sums stay in registers only if these functions are inlined"
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
pub(crate) use words::significant as significant_words;
#[cfg(target_arch = "wasm32")]
pub(crate) use {public_power::PublicOperands, two_powers::Operands};
