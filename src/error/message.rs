//! What an error says, in a form that is put into the reader's language where it is shown.
//!
//! The English text stands where something goes wrong, and is the key of the catalogue (`messages/`). In the
//! Wasm its number stands in its place: JavaScript has the texts, in each language.

use std::fmt;

#[cfg(any(target_arch = "wasm32", test))]
use crate::json::array;
#[cfg(any(target_arch = "wasm32", not(feature = "texts"), test))]
use crate::json::quoted;

/// Makes a [`Message`] of an English text and what fills its `{}`, one after the other. A translation may
/// take them in another order.
macro_rules! message {
    ($text:literal) => {
        $crate::error::message::Message::new(const { $crate::error::message::text($text, 0) })
    };
    ($text:literal, $($argument:expr),+ $(,)?) => {{
        const COUNT: usize = 0 $(+ $crate::error::message::one(stringify!($argument)))+;
        let mut message = $crate::error::message::Message::new(
            const { $crate::error::message::text($text, COUNT) },
        );
        $($crate::error::message::Argument::fill(&$argument, &mut message);)+
        message
    }};
}
pub(crate) use message;

/// A text in English, as the build without the feature `texts` has it: its number.
#[cfg(not(feature = "texts"))]
pub(crate) type Text = u32;
/// A text in English.
#[cfg(feature = "texts")]
pub(crate) type Text = &'static str;

/// A text with what fills it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    text: Text,
    /// Behind a pointer, since most messages have none, and a message then is two numbers.
    arguments: Option<Box<Arguments>>,
}

/// What fills a text: as JSON, each argument with its comma before it.
#[cfg(not(feature = "texts"))]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Arguments(String);
/// What fills a text.
#[cfg(feature = "texts")]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Arguments(Vec<String>);

/// What may stand in the place of a `{}`.
pub(crate) trait Argument {
    /// Takes the next place of a message.
    fn fill(&self, message: &mut Message);
}

#[cfg(feature = "texts")]
impl Message {
    pub(crate) const fn new(text: Text) -> Self {
        let arguments = None;
        Self { text, arguments }
    }

    fn add_text(&mut self, text: &str) {
        self.arguments
            .get_or_insert_default()
            .0
            .push(text.to_owned());
    }

    fn add_message(&mut self, message: &Self) {
        self.arguments
            .get_or_insert_default()
            .0
            .push(message.to_string());
    }

    /// `[number, …]`: the number of the text, and what fills it, each a string or such an array.
    #[cfg(any(target_arch = "wasm32", test))]
    pub(crate) fn json(&self) -> String {
        let number = std::iter::once(number(self.text).to_string());
        let arguments = self.arguments.iter().flat_map(|arguments| &arguments.0);
        array(number.chain(arguments.map(|text| quoted(text))))
    }
}

#[cfg(not(feature = "texts"))]
impl Message {
    pub(crate) const fn new(text: Text) -> Self {
        let arguments = None;
        Self { text, arguments }
    }

    fn add_text(&mut self, text: &str) {
        self.add_json(&quoted(text));
    }

    fn add_message(&mut self, message: &Self) {
        self.add_json(&message.json());
    }

    fn add_json(&mut self, json: &str) {
        let arguments = &mut self.arguments.get_or_insert_default().0;
        arguments.push(',');
        arguments.push_str(json);
    }

    pub(crate) fn json(&self) -> String {
        let mut json = self.text.to_string();
        if let Some(arguments) = &self.arguments {
            json.push_str(&arguments.0);
        }
        array([json])
    }
}

/// The text in English. Without the feature `texts`, its number.
impl fmt::Display for Message {
    #[cfg(feature = "texts")]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = self.text.split("{}");
        formatter.write_str(parts.next().unwrap_or_default())?;
        let arguments = self.arguments.iter().flat_map(|arguments| &arguments.0);
        for (argument, part) in arguments.zip(parts) {
            formatter.write_str(argument)?;
            formatter.write_str(part)?;
        }
        Ok(())
    }

    #[cfg(not(feature = "texts"))]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(formatter)
    }
}

impl Argument for str {
    fn fill(&self, message: &mut Message) {
        message.add_text(self);
    }
}

impl Argument for String {
    fn fill(&self, message: &mut Message) {
        message.add_text(self);
    }
}

impl Argument for Message {
    fn fill(&self, message: &mut Message) {
        message.add_message(self);
    }
}

impl<T: Argument + ?Sized> Argument for &T {
    fn fill(&self, message: &mut Message) {
        (**self).fill(message);
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Argument for $number {
            fn fill(&self, message: &mut Message) {
                message.add_text(&self.to_string());
            }
        }
    )*};
}
numbers! { u16 u32 u64 usize i64 }

/// The text of a message that so many arguments fill. Fails the build where it has another number of `{}`.
pub(crate) const fn text(english: &'static str, arguments: usize) -> Text {
    assert!(
        places(english.as_bytes()) == arguments,
        "a message has as many places as arguments"
    );
    #[cfg(feature = "texts")]
    return english;
    #[cfg(not(feature = "texts"))]
    return number(english);
}

/// Counts an argument.
pub(crate) const fn one(_argument: &str) -> usize {
    1
}

const fn places(english: &[u8]) -> usize {
    let mut places = 0;
    let mut left = english;
    while let [first, rest @ ..] = left {
        if matches!((first, rest), (b'{', [b'}', ..])) {
            places += 1;
        }
        left = rest;
    }
    places
}

/// The number of a text: FNV-1a of 32 bits, folded to 24, which are as many as are needed here and weigh
/// less. The build shows that no two texts have the same.
#[cfg(any(not(feature = "texts"), target_arch = "wasm32", test))]
const fn number(english: &str) -> u32 {
    let mut number = 0x811c_9dc5_u32;
    let mut rest = english.as_bytes();
    while let [byte, behind @ ..] = rest {
        number = (number ^ *byte as u32).wrapping_mul(0x0100_0193);
        rest = behind;
    }
    (number >> 24) ^ (number & 0x00ff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_its_arguments_in_their_places() {
        let inner = message!("is {}", 7_u16);
        let whole = message!("{} {}; {}", "it", inner, String::from("{}"));
        assert_eq!(whole.to_string(), "it is 7; {}");
        assert_eq!(message!("a {name} alone").to_string(), "a {name} alone");
    }

    #[test]
    fn is_written_by_its_number() {
        let message = message!("{}: {}", "a\"b", message!(""));
        assert_eq!(
            message.json(),
            format!("[{},\"a\\\"b\",\"\"]", number("{}: {}"))
        );
        // 0xbf9cf968, as FNV's authors give it, folded.
        assert_eq!(number("foobar"), 0x9c_f9d7);
    }
}
