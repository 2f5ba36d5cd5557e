//! The packages of files and folders, one after the other, so that a run holds one in memory.

use std::{
    collections::HashSet,
    io::{self, BufRead, BufReader, Read as _},
    path::{Path, PathBuf},
    vec,
};

use crate::package::{
    package::{MAX_BYTES, Package},
    regular_file::open_regular,
};

/// The endings of the names of packages in a folder.
const ENDINGS: [&str; 5] = [".yaml", ".yml", ".json", ".jsonl", ".jsonl.zst"];

/// The files of paths, each once: a folder stands for the packages in it, by name.
///
/// # Errors
/// When a folder cannot be read, or has no packages.
pub fn files(paths: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut inside = path.read_dir()?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
            inside.retain(|file| ENDINGS.iter().any(|ending| has_ending(file, ending)));
            if inside.is_empty() {
                let message = format!("no file in {} is a package: their names end with {}", path.display(), ENDINGS.join(", "));
                return Err(io::Error::new(io::ErrorKind::NotFound, message));
            }
            inside.sort();
            files.extend(inside);
        } else {
            files.push(path.clone());
        }
    }
    let mut seen = HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    Ok(files)
}

/// Whether the name of a file ends so, in letters of either case.
fn has_ending(file: &Path, ending: &str) -> bool {
    file.as_os_str().to_string_lossy().to_lowercase().ends_with(ending)
}

/// The packages of files: one of a YAML or JSON file, and one of each line of JSON Lines, which may be compressed (zstd).
#[must_use]
pub fn packages(files: Vec<PathBuf>) -> Packages {
    Packages { files: files.into_iter(), lines: None }
}

/// An iterator over packages.
pub struct Packages {
    files: vec::IntoIter<PathBuf>,
    lines: Option<Lines>,
}

/// The lines of a file of JSON Lines.
struct Lines {
    path: PathBuf,
    reader: Box<dyn BufRead>,
    number: usize,
}

impl Iterator for Packages {
    type Item = Package;

    fn next(&mut self) -> Option<Package> {
        loop {
            if let Some(package) = self.lines.as_mut().and_then(Lines::next_package) {
                return Some(package);
            }
            let path = self.files.next()?;
            match lines(&path) {
                Ok(Some(reader)) => self.lines = Some(Lines { path, reader, number: 0 }),
                // A file that cannot be opened is reported as a package of its own.
                Ok(None) | Err(_) => return Some(Package::open(&path)),
            }
        }
    }
}

/// A reader of a file's lines; `None` if it is one package.
fn lines(path: &Path) -> io::Result<Option<Box<dyn BufRead>>> {
    if has_ending(path, ".jsonl") {
        return Ok(Some(Box::new(BufReader::new(open_regular(path)?))));
    }
    if has_ending(path, ".jsonl.zst") {
        return Ok(Some(Box::new(BufReader::new(zstd::Decoder::new(open_regular(path)?)?))));
    }
    Ok(None)
}

impl Lines {
    /// The package of the next line with text; a line that cannot be read is the last.
    fn next_package(&mut self) -> Option<Package> {
        loop {
            let mut line = Vec::new();
            let read = self.reader.by_ref().take(MAX_BYTES + 1).read_until(b'\n', &mut line);
            self.number += 1;
            match read {
                Ok(0) => return None,
                Ok(_) if line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(_) if matches!(line.trim_ascii(), b"{" | b"[") => {
                    self.reader = Box::new(io::empty());
                    let message = "each line of JSON Lines is one document; this is a document of several lines: name the file .json";
                    return Some(Package::rejected(&self.path, self.number, String::from_utf8_lossy(&line).into_owned(), message));
                }
                Ok(_) => return Some(Package::from_line(&self.path, self.number, line)),
                Err(cause) => {
                    // A stream that is broken stays so: to ask again would never end.
                    self.reader = Box::new(io::empty());
                    let is_compressed = has_ending(&self.path, ".zst");
                    let cause = if is_compressed { io::Error::other(format!("it is cut off, damaged, or not compressed with zstd ({cause})")) } else { cause };
                    return Some(Package::unreadable(&self.path, self.number, &cause));
                }
            }
        }
    }
}
