//! The individual-contracts calls as methods: their names and the form of their results. The core
//! implements them.
//!
//! # Errors
//! Each throws a `ValidationError`; its promise rejects with everything else.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::account::{Account, Client};
use super::errors::Failure;
use super::host::Host;
use super::names::in_javascript;
use super::typed_call::{Member, Members, Texts, read_params};
use crate::calls::individual_contracts::{
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
        let prepare = |params: &_, _: &_| Ok(prepare(params));
        self.start(params, options, prepare, process, pre_entrust_sign)
    }

    /// POST `/v3/ecommerce/individual-contracts/pre-entrust-sign/mini-program`.
    #[wasm_bindgen(js_name = preEntrustSignMiniProgram)]
    pub fn pre_entrust_sign_mini_program(&self, params: &JsValue, options: &JsValue) -> Started {
        use pre_entrust_sign_mini_program::{Params, prepare, process};
        let parse = |[appid, code, openid]: &Texts<_>| Params::parse(appid, code, openid);
        let params = read_params(params, Params::FIELDS, parse);
        let prepare = |params: &_, _: &_| Ok(prepare(params));
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
        let prepare = |params: &_, account: &_| encrypted(account, params, prepare);
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
        let prepare = |params: &_, account: &_| encrypted(account, params, prepare);
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
        let result = |contract: ContractByOutContractCode| {
            let name = contract.real_name_auth_result.map(|name| {
                Member::Object(vec![
                    ("scope", name.scope.into()),
                    ("access_token", name.access_token.into()),
                    (
                        "access_token_expire_time",
                        name.access_token_expire_time.into(),
                    ),
                ])
            });
            vec![
                ("signed_time", contract.signed_time.into()),
                ("auth_state", contract.auth_state.into()),
                ("individual_auth_id", contract.individual_auth_id.into()),
                ("individual_openid", contract.individual_openid.into()),
                ("real_name_auth_result", name.unwrap_or(Member::Absent)),
            ]
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
        let result = |contract: ContractByOpenid| {
            vec![
                ("individual_auth_id", contract.individual_auth_id.into()),
                ("operation_time", contract.operation_time.into()),
                ("auth_state", contract.auth_state.into()),
            ]
        };
        self.start(params, options, prepare, process, result)
    }
}

fn pre_entrust_sign(result: PreEntrustSign) -> Members {
    vec![("pre_entrustweb_id", result.pre_entrustweb_id.into())]
}

/// Prepares a call that encrypts a name and a number.
fn encrypted<P>(
    account: &Account,
    params: &P,
    prepare: fn(&P, &Certs, u64, &[u8; Identity::SEED_BYTES]) -> Result<Request, Error>,
) -> Result<Request, Failure> {
    let (now, seeds) = (account.host.now()?, Host::random()?);
    Ok(prepare(params, &account.keys.current(), now, &seeds).map_err(in_javascript)?)
}
