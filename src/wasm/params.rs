//! Parameters that JavaScript has written as JSON. One of another type is a fault of this package.

use crate::error::{Error, TransportFault};
use crate::json::{Json, Object};

/// An object of parameters.
#[derive(Clone, Copy)]
pub(super) struct Params<'a>(Object<'a>);

impl<'a> Params<'a> {
    pub(super) fn read(json: &'a str) -> Result<Self, Error> {
        let json = Json::parse(json.as_bytes()).ok_or_else(misread)?;
        json.object().map(Self).map_err(|_| misread())
    }

    pub(super) fn text(self, name: &str) -> Result<String, Error> {
        self.0.text(name).map_err(|_| misread())
    }

    pub(super) fn optional_text(self, name: &str) -> Result<Option<String>, Error> {
        self.0.optional_text(name).map_err(|_| misread())
    }

    /// A member, which may be null.
    pub(super) fn value(self, name: &str) -> Result<Option<Json<'a>>, Error> {
        self.0.value(name).map_err(|_| misread())
    }

    /// A number, if it is there.
    pub(super) fn number<T: TryFrom<usize>>(self, name: &str) -> Option<T> {
        let number = self.0.member(name).ok().flatten()?.number()?;
        number.try_into().ok()
    }

    /// Whether a member is true.
    pub(super) fn is_true(self, name: &str) -> bool {
        let value = self.0.member(name).ok().flatten();
        value.is_some_and(|value| value.get() == "true")
    }

    pub(super) fn list(self, name: &str) -> Result<impl Iterator<Item = Json<'a>>, Error> {
        let list = self.0.member(name).ok().flatten().ok_or_else(misread)?;
        list.items().map_err(|_| misread())
    }

    /// A list of strings, each of which may be null.
    pub(super) fn texts(self, name: &str) -> Result<Vec<Option<String>>, Error> {
        Ok(self.list(name)?.map(Json::text).collect())
    }

    /// A list of lists of two strings.
    pub(super) fn pairs(self, name: &str) -> Result<Vec<(String, String)>, Error> {
        let pair = |item: Json<'a>| {
            let mut texts = item.items().ok()?.map(Json::text);
            Some((texts.next()??, texts.next()??))
        };
        let pairs: Option<_> = self.list(name)?.map(pair).collect();
        pairs.ok_or_else(misread)
    }
}

/// Both sides are of one package, so that this is a fault of it.
pub(super) fn misread() -> Error {
    Error::transport(TransportFault::Invalid(
        "the package's own JavaScript and Wasm do not fit together".into(),
    ))
}
