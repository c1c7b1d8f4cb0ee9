//! The family `/v3/ecommerce/individual-contracts`: contracts with individual payees, which their
//! phone's WeChat shows and signs.
//!
//! An endpoint is a `prepare` and a `process`, with the I/O between them left to the caller.

pub mod pre_entrust_sign_app;
