//! One exchange with WeChat Pay: a request that is signed and sent, again where that is worth it, and an
//! answer that is proven.

use wasm_bindgen::prelude::*;

use super::account::Account;
use super::attempts::Attempts;
use super::bounds::Bounds;
use super::errors::Failure;
use super::hooks::Response;
use super::host::Host;
use super::names::in_javascript;
use super::stopwatch::Stopwatch;
use super::transport::{self, RawAnswer};
use super::watch::Watch;
use crate::calls::platform_certificates;
use crate::{Answer, Apiv3Key, Error, ProvenAnswer, Request, SignedRequest, VerifiedAnswer};

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

/// How an answer is proven.
#[derive(Clone, Copy)]
pub(crate) enum Proof<'a> {
    /// By the account's keys; where these may be renewed, within the call's own bounds.
    Keys(&'a Bounds),
    /// By those, or by a platform certificate that the answer carries, sealed with this key.
    OwnCertificates(&'a Apiv3Key),
}

impl Account {
    /// Signs the request, sends it, and verifies what comes back, again where that is worth it.
    pub(crate) async fn exchange(
        &self,
        request: &Request,
        bounds: &Bounds,
        proof: Proof<'_>,
    ) -> Result<Reply, Failure> {
        let mut attempts = Attempts::of(self, request, bounds, &self.base_url);
        loop {
            match self.attempt(request, &attempts, proof).await {
                Ok(reply) => return Ok(reply),
                Err(failure) => attempts.after(failure).await?,
            }
        }
    }

    async fn attempt(
        &self,
        request: &Request,
        attempts: &Attempts<'_>,
        proof: Proof<'_>,
    ) -> Result<Reply, Failure> {
        // Before the signature, which is not worth making for a call that was given up.
        let watch = attempts.watch()?;
        let signed = self.signed(request, &watch).await?;
        let url = attempts.base_url().join(signed.path_and_query());
        let stopwatch = Stopwatch::start();
        let raw = transport::send(&self.host, &url, &signed, &watch).await?;
        watch.finish();
        let request_id = raw.headers.request_id(Some(&signed));
        self.hooks.response(&Response {
            request,
            status: raw.status,
            request_id: request_id.as_deref(),
            attempt: attempts.number(),
            duration: stopwatch.elapsed(),
        });
        let answer = self.proven(&raw, &signed, proof).await?;
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

    /// Proves an answer; with other keys than are there, where these may be had.
    pub(crate) async fn proven(
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
            Proof::Keys(bounds) => match answer.verify(&certs, now()?, sent) {
                Err(error) if self.keys.are_automatic() && self.keys.may_help(&error, now()?) => {
                    match self.renew_keys(&bounds.for_keys()).await {
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

/// A fault of ours that shows itself only when the answer is there.
fn after_sending(mut error: Error) -> Error {
    if let Error::Config(error) = &mut error {
        let problem = error.problem.to_mut();
        problem.push_str("; the request may have been carried out");
    }
    error
}
