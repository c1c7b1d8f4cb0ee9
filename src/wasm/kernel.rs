//! The kernel of fused multiply-add, a separate WebAssembly module. JavaScript owns it
//! (`pkg-template/kernel.mjs`), copies the operands into it and the powers out of it.
#![expect(
    unsafe_code,
    reason = "JavaScript gets a view of the operands in place"
)]

use std::cell::RefCell;

use js_sys::{Function, Uint8Array};
use wasm_bindgen::{JsCast, prelude::*};

use crate::rsa::{Kernel, Operands, PublicOperands};

thread_local! {
    /// Returns a kernel, if this runtime has one: `() => ((operands: Uint8Array, isPublic: boolean) =>
    /// void) | undefined`.
    static FINDER: RefCell<Option<Function>> = const { RefCell::new(None) };
    static KERNEL: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Registers the function that finds a kernel. The loader calls it once, before anything else.
#[wasm_bindgen(js_name = useKernel)]
pub fn use_kernel(finder: Function) {
    FINDER.with_borrow_mut(|known| *known = Some(finder));
}

/// The kernel, if this runtime has one.
pub(crate) fn found() -> Option<Kernel> {
    let found = FINDER.with_borrow(|finder| finder.as_ref()?.call0(&JsValue::UNDEFINED).ok())?;
    let kernel = found.dyn_into().ok()?;
    KERNEL.with_borrow_mut(|known| *known = Some(kernel));
    Some(Kernel {
        two_powers: |operands: &mut Operands| compute(operands, false),
        public_power: |operands: &mut PublicOperands| compute(operands, true),
    })
}

/// Computes with the kernel. If the kernel throws, its result is wrong, and the caller's check
/// finds that.
fn compute<Operands>(operands: &mut Operands, is_public: bool) {
    let Some(kernel) = KERNEL.with_borrow(Clone::clone) else {
        return;
    };
    let bytes = core::ptr::from_mut(operands).cast();
    // Frees a slot for the view: a new slot may grow the memory, and a memory that grows detaches
    // its views.
    drop(JsValue::from(Uint8Array::new_with_length(0)));
    // SAFETY: operands are numbers without padding, and any bytes that are written there are
    // numbers, too. Nothing is allocated while the view is used. If it were, the memory might grow,
    // the view would be empty and the powers wrong, and the caller's check would find that.
    let view = unsafe { Uint8Array::view_mut_raw(bytes, size_of::<Operands>()) };
    let _ = kernel.call2(&JsValue::UNDEFINED, &view, &JsValue::from_bool(is_public));
}
