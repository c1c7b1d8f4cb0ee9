//! A download of platform certificates that a call needs: the call's own, or another call's, for which it
//! waits.

use super::attempts::{Arrived, Attempts, Next};
use super::budget::Budget;
use super::certificate_renewal::Need;
use super::client::Client;
use super::failure::{Failure, after_sending, out_of_order};
use super::key_ring::{Turn, is_timeout};
use super::moment::Moment;
use super::notices::{Notice, Notices};
use super::step::Event;
use crate::calls::platform_certificates;
use crate::error::Error;
use crate::error::message::message;
use crate::protocol::apiv3_key::Apiv3Key;
use crate::protocol::platform_certificate::PlatformCertificate;

/// How often a call that waits for another call's download checks whether it has ended, in milliseconds.
const POLL: u32 = 25;

/// A renewal of the keys, within the budget of one call.
pub(super) struct Renewing {
    budget: Budget,
    state: State,
}

enum State {
    /// This call downloads.
    Downloading {
        round: u64,
        attempts: Box<Attempts>,
    },
    /// Another call downloads. It gets the time of one attempt.
    Waiting {
        round: u64,
        waited: u32,
        patience: u32,
    },
    Ended,
}

/// What comes next.
pub(super) enum Renewed {
    /// A step of the download: never a response, a file or a failure.
    Next(Next),
    /// It has ended.
    Ended(Result<(), Failure>),
}

impl Renewing {
    pub(super) fn start(
        client: &mut Client,
        budget: Budget,
        moment: &mut Moment,
        notices: &mut Notices,
    ) -> (Self, Renewed) {
        let mut renewing = Self {
            budget,
            state: State::Ended,
        };
        let next = renewing.take_turn(client, None, moment, notices);
        (renewing, next)
    }

    pub(super) fn advance(
        &mut self,
        client: &mut Client,
        event: Event,
        moment: &mut Moment,
        notices: &mut Notices,
    ) -> Renewed {
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Downloading {
                round,
                mut attempts,
            } => {
                let next = attempts.advance(client, event, moment, notices);
                self.downloading(client, round, attempts, next, moment, notices)
            }
            State::Waiting {
                round,
                waited,
                patience,
            } => {
                match event {
                    Event::Waited => {}
                    Event::Aborted => return Renewed::Ended(Err(Failure::Aborted)),
                    _ => return Renewed::Ended(Err(out_of_order().into())),
                }
                self.waited(
                    client,
                    round,
                    waited.saturating_add(POLL),
                    patience,
                    moment,
                    notices,
                )
            }
            State::Ended => Renewed::Ended(Err(out_of_order().into())),
        }
    }

    fn take_turn(
        &mut self,
        client: &mut Client,
        abandoned: Option<u64>,
        moment: &mut Moment,
        notices: &mut Notices,
    ) -> Renewed {
        if self.budget.left(moment.elapsed) == 0 {
            return Renewed::Ended(Err(self.budget.expired().into()));
        }
        let now = match moment.now() {
            Ok(now) => now,
            Err(failure) => return Renewed::Ended(Err(failure)),
        };
        match client.keys.turn(now, abandoned) {
            Turn::Own(round) => {
                let request = platform_certificates::prepare(&client.keys.current(), now);
                let base_url = client.base_url.clone();
                let (attempts, next) =
                    Attempts::start(client, request, base_url, self.budget, moment, notices);
                self.downloading(client, round, Box::new(attempts), next, moment, notices)
            }
            Turn::Other(round) => {
                self.state = State::Waiting {
                    round,
                    waited: 0,
                    patience: self.budget.for_attempt(moment.elapsed),
                };
                Renewed::Next(Next::Wait(POLL))
            }
        }
    }

    fn downloading(
        &mut self,
        client: &mut Client,
        round: u64,
        mut attempts: Box<Attempts>,
        mut next: Next,
        moment: &mut Moment,
        notices: &mut Notices,
    ) -> Renewed {
        next = match next {
            Next::Arrived(arrived) => match take_certificates(client, &arrived, moment) {
                Ok(certificates) => {
                    let ids = certificates.into_iter().map(|each| each.serial_no);
                    notices.push(|| Notice::Renewal(Ok(ids.collect())));
                    client.keys.end(round, Ok(()));
                    return Renewed::Ended(Ok(()));
                }
                Err(failure) => attempts.failed(failure, moment, notices),
            },
            Next::File(_) => Next::Failed(out_of_order().into()),
            next => next,
        };
        match next {
            Next::Failed(failure) => {
                if failure.error().is_some() {
                    notices.push(|| Notice::Renewal(Err(failure.clone())));
                }
                client.keys.end(round, Err(failure.clone()));
                Renewed::Ended(Err(failure))
            }
            next => {
                self.state = State::Downloading { round, attempts };
                Renewed::Next(next)
            }
        }
    }

    fn waited(
        &mut self,
        client: &mut Client,
        round: u64,
        waited: u32,
        patience: u32,
        moment: &mut Moment,
        notices: &mut Notices,
    ) -> Renewed {
        match client.keys.outcome() {
            // The timers may have been late.
            None if waited < patience && self.budget.left(moment.elapsed) > 0 => {
                self.state = State::Waiting {
                    round,
                    waited,
                    patience,
                };
                return Renewed::Next(Next::Wait(POLL));
            }
            None => return self.take_turn(client, Some(round), moment, notices),
            // The other call's caller aborted it. This call goes on.
            Some(Err(Failure::Aborted)) => {}
            // The other call may have had less time. If a key is valid, one download a minute is enough.
            Some(Err(failure)) if is_timeout(failure) => {
                let failure = failure.clone();
                match moment.now() {
                    Ok(now) if client.keys.before_call(now) == Need::Keys => {}
                    Ok(_) => return Renewed::Ended(Err(failure)),
                    Err(failure) => return Renewed::Ended(Err(failure)),
                }
            }
            Some(outcome) => return Renewed::Ended(outcome.clone()),
        }
        self.take_turn(client, None, moment, notices)
    }
}

/// Verifies a response with certificates, and adds them to the client's keys.
pub(super) fn take_certificates(
    client: &mut Client,
    arrived: &Arrived,
    moment: &Moment,
) -> Result<Vec<PlatformCertificate>, Failure> {
    let key = key_of_certificates(client.apiv3_key.as_ref())?;
    let now = moment.now().map_err(|failure| failure.map(after_sending))?;
    let certs = client.keys.current();
    let response = arrived.response();
    let (none, merchant, sent) = (client.keys.none(now), &client.merchant, &arrived.sent);
    let verified =
        platform_certificates::verify(&response, &certs, none, key, merchant, now, sent)?;
    let certificates = platform_certificates::process(&verified, key, merchant)?;
    client.keys.add(&certificates, now);
    Ok(certificates)
}

/// The APIv3 key, which decrypts certificates.
pub(super) fn key_of_certificates(key: Option<&Apiv3Key>) -> Result<&Apiv3Key, Error> {
    key.ok_or_else(|| {
        Error::config(
            "apiv3_key",
            message!("is missing; platform certificates are encrypted with the APIv3 key, 32 characters that \
             are set on WeChat Pay's merchant platform"),
        )
    })
}
