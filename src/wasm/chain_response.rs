//! The result of a chain's call: `{ status, headers, requestId, data }`.

use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::errors::Failure;
use super::exchange::Reply;
use super::foreign::{call, items, member};
use crate::calls::chain::{no_json, process};
use crate::{Error, SignedRequest};

/// More headers than any server sends.
const MOST_HEADERS: usize = 200;

/// The headers that are read by name if they cannot be listed, which may happen with a given `fetch`.
const KNOWN: [&str; 7] = [
    "content-type",
    "date",
    "request-id",
    "wechatpay-nonce",
    "wechatpay-serial",
    "wechatpay-signature",
    "wechatpay-timestamp",
];

/// A verified response, on its way to JavaScript.
pub(crate) struct ChainResponse {
    status: u16,
    headers: Vec<(String, String)>,
    request_id: Option<String>,
    body: Option<String>,
}

impl ChainResponse {
    pub(crate) fn read(reply: &Reply) -> Result<Self, Error> {
        let response = reply.verified();
        Ok(Self {
            status: response.status(),
            headers: read_headers(&reply.headers, &reply.sent),
            request_id: reply.request_id.clone(),
            body: process(&response)?.map(str::to_owned),
        })
    }

    pub(crate) fn into_js(self) -> Result<JsValue, JsValue> {
        // Parsed by the host, so that numbers are the host's. The host's error would quote the text.
        let data = match &self.body {
            Some(body) => JSON::parse(body).map_err(|_| Failure::Ours(no_json()))?,
            None => JsValue::UNDEFINED,
        };
        let object = Object::new();
        set(&object, "status", &self.status.into())?;
        let headers = Object::new();
        for (name, value) in &self.headers {
            set(&headers, name, &value.as_str().into())?;
        }
        set(&object, "headers", &headers)?;
        set(&object, "requestId", &self.request_id.into())?;
        set(&object, "data", &data)?;
        Ok(object.into())
    }
}

fn set(object: &Object, name: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(object, &name.into(), value).map(drop)
}

/// The headers, by their names in lower case, without those that repeat the request's signature.
/// The response is verified, so no header can be a reason to reject it.
fn read_headers(headers: &JsValue, sent: &SignedRequest) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for (name, value) in listed(headers).unwrap_or_else(|| asked_for(headers)) {
        if sent.is_repeated_in(&value) {
            continue;
        }
        let name = name.to_ascii_lowercase();
        // RFC 9110, section 5.2: several of one name are one list.
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, list)) => {
                list.push_str(", ");
                list.push_str(&value);
            }
            None => all.push((name, value)),
        }
    }
    all
}

fn listed(headers: &JsValue) -> Option<Vec<(String, String)>> {
    let entries = items(headers, MOST_HEADERS)?.ok()?;
    let text = |entry: &JsValue, index: &str| member(entry, index).ok()?.as_string();
    entries
        .iter()
        .map(|entry| Some((text(entry, "0")?, text(entry, "1")?)))
        .collect()
}

fn asked_for(headers: &JsValue) -> Vec<(String, String)> {
    KNOWN
        .iter()
        .filter_map(|name| {
            let value = call(headers, "get", &[&(*name).into()]).ok()?.as_string()?;
            Some(((*name).to_owned(), value))
        })
        .collect()
}
