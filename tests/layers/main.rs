//! The layers of `src/`. ARCHITECTURE.md draws them once, and this test reads them there: a layer imports
//! only what stands below it, and no file takes part in a circle.

#![cfg(not(target_arch = "wasm32"))]

mod imports;
mod rules;

use std::fs;
use std::path::Path;

use imports::{Sources, imports};
use rules::{Layers, circle, faults_of_direction, faults_of_headers};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Sources {
    Sources::read(&root().join("src"))
}

fn layers() -> Layers {
    let picture = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("is there");
    Layers::parse(&picture)
}

#[test]
fn every_folder_of_the_crate_is_a_layer() {
    let mut folders: Vec<String> = fs::read_dir(root().join("src"))
        .expect("is there")
        .map(|entry| entry.expect("is read"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().expect("is UTF-8"))
        .collect();
    folders.push("lib.rs".to_owned());
    folders.sort();
    let mut drawn = layers().names();
    drawn.sort();
    assert_eq!(drawn, folders);
}

#[test]
fn a_layer_imports_only_what_stands_below_it() {
    let faults = faults_of_direction(&layers(), &imports(&sources()));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_circle_is_closed() {
    assert_eq!(circle(imports(&sources())), None);
}

#[test]
fn every_layer_says_what_it_may_import() {
    let sources = sources();
    let faults = faults_of_headers(&layers(), &sources, &imports(&sources));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

mod on_sources_that_break_the_rules {
    use super::*;

    const PICTURE: &str = "text\n\n## Layers\n\n```text\nsrc/top/   one\nsrc/left/  src/right/   two\nsrc/low/   three\n```\n";

    fn house(files: &[(&str, &str)]) -> Sources {
        let rooms =
            ["top", "left", "right", "low"].map(|room| (format!("{room}/mod.rs"), String::new()));
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        Sources::of(rooms.into_iter().chain(files))
    }

    fn direction(files: &[(&str, &str)]) -> Vec<String> {
        faults_of_direction(&Layers::parse(PICTURE), &imports(&house(files)))
    }

    #[test]
    fn a_use_that_points_up_is_found() {
        let up = "use crate::top::a::A;";
        for text in [
            up,
            "use crate::{low::B, top::a::A};",
            "use crate::top::{a::{self, A}};",
            "fn f() { crate::top::a::f() }",
            "fn f() { println!(\"{}\", crate::top::a::f()) }",
            "mod inner { use super::super::super::top::a::A; }",
        ] {
            let faults = direction(&[("top/a.rs", ""), ("low/b.rs", text)]);
            assert_eq!(
                faults,
                ["low/b.rs imports top/a.rs, which stands above it"],
                "{text}"
            );
        }
        assert!(direction(&[("low/a.rs", ""), ("top/b.rs", "use crate::low::a::A;")]).is_empty());
    }

    #[test]
    fn a_use_of_a_neighbour_is_found() {
        let faults = direction(&[("left/a.rs", "use crate::right::b::B;"), ("right/b.rs", "")]);
        assert_eq!(
            faults,
            ["left/a.rs imports right/b.rs, which stands beside it"]
        );
    }

    #[test]
    fn comments_strings_and_tests_are_no_imports() {
        for text in [
            "// use crate::top::a::A;\n/// [`A`](crate::top::a::A)\nstruct B;",
            "const TEXT: &str = \"crate::top::a::A\";",
            "#[cfg(test)]\nmod tests { use crate::top::a::A; }",
            "pub(crate) struct B;",
        ] {
            assert!(
                direction(&[("top/a.rs", ""), ("low/b.rs", text)]).is_empty(),
                "{text}"
            );
        }
    }

    #[test]
    fn a_circle_is_found() {
        let found = |files: &[(&str, &str)]| circle(imports(&house(files)));
        let closed = [
            ("low/a.rs", "use super::b::B;"),
            ("low/b.rs", "use super::c::C;"),
            ("low/c.rs", "use super::a::A;"),
        ];
        assert_eq!(
            found(&closed).expect("is found"),
            ["low/a.rs", "low/b.rs", "low/c.rs", "low/a.rs"]
        );
        assert_eq!(found(closed.get(..2).expect("is there")), None);
        // A child that takes from its parent what the parent takes from its children.
        let parent = [
            ("low/mod.rs", "mod a;\nmod b;\npub use b::B;"),
            ("low/a.rs", "use super::B;"),
            ("low/b.rs", ""),
        ];
        assert_eq!(found(&parent), None);
        let parent = [
            ("low/mod.rs", "mod a;\npub use a::A;\npub struct B;"),
            ("low/a.rs", "use super::B;"),
        ];
        assert_eq!(
            found(&parent).expect("is found"),
            ["low/a.rs", "low/mod.rs", "low/a.rs"]
        );
    }

    #[test]
    fn a_header_that_promises_something_else_is_found() {
        let faults = |header: &str| {
            let sources = house(&[
                ("top/mod.rs", "//! Top.\n//! May import: `left`, `low`."),
                ("left/mod.rs", "//! Left.\n//! May import: `low`."),
                ("right/mod.rs", "//! Right.\n//! May import: `low`."),
                ("low/mod.rs", header),
                ("low/a.rs", ""),
                ("left/b.rs", "use crate::low::a::A;"),
            ]);
            faults_of_headers(&Layers::parse(PICTURE), &sources, &imports(&sources))
        };
        assert!(faults("//! Low.\n//! May import: nothing of this crate.").is_empty());
        assert_eq!(
            faults("//! Low."),
            ["low/mod.rs does not say what it may import"]
        );
        assert_eq!(
            faults("//! Low.\n//! May import: `top`."),
            ["low/mod.rs promises itself `top`, which does not stand below it"]
        );
    }
}
