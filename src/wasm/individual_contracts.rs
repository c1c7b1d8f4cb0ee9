//! The individual-contracts calls as methods. What each does is decided in the core; here stand their
//! names, and how their results look.
//!
//! # Errors
//! Each throws a `ValidationError`; its promise rejects with everything else.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::account::{Account, Client};
use super::errors::Failure;
use super::names::in_javascript;
use super::typed_call::{Texts, object, optional, read_params};
use crate::individual_contracts::{
    Identity, PreEntrustSign, pre_entrust_sign_app, pre_entrust_sign_app_with_real_name,
    pre_entrust_sign_mini_program, pre_entrust_sign_mini_program_with_real_name,
    query_contract_by_openid, query_contract_by_out_contract_code,
};
use crate::{Certs, Error, Request};

type Started = Result<Promise, JsValue>;

#[wasm_bindgen]
impl Client {
    /// POST `/v3/ecommerce/individual-contracts/pre-entrust-sign/app`.
    #[wasm_bindgen(js_name = preEntrustSignApp)]
    pub fn pre_entrust_sign_app(&self, params: &JsValue, options: &JsValue) -> Started {
        use pre_entrust_sign_app::{Params, prepare, process};
        let parse = |[appid, code]: &Texts<_>| Params::parse(appid, code);
        let params = read_params(params, Params::FIELDS, parse);
        let prepare = |params: &_, _: &_| Ok(prepare(params)?);
        self.start(params, options, prepare, process, pre_entrust_sign)
    }

    /// POST `/v3/ecommerce/individual-contracts/pre-entrust-sign/mini-program`.
    #[wasm_bindgen(js_name = preEntrustSignMiniProgram)]
    pub fn pre_entrust_sign_mini_program(&self, params: &JsValue, options: &JsValue) -> Started {
        use pre_entrust_sign_mini_program::{Params, prepare, process};
        let parse = |[appid, code, openid]: &Texts<_>| Params::parse(appid, code, openid);
        let params = read_params(params, Params::FIELDS, parse);
        let prepare = |params: &_, _: &_| Ok(prepare(params)?);
        self.start(params, options, prepare, process, pre_entrust_sign)
    }

    /// POST `/v3/ecommerce/individual-contracts/pre-entrust-sign-with-real-name-identity/app`.
    #[wasm_bindgen(js_name = preEntrustSignAppWithRealName)]
    pub fn pre_entrust_sign_app_with_real_name(
        &self,
        params: &JsValue,
        options: &JsValue,
    ) -> Started {
        use pre_entrust_sign_app_with_real_name::{Params, prepare, process};
        let parse = |[appid, code, name, kind, number]: &Texts<_>| {
            Params::parse(appid, code, Identity::parse(name, kind, number)?)
        };
        let params = read_params(params, Params::FIELDS, parse);
        let prepare = |params: &_, account: &_| sealed(account, params, prepare);
        self.start(params, options, prepare, process, pre_entrust_sign)
    }

    /// POST `/v3/ecommerce/individual-contracts/pre-entrust-sign-with-real-name-identity/mini-program`.
    #[wasm_bindgen(js_name = preEntrustSignMiniProgramWithRealName)]
    pub fn pre_entrust_sign_mini_program_with_real_name(
        &self,
        params: &JsValue,
        options: &JsValue,
    ) -> Started {
        use pre_entrust_sign_mini_program_with_real_name::{Params, prepare, process};
        let parse = |[appid, code, openid, name, kind, number]: &Texts<_>| {
            Params::parse(appid, code, openid, Identity::parse(name, kind, number)?)
        };
        let params = read_params(params, Params::FIELDS, parse);
        let prepare = |params: &_, account: &_| sealed(account, params, prepare);
        self.start(params, options, prepare, process, pre_entrust_sign)
    }

    /// GET `/v3/ecommerce/individual-contracts/out-contract-code/{out_contract_code}`.
    #[wasm_bindgen(js_name = queryContractByOutContractCode)]
    pub fn query_contract_by_out_contract_code(
        &self,
        params: &JsValue,
        options: &JsValue,
    ) -> Started {
        use query_contract_by_out_contract_code::{
            ContractByOutContractCode, Params, prepare, process,
        };
        let parse = |[appid, code]: &Texts<_>| Params::parse(appid, code);
        let params = read_params(params, Params::FIELDS, parse);
        let prepare = |params: &_, _: &_| Ok(prepare(params));
        let result = |contract: &ContractByOutContractCode| {
            let name = contract.real_name_auth_result.as_ref();
            let name = name.map(|name| {
                object([
                    ("scope", name.scope.as_str().into()),
                    ("access_token", name.access_token.as_str().into()),
                    (
                        "access_token_expire_time",
                        name.access_token_expire_time.as_str().into(),
                    ),
                ])
            });
            let auth_id = contract.individual_auth_id.as_deref();
            object([
                ("signed_time", contract.signed_time.as_str().into()),
                ("auth_state", contract.auth_state.as_str().into()),
                ("individual_auth_id", optional(auth_id)),
                (
                    "individual_openid",
                    optional(contract.individual_openid.as_deref()),
                ),
                (
                    "real_name_auth_result",
                    name.transpose()?.unwrap_or_default(),
                ),
            ])
        };
        self.start(params, options, prepare, process, result)
    }

    /// GET `/v3/ecommerce/individual-contracts/{openid}`.
    #[wasm_bindgen(js_name = queryContractByOpenid)]
    pub fn query_contract_by_openid(&self, params: &JsValue, options: &JsValue) -> Started {
        use query_contract_by_openid::{ContractByOpenid, Params, prepare, process};
        let parse = |[appid, openid, kind]: &Texts<_>| Params::parse(appid, openid, kind);
        let params = read_params(params, Params::FIELDS, parse);
        let prepare = |params: &_, _: &_| Ok(prepare(params));
        let result = |contract: &ContractByOpenid| {
            object([
                (
                    "individual_auth_id",
                    contract.individual_auth_id.as_str().into(),
                ),
                ("operation_time", contract.operation_time.as_str().into()),
                ("auth_state", contract.auth_state.as_str().into()),
            ])
        };
        self.start(params, options, prepare, process, result)
    }
}

fn pre_entrust_sign(result: &PreEntrustSign) -> Result<JsValue, JsValue> {
    object([(
        "pre_entrustweb_id",
        result.pre_entrustweb_id.as_str().into(),
    )])
}

/// Prepares a call that seals a name and a number.
fn sealed<P>(
    account: &Account,
    params: &P,
    prepare: fn(&P, &Certs, &[u8; Identity::SEED_BYTES]) -> Result<Request, Error>,
) -> Result<Request, Failure> {
    let seeds = account.host.random()?;
    Ok(prepare(params, &account.certs, &seeds).map_err(in_javascript)?)
}
