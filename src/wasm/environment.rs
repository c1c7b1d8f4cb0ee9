//! A client from environment variables.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::account::{Account, Client, Credentials, Settings, Signs};
use super::errors::Failure;
use super::foreign::member;
use super::names::in_javascript;
use super::record::{kind_of, text};
use crate::Error;
use crate::protocol::environment::{Environment, Variable};

#[wasm_bindgen]
impl Client {
    /// Opens a client from an object of environment variables. `read_file` returns the text of a
    /// file by its path; it throws on a host without files.
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
    Ok(open(&environment)?)
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
    let credentials = Credentials {
        mchid: &environment.mchid,
        serial: &environment.serial,
        signs: Signs::Key(environment.private_key.as_bytes()),
        certs: environment
            .public_key
            .iter()
            .map(|(id, key)| (id.as_str(), key.as_bytes())),
        automatic: environment.automatic,
        apiv3_key: environment.apiv3_key.as_ref().map(|key| key.as_bytes()),
        base_url: environment.base_url.as_ref().map(|url| url.as_str()),
    };
    Account::new(credentials, Settings::default())
}
