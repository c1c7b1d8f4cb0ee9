//! The parameters that open WeChat's cashier, as a method.

use std::rc::Rc;

use super::promise::promise;
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

use super::account::Client;
use super::errors::Failure;
use super::names::in_javascript;
use super::record::{Kind, Record};
use crate::Error;
use crate::calls::pay_sign::{self, Params};

#[wasm_bindgen]
impl Client {
    /// Signs the parameters with which a page, a mini program or an app opens WeChat's cashier.
    ///
    /// # Errors
    /// Throws a `ValidationError`; the promise rejects with everything else.
    #[wasm_bindgen(js_name = paySign)]
    pub fn pay_sign(&self, params: &JsValue) -> Result<Promise, JsValue> {
        let params = read(params).map_err(Failure::Ours)?;
        let account = Rc::clone(&self.0);
        Ok(promise(async move {
            let attempt = account.host.attempt()?;
            let unsigned = pay_sign::prepare(&params, account.merchant.mchid(), &attempt);
            let signature = account.sign_message(unsigned.message()).await?;
            let object = Object::new();
            for (name, value) in unsigned.signed(&signature) {
                Reflect::set(&object, &name.into(), &value.into())?;
            }
            Ok(object.into())
        }))
    }
}

fn read(params: &JsValue) -> Result<Params, Error> {
    let record = Record::open(params, Kind::Params, &Params::FIELDS)?;
    Params::parse(
        &record.required_text("type")?,
        &record.required_text("appid")?,
        &record.required_text("prepay_id")?,
        record.optional_text("partnerid")?.as_deref(),
    )
    .map_err(in_javascript)
}
