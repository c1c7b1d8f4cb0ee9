//! Notifications that arrive at one URL for several merchants. The key that a notification names may be
//! known to several of them: the APIv3 key that decrypts it decides whose it is.

use super::client::Client;
use super::failure::Failure;
use super::moment::Moment;
use super::notifications::Admission;
use crate::calls::notification::{Notification, NotificationRequest, VerifiedNotification};
use crate::crypto::rsassa_pkcs1_v1_5::PublicKey;
use crate::error::Error;
use crate::error::message::message;
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
/// [`Error::Config`] for `apiv3_key` if no client has one; and that of [`Client::admit`], if each client refuses
/// it: the most telling one.
pub fn admit(
    clients: &[&Client],
    headers: Option<&SignatureHeaders>,
    moment: &Moment,
) -> Result<Admissions, Failure> {
    let mut admissions = Admissions::default();
    let mut refusal = Refusal::default();
    // One that has no key can decrypt none, and takes none from the others.
    let mut keys = clients.iter().map(|client| client.notification_key());
    if let Some(Err(error)) = keys.next().filter(|_| !keys.any(|key| key.is_ok())) {
        return Err(error.into());
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
    let none = || {
        let problem = message!("is empty; give the clients that it may be for");
        Error::validation("clients", problem)
    };
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::receive;
    use crate::calls::notification::NotificationRequest;
    use crate::crypto::rsassa_pkcs1_v1_5::Kernel;
    use crate::exchange::client::{Client, Credentials, KeySource};
    use crate::exchange::moment::{Clock, Moment, Random};
    use crate::protocol::signature_headers::SignatureHeaders;

    thread_local! {
        static VERIFICATIONS: Cell<u32> = const { Cell::new(0) };
    }

    /// A kernel that counts, and computes nothing: then the power is computed without it.
    const COUNTING: Kernel = Kernel {
        two_powers: |_| {},
        public_power: |_| VERIFICATIONS.set(VERIFICATIONS.get() + 1),
    };

    const ID: &str = "PUB_KEY_ID_01";

    fn client(key: &[u8]) -> Client {
        let credentials = Credentials {
            mchid: "1900007291",
            serial: Some("408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB"),
            private_key: KeySource::Signer,
            cert: None,
            certs: vec![(ID.to_owned(), key)],
            automatic: false,
            apiv3_key: Some(b"a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb"),
            base_url: None,
            limits: [None; 3],
        };
        Client::parse_for_kernel(credentials, Some(COUNTING)).expect("parses")
    }

    #[test]
    fn each_distinct_key_verifies_once() {
        let one = include_bytes!("../../tests/keys/wechatpay.spki.pem");
        let other = include_bytes!("../../tests/keys/merchant.spki.pem");
        let keys: [&[u8]; 5] = [one, other, one, one, other];
        let clients: Vec<Client> = keys.into_iter().map(client).collect();
        let clients: Vec<&Client> = clients.iter().collect();
        let text = |text: &str| Some(text.to_owned());
        let headers = SignatureHeaders {
            timestamp: text("1554208460"),
            nonce: text("n"),
            signature: Some(format!("{}A==", "A".repeat(341))),
            serial: text(ID),
            ..SignatureHeaders::default()
        };
        let moment = Moment {
            clock: Clock::Time(1_554_208_460),
            elapsed: 0,
            random: Random::default(),
        };
        let body = b"{}";
        for (count, expected) in [(1, 1), (2, 2), (5, 2)] {
            VERIFICATIONS.set(0);
            let headers = headers.clone();
            let request = NotificationRequest { headers, body };
            let failure = receive(&clients[..count], &request, &moment).expect_err("is refused");
            let error = failure.error().expect("is an error");
            assert_eq!(error.code(), "ERR_SIGNATURE_INVALID");
            assert_eq!(VERIFICATIONS.get(), expected);
        }
    }
}
