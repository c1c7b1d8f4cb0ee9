//! Parameters that JavaScript has written as JSON. One of another type is a fault of this package.

use crate::error::{Error, TransportFault, message::message};
use crate::json::{Json, Object};

/// An object of parameters.
#[derive(Clone, Copy)]
pub(super) struct Params<'a>(Object<'a>);

impl<'a> Params<'a> {
    pub(super) fn read(json: &'a str) -> Result<Self, Error> {
        let object = Json::parse(json.as_bytes()).and_then(|json| json.object().ok());
        object.map(Self).ok_or_else(misread)
    }

    /// A member, unless it is null. JavaScript writes no name twice.
    fn member(self, name: &str) -> Option<Json<'a>> {
        self.0.first(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(self, name: &str) -> Result<String, Error> {
        self.optional_text(name)?.ok_or_else(misread)
    }

    pub(super) fn optional_text(self, name: &str) -> Result<Option<String>, Error> {
        let text = |value: Json<'_>| value.text().ok_or_else(misread);
        self.member(name).map(text).transpose()
    }

    /// A member, which may be null.
    pub(super) fn value(self, name: &str) -> Option<Json<'a>> {
        self.0.first(name)
    }

    /// A number, if it is there.
    pub(super) fn number<T: TryFrom<usize>>(self, name: &str) -> Option<T> {
        self.member(name)?.number()?.try_into().ok()
    }

    /// Whether a member is true.
    pub(super) fn is_true(self, name: &str) -> bool {
        self.member(name).is_some_and(|value| value.get() == "true")
    }

    pub(super) fn list(self, name: &str) -> Result<impl Iterator<Item = Json<'a>>, Error> {
        let list = self.member(name).and_then(|list| list.items().ok());
        list.ok_or_else(misread)
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
        self.list(name)?
            .map(|item| pair(item).ok_or_else(misread))
            .collect()
    }
}

/// Both sides are of one package, so that this is a fault of it.
pub(super) fn misread() -> Error {
    Error::transport(TransportFault::Invalid(message!(
        "the package's own JavaScript and Wasm do not fit together"
    )))
}
