//! The calls that have their own method: parameters, one request, and its result as an object.

use std::rc::Rc;

use super::promise::promise;
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use super::account::{Account, Client};
use super::errors::Failure;
use super::names::{camel_case, in_javascript};
use super::options::CallOptions;
use super::record::{Kind, Record};
use crate::{Error, Request, VerifiedResponse};

/// The texts of a call's parameters, in the order of its fields. They are wiped, since some are
/// sensitive.
pub(super) type Texts<const N: usize> = [Zeroizing<String>; N];

/// Reads an object of the named fields. All of them are required, and must be strings.
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

/// Makes the request of a call for an account.
type Prepare = Box<dyn FnOnce(&Account) -> Result<Request, Failure>>;
/// Reads a verified response.
pub(super) type Process = Box<dyn FnOnce(&VerifiedResponse<'_>) -> Result<Members, Error>>;

impl Client {
    /// Starts a call. The arguments are read before this returns; later changes have no effect.
    pub(super) fn start<P: 'static, T>(
        &self,
        params: Result<P, Error>,
        options: &JsValue,
        prepare: impl FnOnce(&P, &Account) -> Result<Request, Failure> + 'static,
        process: fn(&VerifiedResponse<'_>) -> Result<T, Error>,
        result: fn(T) -> Members,
    ) -> Result<Promise, JsValue>
    where
        T: 'static,
    {
        let params = params.map_err(Failure::Ours)?;
        // Boxed. Otherwise the following code, the largest part, would be compiled again for every
        // call.
        self.start_boxed(
            options,
            Box::new(move |account| prepare(&params, account)),
            Box::new(move |response| process(response).map(result)),
        )
    }

    fn start_boxed(
        &self,
        options: &JsValue,
        prepare: Prepare,
        process: Process,
    ) -> Result<Promise, JsValue> {
        let options = CallOptions::read(options).map_err(Failure::Ours)?;
        let account = Rc::clone(&self.0);
        Ok(promise(async move {
            let budget = account.ready(options).await?;
            // Sensitive parameters are dropped with it, before the response arrives.
            let request = prepare(&account)?;
            let response = account.call(&request, &budget, process).await?;
            object(response)
        }))
    }
}

/// The members of a result, by their names on the wire.
pub(super) type Members = Vec<(&'static str, Member)>;

/// The value of a member.
pub(super) enum Member {
    Text(String),
    Object(Members),
    /// Left out of the object.
    Absent,
}

impl From<String> for Member {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Option<String>> for Member {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Absent, Self::Text)
    }
}

/// A JavaScript object of members.
pub(super) fn object(members: Members) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, member) in members {
        let value = match member {
            Member::Text(text) => text.into(),
            Member::Object(members) => self::object(members)?,
            Member::Absent => continue,
        };
        Reflect::set(&object, &camel_case(name).into(), &value)?;
    }
    Ok(object.into())
}
