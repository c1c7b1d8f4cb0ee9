//! The protocol against the crate's public interface, natively and in Wasm. All in one program: each
//! program more is linked, read by wasm-bindgen and started by itself.

mod support;

mod bad_input;
mod chain;
mod files;
mod individual_contracts;
mod known_answers;
mod merchant_certificate;
mod notifications;
mod properties;
mod responses;
mod round_keys;
mod wycheproof;
