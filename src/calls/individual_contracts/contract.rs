//! The contract that most calls of this family concern.

use crate::error::Error;
use crate::protocol::fields::{Appid, OutContractCode};

/// A contract, identified by the merchant's own number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// The appid of the app or mini program in which it is signed, bound to the merchant.
    pub appid: Appid,
    /// The merchant's own number of the contract.
    pub out_contract_code: OutContractCode,
}

impl Contract {
    /// The names of the parameters on the wire.
    pub const FIELDS: [&'static str; 2] = ["appid", "out_contract_code"];

    /// Reads the parameters.
    ///
    /// # Errors
    /// [`Error::Validation`] for the first of them that breaks its limits.
    pub fn parse(appid: &str, out_contract_code: &str) -> Result<Self, Error> {
        Ok(Self {
            appid: Appid::parse(appid)?,
            out_contract_code: OutContractCode::parse(out_contract_code)?,
        })
    }

    /// The members of a body.
    pub(super) fn members(&self) -> Vec<(&'static str, &str)> {
        vec![
            ("appid", self.appid.as_str()),
            ("out_contract_code", self.out_contract_code.as_str()),
        ]
    }
}
