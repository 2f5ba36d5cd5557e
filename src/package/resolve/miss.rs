//! Messages about quotes that have no place: what stands nearby, and what to write.

use crate::{
    package::{
        diagnostic::{Code, Log},
        document::QuoteSelector,
        original::{Original, shorten},
        resolve::{
            find::Miss,
            similar::{first_difference, nearest, passage, same_words},
        },
        spanned::Text,
    },
    text::span::Span,
};

/// The maximum number of places that are listed.
const MAX_PLACES: usize = 20;
/// The context of a listed place, in code points.
const CONTEXT_CHARS: usize = 24;

/// What a quote is looked for in.
#[derive(Clone, Copy, Debug)]
pub enum Within<'a> {
    /// A paragraph.
    Paragraph(usize, Span),
    /// A clause, by its label.
    Clause(&'a str, Span),
    /// The lead-in of a clause.
    LeadIn(&'a str, Span),
}

impl Within<'_> {
    /// Its words.
    pub const fn span(self) -> Span {
        let (Self::Paragraph(_, span) | Self::Clause(_, span) | Self::LeadIn(_, span)) = self;
        span
    }

    fn name(self) -> String {
        match self {
            Self::Paragraph(number, _) => format!("paragraph {number}"),
            Self::Clause(label, _) => format!("clause {label}"),
            Self::LeadIn(label, _) => format!("the lead-in of clause {label}"),
        }
    }

    const fn outside(self) -> Code {
        match self {
            Self::Paragraph(..) => Code::OutsideParagraph,
            Self::Clause(..) | Self::LeadIn(..) => Code::OutsideClause,
        }
    }
}

/// Records why a quote has no place.
pub fn record(original: &Original, quote: &Text, selector: &QuoteSelector, within: Within<'_>, miss: Miss, log: &mut Log) {
    let (place, shown) = (&quote.place, shorten(&quote.value));
    match miss {
        Miss::Empty => log.add(Code::EmptyQuote, place, "a quote needs at least one word"),
        Miss::Ambiguous(places) => {
            let message = format!("these words stand in {} {}; say which with `prefix`, `suffix` or `occurrence`: {shown}", within.name(), times(places.len()));
            log.add_with_help(Code::QuoteAmbiguous, place, message, listed(original, &places));
        }
        Miss::OtherContext(places) => {
            let place = selector.prefix.as_ref().or(selector.suffix.as_ref()).map_or(place, |context| &context.place);
            let message = format!("these words are in {}, but not with this prefix or suffix: {shown}", within.name());
            log.add_with_help(Code::QuoteNotFound, place, message, listed(original, &places));
        }
        Miss::TooFew(count) => {
            let place = selector.occurrence.as_ref().map_or(place, |occurrence| &occurrence.place);
            log.add(
                Code::QuoteNotFound,
                place,
                format!("these words stand in {} {}, and occurrences are counted from 1: {shown}", within.name(), times(count)),
            );
        }
        Miss::NotThere => not_there(original, quote, within, log),
    }
}

/// The places of a quote, numbered.
fn listed(original: &Original, places: &[Span]) -> Vec<String> {
    let rest = places.len().saturating_sub(MAX_PLACES);
    let rest = (rest > 0).then(|| format!("and {rest} more"));
    places
        .iter()
        .enumerate()
        .take(MAX_PLACES)
        .map(|(at, place)| format!("occurrence {}: {}", at + 1, original.in_context(*place, CONTEXT_CHARS)))
        .chain(rest)
        .collect()
}

/// A number of times, in words.
fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

fn not_there(original: &Original, quote: &Text, within: Within<'_>, log: &mut Log) {
    let (given, whole) = (quote.as_str(), original.span());
    let elsewhere = original.find(given, whole, 5);
    if !elsewhere.is_empty() {
        let message = format!("these words are in the text, but not in {}: {}", within.name(), shorten(given));
        let place = |span: &Span| format!("paragraph {}: {}", original.paragraph_at(span.start), original.in_context(*span, CONTEXT_CHARS));
        log.add_with_help(within.outside(), &quote.place, message, elsewhere.iter().map(place).collect());
        return;
    }
    let searched = within.span().end - within.span().start + whole.end + given.chars().count();
    if log.is_full(Code::QuoteNotFound) || !log.may_search(2 * searched) {
        log.add(Code::QuoteNotFound, &quote.place, "these words are not in the text");
        return;
    }
    let help = if let Some(span) = same_words(original, given, within.span()).or_else(|| same_words(original, given, whole)) {
        let there = original.slice(span);
        vec![passage(original, "the same words stand in the text, written otherwise; copy them", span), first_difference(given, there)]
    } else if let Some(span) = nearest(original, given, within.span()).or_else(|| nearest(original, given, whole)) {
        vec![passage(original, "the nearest passage", span), "the words are not there after normalizing either".to_owned()]
    } else {
        vec![format!("nothing in {} is similar", within.name())]
    };
    log.add_with_help(Code::QuoteNotFound, &quote.place, format!("these words are not in {}: {}", within.name(), shorten(given)), help);
}
