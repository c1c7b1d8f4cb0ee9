//! Reads the values in a JSON text.

use std::borrow::Cow;
use std::ops::Range;

use super::grammar::Scanner;

/// One JSON value, as the text that it was written in. A `Json` always contains a well-formed
/// value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Json<'a>(&'a str);

/// The text is JSON, but it does not have the documented form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OtherForm;

impl<'a> Json<'a> {
    /// Reads a text that is one value in UTF-8; `None` if it is anything else.
    pub(crate) fn parse(text: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(text).ok()?;
        let mut scanner = Scanner::new(text);
        let value = value(&mut scanner, text)?;
        scanner.skip_white_space();
        scanner.is_at_end().then_some(value)
    }

    /// The text of the value, without the white space around it.
    pub(crate) fn get(self) -> &'a str {
        self.0
    }

    /// Where `inner`, a value of this one, stands in its text, in bytes.
    pub(crate) fn place_of(self, inner: Json<'_>) -> Range<usize> {
        let start = inner.0.as_ptr() as usize - self.0.as_ptr() as usize;
        start..start + inner.0.len()
    }

    /// The string, with its escapes resolved. `None` if it is not a string, or contains half of a
    /// surrogate pair.
    pub(crate) fn text(self) -> Option<String> {
        unescaped(self.0.strip_prefix('"')?.strip_suffix('"')?).map(Cow::into_owned)
    }

    /// An integer that is not negative, written without a fraction or an exponent.
    pub(crate) fn number(self) -> Option<usize> {
        self.0.parse().ok()
    }

    /// An object.
    pub(crate) fn object(self) -> Result<Object<'a>, OtherForm> {
        let is_object = self.0.starts_with('{');
        is_object.then_some(Object(self.0)).ok_or(OtherForm)
    }

    /// The values of an array, in order.
    pub(crate) fn items(self) -> Result<impl Iterator<Item = Json<'a>>, OtherForm> {
        if !self.0.starts_with('[') {
            return Err(OtherForm);
        }
        let mut scanner = Scanner::new(self.0);
        Ok(std::iter::from_fn(move || {
            scanner.enters(b'[', b']')?;
            value(&mut scanner, self.0)
        }))
    }

    pub(crate) fn is_null(self) -> bool {
        self.0 == "null"
    }
}

/// A JSON object. Members that the caller does not request are ignored.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Object<'a>(&'a str);

impl<'a> Object<'a> {
    /// A member; `None` if it is missing or null.
    ///
    /// # Errors
    /// The object has the member twice. One parser uses the first, another the last (RFC 8259,
    /// section 4).
    pub(crate) fn member(self, name: &str) -> Result<Option<Json<'a>>, OtherForm> {
        Ok(self.value(name)?.filter(|value| !value.is_null()))
    }

    /// A member, which may be null; `None` if it is missing.
    ///
    /// # Errors
    /// The object has the member twice.
    pub(crate) fn value(self, name: &str) -> Result<Option<Json<'a>>, OtherForm> {
        let mut found = None;
        for (key, value) in self.members() {
            if key.as_deref() == Some(name) && found.replace(value).is_some() {
                return Err(OtherForm);
            }
        }
        Ok(found)
    }

    /// Several members, each as [`Object::member`] gives it, with the text read once.
    pub(crate) fn several<const N: usize>(
        self,
        names: [&str; N],
    ) -> Result<[Option<Json<'a>>; N], OtherForm> {
        let mut found = [None; N];
        for (key, value) in self.members() {
            let place = names.iter().position(|name| key.as_deref() == Some(*name));
            let place = place.and_then(|index| found.get_mut(index));
            if place.is_some_and(|place| place.replace(value).is_some()) {
                return Err(OtherForm);
            }
        }
        Ok(found.map(|value| value.filter(|value| !value.is_null())))
    }

    /// The members, in order. A name with half of a surrogate pair is `None`: no caller asks for it.
    fn members(self) -> impl Iterator<Item = (Option<Cow<'a, str>>, Json<'a>)> {
        let mut scanner = Scanner::new(self.0);
        std::iter::from_fn(move || {
            scanner.enters(b'{', b'}')?;
            let start = scanner.position();
            scanner.name()?;
            let written = self.0.get(start..scanner.position())?;
            let (quoted, _) = written.rsplit_once('"')?;
            let key = quoted.strip_prefix('"').and_then(unescaped);
            Some((key, value(&mut scanner, self.0)?))
        })
    }

    /// The first member of this name, which may be null: for objects that this package wrote.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn first(self, name: &str) -> Option<Json<'a>> {
        let mut members = self.members();
        members.find_map(|(key, value)| (key.as_deref() == Some(name)).then_some(value))
    }

    /// A required member that is a string.
    pub(crate) fn text(self, name: &str) -> Result<String, OtherForm> {
        self.optional_text(name)?.ok_or(OtherForm)
    }

    /// An optional member that is a string.
    pub(crate) fn optional_text(self, name: &str) -> Result<Option<String>, OtherForm> {
        self.member(name)?
            .map(|value| value.text().ok_or(OtherForm))
            .transpose()
    }
}

fn value<'a>(scanner: &mut Scanner<'a>, text: &'a str) -> Option<Json<'a>> {
    scanner.skip_white_space();
    let start = scanner.position();
    scanner.value()?;
    text.get(start..scanner.position()).map(Json)
}

/// The text between a string's quotation marks, with its escapes resolved.
fn unescaped(written: &str) -> Option<Cow<'_, str>> {
    let Some((start, mut rest)) = written.split_once('\\') else {
        return Some(written.into());
    };
    let mut text = String::with_capacity(written.len());
    text.push_str(start);
    loop {
        let mut characters = rest.chars();
        match characters.next()? {
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'u' => {
                let (character, behind) = code_point(characters.as_str())?;
                text.push(character);
                characters = behind.chars();
            }
            itself => text.push(itself),
        }
        let Some((plain, behind)) = characters.as_str().split_once('\\') else {
            text.push_str(characters.as_str());
            return Some(text.into());
        };
        text.push_str(plain);
        rest = behind;
    }
}

/// The character after `\u`, and the rest of the text. A character outside the Basic Multilingual
/// Plane is written as a surrogate pair.
fn code_point(written: &str) -> Option<(char, &str)> {
    let (unit, behind) = code_unit(written)?;
    if !(0xd800..0xdc00).contains(&unit) {
        return Some((char::from_u32(unit)?, behind));
    }
    let (low, behind) = code_unit(behind.strip_prefix("\\u")?)?;
    let low = low.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
    let character = char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + low)?;
    Some((character, behind))
}

fn code_unit(written: &str) -> Option<(u32, &str)> {
    let (digits, behind) = written.split_at_checked(4)?;
    Some((u32::from_str_radix(digits, 16).ok()?, behind))
}
