//! Notifications that arrive at one URL for several merchants. The key that a notification names may be
//! known to several of them: the APIv3 key that decrypts it decides whose it is.

use super::client::Client;
use super::failure::Failure;
use super::moment::Moment;
use super::notifications::Admission;
use crate::calls::notification::{Notification, NotificationRequest, VerifiedNotification};
use crate::crypto::rsassa_pkcs1_v1_5::PublicKey;
use crate::error::Error;
use crate::protocol::signature_headers::SignatureHeaders;

/// What is to be done before the body of a notification is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Admissions {
    /// Whether one of the clients knows the key.
    pub key_known: bool,
    /// The clients, by their place, that may download the key.
    pub key_unknown: Vec<usize>,
}

/// Decides all that the headers of a notification decide, before its body is read, for clients of which
/// it may be for any; without headers, whether the clients can decrypt any.
///
/// # Errors
/// [`Error::Config`] for `apiv3_key` if a client has none; and that of [`Client::admit`], if each client refuses
/// it: the most telling one.
pub fn admit(
    clients: &[&Client],
    headers: Option<&SignatureHeaders>,
    moment: &Moment,
) -> Result<Admissions, Failure> {
    let mut admissions = Admissions::default();
    let mut refusal = Refusal::default();
    for client in clients {
        client.notification_key()?;
    }
    let Some(headers) = headers else {
        return Ok(admissions);
    };
    for (place, client) in clients.iter().enumerate() {
        match client.admit(headers, moment) {
            Ok(Admission::KeyKnown) => admissions.key_known = true,
            Ok(Admission::KeyUnknown) => admissions.key_unknown.push(place),
            Err(failure) => refusal.add(failure, false),
        }
    }
    match refusal.0 {
        Some((_, failure)) if admissions == Admissions::default() => Err(failure),
        _ => Ok(admissions),
    }
}

/// Verifies a notification, once with each distinct key, and decrypts it: gives the place of the client
/// whose APIv3 key decrypts it, too.
///
/// # Errors
/// That of [`Client::receive`], if none of the clients can: the most telling one.
pub fn receive(
    clients: &[&Client],
    request: &NotificationRequest<'_>,
    moment: &Moment,
) -> Result<(usize, Notification), Failure> {
    let now = moment.now()?;
    let serial = request.headers.serial.as_deref().unwrap_or_default();
    let mut verified: Vec<(Option<PublicKey>, Result<VerifiedNotification<'_>, Error>)> =
        Vec::new();
    let mut refusal = Refusal::default();
    for (place, client) in clients.iter().enumerate() {
        let certs = client.certs();
        let key = certs.key(serial);
        let before = verified.iter().find(|(known, _)| known.as_ref() == key);
        let outcome = if let Some((_, outcome)) = before {
            outcome.clone()
        } else {
            let outcome = request.verify(&certs, now);
            verified.push((key.cloned(), outcome.clone()));
            outcome
        };
        let is_verified = outcome.is_ok();
        let decrypted =
            outcome.and_then(|notification| notification.decrypt(client.notification_key()?));
        match decrypted {
            Ok(notification) => return Ok((place, notification)),
            Err(error) => refusal.add(error.into(), is_verified),
        }
    }
    let none = || Error::validation("clients", "is empty; give the clients that it may be for");
    Err(refusal
        .0
        .map_or_else(|| none().into(), |(_, failure)| failure))
}

/// The first of the failures that say most: that of a client which verified the notification says more
/// than that of one which knows its key, and that one more than the rest.
#[derive(Default)]
struct Refusal(Option<(u8, Failure)>);

impl Refusal {
    fn add(&mut self, failure: Failure, is_verified: bool) {
        let is_unknown = matches!(
            failure.error(),
            Some(Error::Verification(error)) if error.fault.is_of_the_key()
        );
        let rank = if is_verified {
            2
        } else {
            u8::from(!is_unknown)
        };
        if self.0.as_ref().is_none_or(|(before, _)| *before < rank) {
            self.0 = Some((rank, failure));
        }
    }
}
