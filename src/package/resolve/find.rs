//! Finds the words of a quote inside its smallest enclosing thing. Where they stand there more than once, it never chooses.

use crate::{
    package::{document::QuoteSelector, original::Original, spanned::Text},
    text::span::Span,
};

/// Why a quote has no place.
#[derive(Debug, PartialEq, Eq)]
pub enum Miss {
    /// It has no words.
    Empty,
    /// The words are not there.
    NotThere,
    /// They are, in these places.
    Ambiguous(Vec<Span>),
    /// They are in these places, and none has the prefix and the suffix.
    OtherContext(Vec<Span>),
    /// They are in fewer places than the occurrence.
    TooFew(usize),
}

/// The place of a quote inside a span.
pub fn find(original: &Original, quote: &str, selector: &QuoteSelector, within: Span) -> Result<Span, Miss> {
    if !quote.chars().any(char::is_alphanumeric) {
        return Err(Miss::Empty);
    }
    let all = original.find(quote, within, usize::MAX);
    if all.is_empty() {
        return Err(Miss::NotThere);
    }
    let has_context = |place: &&Span| follows(original, **place, selector.prefix.as_ref()) && precedes(original, **place, selector.suffix.as_ref());
    let places: Vec<Span> = all.iter().filter(has_context).copied().collect();
    match (&places[..], &selector.occurrence) {
        ([], _) => Err(Miss::OtherContext(all)),
        (places, Some(occurrence)) => {
            let place = (occurrence.value as usize).checked_sub(1).and_then(|at| places.get(at));
            place.copied().ok_or(Miss::TooFew(places.len()))
        }
        ([place], None) => Ok(*place),
        _ => Err(Miss::Ambiguous(places)),
    }
}

/// Whether the text before a place ends with a prefix. Space between the two is not compared: YAML drops it.
fn follows(original: &Original, place: Span, prefix: Option<&Text>) -> bool {
    prefix.is_none_or(|prefix| original.slice(Span { start: 0, end: place.start }).trim_end().ends_with(prefix.value.trim_end()))
}

/// Whether the text after a place begins with a suffix.
fn precedes(original: &Original, place: Span, suffix: Option<&Text>) -> bool {
    suffix.is_none_or(|suffix| original.slice(Span { start: place.end, end: original.span().end }).trim_start().starts_with(suffix.value.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selector(prefix: &str, suffix: &str, occurrence: u32) -> QuoteSelector {
        let text = |text: &str| (!text.is_empty()).then(|| Text::from(text.to_owned()));
        QuoteSelector { quote: None, prefix: text(prefix), suffix: text(suffix), occurrence: (occurrence > 0).then(|| occurrence.into()) }
    }

    #[test]
    fn a_quote_in_several_places_needs_its_context_or_its_number() {
        let original = Original::new("in Iraq and in Iraq with Iraq".to_owned());
        let find = |selector: &QuoteSelector| find(&original, "Iraq", selector, original.span()).map(|span| span.start);
        assert_eq!(find(&selector("with", "", 0)), Ok(25));
        assert_eq!(find(&selector("", "with", 0)), Ok(15));
        assert_eq!(find(&selector("in ", "", 2)), Ok(15));
        assert!(matches!(find(&selector("", "", 0)), Err(Miss::Ambiguous(places)) if places.len() == 3));
        assert!(matches!(find(&selector("in", "", 0)), Err(Miss::Ambiguous(places)) if places.len() == 2));
        assert!(matches!(find(&selector("of", "", 0)), Err(Miss::OtherContext(places)) if places.len() == 3));
        assert_eq!(find(&selector("", "", 4)), Err(Miss::TooFew(3)));
        assert_eq!(super::find(&original, "Iran", &selector("", "", 0), original.span()), Err(Miss::NotThere));
        assert_eq!(super::find(&original, " . ", &selector("", "", 0), original.span()), Err(Miss::Empty));
    }
}
