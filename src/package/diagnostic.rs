//! What is wrong with a package: a code, a place and a message.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::{corpus::enum_name, package::parse::Place};

/// The kind of a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    // The file.
    /// A file cannot be opened.
    Unreadable,
    /// A file is larger than a package may be.
    TooLarge,
    /// A file is not UTF-8.
    NotUtf8,
    /// A file begins with a byte order mark.
    Bom,
    /// A line ends with a carriage return.
    Crlf,
    /// The file is neither YAML nor JSON.
    Syntax,
    // Its keys and values.
    /// A key that the format does not have.
    UnknownKey,
    /// A key that its map has already.
    DuplicateKey,
    /// A key that is required.
    MissingKey,
    /// A value of another type, such as a list in place of text.
    WrongType,
    /// A value that is not one of a closed set.
    UnknownValue,
    /// Text that is not what its key wants: a date, a URL, a country code.
    BadValue,
    /// A version of the format that this program does not know.
    UnknownFormat,
    /// What its editor has marked as not done.
    Todo,
    // Characters.
    /// A character that changes the direction of the text around it.
    BidiControl,
    /// A mark of direction, which may be right.
    BidiMark,
    /// A control character, a noncharacter or an unassigned code point.
    BadCharacter,
    /// A text that is not in Unicode's composed form (NFC).
    NotNfc,
    /// A text in one language only.
    MissingTranslation,
    /// A text without a letter of the script of its language.
    WrongScript,
    // Ids.
    /// Not an id.
    BadId,
    /// An id that the package has already.
    DuplicateId,
    /// An id that the database has for something else.
    CollidingId,
    /// An entry that another statement has introduced, and that is the same.
    KnownEntry,
    /// An id that neither the package nor the database has.
    UnknownId,
    /// An entry that the package no longer introduces, and that other statements use.
    EntryInUse,
    /// A statement that was withdrawn, and would be published again.
    Withdrawn,
    /// An entry that is its own ancestor.
    Circle,
    // The text and its quotes.
    /// The text is not the one whose SHA-256 is given.
    Sha256Mismatch,
    /// The text of a statement that the database has with another text.
    TextChanged,
    /// A text that another statement has as well.
    SameText,
    /// A quote without words.
    EmptyQuote,
    /// A quote that is not in the text.
    QuoteNotFound,
    /// A quote that stands in several places.
    QuoteAmbiguous,
    /// A quote of a clause that is in another paragraph.
    OutsideParagraph,
    /// A quote that is in the text, but not in its clause.
    OutsideClause,
    /// Clauses or lead-ins that share words.
    Overlap,
    /// Words that are in no clause and in no lead-in.
    UncoveredText,
    /// A label that does not match its paragraph, or is out of order.
    BadLabel,
    // Voices.
    /// A voice without a speaker, or the other way round.
    Speaker,
    /// A voice that does not match the quotation marks of the text.
    Voice,
    // Dates.
    /// Not EDTF of level 1.
    BadEdtf,
    /// Bounds that are not those of the EDTF.
    Bounds,
    /// A precision that is not that of the EDTF.
    Precision,
    /// A basis that is missing, or unexplained.
    Basis,
    /// An anchor that is no date, or is counted from this one.
    Anchor,
    /// A date that is not the one that its words say.
    DateWords,
    /// A date that no clause has.
    UnknownDate,
}

/// How bad a mistake is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The package cannot be imported.
    Error,
    /// It can, but an editor should look.
    Warning,
}

impl Code {
    /// Its name.
    #[must_use]
    pub fn name(self) -> String {
        enum_name(&self)
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::BidiMark | Self::NotNfc | Self::WrongScript | Self::KnownEntry | Self::SameText | Self::Voice | Self::DateWords => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// The file that a place is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum In {
    /// The package.
    Package,
    /// The text beside it.
    TextFile,
}

/// One mistake.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// The file.
    pub file: In,
    /// The place.
    pub place: Place,
    /// What was found, and what was expected.
    pub message: String,
    /// What helps to mend it, one line each.
    pub help: Vec<String>,
}

/// How many mistakes of one kind are recorded; more are only counted.
pub const MAX_PER_CODE: usize = 500;
/// How many code points of a text are searched for passages that are like words that are not there.
const MAX_SEARCHED: usize = 2_000_000;

/// The mistakes of one package.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// Those that are recorded.
    pub diagnostics: Vec<Diagnostic>,
    /// Those that are only counted, by kind.
    pub omitted: BTreeMap<Code, usize>,
    errors: usize,
    /// How many of each kind are recorded.
    recorded: BTreeMap<Code, usize>,
    /// The keys whose values are there, but wrong or still to be written, each with the place of its object.
    unread: HashSet<(usize, String)>,
    /// How many code points were searched for what is like words that are not there.
    searched: usize,
}

impl Log {
    /// Records a mistake at a place of the package.
    pub fn add(&mut self, code: Code, place: &Place, message: impl Into<String>) {
        self.push(Diagnostic { code, file: In::Package, place: place.clone(), message: message.into(), help: Vec::new() });
    }

    /// Records a mistake with lines of help; empty ones are left out.
    pub fn add_with_help(&mut self, code: Code, place: &Place, message: impl Into<String>, help: Vec<String>) {
        self.push(Diagnostic { code, file: In::Package, place: place.clone(), message: message.into(), help });
    }

    /// Records a mistake.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        diagnostic.message = plain(&diagnostic.message);
        diagnostic.help.retain(|line| !line.is_empty());
        diagnostic.help.iter_mut().for_each(|line| *line = plain(line));
        self.errors += usize::from(diagnostic.code.severity() == Severity::Error);
        if self.is_full(diagnostic.code) {
            *self.omitted.entry(diagnostic.code).or_default() += 1;
        } else {
            *self.recorded.entry(diagnostic.code).or_default() += 1;
            self.diagnostics.push(diagnostic);
        }
    }

    /// Notes that the value of a key is there, and wrong or still to be written: it is not missing.
    pub fn mark_unread(&mut self, object: &Place, key: &str) {
        self.unread.insert((object.start, key.to_owned()));
    }

    /// Whether the value of a key of an object is there, and wrong or still to be written.
    #[must_use]
    pub fn is_unread(&self, object: &Place, key: &str) -> bool {
        self.unread.contains(&(object.start, key.to_owned()))
    }

    /// Whether there is time to search so many code points more.
    pub fn may_search(&mut self, length: usize) -> bool {
        self.searched = self.searched.saturating_add(length);
        self.searched <= MAX_SEARCHED
    }

    /// Whether so many of a kind are recorded that more are only counted: nothing need be computed for their messages.
    #[must_use]
    pub fn is_full(&self, code: Code) -> bool {
        self.recorded.get(&code).is_some_and(|count| *count >= MAX_PER_CODE)
    }

    /// The message of the first error that is recorded.
    #[must_use]
    pub fn first_error(&self) -> Option<&str> {
        self.diagnostics.iter().find(|diagnostic| diagnostic.code.severity() == Severity::Error).map(|diagnostic| diagnostic.message.as_str())
    }

    /// The number of errors.
    #[must_use]
    pub const fn errors(&self) -> usize {
        self.errors
    }

    /// Whether an error is recorded inside this place: what follows from it is not reported as well.
    #[must_use]
    pub fn has_error_in(&self, place: &Place) -> bool {
        let inside = |other: &Diagnostic| other.file == In::Package && place.start <= other.place.start && other.place.end <= place.end;
        self.diagnostics.iter().any(|other| other.code.severity() == Severity::Error && inside(other))
    }
}

/// The maximum length of a line of a message, in code points.
const MAX_LINE: usize = 600;

/// A line that repeats what somebody wrote, a name of a file included: without characters that a terminal or the order of a text obeys, and not too long.
pub(super) fn plain(line: &str) -> String {
    let is_obeyed =
        |char: char| char.is_control() || matches!(char, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let mut plain = String::with_capacity(line.len().min(MAX_LINE * 4));
    for (at, char) in line.chars().enumerate() {
        if at == MAX_LINE {
            plain.push('…');
            break;
        }
        if is_obeyed(char) { plain.extend(char.escape_unicode()) } else { plain.push(char) }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_repeat_nothing_that_a_terminal_obeys_and_are_short() {
        assert_eq!(plain("a\u{1b}[31m\u{202e}نهر"), "a\\u{1b}[31m\\u{202e}نهر");
        assert_eq!(plain(&"x".repeat(100_000)).chars().count(), MAX_LINE + 1);
    }

    #[test]
    fn mistakes_of_one_kind_are_capped_and_counted() {
        let mut log = Log::default();
        (0..10_000).for_each(|at| log.add(Code::UnknownKey, &(at..at + 1), "x"));
        assert_eq!((log.diagnostics.len(), log.omitted[&Code::UnknownKey], log.errors()), (MAX_PER_CODE, 10_000 - MAX_PER_CODE, 10_000));
    }
}
