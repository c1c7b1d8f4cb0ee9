//! Wipes memory before it is freed. Keys and what is computed with them pass through
//! buffers of libraries that do not wipe theirs; in the Wasm's memory, whatever is freed would stay
//! readable to everything else on the page or server that reaches that memory.
#![expect(unsafe_code, reason = "an allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};

#[global_allocator]
static WIPING: Wiping = Wiping;

/// The system's allocator, wiping what it frees. Growing in place is left out, as `realloc`'s default
/// of a new block, a copy and a free does: the old block is wiped.
struct Wiping;

// SAFETY: every call goes to `System` with the same layout; in addition, only the freed block is
// written. Its owner has released it, and `System` has not yet received it.
unsafe impl GlobalAlloc for Wiping {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract is `System`'s.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract is `System`'s.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block is `layout.size()` bytes long, and still the caller's.
        unsafe { block.write_bytes(0, layout.size()) };
        // The compiler must not find out that nobody reads the zeros.
        std::hint::black_box(block);
        // SAFETY: the caller's contract is `System`'s.
        unsafe { System.dealloc(block, layout) }
    }
}
