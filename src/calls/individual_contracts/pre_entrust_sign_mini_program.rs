//! POST `/v3/ecommerce/individual-contracts/pre-entrust-sign/mini-program` (WeChat Pay partner document
//! 4020023636): the pre-sign id with which a mini program opens WeChat's contract page.
//!
//! ```
//! use wechatpay_wasm::calls::individual_contracts::pre_entrust_sign_mini_program::{Params, prepare};
//!
//! let params = Params::parse("wxd678efh567h23787", "APPLYMENT_1", "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o")?;
//! let request = prepare(&params);
//! assert!(request.is_repeatable());
//! # Ok::<(), wechatpay_wasm::Error>(())
//! ```

use super::contract::Contract;
pub use super::pre_entrust_sign::process;
use super::pre_entrust_sign::request;
use crate::error::Error;
use crate::protocol::fields::Openid;
use crate::protocol::request::Request;

const PATH: &str = "/v3/ecommerce/individual-contracts/pre-entrust-sign/mini-program";

/// The parameters of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params {
    /// The contract.
    pub contract: Contract,
    /// The payee's openid in the mini program.
    pub openid: Openid<64>,
}

impl Params {
    /// The names of the parameters on the wire.
    pub const FIELDS: [&'static str; 3] = ["appid", "out_contract_code", "openid"];

    /// Reads the parameters.
    ///
    /// # Errors
    /// [`Error::Validation`] for the first of them that breaks its limits.
    pub fn parse(appid: &str, out_contract_code: &str, openid: &str) -> Result<Self, Error> {
        Ok(Self {
            contract: Contract::parse(appid, out_contract_code)?,
            openid: Openid::parse(openid)?,
        })
    }

    /// The members of a body.
    pub(super) fn members(&self) -> Vec<(&'static str, &str)> {
        let mut members = self.contract.members();
        members.push(("openid", self.openid.as_str()));
        members
    }
}

/// The request before it is signed.
#[must_use]
pub fn prepare(params: &Params) -> Request {
    request(PATH, params.members())
}
