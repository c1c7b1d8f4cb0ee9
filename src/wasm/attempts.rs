//! A call as a row of attempts: each signed anew and with a time of its own, until one is responded to or
//! no other is worth making.

use super::account::Account;
use super::budget::Budget;
use super::errors::Failure;
use super::host::Host;
use super::timeout::{Timeout, pause};
use crate::{BaseUrl, Error, Progress, Request, Retry};

/// The attempts of one call, of which one is under way.
pub(crate) struct Attempts<'a> {
    account: &'a Account,
    budget: &'a Budget,
    most_retries: u32,
    base_url: BaseUrl,
    number: u32,
}

impl<'a> Attempts<'a> {
    /// Before the first one, which goes to `base_url`.
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

    /// Where the one that is under way goes.
    pub(crate) fn base_url(&self) -> &BaseUrl {
        &self.base_url
    }

    /// Its number, 1 for the first.
    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// Starts its time.
    pub(crate) fn timeout(&self) -> Result<Timeout, Failure> {
        Timeout::start(self.budget.for_attempt(), self.budget.signal.as_ref())
    }

    /// Waits until the next one is to be made, after one that ended so; fails with what it ended with
    /// where there is no next one.
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
        // A timer may come late.
        if self.budget.left() == 0 {
            return Err(failure);
        }
        self.number += 1;
        Ok(())
    }
}

/// A failure that knows which attempt it ended.
fn counted(mut error: Error, attempts: u32) -> Error {
    if let Error::Transport(error) = &mut error {
        error.attempts = attempts;
    }
    error
}
