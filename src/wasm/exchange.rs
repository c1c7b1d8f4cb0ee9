//! One exchange with WeChat Pay: a request that is signed and sent, with retries, and a response
//! that is verified.

use wasm_bindgen::prelude::*;

use super::account::Account;
use super::attempts::Attempts;
use super::budget::Budget;
use super::errors::Failure;
use super::hooks::ResponseSummary;
use super::host::Host;
use super::names::in_javascript;
use super::stopwatch::Stopwatch;
use super::timeout::Timeout;
use super::transport::{self, RawResponse};
use crate::calls::platform_certificates;
use crate::{
    Apiv3Key, Error, OwnedVerifiedResponse, Request, Response, SignedRequest, VerifiedResponse,
};

/// The result of a call: a verified response, and unsigned parts beside it.
pub(crate) struct Reply {
    response: OwnedVerifiedResponse,
    /// The response's `Request-ID`. Not signed.
    pub(crate) request_id: Option<String>,
    /// The response's headers, as the host has them. Not signed.
    pub(crate) headers: JsValue,
    /// The request of this response.
    pub(crate) sent: SignedRequest,
}

impl Reply {
    /// The verified response: its status and its body.
    pub(crate) fn verified(&self) -> VerifiedResponse<'_> {
        self.response.as_verified()
    }
}

/// How a response is verified.
#[derive(Clone, Copy)]
pub(crate) enum VerifyBy<'a> {
    /// By the account's keys. They may be renewed within the call's budget.
    KnownKeys(&'a Budget),
    /// By the account's keys, or by a platform certificate in the response, encrypted with this key.
    CarriedCertificates(&'a Apiv3Key),
}

impl Account {
    /// Signs the request, sends it, and verifies the response, with retries.
    pub(crate) async fn exchange(
        &self,
        request: &Request,
        budget: &Budget,
        verify_by: VerifyBy<'_>,
    ) -> Result<Reply, Failure> {
        let mut attempts = Attempts::of(self, request, budget, &self.base_url);
        loop {
            match self.attempt(request, &attempts, verify_by).await {
                Ok(reply) => return Ok(reply),
                Err(failure) => attempts.after(failure).await?,
            }
        }
    }

    async fn attempt(
        &self,
        request: &Request,
        attempts: &Attempts<'_>,
        verify_by: VerifyBy<'_>,
    ) -> Result<Reply, Failure> {
        // Before the signature: an aborted call needs none.
        let timeout = attempts.timeout()?;
        let signed = self.signed(request, &timeout).await?;
        let url = attempts.base_url().join(signed.path_and_query());
        let stopwatch = Stopwatch::start();
        let raw = transport::send(&self.host, &url, &signed, &timeout).await?;
        timeout.finish();
        let request_id = raw.headers.request_id(Some(&signed));
        self.hooks.response(&ResponseSummary {
            request,
            status: raw.status,
            request_id: request_id.as_deref(),
            attempt: attempts.number(),
            duration: stopwatch.elapsed(),
        });
        let response = self.verified(&raw, &signed, verify_by).await?;
        Ok(Reply {
            response,
            request_id,
            headers: raw.all_headers,
            sent: signed,
        })
    }

    /// Signs a request for one attempt, with the key or the signer.
    pub(crate) async fn signed(
        &self,
        request: &Request,
        timeout: &Timeout,
    ) -> Result<SignedRequest, Failure> {
        let attempt = self.host.attempt()?;
        let Some(signer) = &self.signer else {
            let signed = request.sign(&self.merchant, &self.keys.current(), &attempt);
            return Ok(signed.map_err(in_javascript)?);
        };
        let unsigned = request.unsigned(&self.merchant, &self.keys.current(), &attempt);
        let signature = signer.sign(unsigned.message(), timeout).await?;
        Ok(unsigned.with_remote_signature(&signature)?)
    }

    /// Verifies a response. If the key is unknown and may be downloaded, it renews the keys first.
    pub(crate) async fn verified(
        &self,
        raw: &RawResponse,
        sent: &SignedRequest,
        verify_by: VerifyBy<'_>,
    ) -> Result<OwnedVerifiedResponse, Failure> {
        let response = Response {
            status: raw.status,
            headers: raw.headers.clone(),
            body: &raw.body,
        };
        let now = || {
            let now = self.host.now();
            now.map_err(|failure| failure.map(after_sending))
        };
        let certs = self.keys.current();
        let verified = match verify_by {
            VerifyBy::KnownKeys(budget) => match response.verify(&certs, now()?, sent) {
                Err(error) if self.keys.are_automatic() && self.keys.may_help(&error, now()?) => {
                    match self.renew_keys(&budget.for_keys()).await {
                        Ok(()) => response.verify(&self.keys.current(), now()?, sent),
                        Err(aborted @ Failure::Theirs(_)) => return Err(aborted),
                        // The error to report is that of the verification.
                        Err(_) => Err(error),
                    }
                }
                first => first,
            },
            VerifyBy::CarriedCertificates(key) => {
                let verified = platform_certificates::verify(&response, &certs, key, now()?, sent);
                verified.map_err(in_javascript)
            }
        };
        Ok(verified?.to_owned_response())
    }

    /// Signs a message with the merchant's key or with the signer, for parameters that a phone or a
    /// page shows to WeChat in the merchant's name.
    pub(crate) async fn sign_message(&self, message: &[u8]) -> Result<Vec<u8>, Failure> {
        let Some(signer) = &self.signer else {
            let signature = self.merchant.sign(message, &*Host::random()?);
            return Ok(signature.map_err(in_javascript)?);
        };
        let timeout = Timeout::start(self.timeout, None)?;
        let signature = signer.sign(message, &timeout).await?;
        timeout.finish();
        Ok(signature)
    }
}

/// Adds to a `ConfigError` that occurs after the response that the request was sent.
fn after_sending(mut error: Error) -> Error {
    if let Error::Config(error) = &mut error {
        let problem = error.problem.to_mut();
        problem.push_str("; the request may have been carried out");
    }
    error
}
