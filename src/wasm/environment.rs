//! A client from environment variables.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::account::{Account, Client};
use super::errors::Failure;
use super::foreign::member;
use super::host::Host;
use super::names::in_javascript;
use super::options::DEFAULT_TIMEOUT;
use super::record::{kind_of, text};
use crate::environment::{Environment, Variable};
use crate::{Apiv3Key, BaseUrl, Certs, Error, Merchant};

#[wasm_bindgen]
impl Client {
    /// Opens a client from an object of environment variables. `read_file` gives the text of a
    /// file by its path; it throws where the host has no files.
    ///
    /// # Errors
    /// A `ConfigError` that names the option and its variable.
    #[wasm_bindgen(js_name = fromEnv)]
    pub fn from_env(env: &JsValue, read_file: &Function) -> Result<Client, JsValue> {
        read(env, read_file)
            .map(|account| Client(Rc::new(account)))
            .map_err(JsValue::from)
    }
}

fn read(env: &JsValue, read_file: &Function) -> Result<Account, Failure> {
    if !env.is_object() {
        let problem = format!(
            "must be an object of environment variables, not {}",
            kind_of(env)
        );
        return Err(Error::config("env", problem).into());
    }
    let mut thrown = None;
    let environment = Environment::read(
        |variable, name| {
            let refused = |problem: &str| {
                Error::config(
                    variable.option,
                    format!("{name} in the environment {problem}"),
                )
            };
            let value = member(env, name).map_err(|_| refused("cannot be read: it throws"))?;
            if value.is_undefined() {
                return Ok(None);
            }
            text(&value).map(Some).map_err(|problem| refused(&problem))
        },
        |variable, path| {
            read_file
                .call1(&JsValue::UNDEFINED, &path.into())
                .map_err(|error| thrown = Some(error))
                .ok()
                .and_then(|content| content.as_string())
                .ok_or_else(|| unreadable(variable))
        },
    )
    .map_err(in_javascript)
    .map_err(|error| match thrown.take() {
        Some(cause) => Failure::Caused(error, cause),
        None => Failure::Ours(error),
    })?;
    Ok(open(&environment).map_err(in_javascript)?)
}

fn unreadable(variable: Variable) -> Error {
    let problem = format!(
        "the file that {0}_FILE names cannot be read; where there are no files, set {0} to the \
         value itself",
        variable.name
    );
    Error::config(variable.option, problem)
}

fn open(environment: &Environment) -> Result<Account, Error> {
    let merchant = Merchant::parse(
        &environment.mchid,
        &environment.serial,
        environment.private_key.as_bytes(),
    )?;
    let apiv3_key = environment
        .apiv3_key
        .as_ref()
        .map(|key| Apiv3Key::parse(key.as_bytes()))
        .transpose()?;
    Ok(Account {
        certs: Certs::parse(
            [(
                environment.public_key_id.as_str(),
                environment.public_key.as_bytes(),
            )],
            &merchant,
        )?,
        base_url: match &environment.base_url {
            Some(text) => BaseUrl::parse(text)?,
            None => BaseUrl::default(),
        },
        timeout: DEFAULT_TIMEOUT,
        host: Host::default(),
        apiv3_key,
        merchant,
    })
}
