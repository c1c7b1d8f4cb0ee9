//! The exports of the calls that have a name of their own. Each starts a call that the core decides and the
//! driver performs.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::call::{drive, start};
use crate::calls::individual_contracts as calls;
use crate::json::ObjectWriter;

/// Each call starts with its parameters and options as JSON, and returns the driver's promise.
macro_rules! exports {
    ($($function:ident $name:literal $module:ident;)*) => {
        $(
            #[doc = concat!("`", $name, "`.")]
            #[wasm_bindgen(js_name = $name)]
            pub fn $function(
                params: &str, options: &str,
                clock: f64, elapsed: f64, random: Vec<u8>,
            ) -> Promise {
                drive(start($name, params, options, Vec::new(), clock, elapsed, random))
            }
        )*

        fn fields(name: &str) -> Option<&'static [&'static str]> {
            match name {
                $($name => Some(&calls::$module::Params::FIELDS),)*
                _ => None,
            }
        }
    };
}

exports! {
    app "preEntrustSignApp" pre_entrust_sign_app;
    mini_program "preEntrustSignMiniProgram" pre_entrust_sign_mini_program;
    app_named "preEntrustSignAppWithRealName" pre_entrust_sign_app_with_real_name;
    mini_program_named
        "preEntrustSignMiniProgramWithRealName" pre_entrust_sign_mini_program_with_real_name;
    by_code "queryContractByOutContractCode" query_contract_by_out_contract_code;
    by_openid "queryContractByOpenid" query_contract_by_openid;
}

/// The names of a call's parameters, in their order: `{ fields }`.
#[wasm_bindgen(js_name = fieldsOf)]
pub fn fields_of(name: &str) -> String {
    let fields = fields(name).unwrap_or_default().iter().copied();
    ObjectWriter::new().texts("fields", fields).finish()
}
