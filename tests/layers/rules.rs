//! What the layers forbid.

use std::collections::{BTreeMap, BTreeSet};

use super::imports::{Import, Sources};

/// The layers from the top to the bottom; those on one line stand beside each other.
pub struct Layers(Vec<Vec<String>>);

impl Layers {
    /// Reads the picture in ARCHITECTURE.md: the lines of the first code block under `## Layers` that begin
    /// with `src/`.
    pub fn parse(document: &str) -> Self {
        let section = document.split("\n## Layers\n").nth(1).expect("is there");
        let picture = section.split("```").nth(1).expect("is there");
        let lines = picture.lines().filter(|line| line.starts_with("src/"));
        Self(lines.map(rooms).collect())
    }

    pub fn names(&self) -> Vec<String> {
        self.0.concat()
    }

    /// How far from the top a layer stands.
    fn depth(&self, layer: &str) -> usize {
        let holds = |line: &Vec<String>| line.iter().any(|name| name == layer);
        self.0
            .iter()
            .position(holds)
            .unwrap_or_else(|| panic!("{layer} is not drawn in ARCHITECTURE.md"))
    }
}

/// `src/http/  src/json/  what they are` names two layers, `src/lib.rs  what it is` one.
fn rooms(line: &str) -> Vec<String> {
    line.split_whitespace()
        .map_while(|word| word.strip_prefix("src/"))
        .map(|room| room.trim_end_matches('/').to_owned())
        .collect()
}

/// The layer in which a file stands: its folder, or itself.
fn layer_of(file: &str) -> &str {
    file.split('/').next().unwrap_or(file)
}

pub fn faults_of_direction(layers: &Layers, imports: &BTreeSet<Import>) -> Vec<String> {
    let fault = |import: &Import| {
        let Import { from, to } = import;
        let (one, other) = (layer_of(from), layer_of(to));
        // The crate's root gives its names to the outside, from wherever they are.
        if one == other || from == "lib.rs" {
            return None;
        }
        match layers.depth(one).cmp(&layers.depth(other)) {
            std::cmp::Ordering::Less => None,
            std::cmp::Ordering::Equal => Some("beside"),
            std::cmp::Ordering::Greater => Some("above"),
        }
        .map(|place| format!("{from} imports {to}, which stands {place} it"))
    };
    imports.iter().filter_map(fault).collect()
}

/// The files of one circle, from the first to itself again; `None` where there is none.
pub fn circle(imports: impl IntoIterator<Item = Import>) -> Option<Vec<String>> {
    let mut graph: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Import { from, to } in imports {
        graph.entry(from).or_default().push(to);
    }
    let mut done = BTreeSet::new();
    let starts: Vec<String> = graph.keys().cloned().collect();
    starts
        .iter()
        .find_map(|start| visit(start, &graph, &mut Vec::new(), &mut done))
}

fn visit(
    file: &str,
    graph: &BTreeMap<String, Vec<String>>,
    way: &mut Vec<String>,
    done: &mut BTreeSet<String>,
) -> Option<Vec<String>> {
    if let Some(start) = way.iter().position(|earlier| earlier == file) {
        let mut closed = way.split_off(start);
        closed.push(file.to_owned());
        return Some(closed);
    }
    if done.contains(file) {
        return None;
    }
    way.push(file.to_owned());
    let next = graph.get(file).map(Vec::as_slice).unwrap_or_default();
    let found = next.iter().find_map(|to| visit(to, graph, way, done));
    if found.is_none() {
        way.pop();
        done.insert(file.to_owned());
    }
    found
}

/// Each layer's `mod.rs` says "May import: `a`, `b`." in its first lines: only what stands below it, and all that
/// it does import.
pub fn faults_of_headers(
    layers: &Layers,
    sources: &Sources,
    imports: &BTreeSet<Import>,
) -> Vec<String> {
    let mut faults = Vec::new();
    for layer in layers.names() {
        if layer == "lib.rs" {
            continue;
        }
        let file = format!("{layer}/mod.rs");
        let header: String = sources
            .0
            .get(&file)
            .map(String::as_str)
            .unwrap_or_default()
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .collect();
        let Some((_, promise)) = header.split_once("May import: ") else {
            faults.push(format!("{file} does not say what it may import"));
            continue;
        };
        let promise = promise.split_once('.').map_or(promise, |(first, _)| first);
        if promise.ends_with("everything below it") {
            continue;
        }
        let promised: BTreeSet<&str> = promise.split('`').skip(1).step_by(2).collect();
        for name in &promised {
            if layers.depth(name) <= layers.depth(&layer) {
                faults.push(format!(
                    "{file} promises itself `{name}`, which does not stand below it"
                ));
            }
        }
        let own = |import: &&Import| layer_of(&import.from) == layer;
        let imported: BTreeSet<&str> = imports
            .iter()
            .filter(own)
            .map(|import| layer_of(&import.to))
            .filter(|other| *other != layer)
            .collect();
        for name in imported.difference(&promised) {
            faults.push(format!(
                "{file} does not promise itself `{name}`, and imports it"
            ));
        }
    }
    faults
}
