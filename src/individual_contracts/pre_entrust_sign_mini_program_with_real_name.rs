//! POST `/v3/ecommerce/individual-contracts/pre-entrust-sign-with-real-name-identity/mini-program` (WeChat Pay
//! partner document 4020023723): the pre-sign id with which a mini program opens WeChat's contract page, for the
//! one person who is named. The name and the number go out sealed.
//!
//! ```
//! # use wechatpay_wasm::{Certs, Merchant};
//! use wechatpay_wasm::individual_contracts::pre_entrust_sign_mini_program_with_real_name::{Params, prepare};
//! use wechatpay_wasm::individual_contracts::Identity;
//!
//! # let private_key = include_bytes!("../../tests/keys/merchant.pkcs8.pem");
//! # let public_key = include_bytes!("../../tests/keys/wechatpay.spki.pem");
//! # let merchant = Merchant::parse("1900007291", "408B", private_key)?;
//! # let certs = Certs::parse([("PUB_KEY_ID_01", public_key)], &merchant)?;
//! let identity = Identity::parse("张三", "ID_CARD", "11010519491231002X")?;
//! let params = Params::parse("wxd678efh567h23787", "APPLYMENT_1", "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", identity)?;
//! let seeds = [7; Identity::SEED_BYTES]; // of a cryptographic source
//! let request = prepare(&params, &certs, 1_554_208_460, &seeds)?;
//! # Ok::<(), wechatpay_wasm::Error>(())
//! ```

use serde::Serialize;

use super::{Identity, PreEntrustSign};
use crate::answer::VerifiedAnswer;
use crate::certs::Certs;
use crate::error::Error;
use crate::fields::{Appid, CredType, Openid, OutContractCode};
use crate::request::{Method, Request};

const PATH: &str =
    "/v3/ecommerce/individual-contracts/pre-entrust-sign-with-real-name-identity/mini-program";

/// What the call is asked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params {
    /// The mini program's appid, bound to the merchant.
    pub appid: Appid,
    /// The merchant's own number of this contract.
    pub out_contract_code: OutContractCode,
    /// The payee, as the mini program knows them.
    pub openid: Openid<64>,
    /// Who alone may sign it.
    pub identity: Identity,
}

impl Params {
    /// The names of the parameters on the wire.
    pub const FIELDS: [&'static str; 6] = [
        "appid",
        "out_contract_code",
        "openid",
        "real_name",
        "cred_type",
        "cred_id",
    ];

    /// Reads the parameters.
    ///
    /// # Errors
    /// [`Error::Validation`] for the first of them that breaks its limits.
    pub fn parse(
        appid: &str,
        out_contract_code: &str,
        openid: &str,
        identity: Identity,
    ) -> Result<Self, Error> {
        Ok(Self {
            appid: Appid::parse(appid)?,
            out_contract_code: OutContractCode::parse(out_contract_code)?,
            openid: Openid::parse(openid)?,
            identity,
        })
    }
}

#[derive(Serialize)]
struct Body<'a> {
    appid: &'a Appid,
    out_contract_code: &'a OutContractCode,
    openid: &'a Openid<64>,
    real_name: String,
    cred_type: CredType,
    cred_id: String,
}

/// The request, not signed yet: its name and number sealed with the key of `certs` that it names in
/// `Wechatpay-Serial`. `now` is in seconds since 1970; `seeds` must be fresh random bytes.
///
/// # Errors
/// [`Error::Validation`] for `real_name` or `cred_id`: it takes more bytes in UTF-8 than the key can
/// seal. [`Error::Config`] for `certs` without a key that holds.
pub fn prepare(
    params: &Params,
    certs: &Certs,
    now: u64,
    seeds: &[u8; Identity::SEED_BYTES],
) -> Result<Request, Error> {
    let (identity, key_id) = params.identity.seal(certs, now, seeds)?;
    Request::new(Method::Post, PATH)
        .repeatable(true)
        .sealed_for(key_id)
        .json(&Body {
            appid: &params.appid,
            out_contract_code: &params.out_contract_code,
            openid: &params.openid,
            real_name: identity.real_name,
            cred_type: identity.cred_type,
            cred_id: identity.cred_id,
        })
}

/// Reads the answer.
///
/// # Errors
/// [`Error::Transport`] with [`TransportFault::Invalid`](crate::TransportFault::Invalid): the answer
/// is WeChat Pay's, but it holds no pre-sign id.
pub fn process(answer: &VerifiedAnswer<'_>) -> Result<PreEntrustSign, Error> {
    PreEntrustSign::read(answer)
}
