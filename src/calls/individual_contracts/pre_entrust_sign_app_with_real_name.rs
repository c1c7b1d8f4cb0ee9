//! POST `/v3/ecommerce/individual-contracts/pre-entrust-sign-with-real-name-identity/app` (WeChat
//! Pay partner document 4020083765): the pre-sign id with which a phone app opens WeChat's contract
//! page, for one named person only. The name and the number are sent encrypted.
//!
//! ```
//! # use wechatpay_wasm::{Certs, Merchant};
//! use wechatpay_wasm::calls::individual_contracts::pre_entrust_sign_app_with_real_name::{Params, prepare};
//! use wechatpay_wasm::calls::individual_contracts::Identity;
//!
//! # let private_key = include_bytes!("../../../tests/keys/merchant.pkcs8.pem");
//! # let public_key = include_bytes!("../../../tests/keys/wechatpay.spki.pem");
//! # let merchant = Merchant::parse("1900007291", "408B", private_key)?;
//! # let certs = Certs::parse([("PUB_KEY_ID_01", public_key)], &merchant)?;
//! let identity = Identity::parse("张三", "ID_CARD", "11010519491231002X")?;
//! let params = Params::parse("wxd678efh567h23787", "APPLYMENT_1", identity)?;
//! let seeds = [7; Identity::SEED_BYTES]; // use a cryptographic source
//! let request = prepare(&params, &certs, 1_554_208_460, &seeds)?;
//! # Ok::<(), wechatpay_wasm::Error>(())
//! ```

use super::identity::Identity;
use super::pre_entrust_sign::encrypted_request;
pub use super::pre_entrust_sign::process;
use super::pre_entrust_sign_app;
use crate::error::Error;
use crate::protocol::certs::Certs;
use crate::protocol::request::Request;

const PATH: &str =
    "/v3/ecommerce/individual-contracts/pre-entrust-sign-with-real-name-identity/app";

/// The parameters of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params {
    /// The parameters that are sent unencrypted, the same as those of the call without a name.
    pub plain: pre_entrust_sign_app::Params,
    /// The only person who may sign the contract.
    pub identity: Identity,
}

impl Params {
    /// The names of the parameters on the wire.
    pub const FIELDS: [&'static str; 5] = [
        "appid",
        "out_contract_code",
        "real_name",
        "cred_type",
        "cred_id",
    ];

    /// Reads the parameters.
    ///
    /// # Errors
    /// [`Error::Validation`] for the first of them that breaks its limits.
    pub fn parse(appid: &str, out_contract_code: &str, identity: Identity) -> Result<Self, Error> {
        Ok(Self {
            plain: pre_entrust_sign_app::Params::parse(appid, out_contract_code)?,
            identity,
        })
    }
}

/// The request before it is signed. The name and the number are encrypted with a key of `certs`,
/// which `Wechatpay-Serial` names. `now` is in seconds since 1970. `seeds` must be fresh random
/// bytes.
///
/// # Errors
/// [`Error::Validation`] for `real_name` or `cred_id`: it has more bytes in UTF-8 than the key can
/// encrypt. [`Error::Config`] for `certs` if no key in it is valid.
pub fn prepare(
    params: &Params,
    certs: &Certs,
    now: u64,
    seeds: &[u8; Identity::SEED_BYTES],
) -> Result<Request, Error> {
    encrypted_request(
        PATH,
        params.plain.members(),
        &params.identity,
        certs,
        now,
        seeds,
    )
}
