//! The kernel of fused multiply-add, as a WebAssembly module of its own: a runtime without relaxed SIMD
//! refuses any module that uses it.
//!
//! It computes [`two_powers`](two_powers::two_powers), a private operation's, and
//! [`public_power`](public_power::public_power), without an import, an allocator or a way to
//! fail. Its caller writes the operands to where `operands` or `public_operands` says, calls `powers`
//! or `public_power`, and reads them back.
//! Nothing stays in its memory.
//!
//! Compiled by `scripts/wasm.mjs`, as an example of this crate, with relaxed SIMD; without it, by
//! `cargo test`, portably.
#![allow(
    unsafe_code,
    dead_code,
    reason = "a module's memory is its interface, and it takes not all of what it shares"
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

/// Where the operands are written, and the powers read.
#[unsafe(no_mangle)]
pub extern "C" fn operands() -> *mut u8 {
    addr_of_mut!(OPERANDS).cast()
}

/// Computes the powers.
#[unsafe(no_mangle)]
pub extern "C" fn powers() {
    // SAFETY: a WebAssembly instance without shared memory has one thread, and nothing that is
    // called here calls back.
    let (operands, workspace) =
        unsafe { (&mut *addr_of_mut!(OPERANDS), &mut *addr_of_mut!(WORKSPACE)) };
    stack::wiped(|| two_powers::two_powers(operands, workspace));
    workspace.wipe();
}

/// Where the operands of a public power are written, and it is read.
#[unsafe(no_mangle)]
pub extern "C" fn public_operands() -> *mut u8 {
    addr_of_mut!(PUBLIC_OPERANDS).cast()
}

/// Computes the public power.
#[unsafe(no_mangle)]
pub extern "C" fn public_power() {
    // SAFETY: as above.
    let operands = unsafe { &mut *addr_of_mut!(PUBLIC_OPERANDS) };
    // A signature that went wrong would give the key away, and it is found here that it did.
    stack::wiped(|| public_power::public_power::<FusedColumns<Lanes>>(operands));
}

/// Whether a multiplication and an addition are rounded once, in both lanes: 1 if so.
///
/// With x = 1 + 2^−30, x² is 1 + 2^−29 + 2^−60, which takes more bits than a double has. Rounded before 1 + 2^−29
/// is taken away from it, it leaves zero; rounded after, it leaves 2^−60.
#[unsafe(no_mangle)]
pub extern "C" fn fused() -> i32 {
    let x = 1.0 + 2.0_f64.powi(-30);
    let rest = 1.0 + 2.0_f64.powi(-29);
    let left = 2.0_f64.powi(-60);
    // Which nobody who compiles this may know.
    let factor = Lanes::new(black_box([x, -x]));
    let other = Lanes::new(black_box([x, x]));
    let addend = Lanes::new(black_box([-rest, rest]));
    let fused = factor.times_plus(other, addend).lanes() == [left, -left];
    i32::from(fused)
}
