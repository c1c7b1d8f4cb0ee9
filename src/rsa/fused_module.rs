//! The kernel of fused multiply-add, as a separate WebAssembly module: a runtime without relaxed SIMD
//! rejects any module that uses it.
//!
//! It computes [`two_powers`](two_powers::two_powers) for a private operation, and
//! [`public_power`](public_power::public_power). It has no imports, does not allocate, and cannot
//! fail. Its caller writes the operands to the address that `operands` or `public_operands`
//! returns, calls `powers` or `public_power`, and reads the result from the same place. The working
//! memory and the stack are wiped after each computation.
//!
//! `scripts/wasm.mjs` compiles this file with rustc and relaxed SIMD. `cargo test` compiles it as
//! an example of this crate, with portable lanes.
#![allow(
    unsafe_code,
    dead_code,
    reason = "the module's memory is its interface, and it uses only a part of the shared files"
)]
#![allow(clippy::inline_always, reason = "as in mod.rs")]

mod arithmetic;
mod fused;
mod fused_columns;
mod fused_sum;
mod lanes;
mod public_power;
mod recode;
mod scan;
mod stack;
mod two_powers;
mod window;
mod words;

use core::hint::black_box;
use core::ptr::addr_of_mut;

use fused::Fused;
use fused_columns::FusedColumns;
use lanes::Floats;
#[cfg(not(all(target_arch = "wasm32", target_feature = "relaxed-simd")))]
use lanes::PortableFloats as Lanes;
#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
use lanes::vector::VectorFloats as Lanes;
use public_power::PublicOperands;
use two_powers::Operands;
use window::Workspace;

static mut OPERANDS: Operands = Operands::EMPTY;
static mut PUBLIC_OPERANDS: PublicOperands = PublicOperands::EMPTY;
static mut WORKSPACE: Workspace<Fused<Lanes>> = Workspace::EMPTY;

/// The address of the operands and of the powers.
#[unsafe(no_mangle)]
pub extern "C" fn operands() -> *mut u8 {
    addr_of_mut!(OPERANDS).cast()
}

/// Computes the powers.
#[unsafe(no_mangle)]
pub extern "C" fn powers() {
    // SAFETY: a WebAssembly instance without shared memory has one thread, and nothing called here
    // calls back into this module.
    let (operands, workspace) =
        unsafe { (&mut *addr_of_mut!(OPERANDS), &mut *addr_of_mut!(WORKSPACE)) };
    stack::wiped(|| two_powers::two_powers(operands, workspace));
    workspace.wipe();
}

/// The address of the operands of a public power and of its result.
#[unsafe(no_mangle)]
pub extern "C" fn public_operands() -> *mut u8 {
    addr_of_mut!(PUBLIC_OPERANDS).cast()
}

/// Computes the public power.
#[unsafe(no_mangle)]
pub extern "C" fn public_power() {
    // SAFETY: as above.
    let operands = unsafe { &mut *addr_of_mut!(PUBLIC_OPERANDS) };
    // Wiped, since a faulty signature would reveal the key, and this call is the check that finds it.
    stack::wiped(|| public_power::public_power::<FusedColumns<Lanes>>(operands));
}

/// Returns 1 if a multiplication and an addition are rounded once, in both lanes.
///
/// With x = 1 + 2^−30, x² is 1 + 2^−29 + 2^−60, which has more bits than a double. If x² is rounded
/// before 1 + 2^−29 is subtracted, the result is zero. If only the result is rounded, it is 2^−60.
#[unsafe(no_mangle)]
pub extern "C" fn fused() -> i32 {
    let x = 1.0 + 2.0_f64.powi(-30);
    let rest = 1.0 + 2.0_f64.powi(-29);
    let left = 2.0_f64.powi(-60);
    // Hidden from the compiler, which would compute the result itself.
    let factor = Lanes::new(black_box([x, -x]));
    let other = Lanes::new(black_box([x, x]));
    let addend = Lanes::new(black_box([-rest, rest]));
    let fused = factor.times_plus(other, addend).lanes() == [left, -left];
    i32::from(fused)
}
