//! Calls without JavaScript: a simulated WeChat Pay, network and clock perform the steps of each call.
//!
//! Belongs here: when a request is sent, sent again or given up, and what its result is.

mod support;

#[path = "exchange/abort.rs"]
mod abort;
#[path = "exchange/certificates.rs"]
mod certificates;
#[path = "exchange/certificates_auto.rs"]
mod certificates_auto;
#[path = "exchange/faults.rs"]
mod faults;
#[path = "exchange/files.rs"]
mod files;
#[path = "exchange/hooks.rs"]
mod hooks;
#[path = "exchange/named_key.rs"]
mod named_key;
#[path = "exchange/notifications.rs"]
mod notifications;
#[path = "exchange/order.rs"]
mod order;
#[cfg(not(target_arch = "wasm32"))]
#[path = "exchange/properties.rs"]
mod properties;
#[path = "exchange/retries.rs"]
mod retries;
#[path = "exchange/signers.rs"]
mod signers;
#[path = "exchange/states.rs"]
mod states;
#[path = "exchange/times.rs"]
mod times;
#[path = "exchange/wechatpay.rs"]
mod wechatpay;
#[path = "exchange/world.rs"]
mod world;
