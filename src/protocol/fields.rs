//! The parameters that several calls share. A value of these types is always within its limits.

use crate::error::Error;
use crate::error::message::{Message, message};

/// The limits of a text parameter. Lengths count characters.
pub(crate) struct Limits {
    /// The name on the wire.
    pub(crate) field: &'static str,
    pub(crate) longest: usize,
    pub(crate) allowed: fn(char) -> bool,
    /// The allowed characters as text.
    pub(crate) alphabet: Message,
}

impl Limits {
    /// Checks `value`. An error says where the value breaks the limits, and never quotes it.
    pub(crate) fn check(&self, value: &str) -> Result<String, Error> {
        let refused = |problem: Message| Err(Error::validation(self.field, problem));
        let longest = self.longest;
        if value.is_empty() {
            return refused(message!("is empty; 1 to {} characters are needed", longest));
        }
        let outside = value
            .chars()
            .position(|character| !(self.allowed)(character));
        if let Some(index) = outside {
            let position = index + 1;
            return refused(message!(
                "has at position {} a character other than {}",
                position,
                self.alphabet.clone()
            ));
        }
        let length = value.chars().count();
        if length > longest {
            return refused(message!(
                "has {} characters; at most {} are allowed",
                length,
                longest
            ));
        }
        Ok(value.to_owned())
    }
}

/// The id of an app, mini program or official account, bound to the merchant: 1 to 32 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appid(String);

impl Appid {
    /// Reads an appid.
    ///
    /// # Errors
    /// [`Error::Validation`] for `appid`: it is empty, longer than 32 characters, or contains a
    /// character that is not visible ASCII (such as a space or line end that was copied with it).
    pub fn parse(value: &str) -> Result<Self, Error> {
        let limits = Limits {
            field: "appid",
            longest: 32,
            allowed: |character| character.is_ascii_graphic(),
            alphabet: message!("visible ASCII"),
        };
        limits.check(value).map(Self)
    }

    /// The appid.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The merchant's own number of a contract: 1 to 128 characters of `0-9 A-Z a-z _ -` (WeChat Pay
/// partner document 4015851472).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutContractCode(String);

impl OutContractCode {
    /// Reads a contract number.
    ///
    /// # Errors
    /// [`Error::Validation`] for `out_contract_code`: it is empty, longer than 128 characters, or
    /// contains a character outside its alphabet.
    pub fn parse(value: &str) -> Result<Self, Error> {
        let limits = Limits {
            field: "out_contract_code",
            longest: 128,
            allowed: |character| {
                character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
            },
            alphabet: message!("0-9, A-Z, a-z, _ and -"),
        };
        limits.check(value).map(Self)
    }

    /// The contract number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A user of an app, mini program or official account: 1 to `LONGEST` characters. The limit is 64
/// in a body and 128 as a segment of a path (WeChat Pay partner documents 4020023636 and
/// 4012739528).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Openid<const LONGEST: usize>(String);

impl<const LONGEST: usize> Openid<LONGEST> {
    /// Reads an openid.
    ///
    /// # Errors
    /// [`Error::Validation`] for `openid`: it is empty, too long, contains a character that is not
    /// visible ASCII, or is `.` or `..`, which would give another path.
    pub fn parse(value: &str) -> Result<Self, Error> {
        let limits = Limits {
            field: "openid",
            longest: LONGEST,
            allowed: |character| character.is_ascii_graphic(),
            alphabet: message!("visible ASCII"),
        };
        // A URL parser treats both as steps in the path, percent-encoded or not.
        if matches!(value, "." | "..") {
            return Err(Error::validation("openid", message!("must not be . or ..")));
        }
        limits.check(value).map(Self)
    }

    /// The openid.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The id that a pre-sign call returned: 1 to 128 characters (WeChat Pay partner document
/// 4015804450).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreEntrustwebId(String);

impl PreEntrustwebId {
    /// Reads a pre-sign id.
    ///
    /// # Errors
    /// [`Error::Validation`] for `pre_entrustweb_id`: it is empty, longer than 128 characters, or
    /// contains a character that is not visible ASCII, or `&`, which would end the id where it is
    /// passed to WeChat.
    pub fn parse(value: &str) -> Result<Self, Error> {
        let limits = Limits {
            field: "pre_entrustweb_id",
            longest: 128,
            allowed: |character| character.is_ascii_graphic() && character != '&',
            alphabet: message!("visible ASCII without &"),
        };
        limits.check(value).map(Self)
    }

    /// The pre-sign id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The kind of an identity document (WeChat Pay partner document 4020083765).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredType {
    /// `ID_CARD`: a Chinese resident identity card, the only kind that is documented.
    IdCard,
}

impl CredType {
    /// Reads a kind of document.
    ///
    /// # Errors
    /// [`Error::Validation`] for `cred_type`: it is not `ID_CARD`.
    pub fn parse(value: &str) -> Result<Self, Error> {
        match value {
            "ID_CARD" => Ok(Self::IdCard),
            _ => Err(Error::validation("cred_type", message!("must be ID_CARD"))),
        }
    }

    /// The value on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::IdCard => "ID_CARD",
        }
    }
}

/// What a contract permits (WeChat Pay partner document 4012739528).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PermissionType {
    /// `INDIVIDUAL_PAYEE`: to pay a private person, the only permission that is documented.
    #[default]
    IndividualPayee,
}

impl PermissionType {
    /// Reads a permission.
    ///
    /// # Errors
    /// [`Error::Validation`] for `permission_type`: it is not `INDIVIDUAL_PAYEE`.
    pub fn parse(value: &str) -> Result<Self, Error> {
        match value {
            "INDIVIDUAL_PAYEE" => Ok(Self::IndividualPayee),
            _ => Err(Error::validation(
                "permission_type",
                message!("must be INDIVIDUAL_PAYEE"),
            )),
        }
    }

    /// The value on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::IndividualPayee => "INDIVIDUAL_PAYEE",
        }
    }
}
