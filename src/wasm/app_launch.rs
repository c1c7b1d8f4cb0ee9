//! The app's launch parameters as a method.

use std::rc::Rc;

use super::promise::promise;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::account::Client;
use super::errors::Failure;
use super::typed_call::{Texts, object, read_params};
use crate::calls::app_launch::{BUSINESS_TYPE, Params, prepare};

#[wasm_bindgen]
impl Client {
    /// Signs the parameters with which a phone app opens WeChat's contract page. Nothing is sent.
    ///
    /// # Errors
    /// Throws a `ValidationError`; the promise rejects with everything else.
    #[wasm_bindgen(js_name = appLaunchParams)]
    pub fn app_launch_params(&self, params: &JsValue) -> Result<Promise, JsValue> {
        let parse = |[appid, id, code]: &Texts<_>| Params::parse(appid, id, code);
        let params = read_params(params, Params::FIELDS, parse).map_err(Failure::Ours)?;
        let account = Rc::clone(&self.0);
        Ok(promise(async move {
            let attempt = account.host.attempt()?;
            let unsigned = prepare(&params, &attempt);
            let signature = account.sign_message(unsigned.message()).await?;
            let query = unsigned.query(&account.merchant, &signature);
            object(vec![
                ("businessType", BUSINESS_TYPE.to_owned().into()),
                ("query", query.into()),
            ])
        }))
    }
}
