//! The calls that have a method of their own: parameters in, one request, its result as an object.

use std::rc::Rc;

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use zeroize::Zeroizing;

use super::account::{Account, Client};
use super::errors::Failure;
use super::names::{camel_case, in_javascript};
use super::options::CallOptions;
use super::record::{Kind, Record};
use crate::{Error, Request, VerifiedAnswer};

/// The texts of a call's parameters, in the order of its fields. Wiped, since some are sensitive.
pub(super) type Texts<const N: usize> = [Zeroizing<String>; N];

/// Reads an object of the fields that are named, all of which must be there, and strings.
pub(super) fn read_params<const N: usize, P>(
    params: &JsValue,
    fields: [&'static str; N],
    parse: impl FnOnce(&Texts<N>) -> Result<P, Error>,
) -> Result<P, Error> {
    let record = Record::open(params, Kind::Params, &fields)?;
    let mut texts = fields.map(|_| Zeroizing::default());
    for (text, field) in texts.iter_mut().zip(fields) {
        *text = Zeroizing::new(record.required_text(field)?);
    }
    parse(&texts).map_err(in_javascript)
}

impl Client {
    /// Starts a call whose parameters are read. The arguments were read before this returns: changing
    /// them afterwards changes nothing.
    pub(super) fn start<P: 'static, T>(
        &self,
        params: Result<P, Error>,
        options: &JsValue,
        prepare: impl FnOnce(&P, &Account) -> Result<Request, Failure> + 'static,
        process: impl FnOnce(&VerifiedAnswer<'_>) -> Result<T, Error> + 'static,
        result: impl FnOnce(&T) -> Result<JsValue, JsValue> + 'static,
    ) -> Result<Promise, JsValue> {
        let params = params.map_err(Failure::Ours)?;
        let options = CallOptions::read(options).map_err(Failure::Ours)?;
        let account = Rc::clone(&self.0);
        Ok(future_to_promise(async move {
            let request = prepare(&params, &account)?;
            // Sensitive parameters are needed no longer, however long the answer takes.
            drop(params);
            let answer = account.call(&request, &options, process).await?;
            result(&answer)
        }))
    }
}

/// An object of the members that are defined, by their names on the wire.
pub(super) fn object<const N: usize>(members: [(&str, JsValue); N]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in members {
        if !value.is_undefined() {
            Reflect::set(&object, &camel_case(name).into(), &value)?;
        }
    }
    Ok(object.into())
}

/// A text, or `undefined`.
pub(super) fn optional(text: Option<&str>) -> JsValue {
    text.map_or(JsValue::UNDEFINED, JsValue::from)
}
