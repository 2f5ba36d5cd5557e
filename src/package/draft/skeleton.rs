//! The skeleton of a package: proposed clauses, with what was found in them.

use std::{collections::HashMap, ops::Range};

use unicode_normalization::char::is_combining_mark;

use crate::{
    package::{
        draft::{
            mentions::{Mention, Names},
            segments::{Paragraph, Segment},
        },
        original::Original,
        quotations::quotations,
        time::{
            expressions::{Expression, Time},
            issue_date::{is_issue_date, issue_year, issued},
            point::Issued,
            reader::Reader,
        },
    },
    text::{span::Span, tokenize::TokenizedText},
};

/// The maximum number of clauses of a paragraph: their labels are letters.
const MAX_CLAUSES: usize = 26;
/// The maximum number of dates of a clause, and of mentions. Each is looked for among all of them.
const MAX_IN_CLAUSE: usize = 100;

/// The skeleton of a package.
#[derive(Debug, Default)]
pub struct Skeleton {
    /// When the text was issued, as far as it says.
    pub issued: Issued,
    /// The words that say it, and their paragraph, from 1.
    pub issue_date: Option<(usize, Span)>,
    /// The clauses, in order.
    pub clauses: Vec<ProposedClause>,
    /// How many dates and mentions there was no room for.
    pub omitted: usize,
    room: usize,
}

/// A proposed clause.
#[derive(Debug)]
pub struct ProposedClause {
    /// Its paragraph, from 1.
    pub paragraph: usize,
    /// Its label.
    pub label: String,
    /// Its words.
    pub span: Span,
    /// It is inside quotation marks.
    pub is_quoted: bool,
    /// What introduces it.
    pub lead_in: Option<ProposedLeadIn>,
    /// The mentions in it.
    pub mentions: Vec<(Span, Mention)>,
    /// The expressions of time in it.
    pub dates: Vec<(Span, Time)>,
}

/// A lead-in, where it is first needed and after that.
#[derive(Debug)]
pub enum ProposedLeadIn {
    /// Its words, with the mentions in it.
    New(Span, Vec<(Span, Mention)>),
    /// The label of the clause that has it first.
    Same(String),
}

/// A paragraph, and what was found in it.
struct ReadParagraph {
    span: Span,
    text: TokenizedText,
    expressions: Vec<Expression>,
    mentions: Vec<Mention>,
}

/// Proposes clauses and what is in them. `max_items` bounds the clauses, the dates and the mentions together; each paragraph has a
/// clause in any case.
#[must_use]
pub fn skeleton(original: &Original, names: &Names, max_items: usize) -> Skeleton {
    let count = original.paragraphs().len();
    let quoted = quotations(original);
    let max_clauses = (max_items / 2 / count.max(1)).clamp(1, MAX_CLAUSES);
    let mut skeleton = Skeleton { room: max_items.saturating_sub(count), ..Skeleton::default() };
    for (at, span) in original.paragraphs().iter().enumerate() {
        let text = TokenizedText::new(original.slice(*span));
        let expressions = skeleton.expressions(&text, *span, at, count);
        let mentions = names.mentions(&text);
        let paragraph = ReadParagraph { span: *span, text, expressions, mentions };
        let segments = paragraph.segments(&quoted, max_clauses);
        skeleton.add(original, at + 1, &paragraph, &segments);
    }
    skeleton
}

impl Skeleton {
    /// The expressions of time of a paragraph. One of them may date the text.
    fn expressions(&mut self, text: &TokenizedText, span: Span, at: usize, count: usize) -> Vec<Expression> {
        let reader = Reader::new(text);
        let expressions = reader.expressions();
        // A text dates itself at its beginning or at its end.
        let may_date = self.issue_date.is_none() && (at < 3 || at + 2 >= count);
        let found = expressions.iter().find(|expression| may_date && is_issue_date(&reader, expression, at == 0));
        if let Some(expression) = found
            && let Some(issued) = issued(expression.time)
        {
            self.issued = issued;
            self.issue_date = Some((at + 1, words(text, &expression.tokens, span.start)));
        }
        self.issued.year = self.issued.year.or_else(|| issue_year(&reader));
        expressions
    }

    /// Adds the clauses of a paragraph.
    fn add(&mut self, original: &Original, number: usize, paragraph: &ReadParagraph, segments: &[Segment]) {
        let mut lead_ins: HashMap<usize, (Span, Vec<(Span, Mention)>)> = HashMap::new();
        let mut clauses: Vec<(usize, ProposedClause)> = Vec::new();
        for (at, segment) in segments.iter().enumerate() {
            let Some(span) = paragraph.span_of(original, segments, at) else { continue };
            let mentions = self.mentions(paragraph, &segment.tokens);
            let has_clause = segments.iter().any(|other| other.run == segment.run && !other.is_lead_in);
            if segment.is_lead_in && has_clause {
                lead_ins.insert(segment.run, (span, mentions));
                continue;
            }
            let letter = (b'a'..=b'z').nth(clauses.len()).map_or('z', char::from);
            let dates = self.dates(paragraph, &segment.tokens);
            let label = format!("{number}{letter}");
            clauses.push((segment.run, ProposedClause { paragraph: number, label, span, is_quoted: segment.is_quoted, lead_in: None, mentions, dates }));
        }
        let mut first: HashMap<usize, String> = HashMap::new();
        for (run, mut clause) in clauses {
            clause.lead_in = match (lead_ins.remove(&run), first.get(&run)) {
                (Some((span, mentions)), _) => {
                    first.insert(run, clause.label.clone());
                    Some(ProposedLeadIn::New(span, mentions))
                }
                (None, Some(label)) => Some(ProposedLeadIn::Same(label.clone())),
                (None, None) => None,
            };
            self.clauses.push(clause);
        }
    }

    /// The mentions among some words, as far as there is room.
    fn mentions(&mut self, paragraph: &ReadParagraph, tokens: &Range<usize>) -> Vec<(Span, Mention)> {
        let first = paragraph.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
        let inside =
            paragraph.mentions[first..].iter().take_while(|mention| mention.tokens.start < tokens.end).filter(|mention| mention.tokens.end <= tokens.end);
        let found: Vec<&Mention> = inside.collect();
        let room = self.take(found.len());
        found[..room].iter().map(|mention| (words(&paragraph.text, &mention.tokens, paragraph.span.start), (*mention).clone())).collect()
    }

    /// The expressions of time among some words, as far as there is room.
    fn dates(&mut self, paragraph: &ReadParagraph, tokens: &Range<usize>) -> Vec<(Span, Time)> {
        let first = paragraph.expressions.partition_point(|expression| expression.tokens.start < tokens.start);
        let found: Vec<&Expression> = paragraph.expressions[first..].iter().take_while(|expression| expression.tokens.end <= tokens.end).collect();
        let room = self.take(found.len());
        found[..room].iter().map(|expression| (words(&paragraph.text, &expression.tokens, paragraph.span.start), expression.time)).collect()
    }

    /// How many of these there is room for.
    fn take(&mut self, count: usize) -> usize {
        let taken = count.min(self.room).min(MAX_IN_CLAUSE);
        self.room -= taken;
        self.omitted += count - taken;
        taken
    }
}

impl ReadParagraph {
    fn segments(&self, quoted: &[Span], max: usize) -> Vec<Segment> {
        let first = quoted.partition_point(|quotation| quotation.end <= self.span.start);
        let here = quoted[first..].iter().take_while(|quotation| quotation.start < self.span.end);
        let tokens = |quotation: &Span| {
            let place = |at: usize| self.text.tokens.partition_point(|token| token.start + self.span.start < at);
            place(quotation.start)..place(quotation.end)
        };
        let dates: Vec<Range<usize>> = self.expressions.iter().map(|expression| expression.tokens.clone()).collect();
        let mut whole: Vec<Range<usize>> = dates.iter().cloned().chain(self.mentions.iter().map(|mention| mention.tokens.clone())).collect();
        whole.sort_by_key(|range| (range.start, range.end));
        let quoted = here.map(tokens).filter(|tokens| tokens.start < tokens.end).collect();
        Paragraph { text: &self.text, quoted, dates, whole }.segments(max)
    }

    /// The words of a segment, without the marks around them: from where the one before ends to where the next begins. Letters that
    /// are no words, such as a tatweel alone, belong to the segment before them.
    fn span_of(&self, original: &Original, segments: &[Segment], at: usize) -> Option<Span> {
        let start_of = |segment: &Segment| self.text.tokens.get(segment.tokens.start).map_or(self.span.end, |token| token.start + self.span.start);
        let start = if at == 0 { self.span.start } else { start_of(&segments[at]) };
        let end = segments.get(at + 1).map_or(self.span.end, start_of);
        let chars: Vec<char> = original.slice(Span { start, end }).chars().collect();
        let lead = chars.iter().position(|char| char.is_alphanumeric())?;
        let last = chars.iter().rposition(|char| char.is_alphanumeric() || is_combining_mark(*char))?;
        Some(Span { start: start + lead, end: start + last + 1 })
    }
}

/// The place of some words in the whole text.
fn words(text: &TokenizedText, tokens: &Range<usize>, offset: usize) -> Span {
    let first = &text.tokens[tokens.start];
    Span { start: offset + first.start, end: offset + text.tokens[tokens.end - 1].end.max(first.end) }
}
