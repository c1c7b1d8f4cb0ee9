//! The parameters that the calls share. Whoever holds one holds a value within its limits.

use serde::Serialize;

use crate::error::Error;

/// What a text parameter may hold. Limits count characters.
pub(crate) struct Limits {
    /// The name on the wire.
    pub(crate) field: &'static str,
    pub(crate) longest: usize,
    pub(crate) allowed: fn(char) -> bool,
    /// The allowed characters in words.
    pub(crate) alphabet: &'static str,
}

impl Limits {
    /// Checks `value`. An error tells where it breaks the limits, never what it is.
    pub(crate) fn check(&self, value: &str) -> Result<String, Error> {
        let refused = |problem: String| Err(Error::validation(self.field, problem));
        let (longest, alphabet) = (self.longest, self.alphabet);
        if value.is_empty() {
            return refused(format!("is empty; 1 to {longest} characters are needed"));
        }
        let outside = value
            .chars()
            .position(|character| !(self.allowed)(character));
        if let Some(index) = outside {
            let position = index + 1;
            return refused(format!(
                "has at position {position} a character other than {alphabet}"
            ));
        }
        let length = value.chars().count();
        if length > longest {
            return refused(format!(
                "has {length} characters; at most {longest} are allowed"
            ));
        }
        Ok(value.to_owned())
    }
}

/// The id of an app, mini program or official account, bound to the merchant: 1 to 32 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Appid(String);

impl Appid {
    /// Reads an appid.
    ///
    /// # Errors
    /// [`Error::Validation`] for `appid`: it is empty, longer than 32 characters, or holds a
    /// character that is not visible ASCII (a space or line end that came along when it was copied).
    pub fn parse(value: &str) -> Result<Self, Error> {
        let limits = Limits {
            field: "appid",
            longest: 32,
            allowed: |character| character.is_ascii_graphic(),
            alphabet: "visible ASCII",
        };
        limits.check(value).map(Self)
    }

    /// The appid.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The merchant's own number of a contract: 1 to 128 of `0-9 A-Z a-z _ -` (WeChat Pay partner
/// document 4015851472).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct OutContractCode(String);

impl OutContractCode {
    /// Reads a contract number.
    ///
    /// # Errors
    /// [`Error::Validation`] for `out_contract_code`: it is empty, longer than 128 characters, or
    /// holds a character outside its alphabet.
    pub fn parse(value: &str) -> Result<Self, Error> {
        let limits = Limits {
            field: "out_contract_code",
            longest: 128,
            allowed: |character| {
                character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
            },
            alphabet: "0-9, A-Z, a-z, _ and -",
        };
        limits.check(value).map(Self)
    }

    /// The contract number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
