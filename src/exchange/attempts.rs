//! One request over its attempts: each is signed anew, has a timeout of its own, and is followed by
//! another only if [`Retry`] says so.

use base64ct::{Base64, Encoding};

use super::budget::Budget;
use super::client::Client;
use super::failure::{Failure, after_sending, out_of_order};
use super::moment::Moment;
use super::notices::{Notice, Notices, Requested, Responded, Retried};
use super::plan::FileHead;
use super::retry::{Progress, Retry};
use super::step::{Event, Send};
use crate::error::message::message;
use crate::error::{Error, TransportError, TransportFault, VerificationFault};
use crate::http::base_url::BaseUrl;
use crate::protocol::request::{Attempt, Method, Request};
use crate::protocol::response::Response;
use crate::protocol::signature_headers::SignatureHeaders;
use crate::protocol::signed_request::SignedRequest;

/// The attempts of one request.
pub(super) struct Attempts {
    request: Request,
    budget: Budget,
    max_retries: u32,
    /// The same while nothing was sent for certain: then a write, too, may be attempted again.
    unsent_retries: u32,
    /// Whether an attempt may have been sent.
    sent: bool,
    /// Whether a probe was sent again: once is enough.
    probed: bool,
    base_url: BaseUrl,
    /// The attempt that is under way, 1 for the first.
    number: u32,
    /// When it started, by the clock that never jumps, and how long it may take.
    started: u64,
    timeout: u32,
    state: State,
}

enum State {
    /// The remote signer signs.
    Signing(Box<Attempt>),
    /// The request was sent.
    Sending { signed: SignedRequest, sent: u64 },
    /// The next attempt begins after a pause. If the pause takes too long, the call ends with this failure.
    Pausing(Failure),
    /// A response arrived, or the last attempt failed.
    Ended,
}

/// What comes next.
pub(super) enum Next {
    /// Send this.
    Send(Send),
    /// Sign this message.
    Sign { message: Vec<u8>, timeout: u32 },
    /// Wait this many milliseconds.
    Wait(u32),
    /// A response arrived. The owner verifies it.
    Arrived(Box<Arrived>),
    /// The headers of a file arrived.
    File(FileHead),
    /// There is no other attempt.
    Failed(Failure),
}

/// A response, which nobody has verified yet, and the request that it is for.
pub(super) struct Arrived {
    pub(super) status: u16,
    pub(super) headers: SignatureHeaders,
    pub(super) body: Vec<u8>,
    pub(super) sent: SignedRequest,
}

impl Arrived {
    pub(super) fn response(&self) -> Response<'_> {
        Response {
            status: self.status,
            headers: self.headers.clone(),
            body: &self.body,
        }
    }
}

impl Attempts {
    /// Starts the first attempt, at `base_url`.
    pub(super) fn start(
        client: &Client,
        request: Request,
        base_url: BaseUrl,
        budget: Budget,
        moment: &mut Moment,
        notices: &mut Notices,
    ) -> (Self, Next) {
        let unsent_retries = budget.max_retries().unwrap_or(client.max_retries);
        let max_retries = match budget.max_retries() {
            None if !request.is_repeatable() => 0,
            _ => unsent_retries,
        };
        let mut attempts = Self {
            request,
            budget,
            max_retries,
            unsent_retries,
            sent: false,
            probed: false,
            base_url,
            number: 1,
            started: 0,
            timeout: 0,
            state: State::Ended,
        };
        let next = attempts.begin(client, moment, notices);
        (attempts, next)
    }

    /// Reports what became of the last step.
    pub(super) fn advance(
        &mut self,
        client: &Client,
        event: Event,
        moment: &mut Moment,
        notices: &mut Notices,
    ) -> Next {
        if let Event::Aborted = event {
            self.state = State::Ended;
            return Next::Failed(Failure::Aborted);
        }
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Signing(attempt) => {
                // A request that is sent after the deadline gets no response.
                let event = match event {
                    Event::Signed { .. } | Event::SignedInBase64 { .. }
                        if self.budget.left(moment.elapsed) == 0 =>
                    {
                        Event::TimedOut
                    }
                    event => event,
                };
                match self.signed(client, &attempt, event) {
                    Ok(signed) => self.send(signed, moment, notices),
                    Err(failure) => self.failed(self.unsent(failure), moment, notices),
                }
            }
            State::Sending { signed, sent } => {
                let unconnected =
                    matches!(event, Event::Network { unconnected, .. } if unconnected);
                self.sent |= !unconnected;
                let duration = moment.elapsed.saturating_sub(sent);
                match self.arrived(event, signed, duration, moment, notices) {
                    Ok(next) => next,
                    Err(failure) => self.failed(failure, moment, notices),
                }
            }
            State::Pausing(failure) => {
                if !matches!(event, Event::Waited) {
                    return Next::Failed(out_of_order().into());
                }
                // A timer may be late.
                if self.budget.left(moment.elapsed) == 0 {
                    return Next::Failed(failure);
                }
                self.number += 1;
                self.begin(client, moment, notices)
            }
            State::Ended => Next::Failed(out_of_order().into()),
        }
    }

    /// Ends an attempt that failed, and decides whether there is another.
    pub(super) fn failed(
        &mut self,
        failure: Failure,
        moment: &mut Moment,
        notices: &mut Notices,
    ) -> Next {
        match self.retry(failure, moment, notices) {
            Ok((pause, failure)) => {
                self.state = State::Pausing(failure);
                Next::Wait(pause)
            }
            Err(failure) => {
                self.state = State::Ended;
                Next::Failed(failure)
            }
        }
    }

    fn retry(
        &mut self,
        failure: Failure,
        moment: &mut Moment,
        notices: &mut Notices,
    ) -> Result<(u32, Failure), Failure> {
        let failure = failure.map(|error| counted(error, self.number));
        let progress = Progress {
            attempts: self.number,
            most_retries: if self.sent {
                self.max_retries
            } else {
                self.unsent_retries
            },
            left: self.budget.left(moment.elapsed),
        };
        if is_probe(&failure)
            && (self.request.method() != Method::Get || std::mem::replace(&mut self.probed, true))
        {
            return Err(failure);
        }
        // Without random bytes, no other attempt could be signed either.
        let Ok(random) = moment.random.take() else {
            return Err(failure);
        };
        let Some(retry) = failure
            .error()
            .and_then(|error| Retry::after(error, progress, u32::from_le_bytes(*random)))
        else {
            return Err(failure);
        };
        if retry.to_spare_host
            && let Some(spare) = self.base_url.spare()
        {
            self.base_url = spare;
        }
        notices.push(|| {
            Notice::Retry(Retried {
                attempt: self.number,
                delay: retry.pause,
                failure: failure.clone(),
                host: self.base_url.to_string(),
            })
        });
        Ok((retry.pause, failure))
    }

    /// Begins an attempt: its time runs, and its message is made.
    fn begin(&mut self, client: &Client, moment: &mut Moment, notices: &mut Notices) -> Next {
        self.started = moment.elapsed;
        self.timeout = self.budget.for_attempt(moment.elapsed);
        match self.sign(client, moment, notices) {
            Ok(next) => next,
            // A fault of the host's clock or random source, or of the key: another attempt would have it, too.
            Err(failure) => Next::Failed(self.unsent(failure)),
        }
    }

    /// The failure of an attempt that was not sent. An earlier one may have been.
    fn unsent(&self, failure: Failure) -> Failure {
        if self.sent {
            failure.map(after_sending)
        } else {
            failure
        }
    }

    fn sign(
        &mut self,
        client: &Client,
        moment: &mut Moment,
        notices: &mut Notices,
    ) -> Result<Next, Failure> {
        let attempt = Attempt {
            timestamp: moment.now()?,
            random: *moment.random.take()?,
        };
        client.merchant.check_validity(attempt.timestamp)?;
        let certs = client.keys.current();
        if client.merchant.private_key().is_some() {
            let signed = self.request.sign(&client.merchant, &certs, &attempt)?;
            return Ok(self.send(signed, moment, notices));
        }
        let unsigned = self.request.unsigned(&client.merchant, &certs, &attempt);
        let message = unsigned.message().to_vec();
        self.state = State::Signing(Box::new(attempt));
        Ok(Next::Sign {
            message,
            timeout: self.timeout,
        })
    }

    fn signed(
        &self,
        client: &Client,
        attempt: &Attempt,
        event: Event,
    ) -> Result<SignedRequest, Failure> {
        let signature = signature_of(event, self.timeout, client.merchant.signer())?;
        // The message is the same again: the attempt has the time and the nonce.
        let certs = client.keys.current();
        let unsigned = self.request.unsigned(&client.merchant, &certs, attempt);
        Ok(unsigned.with_remote_signature(&signature)?)
    }

    fn send(&mut self, mut signed: SignedRequest, moment: &Moment, notices: &mut Notices) -> Next {
        let message = notices.message(signed.message());
        notices.push(|| {
            Notice::Request(Requested {
                method: signed.method(),
                path: self.request.path().to_owned(),
                host: self.base_url.to_string(),
                attempt: self.number,
                message,
            })
        });
        let gone = moment.elapsed.saturating_sub(self.started);
        let send = Send {
            method: signed.method(),
            url: self.base_url.join(signed.path_and_query()),
            headers: signed.headers().to_vec(),
            body: signed.take_body(),
            // The signature took a part of the attempt's time.
            timeout: self
                .timeout
                .saturating_sub(u32::try_from(gone).unwrap_or(u32::MAX))
                .max(1),
            own: true,
        };
        self.state = State::Sending {
            signed,
            sent: moment.elapsed,
        };
        Next::Send(send)
    }

    fn arrived(
        &self,
        event: Event,
        signed: SignedRequest,
        duration: u64,
        moment: &Moment,
        notices: &mut Notices,
    ) -> Result<Next, Failure> {
        let mut notice = |status: u16, headers: &SignatureHeaders| {
            notices.push(|| {
                Notice::Response(Responded {
                    method: self.request.method(),
                    path: self.request.path().to_owned(),
                    status,
                    request_id: headers.request_id(Some(&signed)),
                    attempt: self.number,
                    duration,
                    clock_skew: moment.now().ok().and_then(|now| headers.notable_skew(now)),
                })
            });
        };
        let fault = match event {
            Event::Response {
                status,
                headers,
                body,
            } => {
                notice(status, &headers);
                return Ok(Next::Arrived(Box::new(Arrived {
                    status,
                    headers,
                    body,
                    sent: signed,
                })));
            }
            Event::FileBegan { status, headers } => {
                notice(status, &headers);
                return Ok(Next::File(FileHead {
                    status,
                    signed: headers.signature.is_some(),
                    content_type: headers.content_type,
                }));
            }
            Event::Redirected { status } => TransportFault::Redirect(status),
            Event::TooLarge => TransportFault::TooLarge,
            Event::TimedOut => TransportFault::Timeout(self.timeout),
            Event::Unusable { problem, cause } => {
                let fault = TransportFault::Invalid(message!("{}", problem));
                return Err(Failure::caused(Error::transport(fault), cause));
            }
            Event::Network { cause, reason, .. } => {
                let error = TransportError {
                    // An earlier attempt may have been carried out.
                    fault: if self.sent {
                        TransportFault::Network
                    } else {
                        TransportFault::Unconnected
                    },
                    attempts: self.number,
                    host: Some(self.base_url.to_string()),
                    reason,
                };
                return Err(Failure::caused(Box::new(error).into(), cause));
            }
            Event::NoFetch => {
                let problem = message!("this runtime has no global fetch; give one");
                return Err(Error::config("fetch", problem).into());
            }
            _ => return Err(out_of_order().into()),
        };
        Err(Error::transport(fault).into())
    }
}

/// The signature that a remote signer, which is the option `signer`, returned within `timeout` milliseconds.
pub(super) fn signature_of(
    event: Event,
    timeout: u32,
    signer: &'static str,
) -> Result<Vec<u8>, Failure> {
    let problem = match event {
        Event::Signed { signature } => return Ok(signature),
        Event::SignedInBase64 { signature } => match Base64::decode_vec(signature.trim()) {
            Ok(signature) => return Ok(signature),
            Err(_) => message!("returned a string that is not base64 (with padding)"),
        },
        Event::NotSigned { problem, cause } => {
            return Err(Failure::caused(
                Error::config(signer, message!("{}", problem)),
                cause,
            ));
        }
        Event::TimedOut => {
            message!(
                "returned no signature within {} ms, the time of one attempt",
                timeout
            )
        }
        Event::Aborted => return Err(Failure::Aborted),
        _ => return Err(out_of_order().into()),
    };
    Err(Error::config(signer, problem).into())
}

/// Whether WeChat Pay sent its probe in place of a signature.
fn is_probe(failure: &Failure) -> bool {
    let error = failure.error();
    matches!(error, Some(Error::Verification(error)) if error.fault == VerificationFault::Probe)
}

/// The error, with the number of the attempt that it ended.
fn counted(mut error: Error, attempts: u32) -> Error {
    if let Error::Transport(error) = &mut error {
        error.attempts = attempts;
    }
    error
}
