//! Where a mistake in the text of the source is shown: in the text file, or in the package.

use crate::{
    package::{
        diagnostic::{Code, Diagnostic, In, Log},
        original::Original,
        parse::Place,
    },
    text::span::Span,
};

/// Where the text of a source stands.
#[derive(Debug)]
pub struct TextPlace<'p> {
    /// The package, as it is written.
    pub file: &'p str,
    /// The place of the text, or of the name of its file.
    pub given: Place,
    /// Whether it is in a file of its own.
    pub in_file: bool,
}

impl TextPlace<'_> {
    /// Records a mistake at a span of the text.
    pub fn record(&self, code: Code, span: Span, original: &Original, message: String, log: &mut Log) {
        if self.in_file {
            log.push(Diagnostic { code, file: In::TextFile, place: original.byte_range(span), message, help: Vec::new() });
        } else {
            log.add(code, &self.find(span, original).unwrap_or_else(|| self.given.clone()), message);
        }
    }

    /// Where the package has the words of a span: as often before it as the text has. `None` where an escape hides them.
    fn find(&self, span: Span, original: &Original) -> Option<Place> {
        let words = original.slice(span).lines().next()?;
        let earlier = original.text()[..original.byte_range(span).start].matches(words).count();
        let (start, _) = self.file.get(self.given.clone())?.match_indices(words).nth(earlier)?;
        let start = self.given.start + start;
        Some(start..start + words.len())
    }
}
