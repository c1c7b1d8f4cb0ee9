//! `bindgen <in.wasm> <out-dir> <out-name> <target>`: the JavaScript glue of a Wasm file, without
//! TypeScript: the package's types are written by hand. The target is `module`, one ES module that
//! imports its Wasm, or `nodejs`, CommonJS for the tests, which gives every export of the Wasm as well.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [input, out_dir, out_name, target] = args.as_slice() else {
        bail!("usage: bindgen <in.wasm> <out-dir> <out-name> <target>");
    };

    let mut bindgen = Bindgen::new();
    match target.as_str() {
        "module" => bindgen.module(true)?,
        // As wasm-bindgen's own test runner has it.
        "nodejs" => bindgen
            .nodejs(true)?
            .debug(true)
            .export_wasm(true)
            .emit_start(false),
        _ => bail!("there is no target {target} here"),
    };
    bindgen
        .typescript(false)
        // JavaScript replaces an instance that threw.
        .reset_state_function(true)
        .input_path(PathBuf::from(input))
        .out_name(out_name)
        .generate(out_dir)
        .with_context(|| format!("wasm-bindgen could not read {input}"))
}
