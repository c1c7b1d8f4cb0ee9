//! The family `/v3/ecommerce/individual-contracts`: contracts with individual payees. WeChat on the
//! payee's phone shows the contract, and the payee signs it there.
//!
//! Each endpoint has a `prepare` and a `process`. The caller does the I/O between them.

mod contract;
mod identity;
pub mod pre_entrust_sign;
pub mod pre_entrust_sign_app;
pub mod pre_entrust_sign_app_with_real_name;
pub mod pre_entrust_sign_mini_program;
pub mod pre_entrust_sign_mini_program_with_real_name;
pub mod query_contract_by_openid;
pub mod query_contract_by_out_contract_code;

pub use contract::Contract;
pub use identity::Identity;
pub use pre_entrust_sign::PreEntrustSign;
