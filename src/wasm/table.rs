//! What JavaScript refers to by a number: clients, calls and hashes.

use std::cell::RefCell;
use std::rc::Rc;

use super::call::Pending;
use super::file::Hash;
use super::params::misread;
use crate::error::Error;
use crate::exchange::client::Client;

/// Values by their numbers. A number is used again when its value is gone.
pub(super) struct Table<T>(RefCell<Vec<Option<T>>>);

impl<T> Table<T> {
    const fn new() -> Self {
        Self(RefCell::new(Vec::new()))
    }

    pub(super) fn add(&self, value: T) -> usize {
        let mut values = self.0.borrow_mut();
        let free = values.iter().position(Option::is_none);
        let number = free.unwrap_or(values.len());
        match values.get_mut(number) {
            Some(place) => *place = Some(value),
            None => values.push(Some(value)),
        }
        number
    }

    /// Takes a value out, so that nothing is borrowed while it is used. Its number is free unless the value
    /// is [put back](Self::put).
    pub(super) fn take(&self, number: usize) -> Option<T> {
        self.0.borrow_mut().get_mut(number)?.take()
    }

    pub(super) fn put(&self, number: usize, value: T) {
        if let Some(place) = self.0.borrow_mut().get_mut(number) {
            *place = Some(value);
        }
    }
}

pub(super) type SharedClient = Rc<RefCell<Client>>;

thread_local! {
    pub(super) static CLIENTS: Table<SharedClient> = const { Table::new() };
    pub(super) static CALLS: Table<Pending> = const { Table::new() };
    pub(super) static HASHES: Table<Hash> = const { Table::new() };
}

/// The client of this number. Calls keep it, so that it lives until they have ended.
pub(super) fn client(number: usize) -> Result<SharedClient, Error> {
    CLIENTS
        .with(|table| table.0.borrow().get(number)?.clone())
        .ok_or_else(misread)
}

/// What `read` reads of a client.
pub(super) fn reading<T>(
    client: &SharedClient,
    read: impl FnOnce(&Client) -> Result<T, Error>,
) -> Result<T, Error> {
    let client = client.try_borrow().map_err(|_| misread())?;
    read(&client)
}
