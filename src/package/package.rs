//! A package that is opened and checked: its files, what they say, and what is wrong with them.

use std::{
    io::{self, Read as _},
    path::{Component, Path, PathBuf},
};

use crate::package::{
    check::{self, Subject, TextPlace},
    diagnostic::{Code, Diagnostic, In, Log},
    document::Document,
    fields::Read,
    known::Known,
    original::Original,
    parse::{ErrorKind, Format, Node, Place, SyntaxError, parse},
    regular_file::open_regular,
    resolve::{Places, resolve},
    spanned::Text,
};

/// The maximum size of a package, and of the text beside it, in bytes.
pub const MAX_BYTES: u64 = 16 << 20;

/// A package, and what is wrong with it.
#[derive(Debug)]
pub struct Package {
    /// The path of the file.
    pub path: PathBuf,
    /// The line of the file at which the package begins, from 1.
    pub line: usize,
    /// The package, as it is written.
    pub file: String,
    /// The text beside it, with its path.
    pub text_file: Option<(PathBuf, String)>,
    /// The values of the file.
    pub tree: Option<Node>,
    /// What they say.
    pub document: Option<Document>,
    /// The text of the source.
    pub original: Option<Original>,
    /// The places of everything in it.
    pub places: Option<Places>,
    /// What is wrong.
    pub log: Log,
}

/// What mends most files that are not YAML.
const YAML_HELP: &str = "in YAML a value that has `: ` or ` #` in it, or begins with a mark such as [, {, \", &, * or !, goes in quotation marks";

/// What mends the others.
const INDENT_HELP: &str = "the keys of one object stand one under the other, and `- ` has a space after it";

impl Package {
    /// Opens a file and the text beside it, and reads what they say.
    #[must_use]
    pub fn open(path: &Path) -> Self {
        match read(path) {
            Ok(bytes) => Self::from_line(path, 1, bytes),
            Err(fault) => {
                let mut package = Self::empty(path.to_owned(), 1);
                fault.record(&path.display().to_string(), In::Package, &(0..0), &mut package.log);
                package
            }
        }
    }

    /// A package that begins at a line of a file.
    #[must_use]
    pub fn from_line(path: &Path, line: usize, bytes: Vec<u8>) -> Self {
        let mut package = Self::empty(path.to_owned(), line);
        if bytes.len() as u64 > MAX_BYTES {
            Fault::TooLarge.record(&path.display().to_string(), In::Package, &(0..0), &mut package.log);
            return package;
        }
        let (file, invalid) = decode(bytes);
        package.file = file;
        match invalid {
            Some(place) => package.log.add(Code::NotUtf8, &place, "this is not UTF-8; save the file in this encoding"),
            None => package.read(),
        }
        package
    }

    /// A line of a file that cannot be read.
    #[must_use]
    pub fn unreadable(path: &Path, line: usize, cause: &io::Error) -> Self {
        let mut package = Self::empty(path.to_owned(), line);
        package.log.add(Code::Unreadable, &(0..0), format!("cannot read {}: {cause}", path.display()));
        package
    }

    /// A file of JSON Lines whose lines are not documents.
    #[must_use]
    pub fn rejected(path: &Path, line: usize, file: String, message: &str) -> Self {
        let mut package = Self { file, ..Self::empty(path.to_owned(), line) };
        package.log.add(Code::Syntax, &(0..1), message);
        package
    }

    /// A package in memory, such as a line of a larger file. `path` names it in messages.
    #[must_use]
    pub fn from_text(path: PathBuf, file: String) -> Self {
        let mut package = Self { file, ..Self::empty(path, 1) };
        package.read();
        package
    }

    fn empty(path: PathBuf, line: usize) -> Self {
        Self { path, line, file: String::new(), text_file: None, tree: None, document: None, original: None, places: None, log: Log::default() }
    }

    fn read(&mut self) {
        let log = &mut self.log;
        if self.file.starts_with('\u{feff}') {
            log.add(Code::Bom, &(0..3), "the file begins with a byte order mark; save it without");
        }
        if let Some(at) = self.file.find('\r') {
            let count = self.file.matches('\r').count();
            log.add(Code::Crlf, &(at..at + 1), format!("{count} lines end with a carriage return (CRLF); save the file with LF"));
        }
        match parse(&self.file, Format::of(&self.path)) {
            Err(SyntaxError { place, message, kind }) => match kind {
                ErrorKind::TooLarge => log.add(Code::TooLarge, &place, message),
                ErrorKind::Json => log.add(Code::Syntax, &place, message),
                ErrorKind::Yaml => yaml_error(&self.file, &place, message, log),
            },
            Ok(tree) => {
                check::check_characters(&self.file, &tree, log);
                self.document = Document::read(&tree, log);
                self.tree = Some(tree);
            }
        }
        self.original = self.text().map(Original::new);
    }

    /// The text of the source, from the package or from the file beside it.
    fn text(&mut self) -> Option<String> {
        let source = self.document.as_ref()?.source.as_ref()?;
        if let Some(text) = &source.text {
            // With both keys, the text that is meant is unknown; the check reports that.
            return source.text_file.is_none().then(|| text.value.clone());
        }
        let name = source.text_file.clone()?;
        let path = self.beside(&name)?;
        match read(&path) {
            Err(fault) => {
                fault.record(&path.display().to_string(), In::Package, &name.place, &mut self.log);
                None
            }
            Ok(bytes) => {
                let (text, invalid) = decode(bytes);
                self.text_file = Some((path, text.clone()));
                let mut fault = |code, place: Place, message: &str| {
                    self.log.push(Diagnostic { code, file: In::TextFile, place, message: message.to_owned(), help: Vec::new() });
                };
                if let Some(place) = invalid {
                    fault(Code::NotUtf8, place, "this is not UTF-8; save the text in this encoding");
                    return None;
                }
                if text.starts_with('\u{feff}') {
                    fault(Code::Bom, 0..3, "the text begins with a byte order mark; save it without");
                }
                Some(text)
            }
        }
    }

    /// The path of a file beside the package; it cannot be in another folder.
    fn beside(&mut self, name: &Text) -> Option<PathBuf> {
        let relative = Path::new(name.as_str());
        if relative.components().all(|part| matches!(part, Component::Normal(_))) && !name.value.is_empty() {
            return Some(self.path.parent().unwrap_or(Path::new("")).join(relative));
        }
        self.log.add(Code::BadValue, &name.place, format!("`{}` is not the name of a file beside the package", name.value));
        None
    }

    /// Checks every rule.
    pub fn check(&mut self, known: &Known) {
        let Some(document) = &self.document else { return };
        check::check_document(document, known, &mut self.log);
        if document.withdrawn.is_some() {
            return;
        }
        let (Some(original), Some(source)) = (&self.original, &document.source) else { return };
        let given = source.text.as_ref().or(source.text_file.as_ref()).map_or_else(|| document.head().clone(), |text| text.place.clone());
        let text_place = TextPlace { file: &self.file, given, in_file: self.text_file.is_some() };
        let is_sound = check::check_source(document, original, &text_place, known, &mut self.log);
        // Nothing can be looked for in a broken text, and without clauses nothing is.
        if !is_sound || document.clauses.is_empty() {
            return;
        }
        let places = resolve(document, original, &mut self.log);
        check::check_text(&Subject { document, original, text_place: &text_place, places: &places }, &mut self.log);
        self.places = Some(places);
    }
}

/// Records what is not YAML, with what mends most of it.
fn yaml_error(file: &str, place: &Place, message: String, log: &mut Log) {
    let from = place.start.min(file.len());
    // The parser notices a tab at the end of the line before it.
    let line = file.get(from..).unwrap_or_default().split_inclusive('\n').scan(from, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    let tab = line.take(2).find_map(|(start, line)| {
        let blank = line.len() - line.trim_start().len();
        line[..blank].find('\t').filter(|_| start == 0 || file[..start].ends_with('\n')).map(|at| start + at)
    });
    if let Some(tab) = tab {
        log.add_with_help(Code::Syntax, &(tab..tab + 1), "a line is indented with a tab", vec!["indent with spaces: YAML takes no tabs".to_owned()]);
        return;
    }
    let is_of_marks = ["mapping values", "scanning", "quoted", "tags (!)", "unexpected character"].iter().any(|part| message.contains(part));
    let help = if is_of_marks {
        YAML_HELP
    } else if file.trim().is_empty() {
        ""
    } else {
        INDENT_HELP
    };
    log.add_with_help(Code::Syntax, place, message, vec![help.to_owned()]);
}

/// Why a file was not read.
enum Fault {
    TooLarge,
    Unreadable(io::Error),
}

impl Fault {
    fn record(self, path: &str, file: In, place: &Place, log: &mut Log) {
        let (code, message) = match self {
            Self::TooLarge => (Code::TooLarge, format!("{path} is larger than {} MB; a package holds one statement", MAX_BYTES >> 20)),
            Self::Unreadable(cause) => (Code::Unreadable, format!("cannot read {path}: {cause}")),
        };
        log.push(Diagnostic { code, file, place: place.clone(), message, help: Vec::new() });
    }
}

/// Reads a file of at most [`MAX_BYTES`].
fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    open_regular(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(Fault::Unreadable)?;
    if bytes.len() as u64 > MAX_BYTES { Err(Fault::TooLarge) } else { Ok(bytes) }
}

/// The text of a file, and the first byte that is not UTF-8.
fn decode(bytes: Vec<u8>) -> (String, Option<Place>) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at..at + '\u{fffd}'.len_utf8()))
        }
    }
}
