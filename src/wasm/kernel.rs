//! The kernel of fused multiply-add, which is a WebAssembly module of its own: JavaScript holds it
//! (`pkg-template/kernel.mjs`), and copies operands into it and powers out of it.
#![expect(
    unsafe_code,
    reason = "operands are shown to JavaScript where they are"
)]

use std::cell::RefCell;

use js_sys::{Function, Uint8Array};
use wasm_bindgen::{JsCast, prelude::*};

use crate::rsa::{Kernel, Operands, PublicOperands};

thread_local! {
    /// Gives a kernel where this runtime has one: `() => ((operands: Uint8Array, isPublic: boolean) =>
    /// void) | undefined`.
    static FINDER: RefCell<Option<Function>> = const { RefCell::new(None) };
    static KERNEL: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Tells how a kernel is found. The loader calls it once, before anything else.
#[wasm_bindgen(js_name = useKernel)]
pub fn use_kernel(finder: Function) {
    FINDER.with_borrow_mut(|known| *known = Some(finder));
}

/// The kernel, where this runtime has one.
pub(crate) fn found() -> Option<Kernel> {
    let found = FINDER.with_borrow(|finder| finder.as_ref()?.call0(&JsValue::UNDEFINED).ok())?;
    let kernel = found.dyn_into().ok()?;
    KERNEL.with_borrow_mut(|known| *known = Some(kernel));
    Some(Kernel {
        two_powers: |operands: &mut Operands| compute(operands, false),
        public_power: |operands: &mut PublicOperands| compute(operands, true),
    })
}

/// Has the kernel compute. What it leaves undone, since it threw, is found wrong when it is checked.
fn compute<Operands>(operands: &mut Operands, is_public: bool) {
    let Some(kernel) = KERNEL.with_borrow(Clone::clone) else {
        return;
    };
    let bytes = core::ptr::from_mut(operands).cast();
    // Leaves a slot free for the view, since another slot may take memory, and a memory that grows has no views.
    drop(JsValue::from(Uint8Array::new_with_length(0)));
    // SAFETY: operands are numbers without padding, and whatever is written there are numbers again. Nothing is
    // allocated while the view is used. Were it, the memory might grow, the view be empty, and the
    // powers wrong, which whoever asked finds out.
    let view = unsafe { Uint8Array::view_mut_raw(bytes, size_of::<Operands>()) };
    let _ = kernel.call2(&JsValue::UNDEFINED, &view, &JsValue::from_bool(is_public));
}
