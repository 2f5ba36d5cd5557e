//! Tells the program which compiler builds it.

use std::{env, process::Command};

fn main() {
    let output = env::var_os("RUSTC").and_then(|rustc| Command::new(rustc).arg("--version").output().ok());
    let version = output.map_or_else(|| "unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    println!("cargo::rustc-env=BAYAN_RUSTC_VERSION={version}");
    println!("cargo::rerun-if-changed=build.rs");
}
