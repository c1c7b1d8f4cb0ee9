//! A call as a row of attempts: each signed anew and with a time of its own, until one is answered or
//! no other is worth making.

use wasm_bindgen::prelude::*;

use super::account::Account;
use super::errors::Failure;
use super::hooks::Response;
use super::host::Host;
use super::names::in_javascript;
use super::options::CallOptions;
use super::stopwatch::Stopwatch;
use super::transport::{self, RawAnswer};
use super::watch::{Watch, pause, refuse_aborted};
use crate::{
    Answer, Apiv3Key, BaseUrl, ConfigError, Error, Progress, ProvenAnswer, Request, Retry,
    SignedRequest, TransportError, VerifiedAnswer, platform_certificates,
};

/// The time of a call, where nothing else is said: so many times that of an attempt, and what the
/// pauses between them take, in milliseconds. As many attempts as are made by default fit in whole.
const ATTEMPTS: u32 = 3;
const PAUSES: u32 = 2_000;

/// What a call gives: an answer that is proven, and what came beside it.
pub(crate) struct Reply {
    answer: ProvenAnswer,
    /// The answer's `Request-ID`. Not signed.
    pub(crate) request_id: Option<String>,
    /// The answer's headers, as the host has them. Not signed.
    pub(crate) headers: JsValue,
    /// The request that was answered.
    pub(crate) sent: SignedRequest,
}

impl Reply {
    /// The proven answer: its status and its body.
    pub(crate) fn verified(&self) -> VerifiedAnswer<'_> {
        self.answer.verified()
    }
}

/// One attempt's place in its call.
struct Turn<'a> {
    base_url: &'a BaseUrl,
    /// 1 for the first.
    number: u32,
    milliseconds: u32,
    signal: Option<&'a JsValue>,
    proof: Proof<'a>,
}

/// How an answer is proven.
#[derive(Clone, Copy)]
pub(crate) enum Proof<'a> {
    /// By the account's keys; where these may be renewed, within the call's own bounds.
    Keys(&'a CallOptions),
    /// By those, or by a platform certificate that the answer carries, sealed with this key.
    OwnCertificates(&'a Apiv3Key),
}

impl Account {
    /// Signs the request, sends it, and verifies what comes back, again where that is worth it.
    pub(crate) async fn call_raw(
        &self,
        request: &Request,
        options: &CallOptions,
    ) -> Result<Reply, Failure> {
        refuse_aborted(options.signal.as_ref())?;
        self.prepare_keys(options).await?;
        self.exchange(request, options, Proof::Keys(options)).await
    }

    /// The same, with the keys that are there, and another way to prove the answer.
    pub(crate) async fn exchange(
        &self,
        request: &Request,
        options: &CallOptions,
        proof: Proof<'_>,
    ) -> Result<Reply, Failure> {
        let timeout = options.timeout.unwrap_or(self.timeout);
        let deadline = options
            .deadline
            .or(self.deadline)
            .unwrap_or_else(|| timeout.saturating_mul(ATTEMPTS).saturating_add(PAUSES));
        let most_retries = match options.max_retries {
            Some(asked) => asked,
            None if request.is_repeatable() => self.max_retries,
            None => 0,
        };
        let signal = options.signal.as_ref();
        let stopwatch = Stopwatch::start();
        let mut base_url = self.base_url.clone();
        let mut number = 1;
        loop {
            let turn = Turn {
                base_url: &base_url,
                number,
                milliseconds: timeout.min(stopwatch.left_of(deadline)).max(1),
                signal,
                proof,
            };
            let failure = match self.attempt(request, &turn).await {
                Ok(reply) => return Ok(reply),
                Err(failure) => failure.map(|error| counted(error, number)),
            };
            let progress = Progress {
                attempts: number,
                most_retries,
                left: stopwatch.left_of(deadline),
            };
            let random = u32::from_le_bytes(*Host::random()?);
            let Some(retry) = failure
                .error()
                .and_then(|error| Retry::after(error, progress, random))
            else {
                return Err(failure);
            };
            if retry.elsewhere
                && let Some(spare) = base_url.spare()
            {
                base_url = spare;
            }
            self.hooks.retry(number, retry.pause, &failure, &base_url);
            pause(retry.pause, signal).await?;
            // A timer may come late.
            if stopwatch.left_of(deadline) == 0 {
                return Err(failure);
            }
            number += 1;
        }
    }

    async fn attempt(&self, request: &Request, turn: &Turn<'_>) -> Result<Reply, Failure> {
        // Before the signature, which is not worth making for a call that was given up.
        let watch = Watch::start(turn.milliseconds, turn.signal)?;
        let signed = self.signed(request, &watch).await?;
        let url = turn.base_url.join(signed.path_and_query());
        let stopwatch = Stopwatch::start();
        let raw = transport::send(&self.host, &url, &signed, &watch).await?;
        watch.finish();
        let request_id = raw.headers.request_id(Some(&signed));
        self.hooks.response(&Response {
            request,
            status: raw.status,
            request_id: request_id.as_deref(),
            attempt: turn.number,
            duration: stopwatch.elapsed(),
        });
        let answer = self.proven(&raw, &signed, turn.proof).await?;
        Ok(Reply {
            answer,
            request_id,
            headers: raw.all_headers,
            sent: signed,
        })
    }

    /// Signs a request for one attempt, with the key or the signer.
    pub(crate) async fn signed(
        &self,
        request: &Request,
        watch: &Watch,
    ) -> Result<SignedRequest, Failure> {
        let attempt = self.host.attempt()?;
        let Some(signer) = &self.signer else {
            let signed = request.sign(&self.merchant, &self.keys.current(), &attempt);
            return Ok(signed.map_err(in_javascript)?);
        };
        let unsigned = request.unsigned(&self.merchant, &self.keys.current(), &attempt);
        let signature = signer.sign(unsigned.message(), watch).await?;
        Ok(unsigned.signed_elsewhere(&signature)?)
    }

    async fn proven(
        &self,
        raw: &RawAnswer,
        sent: &SignedRequest,
        proof: Proof<'_>,
    ) -> Result<ProvenAnswer, Failure> {
        let answer = Answer {
            status: raw.status,
            headers: raw.headers.clone(),
            body: &raw.body,
        };
        let now = || {
            let now = self.host.now();
            now.map_err(|failure| failure.map(after_sending))
        };
        let certs = self.keys.current();
        let proven = match proof {
            Proof::Keys(options) => match answer.verify(&certs, now()?, sent) {
                Err(error) if self.keys.are_automatic() && self.keys.may_help(&error, now()?) => {
                    match self.renew_keys(options).await {
                        Ok(()) => answer.verify(&self.keys.current(), now()?, sent),
                        Err(aborted @ Failure::Theirs(_)) => return Err(aborted),
                        // That the answer is not proven is what matters.
                        Err(_) => Err(error),
                    }
                }
                first => first,
            },
            Proof::OwnCertificates(key) => {
                let proven = platform_certificates::verify(&answer, &certs, key, now()?, sent);
                proven.map_err(in_javascript)
            }
        };
        Ok(proven?.kept())
    }

    /// Signs any message with the merchant's key, wherever that is: for what a phone or a page shows
    /// WeChat in the merchant's name.
    pub(crate) async fn sign_message(&self, message: &[u8]) -> Result<Vec<u8>, Failure> {
        let Some(signer) = &self.signer else {
            let signature = self.merchant.sign(message, &*Host::random()?);
            return Ok(signature.map_err(in_javascript)?);
        };
        let watch = Watch::start(self.timeout, None)?;
        let signature = signer.sign(message, &watch).await?;
        watch.finish();
        Ok(signature)
    }
}

/// A failure that knows which attempt it ended.
fn counted(error: Error, attempts: u32) -> Error {
    match error {
        Error::Transport(TransportError { fault, .. }) => {
            Error::Transport(TransportError { fault, attempts })
        }
        other => other,
    }
}

/// A fault of ours that shows itself only when the answer is there.
fn after_sending(error: Error) -> Error {
    match error {
        Error::Config(ConfigError { option, problem }) => Error::config(
            option,
            format!("{problem}; the request may have been carried out"),
        ),
        other => other,
    }
}
