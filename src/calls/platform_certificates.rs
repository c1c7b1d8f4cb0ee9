//! GET `/v3/certificates` (WeChat Pay merchant document 4012068814): the platform certificates that
//! WeChat Pay signs with. Each one is encrypted with the APIv3 key.

use crate::error::message::{Message, message};
use crate::error::{Error, TransportFault};
use crate::json::{Json, Object, OtherForm};
use crate::keys::certificate::{self, Certificate};
use crate::keys::pem;
use crate::keys::public_key::from_spki;
use crate::keys::serial_number::same_serial;
use crate::protocol::apiv3_key::Apiv3Key;
use crate::protocol::certs::Certs;
use crate::protocol::encrypted_object::{DecryptionFault, EncryptedObject};
use crate::protocol::merchant::Merchant;
use crate::protocol::platform_certificate::PlatformCertificate;
use crate::protocol::request::{Method, Request};
use crate::protocol::response::Response;
use crate::protocol::signed_request::SignedRequest;
use crate::protocol::verified_response::VerifiedResponse;

const PATH: &str = "/v3/certificates";

/// The request before it is signed. It names a key of `known` that is valid at `now` (seconds since
/// 1970), if there is one: while WeChat Pay changes its certificate, the response is to be signed
/// with one that is known already.
#[must_use]
pub fn prepare(known: &Certs, now: u64) -> Request {
    let request = Request::new(Method::Get, PATH);
    match known.encryption_key(now) {
        Ok((id, _)) => request.encrypted_for(id),
        Err(_) => request,
    }
}

/// Verifies the response with a known key.
///
/// `none` are the keys of a client that was given none, while it knows no valid one: for that client
/// alone, one of the certificates in the response may verify it. Those are encrypted with the APIv3
/// key, which only WeChat Pay and the merchant know, and the signature shows that the response is
/// recent. An error response that names an unknown key is then read as if it were not signed.
///
/// # Errors
/// As [`Response::verify`]; and as [`process`] for the certificates of such a client, with
/// [`Error::Config`] for `apiv3_key` if that key does not decrypt them.
pub fn verify<'a>(
    response: &Response<'a>,
    known: &Certs,
    none: Option<&Certs>,
    key: &Apiv3Key,
    merchant: &Merchant,
    now: u64,
    sent: &SignedRequest,
) -> Result<VerifiedResponse<'a>, Error> {
    let (none, error) = match (response.verify(known, now, sent), none) {
        (Err(Error::Verification(error)), Some(none)) if error.fault.is_of_the_key() => {
            (none, error)
        }
        (verified, _) => return verified,
    };
    match response.status {
        200..=299 => {
            let carried = decrypt(response.body, key, merchant, &UNVERIFIED)?;
            response.verify(&none.with(&carried), now, sent)
        }
        // Before the first certificate is known, no error can be verified.
        400..=599 => Err(response.unverified_error(now, sent)),
        _ => Err(error.into()),
    }
}

/// The problem if the APIv3 key does not decrypt the certificates: in a verified response, and in
/// an unverified one.
const VERIFIED: Message = message!(
    "does not decrypt the platform certificates that WeChat Pay returned: it is \
     not the APIv3 key that this merchant has now. Use the one that is set on WeChat Pay's merchant \
     platform"
);
const UNVERIFIED: Message = message!(
    "does not decrypt the platform certificates in the response: it is not the \
     APIv3 key that this merchant has now (use the one that is set on WeChat Pay's merchant \
     platform), or the response was changed on its way"
);

/// Reads the response and decrypts its certificates.
///
/// # Errors
/// - [`Error::Config`] for `apiv3_key`: it does not decrypt them;
/// - [`Error::Transport`] with [`TransportFault::Invalid`]: the response is WeChat Pay's, but it
///   does not have the documented form, contains no certificate with an RSA key, or one of the
///   merchant's own. A certificate with another key is left out.
pub fn process(
    response: &VerifiedResponse<'_>,
    key: &Apiv3Key,
    merchant: &Merchant,
) -> Result<Vec<PlatformCertificate>, Error> {
    decrypt(response.body(), key, merchant, &VERIFIED)
}

struct Entry {
    serial_no: String,
    effective_time: String,
    expire_time: String,
    encrypt_certificate: EncryptedObject,
}

fn decrypt(
    body: &[u8],
    key: &Apiv3Key,
    merchant: &Merchant,
    undecryptable: &Message,
) -> Result<Vec<PlatformCertificate>, Error> {
    let entries = Json::parse(body)
        .ok_or(OtherForm)
        .and_then(entries)
        .map_err(|OtherForm| invalid(message!("it is not a list of certificates as documented")))?;
    if entries.is_empty() {
        return Err(invalid(message!("it lists no platform certificate")));
    }
    // One with a key that nothing here verifies with, such as SM2's, must not cost the others.
    let decrypted = entries
        .into_iter()
        .map(|entry| entry.decrypt(key, undecryptable));
    let certificates: Vec<_> = decrypted
        .filter_map(Result::transpose)
        .collect::<Result<_, _>>()?;
    if certificates.is_empty() {
        return Err(invalid(message!(
            "none of the platform certificates that it lists has an RSA key of 2048 to 4096 bits"
        )));
    }
    // Who has that private key could sign as WeChat Pay.
    if certificates
        .iter()
        .any(|one| merchant.owns(&one.serial_no, &one.key))
    {
        return Err(invalid(message!(
            "it lists the merchant's own certificate or key as WeChat Pay's"
        )));
    }
    Ok(certificates)
}

fn entries(body: Json<'_>) -> Result<Vec<Entry>, OtherForm> {
    let data = body.object()?.member("data")?.ok_or(OtherForm)?;
    data.items()?
        .map(|item| Entry::read(item.object()?))
        .collect()
}

impl Entry {
    fn read(object: Object<'_>) -> Result<Self, OtherForm> {
        let encrypted = object.member("encrypt_certificate")?.ok_or(OtherForm)?;
        Ok(Self {
            serial_no: object.text("serial_no")?,
            effective_time: object.text("effective_time")?,
            expire_time: object.text("expire_time")?,
            encrypt_certificate: EncryptedObject::read(encrypted.object()?)?,
        })
    }

    /// `None` if its key is not one that this crate verifies with.
    fn decrypt(
        mut self,
        key: &Apiv3Key,
        undecryptable: &Message,
    ) -> Result<Option<PlatformCertificate>, Error> {
        let decrypted = self
            .encrypt_certificate
            .decrypt(key)
            .map_err(|fault| match fault {
                DecryptionFault::Form(problem) => invalid(problem),
                DecryptionFault::Tag => Error::config("apiv3_key", undecryptable.clone()),
            })?;
        let damaged = || invalid(message!("one of its certificates cannot be read"));
        let document = pem::decode(&decrypted, certificate::KIND).map_err(|_| damaged())?;
        let certificate = Certificate::from_der(&document.der).ok_or_else(damaged)?;
        if !same_serial(&self.serial_no.to_ascii_uppercase(), &certificate.serial()) {
            return Err(invalid(message!(
                "one of its certificates has another serial number than its entry says"
            )));
        }
        let Ok(key) = from_spki(&certificate.public_key) else {
            return Ok(None);
        };
        Ok(Some(PlatformCertificate {
            serial_no: certificate.serial(),
            effective_time: self.effective_time,
            expire_time: self.expire_time,
            key,
            validity: certificate.validity,
            certificate: std::str::from_utf8(&decrypted)
                .map_err(|_| damaged())?
                .to_owned(),
        }))
    }
}

fn invalid(problem: Message) -> Error {
    Error::transport(TransportFault::Invalid(problem))
}
