//! Notifications: they are verified by a client's keys as they are now. Where one names a key that is not
//! known, [`Plan::NotificationKey`](super::plan::Plan::NotificationKey) sees to it first.

use super::client::Client;
use super::failure::{Failure, before_sending};
use super::key_ring::is_missing;
use super::moment::Moment;
use crate::calls::notification::{Notification, NotificationRequest};
use crate::error::Error;
use crate::error::message::message;
use crate::protocol::apiv3_key::Apiv3Key;
use crate::protocol::signature_headers::SignatureHeaders;

/// What is to be done before the body of a notification is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// Nothing: its key is known.
    KeyKnown,
    /// Its key is to be downloaded: [`Plan::NotificationKey`](super::plan::Plan::NotificationKey).
    KeyUnknown,
}

impl Client {
    /// The APIv3 key, without which no notification can be decrypted.
    ///
    /// # Errors
    /// [`Error::Config`] for `apiv3_key` where there is none.
    pub fn notification_key(&self) -> Result<&Apiv3Key, Error> {
        self.apiv3_key.as_ref().ok_or_else(|| {
            Error::config(
                "apiv3_key",
                message!(
                    "is missing for merchant {}; without the APIv3 key, 32 characters that are set on \
                     WeChat Pay's merchant platform, no notification can be decrypted",
                    self.merchant.mchid()
                ),
            )
        })
    }

    /// Decides all that the headers of a notification decide, before its body is read.
    ///
    /// # Errors
    /// [`Error::Verification`], which [`Client::receive`] would return, too.
    pub fn admit(&self, headers: &SignatureHeaders, moment: &Moment) -> Result<Admission, Failure> {
        let now = moment.now()?;
        match NotificationRequest::check_headers(headers, &self.keys.current(), now) {
            Ok(()) => Ok(Admission::KeyKnown),
            Err(error) if self.keys.may_help_notification(&error, now) => Ok(Admission::KeyUnknown),
            Err(error) => Err(self.refused(error, now)),
        }
    }

    /// Why a notification cannot be verified: where there is no key at all, why it could not be downloaded.
    pub(super) fn refused(&self, error: Error, now: u64) -> Failure {
        match self.keys.failure(now) {
            Some(failure) if is_missing(&error) => failure.map(before_sending),
            _ => error.into(),
        }
    }

    /// Verifies a notification, and decrypts it.
    ///
    /// # Errors
    /// Those of [`NotificationRequest::verify`] and
    /// [`VerifiedNotification::decrypt`](crate::VerifiedNotification::decrypt), and
    /// [`Error::Config`] for `apiv3_key` where there is none.
    pub fn receive(
        &self,
        request: &NotificationRequest<'_>,
        moment: &Moment,
    ) -> Result<Notification, Failure> {
        let verified = request.verify(&self.keys.current(), moment.now()?)?;
        Ok(verified.decrypt(self.notification_key()?)?)
    }
}
