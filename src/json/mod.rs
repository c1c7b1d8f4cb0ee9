//! JSON (RFC 8259) as the protocol needs it: texts proven well-formed once, then looked into member by
//! member without a copy; objects of strings, written. `tests.rs` holds it against `serde_json`, which
//! does as much and far more.

mod grammar;
mod read;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use read::{Json, Object, OtherForm};
pub(crate) use write::object_of_texts;
