//! Known encodings, and a comparison with other crates on randomly changed documents.

mod documents;
mod opinions;

use super::{BIT_STRING, INTEGER, Reader, explicit};
use documents::{Node, Random, changed, documents};
use opinions::{Theirs, ours, theirs};

#[test]
fn lengths_have_one_form() {
    let read = |der: &[u8]| Reader::new(der).any().map(|(_, content)| content.len());
    assert_eq!(read(&[4, 0]), Some(0));
    assert_eq!(read(&[[4, 0x7f].as_slice(), &[0; 127]].concat()), Some(127));
    assert_eq!(
        read(&[[4, 0x81, 0x80].as_slice(), &[0; 128]].concat()),
        Some(128)
    );
    assert_eq!(
        read(&[[4, 0x82, 1, 0].as_slice(), &[0; 256]].concat()),
        Some(256)
    );
    for refused in [
        &[][..],
        &[4],
        &[4, 1],
        &[4, 0x80, 0, 0],
        &[4, 0x81],
        &[4, 0x81, 0],
        &[4, 0x81, 1, 0],
        &[4, 0x82, 0, 1, 0],
        &[4, 0x84, 0xff, 0xff, 0xff, 0xff],
        &[4, 0x85, 1, 0, 0, 0, 0],
        &[4, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[4, 0xff],
    ] {
        assert_eq!(read(refused), None, "{refused:x?}");
    }
    let long = [[4, 0x82, 0, 0x80].as_slice(), &[0; 128]].concat();
    assert_eq!(read(&long), None, "one byte would do");
}

#[test]
fn integers_have_one_form_and_no_sign() {
    let read = |content: &[u8]| {
        let mut der = vec![INTEGER, u8::try_from(content.len()).expect("is short")];
        der.extend(content);
        Reader::new(&der).unsigned().map(<[u8]>::to_vec)
    };
    for (content, number) in [
        (&[0][..], &[0][..]),
        (&[1], &[1]),
        (&[0x7f], &[0x7f]),
        (&[0, 0x80], &[0x80]),
        (&[0, 0xff, 0], &[0xff, 0]),
        (&[1, 0], &[1, 0]),
    ] {
        assert_eq!(read(content).as_deref(), Some(number));
    }
    for content in [
        &[][..],
        &[0, 0],
        &[0, 0x7f],
        &[0x80],
        &[0xff, 0xff],
        &[0, 0, 0x80],
    ] {
        assert_eq!(read(content), None, "{content:x?}");
    }
}

#[test]
fn trailing_values_are_rejected() {
    let fields = |fields: &mut Reader<'_>| fields.small();
    assert_eq!(Reader::whole(&[0x30, 3, 2, 1, 5], fields), Some(5));
    assert_eq!(Reader::whole(&[0x30, 3, 2, 1, 5, 0], fields), None);
    assert_eq!(Reader::whole(&[0x30, 5, 2, 1, 5, 5, 0], fields), None);
    assert_eq!(Reader::whole(&[0x31, 3, 2, 1, 5], fields), None);
    let explicitly = |der: &[u8]| Reader::new(der).within(explicit(0), Reader::small);
    assert_eq!(explicitly(&[0xa0, 3, 2, 1, 2]), Some(2));
    assert_eq!(explicitly(&[0xa0, 6, 2, 1, 2, 2, 1, 2]), None);
}

#[test]
fn bits_say_how_many_are_unused() {
    let read = |der: &[u8]| {
        Reader::new(der)
            .bits(BIT_STRING)
            .map(|(bytes, unused)| (bytes.to_vec(), unused))
    };
    assert_eq!(read(&[3, 1, 0]), Some((vec![], 0)));
    assert_eq!(read(&[3, 2, 7, 0x80]), Some((vec![0x80], 7)));
    for refused in [&[3, 0][..], &[3, 1, 1], &[3, 2, 8, 0]] {
        assert_eq!(read(refused), None, "{refused:x?}");
    }
}

#[test]
fn times_are_those_of_rfc_5280() {
    let read = |tag: u8, text: &str| {
        let mut der = vec![tag, u8::try_from(text.len()).expect("is short")];
        der.extend(text.as_bytes());
        Reader::new(&der).time()
    };
    assert_eq!(read(0x17, "700101000000Z"), Some(0));
    assert_eq!(read(0x17, "491231235959Z"), Some(2_524_607_999));
    assert_eq!(read(0x18, "20500101000000Z"), Some(2_524_608_000));
    assert_eq!(read(0x18, "99991231235959Z"), Some(253_402_300_799));
    for (tag, text) in [
        (0x17, "500101000000Z"),
        (0x17, "7001010000Z"),
        (0x17, "700101000000"),
        (0x17, "700101000000+0100"),
        (0x17, "70010100000 Z"),
        (0x17, "20500101000000Z"),
        (0x18, "20500101000000.5Z"),
        (0x18, "20500229000000Z"),
        (0x16, "700101000000Z"),
    ] {
        assert_eq!(read(tag, text), None, "{text}");
    }
}

/// Counts the results of both sides, and the differences that are intended.
#[derive(Debug, Default)]
struct Tally {
    accepted: u32,
    refused: u32,
    /// The other crates check every arc of an algorithm's name. This crate only distinguishes two
    /// names from all others.
    odd_names: u32,
    /// A tag of more than one byte, which no key or certificate needs.
    long_tags: u32,
}

impl Tally {
    #[track_caller]
    fn compare(&mut self, der: &[u8]) {
        for (mine, other) in ours(der).into_iter().zip(theirs(der)) {
            match (mine, other) {
                (Some(mine), Theirs::Accepted(other)) => {
                    assert!(mine == other, "{mine:x?}\n{other:x?}\n{der:02x?}");
                    self.accepted += 1;
                }
                (None, Theirs::Refused | Theirs::OddName) => self.refused += 1,
                (Some(_), Theirs::OddName) => self.odd_names += 1,
                (None, Theirs::Accepted(_))
                    if Node::read_all(der).iter().any(Node::has_long_tag) =>
                {
                    self.long_tags += 1;
                }
                (mine, other) => panic!("{mine:x?}, but {other:x?}: {der:02x?}"),
            }
        }
    }
}

#[test]
fn agrees_with_the_other_crates() {
    let mut tally = Tally::default();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for document in documents() {
        tally.compare(&document);
        for length in 0..document.len().min(400) {
            tally.compare(&document[..length]);
        }
        for _ in 0..6_000 {
            tally.compare(&changed(&document, &mut random));
        }
    }
    assert!(
        tally.accepted > 10_000 && tally.refused > 100_000,
        "too few cases: {tally:?}"
    );
    assert!(
        tally.odd_names > 10 && tally.long_tags > 10,
        "an intended difference did not occur: {tally:?}"
    );
}
