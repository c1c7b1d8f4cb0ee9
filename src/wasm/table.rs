//! What JavaScript refers to by a number.

use std::cell::RefCell;
use std::mem::ManuallyDrop;

/// Values by their numbers. A number is used again when its value is gone. No thread ends, so nothing drops it.
pub(super) struct Table<T>(ManuallyDrop<RefCell<Vec<Option<T>>>>);

impl<T> Table<T> {
    pub(super) const fn new() -> Self {
        Self(ManuallyDrop::new(RefCell::new(Vec::new())))
    }

    /// A copy of a value.
    pub(super) fn get(&self, number: usize) -> Option<T>
    where
        T: Clone,
    {
        self.0.borrow().get(number)?.clone()
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

    /// Changes a value in place, and gives what came of it. What changes it uses no table.
    pub(super) fn change<R>(&self, number: usize, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.0.borrow_mut().get_mut(number)?.as_mut().map(change)
    }

    pub(super) fn put(&self, number: usize, value: T) {
        if let Some(place) = self.0.borrow_mut().get_mut(number) {
            *place = Some(value);
        }
    }
}
