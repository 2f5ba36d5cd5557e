//! Tells the program which compiler builds it, and a digest of the analysis of words: of its code and of its tables.

use std::{
    env, fs,
    hash::{DefaultHasher, Hasher},
    io,
    path::{Path, PathBuf},
    process::Command,
};

const ANALYSIS: &str = "src/text";

fn main() -> io::Result<()> {
    let output = env::var_os("RUSTC").and_then(|rustc| Command::new(rustc).arg("--version").output().ok());
    let version = output.map_or_else(|| "unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    println!("cargo::rustc-env=BAYAN_RUSTC_VERSION={version}");
    println!("cargo::rustc-env=BAYAN_ANALYSIS={:016x}", digest(Path::new(ANALYSIS))?);
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={ANALYSIS}");
    Ok(())
}

/// The digest of the files of a folder, in the order of their paths.
fn digest(folder: &Path) -> io::Result<u64> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        hasher.write(&fs::read(file)?);
    }
    Ok(hasher.finish())
}

/// Collects the files of a folder, at any depth.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
