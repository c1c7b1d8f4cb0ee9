//! Notifications as a method.

use std::rc::Rc;

use super::promise::promise;
use js_sys::{JSON, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

use super::account::{Account, Client};
use super::errors::Failure;
use super::names::in_javascript;
use super::notification_body::Body;
use super::notification_headers;
use super::options::CallOptions;
use super::record::kind_of;
use crate::calls::notification::no_json;
use crate::{Error, Notification, NotificationRequest, SignatureHeaders};

#[wasm_bindgen]
impl Client {
    /// Verifies a notification, and decrypts it.
    ///
    /// # Errors
    /// Throws a `ConfigError` if the client has no `apiv3Key`, a `ValidationError` if the request
    /// cannot be read, and a `VerificationError` if it is not signed; the promise rejects
    /// with everything else.
    #[wasm_bindgen]
    pub fn notification(&self, request: &JsValue) -> Result<Promise, JsValue> {
        // Before anything is read, so that the first notification already shows the missing key.
        if self.0.apiv3_key.is_none() {
            return Err(Failure::Ours(no_key()).into());
        }
        let (headers, body) = read(request)?;
        let account = Rc::clone(&self.0);
        Ok(promise(async move {
            let body = body.read().await?;
            let request = NotificationRequest {
                headers,
                body: &body,
            };
            let notification = account.decrypt_notification(&request).await?;
            to_js(&notification)
        }))
    }
}

fn no_key() -> Error {
    Error::config(
        "apiv3Key",
        "is missing; without the APIv3 key, 32 characters that are set on WeChat Pay's merchant \
         platform, no notification can be decrypted",
    )
}

fn read(request: &JsValue) -> Result<(SignatureHeaders, Body), Failure> {
    if !request.is_object() {
        let problem = format!(
            "must be a fetch Request or {{ headers, body }}, not {}",
            kind_of(request)
        );
        return Err(Error::validation("request", problem).into());
    }
    let headers = notification_headers::read(request)?;
    NotificationRequest::require_signed(&headers)?;
    Ok((headers, Body::of(request)?))
}

impl Account {
    async fn decrypt_notification(
        &self,
        request: &NotificationRequest<'_>,
    ) -> Result<Notification, Failure> {
        let now = self.host.now()?;
        let verified = match request.verify(&self.keys.current(), now) {
            Err(error) if self.keys.may_help(&error, now) => {
                let budget = self.begin(CallOptions::default());
                // The error to report is that of the verification, not that of the download.
                if self.renew_keys(&budget).await.is_err() {
                    return Err(error.into());
                }
                request.verify(&self.keys.current(), self.host.now()?)?
            }
            first => first?,
        };
        let key = self.apiv3_key.as_ref().ok_or_else(no_key)?;
        Ok(verified.decrypt(key).map_err(in_javascript)?)
    }
}

fn to_js(notification: &Notification) -> Result<JsValue, JsValue> {
    let object = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&object, &name.into(), &value).map(drop);
    set("id", notification.id.as_str().into())?;
    set("createTime", notification.create_time.as_str().into())?;
    set("eventType", notification.event_type.as_str().into())?;
    set("resourceType", notification.resource_type.as_str().into())?;
    set("summary", notification.summary.as_str().into())?;
    set(
        "originalType",
        notification
            .original_type
            .as_deref()
            .map_or(JsValue::UNDEFINED, JsValue::from),
    )?;
    // Parsed by the host, so that numbers are the host's. The host's error would quote the text.
    let resource = JSON::parse(&notification.resource).map_err(|_| Failure::Ours(no_json()))?;
    set("resource", resource)?;
    Ok(object.into())
}
