//! What JavaScript refers to by a number: clients, calls and hashes.

use std::cell::RefCell;
use std::rc::Rc;

use super::call::Pending;
use super::file::Hash;
use crate::exchange::client::Client;

/// Values by their numbers. A number is used again when its value is gone.
pub(super) struct Table<T> {
    values: Vec<Option<T>>,
}

impl<T> Table<T> {
    const fn new() -> Self {
        Self { values: Vec::new() }
    }

    fn insert(&mut self, value: T) -> usize {
        let free = self
            .values
            .iter_mut()
            .enumerate()
            .find(|(_, place)| place.is_none());
        if let Some((number, place)) = free {
            *place = Some(value);
            return number;
        }
        self.values.push(Some(value));
        self.values.len() - 1
    }

    fn take(&mut self, number: usize) -> Option<T> {
        self.values.get_mut(number)?.take()
    }

    fn put(&mut self, number: usize, value: T) {
        if let Some(place) = self.values.get_mut(number) {
            *place = Some(value);
        }
    }
}

pub(super) type SharedClient = Rc<RefCell<Client>>;

thread_local! {
    static CLIENTS: RefCell<Table<SharedClient>> = const { RefCell::new(Table::new()) };
    static CALLS: RefCell<Table<Pending>> = const { RefCell::new(Table::new()) };
    static HASHES: RefCell<Table<Hash>> = const { RefCell::new(Table::new()) };
}

pub(super) fn add_client(client: Client) -> usize {
    CLIENTS.with_borrow_mut(|table| table.insert(Rc::new(RefCell::new(client))))
}

/// The client of this number. Calls keep it, so that it lives until they have ended.
pub(super) fn client(number: usize) -> Option<SharedClient> {
    CLIENTS.with_borrow(|table| table.values.get(number)?.clone())
}

pub(super) fn free_client(number: usize) {
    // Dropped outside of the borrow.
    let client = CLIENTS.with_borrow_mut(|table| table.take(number));
    drop(client);
}

pub(super) fn add_call(call: Pending) -> usize {
    CALLS.with_borrow_mut(|table| table.insert(call))
}

/// Takes a call out, so that nothing is borrowed while it computes. Its number stays reserved only if the
/// call is [put back](put_call).
pub(super) fn take_call(number: usize) -> Option<Pending> {
    CALLS.with_borrow_mut(|table| table.take(number))
}

pub(super) fn put_call(number: usize, call: Pending) {
    CALLS.with_borrow_mut(|table| table.put(number, call));
}

pub(super) fn add_hash(hash: Hash) -> usize {
    HASHES.with_borrow_mut(|table| table.insert(hash))
}

pub(super) fn take_hash(number: usize) -> Option<Hash> {
    HASHES.with_borrow_mut(|table| table.take(number))
}

pub(super) fn put_hash(number: usize, hash: Hash) {
    HASHES.with_borrow_mut(|table| table.put(number, hash));
}
