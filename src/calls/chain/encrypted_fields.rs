//! Fields of a body that are encrypted before it is signed, by their paths: `payer.name`,
//! `transfer_detail_list.*.user_name`.

use std::ops::Range;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::calls::encrypt::encrypt_with;
use crate::crypto::rsaes_oaep::OAEP_SEED_BYTES;
use crate::crypto::rsassa_pkcs1_v1_5::PublicKey;
use crate::error::Error;
use crate::error::message::{Message, message};
use crate::json::Json;

/// How many fields one body may have: as many as the largest batch has. All of them are encrypted at once, and
/// nothing else runs meanwhile.
const MOST_FIELDS: usize = 1_000;

/// Where a body has texts that are to be encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncryptedFields {
    body: Vec<u8>,
    /// In the order of the body: where the value stands.
    places: Vec<Range<usize>>,
}

impl EncryptedFields {
    /// Finds the fields that `paths` name in `body`, which is JSON. The names of a path are separated by
    /// dots; `*` stands for each item of an array, and a member `name?` may be lacking.
    ///
    /// # Errors
    /// [`Error::Validation`] for `encrypt`: a path leads to no text in one of the items, or to one that another
    /// path names, too, or there are more than 1,000 fields. A field whose name is misspelt would be sent in
    /// plain text.
    pub fn find(body: &[u8], paths: &[impl AsRef<str>]) -> Result<Self, Error> {
        let whole =
            Json::parse(body).ok_or_else(|| refused(message!("is given without json"), ""))?;
        let mut places = Vec::new();
        for path in paths {
            let path = path.as_ref();
            let mut found = vec![whole];
            for name in path.split('.') {
                found = step(&found, name, path)?;
            }
            if found.is_empty() && !path.contains('?') {
                return Err(refused(LACKING, path));
            }
            if places.len() + found.len() > MOST_FIELDS {
                let problem = message!(
                    "names more than {} fields; send several requests",
                    MOST_FIELDS
                );
                return Err(refused(problem, ""));
            }
            for value in found {
                if value.text().is_none() {
                    return Err(refused(message!("names a field that is no string"), path));
                }
                places.push(whole.place_of(value));
            }
        }
        places.sort_by_key(|place| place.start);
        let twice = places.windows(2).any(|pair| pair.first() == pair.last());
        if twice {
            return Err(refused(message!("names a field twice"), ""));
        }
        let body = body.to_vec();
        Ok(Self { body, places })
    }

    /// The body with each of the fields encrypted with `key`. `random` must be fresh random bytes.
    ///
    /// # Errors
    /// [`Error::Validation`] for `encrypt`: a text is longer than the key can encrypt.
    pub fn encrypt(&self, key: &PublicKey, random: &[u8; 32]) -> Result<Vec<u8>, Error> {
        let mut body = Vec::new();
        let mut written = 0;
        for (place, seed) in self.places.iter().zip(seeds(random)) {
            let plain = self.body.get(place.clone()).and_then(Json::parse);
            let plain = Zeroizing::new(plain.and_then(Json::text).unwrap_or_default());
            let ciphertext = encrypt_with(key, &plain, &seed)
                .map_err(|long| refused(message!("names a field that {}", long), ""))?;
            body.extend_from_slice(self.body.get(written..place.start).unwrap_or_default());
            // Base64 needs no escapes.
            body.push(b'"');
            body.extend_from_slice(ciphertext.as_bytes());
            body.push(b'"');
            written = place.end;
        }
        body.extend_from_slice(self.body.get(written..).unwrap_or_default());
        Ok(body)
    }
}

const LACKING: Message =
    message!("names a field that json does not have (`name?` is one that it may lack)");
const NULL: Message =
    message!("names a field that is null, and so lacking (`name?` is one that json may lack)");

/// The members of this name, or the items. A `?` behind the name lets values lack it.
fn step<'a>(values: &[Json<'a>], name: &str, path: &str) -> Result<Vec<Json<'a>>, Error> {
    let mut found = Vec::new();
    for value in values {
        if name == "*" {
            let items = value.items();
            found.extend(
                items.map_err(|_| refused(message!("has a * where json has no array"), path))?,
            );
            continue;
        }
        let (name, optional) = name
            .strip_suffix('?')
            .map_or((name, false), |name| (name, true));
        match value.object().and_then(|object| object.value(name)) {
            Ok(Some(member)) if !member.is_null() => found.push(member),
            Ok(_) if optional => {}
            Ok(Some(_)) => return Err(refused(NULL, path)),
            _ => return Err(refused(LACKING, path)),
        }
    }
    Ok(found)
}

/// A seed for each field, however many there are, of one secret: SHA-256 of it and a counter.
fn seeds(random: &[u8; 32]) -> impl Iterator<Item = Zeroizing<[u8; OAEP_SEED_BYTES]>> {
    (0_u32..).map(move |counter| {
        let hash = Sha256::new()
            .chain_update(random)
            .chain_update(counter.to_be_bytes())
            .finalize();
        let mut seed = Zeroizing::new([0; OAEP_SEED_BYTES]);
        for (to, from) in seed.iter_mut().zip(hash) {
            *to = from;
        }
        seed
    })
}

/// The path is shown only if it looks like one: it may be anything, what is to be encrypted among it.
fn refused(problem: Message, path: &str) -> Error {
    let is_path = |byte: u8| byte.is_ascii_alphanumeric() || b"._*?".contains(&byte);
    if (1..=128).contains(&path.len()) && path.bytes().all(is_path) {
        return Error::validation("encrypt", message!("{}: {}", problem, path));
    }
    Error::validation("encrypt", problem)
}
