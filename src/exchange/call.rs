//! A call from its start to its result, as a state machine: the host performs each [`Step`] and reports
//! an [`Event`].
//!
//! ```text
//! start ─ keys are missing ─→ Renewing ─┐
//!   └───────────────────────────────────┴→ Requesting ─ response ─→ verified ─→ Done
//!                                            ↑          └─ unknown key ─→ Renewing ─→ verified again
//!                                            └─ worth another attempt ─┘
//! ```

use super::attempts::{Arrived, Attempts, Next, signature_of};
use super::budget::{Budget, CallOptions};
use super::certificate_renewal::Need;
use super::client::Client;
use super::failure::{Failure, after_sending, before_sending, out_of_order};
use super::moment::{Moment, Random};
use super::notices::{Notices, Telling};
use super::notifications::Admission;
use super::plan::{Output, Plan, Prepare, Progressed, Reply};
use super::renewing::{Renewed, Renewing, key_of_certificates, take_certificates};
use super::step::{Event, Step};
use crate::calls::notification::NotificationRequest;
use crate::calls::{encrypt, platform_certificates};
use crate::error::message::message;
use crate::error::{Error, TransportFault};
use crate::http::base_url::BaseUrl;
use crate::protocol::request::Request;
use crate::protocol::signature_headers::SignatureHeaders;
use crate::protocol::signed_request::check_signature;
use crate::protocol::verified_response::OwnedVerifiedResponse;

/// A call that is under way.
pub struct Call {
    budget: Budget,
    telling: Telling,
    state: State,
    /// What the events so far left.
    random: Random,
}

enum State {
    /// Keys are downloaded.
    Renewing { renewing: Renewing, then: Then },
    /// The request is under way.
    Requesting {
        attempts: Attempts,
        expects: Expects,
    },
    /// The remote signer signs a message of the caller's.
    Signing { message: Vec<u8>, timeout: u32 },
    /// The call has ended.
    Ended,
}

/// What a call does when the keys are downloaded.
enum Then {
    /// It makes its request; without the keys, too, if they are only to be fresher.
    Begin { plan: Plan, optional: bool },
    /// It makes its request if the key is known that its caller names.
    RequireKey { prepare: Prepare, key_id: String },
    /// It verifies a response again that named a key which was not known.
    Verify {
        attempts: Attempts,
        arrived: Box<Arrived>,
        expects: Expects,
        error: Error,
    },
    /// It ends if the key is known that a notification names.
    NotificationKey { headers: SignatureHeaders },
}

/// What a request's response is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expects {
    Response,
    File,
    Certificates,
}

/// What the machine passes around while it handles one event.
struct Turn<'a> {
    client: &'a mut Client,
    moment: &'a mut Moment,
    notices: Notices,
}

type Outcome = Result<Step<Output>, Failure>;

impl Call {
    /// Starts a call.
    #[must_use]
    pub fn start(
        client: &mut Client,
        plan: Plan,
        options: CallOptions,
        moment: &mut Moment,
    ) -> (Self, Progressed) {
        let mut call = Self {
            budget: client.budget(options, moment.elapsed),
            telling: options.telling,
            state: State::Ended,
            random: Random::default(),
        };
        let mut turn = Turn::of(client, moment, options.telling);
        let outcome = call.begin(plan, &mut turn);
        let progressed = turn.progressed(outcome);
        call.random = std::mem::take(&mut moment.random);
        (call, progressed)
    }

    /// Reports what became of the last step. After `Done` or `Failed` every event fails.
    #[must_use]
    pub fn advance(
        &mut self,
        client: &mut Client,
        event: Event,
        moment: &mut Moment,
    ) -> Progressed {
        moment.random.or_kept(&mut self.random);
        let mut turn = Turn::of(client, moment, self.telling);
        let outcome = self.handle(event, &mut turn);
        let progressed = turn.progressed(outcome);
        self.random = std::mem::take(&mut moment.random);
        progressed
    }

    /// Whether the next event must bring random bytes. Else those that are left suffice, and the host need
    /// not draw any: in Node that takes longer than everything else that an event brings.
    #[must_use]
    pub fn needs_random(&self) -> bool {
        !self.random.suffices()
    }

    /// Downloads keys first, if a request needs them.
    fn begin(&mut self, plan: Plan, turn: &mut Turn<'_>) -> Outcome {
        match plan {
            Plan::Request { .. } | Plan::Encryption { .. } => {
                let (budget, optional) = match turn.client.keys.before_call(turn.moment.now()?) {
                    Need::Nothing => return self.keys_are_there(plan, turn),
                    Need::Keys => (self.budget.for_keys(), false),
                    Need::FresherKeys => {
                        let elapsed = turn.moment.elapsed;
                        (self.budget.for_fresher_keys(elapsed), true)
                    }
                };
                self.renew(budget, Then::Begin { plan, optional }, turn)
            }
            Plan::Certificates => {
                key_of_certificates(turn.client.apiv3_key.as_ref())?;
                self.keys_are_there(plan, turn)
            }
            plan => self.keys_are_there(plan, turn),
        }
    }

    fn handle(&mut self, event: Event, turn: &mut Turn<'_>) -> Outcome {
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Renewing { mut renewing, then } => {
                let renewed = renewing.advance(turn.client, event, turn.moment, &mut turn.notices);
                self.renewed(renewing, then, renewed, turn)
            }
            State::Requesting {
                mut attempts,
                expects,
            } => {
                let next = attempts.advance(turn.client, event, turn.moment, &mut turn.notices);
                self.requesting(attempts, expects, next, turn)
            }
            State::Signing { message, timeout } => {
                let merchant = &turn.client.merchant;
                let signature = signature_of(event, timeout, merchant.signer())?;
                check_signature(merchant, &message, &signature)?;
                Ok(Step::Done(Output::Signature(signature)))
            }
            State::Ended => Err(out_of_order().into()),
        }
    }

    fn renew(&mut self, budget: Budget, then: Then, turn: &mut Turn<'_>) -> Outcome {
        let (renewing, renewed) =
            Renewing::start(turn.client, budget, turn.moment, &mut turn.notices);
        self.renewed(renewing, then, renewed, turn)
    }

    fn renewed(
        &mut self,
        renewing: Renewing,
        then: Then,
        renewed: Renewed,
        turn: &mut Turn<'_>,
    ) -> Outcome {
        let outcome = match renewed {
            Renewed::Ended(outcome) => outcome,
            Renewed::Next(next) => {
                self.state = State::Renewing { renewing, then };
                let mut step = step_of(next)?;
                if let Step::Send(send) = &mut step {
                    send.own = false;
                }
                return Ok(step);
            }
        };
        if matches!(outcome, Err(Failure::Aborted)) && !matches!(then, Then::NotificationKey { .. })
        {
            return Err(Failure::Aborted);
        }
        match then {
            Then::Begin { plan, optional } => {
                // A known key is still valid, so that the call goes on without a fresher one.
                if !optional {
                    outcome.map_err(unsent)?;
                }
                self.require_time(turn)?;
                self.keys_are_there(plan, turn)
            }
            Then::RequireKey { prepare, key_id } => {
                outcome.map_err(unsent)?;
                self.require_time(turn)?;
                match turn.client.keys.current().key(&key_id) {
                    Some(_) => self.prepared(prepare, turn),
                    None => Err(unknown_key().into()),
                }
            }
            Then::Verify {
                attempts,
                arrived,
                expects,
                error,
            } => {
                // If the download failed, what matters is that the response is not verified.
                let verified = match outcome {
                    Ok(()) => verified(turn, &arrived),
                    Err(_) => Err(error.into()),
                };
                self.responded(attempts, *arrived, expects, verified, turn)
            }
            Then::NotificationKey { headers } => {
                let (certs, now) = (turn.client.keys.current(), turn.moment.now()?);
                match NotificationRequest::check_headers(&headers, &certs, now) {
                    Ok(()) => Ok(Step::Done(Output::NotificationKey)),
                    Err(error) => Err(turn.client.refused(error, now)),
                }
            }
        }
    }

    /// Nothing is sent after a download of keys if there is no time left to receive the response.
    fn require_time(&self, turn: &Turn<'_>) -> Result<(), Failure> {
        if self.budget.left(turn.moment.elapsed) == 0 {
            return Err(self.budget.expired().into());
        }
        Ok(())
    }

    fn keys_are_there(&mut self, plan: Plan, turn: &mut Turn<'_>) -> Outcome {
        match plan {
            Plan::Request {
                prepare,
                key_id: Some(key_id),
            } => self.require_key(prepare, key_id, turn),
            Plan::Request {
                prepare,
                key_id: None,
            } => self.prepared(prepare, turn),
            Plan::File { request, base_url } => {
                self.request(request, base_url, Expects::File, turn)
            }
            Plan::Certificates => {
                let base_url = turn.client.base_url.clone();
                let known = turn.client.keys.current();
                let request = platform_certificates::prepare(&known, turn.moment.now()?);
                self.request(request, base_url, Expects::Certificates, turn)
            }
            Plan::NotificationKey { headers } => self.notification_key(headers, turn),
            Plan::Encryption { text } => {
                let (certs, now) = (turn.client.keys.current(), turn.moment.now()?);
                let seed = turn.moment.random.take()?;
                let encrypted = encrypt::encrypt(&certs, now, &text, &seed)?;
                Ok(Step::Done(Output::Encrypted(encrypted)))
            }
            Plan::Signature { message } => self.sign(message, turn),
        }
    }

    fn require_key(&mut self, prepare: Prepare, key_id: String, turn: &mut Turn<'_>) -> Outcome {
        let now = turn.moment.now()?;
        let certs = turn.client.keys.current();
        match certs.known(&key_id).map(|known| known.holds(now)) {
            Some(true) => self.prepared(prepare, turn),
            Some(false) => Err(Error::validation(
                "headers.Wechatpay-Serial",
                message!("names a certificate that has expired or is not valid yet"),
            )
            .into()),
            None if turn.client.keys.may_renew(now) => {
                let then = Then::RequireKey { prepare, key_id };
                self.renew(self.budget.for_keys(), then, turn)
            }
            None => Err(unknown_key().into()),
        }
    }

    fn prepared(&mut self, prepare: Prepare, turn: &mut Turn<'_>) -> Outcome {
        let now = turn.moment.now()?;
        let certs = turn.client.keys.current();
        let request = prepare(&certs, now, turn.moment)?;
        let base_url = turn.client.base_url.clone();
        self.request(request, base_url, Expects::Response, turn)
    }

    fn request(
        &mut self,
        request: Request,
        base_url: BaseUrl,
        expects: Expects,
        turn: &mut Turn<'_>,
    ) -> Outcome {
        let (attempts, next) = Attempts::start(
            turn.client,
            request,
            base_url,
            self.budget,
            turn.moment,
            &mut turn.notices,
        );
        self.requesting(attempts, expects, next, turn)
    }

    fn requesting(
        &mut self,
        mut attempts: Attempts,
        expects: Expects,
        next: Next,
        turn: &mut Turn<'_>,
    ) -> Outcome {
        let next = match (next, expects) {
            (Next::File(head), Expects::File) => return Ok(Step::Done(Output::File(head))),
            (Next::Arrived(arrived), Expects::Certificates) => {
                match take_certificates(turn.client, &arrived, turn.moment) {
                    Ok(certificates) => return Ok(Step::Done(Output::Certificates(certificates))),
                    Err(failure) => turn.failed(&mut attempts, failure),
                }
            }
            (Next::Arrived(arrived), _) => return self.verify(attempts, arrived, expects, turn),
            (next, _) => next,
        };
        self.state = State::Requesting { attempts, expects };
        step_of(next)
    }

    fn verify(
        &mut self,
        attempts: Attempts,
        arrived: Box<Arrived>,
        expects: Expects,
        turn: &mut Turn<'_>,
    ) -> Outcome {
        let verified = verified(turn, &arrived);
        if let Err(Failure::Error { error, .. }) = &verified
            && let Ok(now) = turn.moment.now()
            && turn.client.keys.may_help(error, now)
        {
            let then = Then::Verify {
                error: error.clone(),
                attempts,
                arrived,
                expects,
            };
            return self.renew(self.budget.for_keys(), then, turn);
        }
        self.responded(attempts, *arrived, expects, verified, turn)
    }

    fn responded(
        &mut self,
        mut attempts: Attempts,
        arrived: Arrived,
        expects: Expects,
        verified: Result<OwnedVerifiedResponse, Failure>,
        turn: &mut Turn<'_>,
    ) -> Outcome {
        let failure = match verified {
            Ok(response) if expects == Expects::Response => {
                return Ok(Step::Done(Output::Response(Reply {
                    response,
                    request_id: arrived.headers.request_id(Some(&arrived.sent)),
                    sent: arrived.sent,
                })));
            }
            // The host reports the success of a file's request as a file.
            Ok(_) => Error::transport(TransportFault::Invalid(message!("it is not a file"))).into(),
            Err(failure) => failure,
        };
        let next = turn.failed(&mut attempts, failure);
        self.state = State::Requesting { attempts, expects };
        step_of(next)
    }

    fn notification_key(&mut self, headers: SignatureHeaders, turn: &mut Turn<'_>) -> Outcome {
        match turn.client.admit(&headers, turn.moment)? {
            Admission::KeyKnown => Ok(Step::Done(Output::NotificationKey)),
            Admission::KeyUnknown => {
                self.renew(self.budget, Then::NotificationKey { headers }, turn)
            }
        }
    }

    fn sign(&mut self, message: Vec<u8>, turn: &mut Turn<'_>) -> Outcome {
        // No time is needed otherwise.
        if turn.client.merchant.is_certified() {
            turn.client.merchant.check_validity(turn.moment.now()?)?;
        }
        if turn.client.merchant.private_key().is_some() {
            let blinding = turn.moment.random.take()?;
            let signature = turn.client.merchant.sign(&message, &blinding)?;
            return Ok(Step::Done(Output::Signature(signature)));
        }
        let timeout = self.budget.for_attempt(turn.moment.elapsed);
        self.state = State::Signing {
            message: message.clone(),
            timeout,
        };
        Ok(Step::Sign { message, timeout })
    }
}

impl<'a> Turn<'a> {
    fn of(client: &'a mut Client, moment: &'a mut Moment, telling: Telling) -> Self {
        Self {
            client,
            moment,
            notices: Notices::new(telling),
        }
    }

    fn failed(&mut self, attempts: &mut Attempts, failure: Failure) -> Next {
        attempts.failed(failure, self.moment, &mut self.notices)
    }

    fn progressed(self, outcome: Outcome) -> Progressed {
        Progressed {
            notices: self.notices.told(),
            step: outcome.unwrap_or_else(Step::Failed),
        }
    }
}

fn step_of(next: Next) -> Outcome {
    match next {
        Next::Send(send) => Ok(Step::Send(send)),
        Next::Sign { message, timeout } => Ok(Step::Sign { message, timeout }),
        Next::Wait(milliseconds) => Ok(Step::Wait(milliseconds)),
        Next::Failed(failure) => Err(failure),
        Next::Arrived(_) | Next::File(_) => Err(out_of_order().into()),
    }
}

/// The failure of a call that could not be sent without the keys.
fn unsent(failure: Failure) -> Failure {
    failure.map(before_sending)
}

/// Verifies a response with the keys that the client has now.
fn verified(turn: &Turn<'_>, arrived: &Arrived) -> Result<OwnedVerifiedResponse, Failure> {
    let now = turn
        .moment
        .now()
        .map_err(|failure| failure.map(after_sending))?;
    let certs = turn.client.keys.current();
    let response = arrived.response();
    let verified = response.verify(&certs, now, &arrived.sent)?;
    Ok(verified.to_owned_response())
}

fn unknown_key() -> Error {
    Error::validation(
        "headers.Wechatpay-Serial",
        message!(
            "names a key that is not in certs: it is the id of the WeChat Pay public key, or the serial \
         number of the platform certificate, that fields of the body are encrypted with"
        ),
    )
}
