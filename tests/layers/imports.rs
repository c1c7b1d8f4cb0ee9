//! Which file imports which, from the Rust of both: `use` and every other path, in macros too. Modules named
//! `tests` may import what they like.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The files of a crate, by their path below `src/`, each with its text.
pub struct Sources(pub BTreeMap<String, String>);

/// One file imports another; both are paths below `src/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    pub from: String,
    pub to: String,
}

impl Sources {
    /// These files, the later of two with one path.
    pub fn of(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(files.into_iter().collect())
    }

    /// The Rust files below `folder`.
    pub fn read(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        collect(folder, "", &mut files);
        Self(files)
    }

    /// The file that holds the module, or the nearest module around it.
    fn file_of(&self, module: &[String]) -> String {
        for length in (1..=module.len()).rev() {
            let path = module.get(..length).unwrap_or_default().join("/");
            let files = [format!("{path}.rs"), format!("{path}/mod.rs")];
            if let Some(file) = files.into_iter().find(|file| self.0.contains_key(file)) {
                return file;
            }
        }
        "lib.rs".to_owned()
    }

    fn is_module(&self, module: &[String]) -> bool {
        let path = module.join("/");
        self.0.contains_key(&format!("{path}.rs")) || self.0.contains_key(&format!("{path}/mod.rs"))
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("is there") {
        let path = entry.expect("is read").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .expect("is UTF-8");
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else if name.ends_with(".rs") {
            files.insert(name, fs::read_to_string(&path).expect("is read"));
        }
    }
}

/// What each file imports of the others, but for what stands in modules named `tests`.
pub fn imports(sources: &Sources) -> BTreeSet<Import> {
    let mut found = BTreeSet::new();
    for (file, text) in &sources.0 {
        let module = module_of(file);
        if module.iter().any(|name| name == "tests") {
            continue;
        }
        let tokens: TokenStream = text
            .parse()
            .unwrap_or_else(|error| panic!("{file}: {error}"));
        let mut paths = Vec::new();
        walk(tokens, &module, sources, &mut paths);
        for path in paths {
            let to = sources.file_of(&path);
            if to != *file {
                let from = file.clone();
                found.insert(Import { from, to });
            }
        }
    }
    found
}

/// `keys/pem.rs` is the module `keys::pem`, `keys/mod.rs` the module `keys`.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" {
        return Vec::new();
    }
    path.split('/').map(str::to_owned).collect()
}

/// Adds to `found` the whole path of whatever the tokens, which stand in `module`, name of this crate.
fn walk(tokens: TokenStream, module: &[String], sources: &Sources, found: &mut Vec<Vec<String>>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut left = tokens.as_slice();
    while let Some((token, rest)) = left.split_first() {
        left = rest;
        match token {
            TokenTree::Ident(word) if word == "mod" => {
                if let [TokenTree::Ident(name), TokenTree::Group(body), ..] = rest {
                    let inner = [module, &[name.to_string()]].concat();
                    if name != "tests" {
                        walk(body.stream(), &inner, sources, found);
                    }
                    left = rest.get(2..).unwrap_or_default();
                }
            }
            TokenTree::Ident(word) => {
                let first = word.to_string();
                let start = start_of(&first, module, sources);
                left = follow(start, rest, module, sources, found);
            }
            TokenTree::Group(group) => walk(group.stream(), module, sources, found),
            _ => {}
        }
    }
}

/// Where a path leads that begins with `word`, or `None` where it is none of this crate's.
fn start_of(word: &str, module: &[String], sources: &Sources) -> Option<Vec<String>> {
    match word {
        "crate" => Some(Vec::new()),
        "self" => Some(module.to_vec()),
        "super" => module.split_last().map(|(_, parent)| parent.to_vec()),
        _ => {
            let child = [module, &[word.to_owned()]].concat();
            sources.is_module(&child).then_some(child)
        }
    }
}

/// Follows a path over its `::` to its end, and gives what stands behind it. A path whose start is not of this
/// crate is passed over.
fn follow<'t>(
    start: Option<Vec<String>>,
    mut left: &'t [TokenTree],
    module: &[String],
    sources: &Sources,
    found: &mut Vec<Vec<String>>,
) -> &'t [TokenTree] {
    let mut path = start;
    let mut goes_on = false;
    while let [TokenTree::Punct(one), TokenTree::Punct(two), next, ..] = left {
        if one.as_char() != ':' || two.as_char() != ':' {
            break;
        }
        match (next, &mut path) {
            (TokenTree::Ident(name), Some(path)) if name == "super" => {
                path.pop();
            }
            (TokenTree::Ident(name), Some(path)) => path.push(name.to_string()),
            (TokenTree::Group(group), path) if group.delimiter() == Delimiter::Brace => {
                match path {
                    Some(path) => branches(path, group.stream(), module, sources, found),
                    None => walk(group.stream(), module, sources, found),
                }
                return left.get(3..).unwrap_or_default();
            }
            (TokenTree::Ident(_), None) => {}
            _ => break,
        }
        goes_on = true;
        left = left.get(3..).unwrap_or_default();
    }
    found.extend(path.filter(|_| goes_on));
    left
}

/// The paths of `prefix::{a, b::c}`.
fn branches(
    prefix: &[String],
    tokens: TokenStream,
    module: &[String],
    sources: &Sources,
    found: &mut Vec<Vec<String>>,
) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut left = tokens.as_slice();
    while let Some((token, rest)) = left.split_first() {
        left = rest;
        if let TokenTree::Ident(name) = token {
            let name = name.to_string();
            let whole = if name == "self" {
                prefix.to_vec()
            } else {
                [prefix, &[name]].concat()
            };
            let before = found.len();
            left = follow(Some(whole.clone()), rest, module, sources, found);
            if found.len() == before {
                found.push(whole);
            }
        }
    }
}
