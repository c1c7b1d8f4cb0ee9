//! One file for each call: `prepare` makes its request, `process` reads its response.
//!
//! Belongs here: the parameters of one endpoint, their limits, and the form of its result. Nothing
//! here sends anything.
//! May import: everything below it.

pub mod app_launch;
pub mod chain;
pub mod decrypt;
pub mod download;
pub mod echo;
pub mod encrypt;
pub mod encrypted_file;
pub mod individual_contracts;
pub mod notification;
pub mod passing_file;
pub mod pay_sign;
pub mod platform_certificates;
pub mod unverified_download;
pub mod upload;
