//! Shows what is wrong with packages: to people, with an excerpt, and to programs, as JSON.

use std::{collections::BTreeMap, fmt::Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::package::{
    Package,
    diagnostic::{Diagnostic, In, Severity, plain},
};

/// How many mistakes of one kind are shown to people.
const MAX_SHOWN_PER_CODE: usize = 20;
/// The maximum length of a line that is shown, in bytes.
const MAX_LINE_BYTES: usize = 2_000;

/// A mistake, for programs.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in code points.
    pub column: usize,
    /// The kind of mistake.
    pub code: String,
    /// `error` or `warning`.
    pub severity: Severity,
    /// What was found, and what was expected.
    pub message: String,
    /// What helps to mend it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub help: Vec<String>,
    /// The JSON pointer of the value; of the text file's name where the place is in that file.
    pub pointer: String,
}

/// The mistakes of a package, in the order of the file.
#[must_use]
pub fn entries(package: &Package) -> Vec<Entry> {
    let entry = |diagnostic: &Diagnostic| {
        let (path, text, first) = file_of(package, diagnostic.file);
        let (line, column, _) = position(text, diagnostic.place.start);
        let pointer = match diagnostic.file {
            In::Package => package.tree.as_ref().map(|tree| tree.pointer(&diagnostic.place)).unwrap_or_default(),
            In::TextFile => "/source/text_file".to_owned(),
        };
        Entry {
            file: path,
            line: first + line - 1,
            column,
            code: diagnostic.code.name(),
            severity: diagnostic.code.severity(),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            pointer,
        }
    };
    let omitted = package.log.omitted.iter().map(|(code, count)| Entry {
        file: plain(&package.path.display().to_string()),
        line: package.line,
        column: 1,
        code: code.name(),
        severity: code.severity(),
        message: format!("and {count} more of {}, which are not listed", code.name()),
        help: Vec::new(),
        pointer: String::new(),
    });
    sorted(package).into_iter().map(entry).chain(omitted).collect()
}

/// The mistakes of a package for people, and how many errors and warnings there are.
#[must_use]
pub fn text(package: &Package, colours: bool) -> (String, usize, usize) {
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let diagnostics = sorted(package);
    let (mut shown, mut counts) = (String::new(), BTreeMap::new());
    for diagnostic in &diagnostics {
        let count = counts.entry(diagnostic.code).or_insert(0_usize);
        *count += 1;
        if *count <= MAX_SHOWN_PER_CODE {
            shown.push_str(&excerpt(package, diagnostic, &renderer));
            shown.push_str("\n\n");
        }
    }
    for (code, omitted) in &package.log.omitted {
        *counts.entry(*code).or_insert(0) += omitted;
    }
    for (code, count) in counts.iter().filter(|(_, count)| **count > MAX_SHOWN_PER_CODE) {
        let others = diagnostics.iter().filter(|diagnostic| diagnostic.code == *code).skip(MAX_SHOWN_PER_CODE);
        let mut lines: Vec<String> = others.map(|diagnostic| line_of(package, diagnostic).to_string()).collect();
        lines.dedup();
        let rest = if package.log.omitted.contains_key(code) { ", …" } else { "" };
        let _ = writeln!(shown, "and {} more of {}, in the lines {}{rest}", count - MAX_SHOWN_PER_CODE, code.name(), lines.join(", "));
    }
    let total = |severity: Severity| counts.iter().filter(|(code, _)| code.severity() == severity).map(|(_, count)| count).sum();
    (shown, total(Severity::Error), total(Severity::Warning))
}

fn sorted(package: &Package) -> Vec<&Diagnostic> {
    let mut diagnostics: Vec<&Diagnostic> = package.log.diagnostics.iter().collect();
    diagnostics.sort_by_key(|diagnostic| (diagnostic.file == In::TextFile, diagnostic.place.start, diagnostic.place.end, diagnostic.code));
    diagnostics
}

/// The path, the contents and the number of the first line of a file of a package.
fn file_of(package: &Package, file: In) -> (String, &str, usize) {
    match (file, &package.text_file) {
        (In::TextFile, Some((path, text))) => (plain(&path.display().to_string()), text, 1),
        _ => (plain(&package.path.display().to_string()), &package.file, package.line),
    }
}

/// The line and the column of a byte, from 1, and the byte at which the line begins.
fn position(text: &str, at: usize) -> (usize, usize, usize) {
    let before = text.get(..at).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1, start)
}

/// The number of the line of a mistake, in its file.
fn line_of(package: &Package, diagnostic: &Diagnostic) -> usize {
    let (_, text, first) = file_of(package, diagnostic.file);
    first + position(text, diagnostic.place.start).0 - 1
}

/// One mistake, with its line.
fn excerpt(package: &Package, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let (path, text, first) = file_of(package, diagnostic.file);
    let (line, column, start) = position(text, diagnostic.place.start);
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    let line = first + line - 1;
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name());
    let group: Group<'_> = if end - start > MAX_LINE_BYTES || text.is_empty() {
        title.element(Origin::path(path).line(line).char_column(column))
    } else {
        let place = diagnostic.place.start - start..diagnostic.place.end.min(end) - start;
        title.element(Snippet::source(&text[start..end]).line_start(line).path(path).annotation(AnnotationKind::Primary.span(place)))
    };
    let help = diagnostic.help.iter().map(|line| Level::HELP.message(line.as_str()));
    renderer.render(&[group.elements(help)])
}
