//! A call as a series of attempts. Each is signed again and has its own time. The series ends when
//! an attempt gets a response, or when another attempt is not worthwhile.

use super::account::Account;
use super::budget::Budget;
use super::errors::Failure;
use super::host::Host;
use super::timeout::{Timeout, pause};
use crate::{BaseUrl, Error, Progress, Request, Retry};

/// The attempts of one call, and the current attempt.
pub(crate) struct Attempts<'a> {
    account: &'a Account,
    budget: &'a Budget,
    most_retries: u32,
    base_url: BaseUrl,
    number: u32,
}

impl<'a> Attempts<'a> {
    /// Before the first attempt, which is sent to `base_url`.
    pub(crate) fn of(
        account: &'a Account,
        request: &Request,
        budget: &'a Budget,
        base_url: &BaseUrl,
    ) -> Self {
        let most_retries = match budget.max_retries {
            Some(asked) => asked,
            None if request.is_repeatable() => account.max_retries,
            None => 0,
        };
        Self {
            account,
            budget,
            most_retries,
            base_url: base_url.clone(),
            number: 1,
        }
    }

    /// The base URL of the current attempt.
    pub(crate) fn base_url(&self) -> &BaseUrl {
        &self.base_url
    }

    /// The number of the current attempt, from 1 on.
    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// Starts the time of the current attempt.
    pub(crate) fn timeout(&self) -> Result<Timeout, Failure> {
        Timeout::start(self.budget.for_attempt(), self.budget.signal.as_ref())
    }

    /// Waits until the next attempt is due, after an attempt that ended with `failure`. Returns the
    /// failure if there is no next attempt.
    pub(crate) async fn after(&mut self, failure: Failure) -> Result<(), Failure> {
        let failure = failure.map(|error| counted(error, self.number));
        let progress = Progress {
            attempts: self.number,
            most_retries: self.most_retries,
            left: self.budget.left(),
        };
        let random = u32::from_le_bytes(*Host::random()?);
        let Some(retry) = failure
            .error()
            .and_then(|error| Retry::after(error, progress, random))
        else {
            return Err(failure);
        };
        if retry.to_spare_host
            && let Some(spare) = self.base_url.spare()
        {
            self.base_url = spare;
        }
        let hooks = &self.account.hooks;
        hooks.retry(self.number, retry.pause, &failure, &self.base_url);
        pause(retry.pause, self.budget.signal.as_ref()).await?;
        // A timer may fire late.
        if self.budget.left() == 0 {
            return Err(failure);
        }
        self.number += 1;
        Ok(())
    }
}

/// Adds the number of attempts to a failure.
fn counted(mut error: Error, attempts: u32) -> Error {
    if let Error::Transport(error) = &mut error {
        error.attempts = attempts;
    }
    error
}
