//! wasm-bindgen's own test runner, for `CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER`.

use std::env;

use anyhow::Result;
use wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args;

fn main() -> Result<()> {
    run_cli_with_args(env::args_os())
}
