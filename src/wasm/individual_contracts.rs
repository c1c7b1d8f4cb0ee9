//! The individual-contracts calls as methods.

use std::rc::Rc;

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::account::Client;
use super::errors::Failure;
use super::names::in_javascript;
use super::options::CallOptions;
use super::record::{Kind, Record};
use crate::Error;
use crate::individual_contracts::pre_entrust_sign_app;

#[wasm_bindgen]
impl Client {
    /// POST `/v3/ecommerce/individual-contracts/pre-entrust-sign/app`.
    ///
    /// The arguments are read before this returns: changing them afterwards changes nothing.
    ///
    /// # Errors
    /// Throws a `ValidationError`; the promise rejects with everything else.
    #[wasm_bindgen(js_name = preEntrustSignApp)]
    pub fn pre_entrust_sign_app(
        &self,
        params: &JsValue,
        options: &JsValue,
    ) -> Result<Promise, JsValue> {
        let read = || -> Result<_, Error> {
            let record = Record::open(params, Kind::Params, &pre_entrust_sign_app::Params::FIELDS)?;
            let params = pre_entrust_sign_app::Params::parse(
                &record.required_text("appid")?,
                &record.required_text("out_contract_code")?,
            )
            .map_err(in_javascript)?;
            Ok((
                pre_entrust_sign_app::prepare(&params)?,
                CallOptions::read(options)?,
            ))
        };
        let (request, options) = read().map_err(Failure::Ours)?;
        let account = Rc::clone(&self.0);
        Ok(future_to_promise(async move {
            let result = account
                .call(&request, &options, pre_entrust_sign_app::process)
                .await?;
            let object = Object::new();
            Reflect::set(
                &object,
                &"preEntrustwebId".into(),
                &result.pre_entrustweb_id.as_str().into(),
            )?;
            Ok(object.into())
        }))
    }
}
