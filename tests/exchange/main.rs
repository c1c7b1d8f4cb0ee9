//! Calls without JavaScript: a simulated WeChat Pay, network and clock perform the steps of each call.
//!
//! Belongs here: when a request is sent, sent again or given up, and what its result is.

#[path = "../protocol/support/mod.rs"]
mod support;

mod abort;
mod certificates;
mod certificates_auto;
mod encryption;
mod faults;
mod files;
mod hooks;
mod named_key;
mod notifications;
mod order;
#[cfg(not(target_arch = "wasm32"))]
mod properties;
mod retries;
mod signers;
mod states;
mod times;
mod trust;
mod wechatpay;
mod world;
