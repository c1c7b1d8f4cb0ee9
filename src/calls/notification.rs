//! A notification, which WeChat Pay sends to a merchant's own server (WeChat Pay merchant documents
//! 4012075420 and 4012071382). It is first verified, then read, then decrypted.

use std::fmt;

use zeroize::Zeroizing;

use crate::error::message::{Message, message};
use crate::error::{Error, Unverified, VerificationError, VerificationFault};
use crate::json::{Json, OtherForm};
use crate::protocol::apiv3_key::Apiv3Key;
use crate::protocol::certs::Certs;
use crate::protocol::encrypted_object::{DecryptionFault, EncryptedObject};
use crate::protocol::signature_headers::SignatureHeaders;

/// The maximum size of a notification's body, in bytes. All documented ones are much smaller.
pub const MAX_NOTIFICATION_BYTES: usize = 1 << 20;

/// A request that arrived at the merchant's server. Do not trust anything in it before
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
    /// The headers that the protocol uses.
    pub headers: SignatureHeaders,
    /// The body's raw bytes as they arrived, at most [`MAX_NOTIFICATION_BYTES`].
    pub body: &'a [u8],
}

impl<'a> NotificationRequest<'a> {
    /// Rejects what the headers alone show not to be verifiable, so that the server need not wait for the
    /// body: one of the signature's is missing, the timestamp is not within 300 s of `now` (seconds since
    /// 1970), the key is not in `certs` or not valid at `now`, or the signature is not as long as one of it.
    ///
    /// # Errors
    /// [`Error::Verification`].
    pub fn check_headers(headers: &SignatureHeaders, certs: &Certs, now: u64) -> Result<(), Error> {
        headers
            .check(certs, now)
            .map_err(|fault| unverified(headers, fault))
    }

    /// Verifies that the notification is WeChat Pay's: the key that it names signed its raw bytes,
    /// with a timestamp within 300 s of `now` (seconds since 1970).
    ///
    /// WeChat Pay sends a notification again, with a new signature, until the merchant's server
    /// confirms it, and sometimes even after that. So the same `id` may arrive more than once.
    ///
    /// # Errors
    /// - [`Error::Validation`] for `body`: it is larger than 1 MiB;
    /// - [`Error::Verification`]: it is unsigned, or its signature is not valid.
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
        page: None,
    }))
}

/// The error for a body that is larger than [`MAX_NOTIFICATION_BYTES`].
pub(crate) fn too_large() -> Error {
    Error::validation(
        "body",
        message!(
            "is larger than 1 MiB, and no notification is nearly that large: it is not WeChat Pay's"
        ),
    )
}

/// A notification that is verified as WeChat Pay's. Only [`NotificationRequest::verify`] creates
/// one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedNotification<'a> {
    body: &'a [u8],
}

impl VerifiedNotification<'_> {
    /// Reads the notification and decrypts its resource with the merchant's APIv3 key.
    ///
    /// Unknown members are ignored, because WeChat Pay may add some.
    ///
    /// # Errors
    /// - [`Error::Validation`] for `body`, although it is signed: it does not have the documented
    ///   form, its resource is encrypted with another algorithm than AEAD_AES_256_GCM, or the
    ///   decrypted resource is not JSON;
    /// - [`Error::Config`] for `apiv3_key`: the key does not decrypt the resource.
    pub fn decrypt(&self, key: &Apiv3Key) -> Result<Notification, Error> {
        let other_form = |OtherForm| refused(&message!("is JSON of another form"));
        let envelope = Json::parse(self.body)
            .ok_or_else(|| refused(&message!("is not valid JSON")))?
            .object()
            .map_err(other_form)?;
        let [
            resource,
            id,
            create_time,
            event_type,
            resource_type,
            summary,
        ] = envelope
            .several([
                "resource",
                "id",
                "create_time",
                "event_type",
                "resource_type",
                "summary",
            ])
            .map_err(other_form)?;
        let resource = resource.ok_or_else(|| refused(&message!("has no resource")))?;
        let mut encrypted =
            resource
                .object()
                .and_then(EncryptedObject::read)
                .map_err(|OtherForm| {
                    refused(&message!(
                        "has a resource of another form than { algorithm, nonce, ciphertext }"
                    ))
                })?;
        let decrypted = encrypted.decrypt(key).map_err(|fault| match fault {
            DecryptionFault::Form(problem) => refused(&message!("has a resource, but {}", problem)),
            // The signature is valid, so the text is as WeChat Pay encrypted it, and the key is
            // wrong.
            DecryptionFault::Tag => Error::config(
                "apiv3_key",
                message!("does not decrypt a notification that WeChat Pay has signed: it is not the APIv3 \
                 key that this merchant has now. Use the one that is set on WeChat Pay's merchant \
                 platform, and change it here whenever it changes there; WeChat Pay sends the \
                 notification again"),
            ),
        })?;
        // The error names the member that is wrong.
        let text = |name: &str, value: Option<Json<'_>>| {
            value
                .and_then(Json::text)
                .ok_or_else(|| refused(&message!("has no {} that is a string", name)))
        };
        Ok(Notification {
            id: text("id", id)?,
            create_time: text("create_time", create_time)?,
            event_type: text("event_type", event_type)?,
            resource_type: text("resource_type", resource_type)?,
            summary: text("summary", summary)?,
            original_type: encrypted.original_type,
            resource: json_text(decrypted)?,
        })
    }
}

/// The decrypted resource as JSON text. It is copied only if there is white space around it.
fn json_text(mut decrypted: Zeroizing<Vec<u8>>) -> Result<Zeroizing<String>, Error> {
    let text = Json::parse(&decrypted).ok_or_else(no_json)?.get();
    if text.len() < decrypted.len() {
        return Ok(Zeroizing::new(text.to_owned()));
    }
    String::from_utf8(std::mem::take(&mut decrypted))
        .map(Zeroizing::new)
        .map_err(|_| no_json())
}

/// The error for a resource that was decrypted and is not JSON.
pub(crate) fn no_json() -> Error {
    refused(&message!("has a resource that, decrypted, is not JSON"))
}

/// The error for a body that WeChat Pay signed and that has a problem.
fn refused(problem: &Message) -> Error {
    let problem = message!(
        "is signed by WeChat Pay, but does not have the documented form: it {}",
        problem
    );
    Error::validation("body", problem)
}

/// A decrypted notification.
#[derive(Clone, PartialEq, Eq)]
pub struct Notification {
    /// The notification's own id. It stays the same if WeChat Pay sends the notification again.
    pub id: String,
    /// When WeChat Pay created it, as WeChat Pay wrote it: RFC 3339, such as
    /// `2018-06-08T10:34:56+08:00`.
    pub create_time: String,
    /// What happened, such as `TRANSACTION.SUCCESS`.
    pub event_type: String,
    /// The kind of resource: `encrypt-resource`.
    pub resource_type: String,
    /// WeChat Pay's description for people, such as `支付成功`.
    pub summary: String,
    /// The type of the resource before it was encrypted, such as `transaction`; `None` if WeChat
    /// Pay does not give it.
    pub original_type: Option<String>,
    /// The decrypted resource: JSON with WeChat Pay's names. It may contain personal data.
    pub resource: Zeroizing<String>,
}

impl Notification {
    /// Its members that are texts, by their names on the wire. `original_type` is that of its resource.
    #[must_use]
    pub fn members(&self) -> [(&'static str, Option<&str>); 6] {
        [
            ("id", Some(&self.id)),
            ("create_time", Some(&self.create_time)),
            ("event_type", Some(&self.event_type)),
            ("resource_type", Some(&self.resource_type)),
            ("summary", Some(&self.summary)),
            ("original_type", self.original_type.as_deref()),
        ]
    }
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
