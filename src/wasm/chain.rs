//! The chain's calls: any endpoint, by its path.

use std::rc::Rc;

use super::promise::promise;
use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;

use super::account::{Account, Client};
use super::budget::Budget;
use super::chain_options::ChainOptions;
use super::chain_response::ChainResponse;
use super::errors::Failure;
use super::exchange::VerifyBy;
use super::foreign::member;
use super::record::{kind_of, text};
use crate::calls::chain::{Segment, path, prepare};
use crate::{Error, Method};

const METHODS: [Method; 5] = [
    Method::Get,
    Method::Post,
    Method::Put,
    Method::Patch,
    Method::Delete,
];

#[wasm_bindgen]
impl Client {
    /// Calls the path that `links` describe: `{ name }` of a property, `{ written }` of `chain()`.
    /// `write_json` returns the text of `options.json`, or throws.
    ///
    /// The arguments are read before this returns; later changes have no effect.
    ///
    /// # Errors
    /// Throws a `ValidationError`; the promise rejects with everything else.
    #[wasm_bindgen]
    pub fn chain(
        &self,
        method: &str,
        links: &Array,
        options: &JsValue,
        write_json: &Function,
    ) -> Result<Promise, JsValue> {
        let method = METHODS
            .into_iter()
            .find(|known| known.as_str() == method)
            .ok_or_else(|| {
                Failure::from(Error::validation("method", "is not a method of APIv3"))
            })?;
        let segments: Result<Vec<Segment>, Error> =
            links.iter().map(|link| segment(&link)).collect();
        let segments = segments.map_err(Failure::Ours)?;
        let path = path(&segments).map_err(Failure::Ours)?;
        let ChainOptions { params, options } = ChainOptions::read(options, &path, write_json)?;
        let request = prepare(method, &path, &params).map_err(Failure::Ours)?;
        let account = Rc::clone(&self.0);
        Ok(promise(async move {
            let budget = account.ready(options).await?;
            account
                .require_key(params.headers.key_id(), &budget)
                .await?;
            let exchange = account.exchange(&request, &budget, VerifyBy::KnownKeys(&budget));
            let reply = exchange.await?;
            ChainResponse::read(&reply)
                .map_err(Failure::Ours)?
                .into_js()
        }))
    }
}

impl Account {
    /// Rejects a call that names a key outside its validity, or a key that is neither in certs nor
    /// available by a download. WeChat Pay signs its response with the key that a request names. So
    /// the request would be carried out, and its response would be rejected.
    async fn require_key(&self, id: Option<&str>, budget: &Budget) -> Result<(), Failure> {
        let Some(id) = id else { return Ok(()) };
        let now = self.host.now()?;
        match self.keys.current().known(id).map(|known| known.holds(now)) {
            Some(true) => return Ok(()),
            Some(false) => {
                let problem = "names a certificate that has expired or is not valid yet";
                return Err(Error::validation("headers.Wechatpay-Serial", problem).into());
            }
            None if self.renewed_for(id, budget).await? => return Ok(()),
            None => {}
        }
        Err(Error::validation(
            "headers.Wechatpay-Serial",
            "names a key that is not in certs: it is the id of the WeChat Pay public key, or the \
             serial number of the platform certificate, that fields of the body are encrypted with",
        )
        .into())
    }
}

fn segment(link: &JsValue) -> Result<Segment, Error> {
    let part = |name: &str| member(link, name).unwrap_or_default();
    let refused = |problem: String| Error::validation("path", problem);
    let name = part("name");
    if !name.is_undefined() {
        return Ok(Segment::property(&text(&name).map_err(refused)?));
    }
    let written = part("written");
    if !written.is_string() {
        let problem = format!(
            "chain() takes a path as a string, not {}",
            kind_of(&written)
        );
        return Err(refused(problem));
    }
    text(&written).map(Segment::Written).map_err(refused)
}
