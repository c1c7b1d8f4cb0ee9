//! A notification: what WeChat Pay sends to a merchant's own server of its own accord (WeChat Pay
//! merchant documents 4012075420 and 4012071382). First verified, then read, then decrypted.

use std::fmt;

use zeroize::Zeroizing;

use crate::error::{Error, Unverified, VerificationError, VerificationFault};
use crate::json::{Json, OtherForm};
use crate::protocol::apiv3_key::Apiv3Key;
use crate::protocol::certs::Certs;
use crate::protocol::encrypted_object::{DecryptionFault, EncryptedObject};
use crate::protocol::signature_headers::SignatureHeaders;

/// How large the body of a notification may be, in bytes. No documented one comes near.
pub const MAX_NOTIFICATION_BYTES: usize = 1 << 20;

/// What came to the merchant's server. Nothing in it is to be believed before
/// [`NotificationRequest::verify`].
///
/// ```
/// use wechatpay_wasm::{Apiv3Key, Certs, Error, Merchant};
/// use wechatpay_wasm::{Notification, NotificationRequest, SignatureHeaders};
///
/// fn receive(
///     (headers, body): (SignatureHeaders, &[u8]),
///     (certs, key): (&Certs, &Apiv3Key),
///     now: u64,
/// ) -> Result<Notification, Error> {
///     NotificationRequest { headers, body }.verify(certs, now)?.decrypt(key)
/// }
///
/// # fn main() -> Result<(), Error> {
/// # let private_key = include_bytes!("../../tests/keys/merchant.pkcs8.pem");
/// # let merchant = Merchant::parse("1900007291", "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB", private_key)?;
/// # let public_key = include_bytes!("../../tests/keys/wechatpay.spki.pem");
/// # let certs = Certs::parse([("PUB_KEY_ID_01", public_key)], &merchant)?;
/// let key = Apiv3Key::parse(b"a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb")?;
/// let unsigned = (SignatureHeaders::default(), b"{}".as_slice());
/// let refused = receive(unsigned, (&certs, &key), 1_554_208_460).unwrap_err();
/// assert_eq!(refused.code(), "ERR_SIGNATURE_MISSING");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationRequest<'a> {
    /// The headers that the protocol reads.
    pub headers: SignatureHeaders,
    /// The body's raw bytes as they arrived, at most [`MAX_NOTIFICATION_BYTES`].
    pub body: &'a [u8],
}

impl<'a> NotificationRequest<'a> {
    /// Refuses headers that cannot prove a notification, since one of the signature's is missing:
    /// nobody has to wait for a body that comes with them.
    ///
    /// # Errors
    /// [`Error::Verification`], the same that [`NotificationRequest::verify`] gives.
    pub fn require_signed(headers: &SignatureHeaders) -> Result<(), Error> {
        let signing = headers.signing();
        signing
            .map(drop)
            .map_err(|fault| unverified(headers, fault))
    }

    /// Proves that the notification is WeChat Pay's: signed over its raw bytes by the key that it
    /// names, with a timestamp within 300 s of `now` (seconds since 1970).
    ///
    /// WeChat Pay sends a notification again, signed anew, until it is told that it arrived, and now
    /// and then even then: the same `id` may come more than once.
    ///
    /// # Errors
    /// - [`Error::Validation`] for `body`: it is larger than 1 MiB;
    /// - [`Error::Verification`]: it is unsigned, or its signature does not hold.
    pub fn verify(&self, certs: &Certs, now: u64) -> Result<VerifiedNotification<'a>, Error> {
        if self.body.len() > MAX_NOTIFICATION_BYTES {
            return Err(too_large());
        }
        self.headers
            .verify(self.body, certs, now, None)
            .map_err(|fault| unverified(&self.headers, fault))?;
        Ok(VerifiedNotification { body: self.body })
    }
}

fn unverified(headers: &SignatureHeaders, fault: VerificationFault) -> Error {
    Error::from(Box::new(VerificationError {
        fault,
        unverified: Unverified::Notification,
        request_id: headers.request_id(None),
        clock_skew: None,
    }))
}

/// A body that is larger than [`MAX_NOTIFICATION_BYTES`].
pub(crate) fn too_large() -> Error {
    Error::validation(
        "body",
        "is larger than 1 MiB, and no notification comes near that: it is not WeChat Pay's",
    )
}

/// A notification that is verified to be WeChat Pay's. Only [`NotificationRequest::verify`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedNotification<'a> {
    body: &'a [u8],
}

impl VerifiedNotification<'_> {
    /// Reads the notification, and opens its resource with the merchant's APIv3 key.
    ///
    /// Members that are not known are passed over, as WeChat Pay may add some.
    ///
    /// # Errors
    /// - [`Error::Validation`] for `body`, although it is signed: it has another form than
    ///   documented, its resource is encrypted by another algorithm than AEAD_AES_256_GCM, or holds no
    ///   JSON;
    /// - [`Error::Config`] for `apiv3_key`: the key does not open the resource.
    pub fn decrypt(&self, key: &Apiv3Key) -> Result<Notification, Error> {
        let other_form = |OtherForm| refused("is JSON of another form");
        let envelope = Json::parse(self.body)
            .ok_or_else(|| refused("is not whole JSON"))?
            .object()
            .map_err(other_form)?;
        let member = |name: &str| envelope.member(name).map_err(other_form);
        let resource = member("resource")?.ok_or_else(|| refused("has no resource"))?;
        let encrypted = resource
            .object()
            .and_then(EncryptedObject::read)
            .map_err(|OtherForm| {
                refused("has a resource of another form than { algorithm, nonce, ciphertext }")
            })?;
        // The error names the member that is wrong.
        let text = |name: &str| {
            member(name)?
                .and_then(Json::text)
                .ok_or_else(|| refused(&format!("has no {name} that is a string")))
        };
        let decrypted = encrypted.decrypt(key).map_err(|fault| match fault {
            DecryptionFault::Form(problem) => refused(&format!("has a resource, but {problem}")),
            // The signature holds, so that the text is as WeChat Pay encrypted it: the key is at fault.
            DecryptionFault::Tag => Error::config(
                "apiv3_key",
                "does not open a notification that WeChat Pay has signed: it is not the APIv3 key \
                 that this merchant has now. Take the one set on WeChat Pay's merchant platform, and \
                 after a change of it this one, too; WeChat Pay sends the notification again",
            ),
        })?;
        Ok(Notification {
            id: text("id")?,
            create_time: text("create_time")?,
            event_type: text("event_type")?,
            resource_type: text("resource_type")?,
            summary: text("summary")?,
            original_type: encrypted.original_type,
            resource: json_text(&decrypted)?,
        })
    }
}

/// The decrypted resource as JSON text.
fn json_text(decrypted: &[u8]) -> Result<Zeroizing<String>, Error> {
    Json::parse(decrypted)
        .map(|json| Zeroizing::new(json.get().to_owned()))
        .ok_or_else(no_json)
}

/// A resource that opens, and is not JSON.
pub(crate) fn no_json() -> Error {
    refused("has a resource that, decrypted, is not JSON")
}

/// A problem of a body that WeChat Pay has signed.
fn refused(problem: &str) -> Error {
    let problem =
        format!("is signed by WeChat Pay, but is no notification as documented: it {problem}");
    Error::validation("body", problem)
}

/// What WeChat Pay tells.
#[derive(Clone, PartialEq, Eq)]
pub struct Notification {
    /// The notification's own id. It stays the same when WeChat Pay sends it again.
    pub id: String,
    /// When it was made, as WeChat Pay wrote it: RFC 3339, such as `2018-06-08T10:34:56+08:00`.
    pub create_time: String,
    /// What happened, such as `TRANSACTION.SUCCESS`.
    pub event_type: String,
    /// The kind of resource: `encrypt-resource`.
    pub resource_type: String,
    /// WeChat Pay's words for people, such as `支付成功`.
    pub summary: String,
    /// What the resource was before it was encrypted, such as `transaction`, where WeChat Pay says so.
    pub original_type: Option<String>,
    /// The decrypted resource: JSON, with the wire's names. It may tell of people.
    pub resource: Zeroizing<String>,
}

impl fmt::Debug for Notification {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Notification")
            .field("id", &self.id)
            .field("create_time", &self.create_time)
            .field("event_type", &self.event_type)
            .field("resource_type", &self.resource_type)
            .field("summary", &self.summary)
            .field("original_type", &self.original_type)
            .field("resource", &"[redacted]")
            .finish()
    }
}
