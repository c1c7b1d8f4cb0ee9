//! JSON (RFC 8259) as the protocol needs it.
//!
//! Belongs here: the grammar, which is checked once for the complete text; reading members without
//! a copy; writing objects of strings. `tests.rs` compares all of it with `serde_json`.
//! May import: nothing of this crate.

mod grammar;
#[cfg(any(target_arch = "wasm32", test))]
mod object;
mod read;
mod write;

#[cfg(test)]
mod tests;

#[cfg(target_arch = "wasm32")]
pub(crate) use object::ObjectWriter;
#[cfg(any(target_arch = "wasm32", test))]
pub(crate) use object::{array, quoted};
pub(crate) use read::{Json, Object, OtherForm};
pub(crate) use write::object_of_texts;
