//! POST `/v3/ecommerce/individual-contracts/pre-entrust-sign/app` (WeChat Pay partner document
//! 4015851472): the pre-sign id with which a phone app opens WeChat's contract page.

use serde::Serialize;

pub use super::PreEntrustSign;
use crate::answer::VerifiedAnswer;
use crate::error::Error;
use crate::fields::{Appid, OutContractCode};
use crate::request::{Method, Request};

const PATH: &str = "/v3/ecommerce/individual-contracts/pre-entrust-sign/app";

/// What the call is asked with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Params {
    /// The app's appid, bound to the merchant.
    pub appid: Appid,
    /// The merchant's own number of this contract.
    pub out_contract_code: OutContractCode,
}

impl Params {
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
}

/// The request, not signed yet.
///
/// # Errors
/// None with parameters that parsed; the type is that of calls which seal.
pub fn prepare(params: &Params) -> Result<Request, Error> {
    Request::new(Method::Post, PATH)
        .repeatable(true)
        .json(params)
}

/// Reads the answer.
///
/// # Errors
/// [`Error::Transport`] with [`TransportFault::Invalid`](crate::TransportFault::Invalid): the answer
/// is WeChat Pay's, but it holds no pre-sign id.
pub fn process(answer: &VerifiedAnswer<'_>) -> Result<PreEntrustSign, Error> {
    PreEntrustSign::read(answer)
}
