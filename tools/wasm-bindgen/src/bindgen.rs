//! `bindgen <in.wasm> <out-dir> <out-name>`: the JavaScript glue of a Wasm file, in the `module`
//! target (one ES module that imports its Wasm), without TypeScript: the package's types are
//! written by hand.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [input, out_dir, out_name] = args.as_slice() else {
        bail!("usage: bindgen <in.wasm> <out-dir> <out-name>");
    };

    Bindgen::new()
        .module(true)?
        .typescript(false)
        // JavaScript replaces an instance that threw.
        .reset_state_function(true)
        .input_path(PathBuf::from(input))
        .out_name(out_name)
        .generate(out_dir)
        .with_context(|| format!("wasm-bindgen could not read {input}"))
}
