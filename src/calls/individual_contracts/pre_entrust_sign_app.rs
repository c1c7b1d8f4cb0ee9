//! POST `/v3/ecommerce/individual-contracts/pre-entrust-sign/app` (WeChat Pay partner document
//! 4015851472): the pre-sign id with which a phone app opens WeChat's contract page.

/// The parameters of the call.
pub use super::contract::Contract as Params;
use super::pre_entrust_sign::request;
pub use super::pre_entrust_sign::{PreEntrustSign, process};
use crate::protocol::request::Request;

const PATH: &str = "/v3/ecommerce/individual-contracts/pre-entrust-sign/app";

/// The request before it is signed.
#[must_use]
pub fn prepare(params: &Params) -> Request {
    request(PATH, params.members())
}
