//! Writes a skeleton as YAML, in the order and the form in which an editor would.

use std::fmt::Write as _;

use crate::{
    corpus::{Basis, enum_name},
    package::{
        draft::{
            mentions::{Mention, Register},
            skeleton::{ProposedClause, ProposedLeadIn, Skeleton},
        },
        original::Original,
        time::{expressions::Time, hijri::hijri_dates, reader::Reader},
    },
    text::{Language, normalize::is_arabic, span::Span, tokenize::TokenizedText},
};

/// What is written above the clauses.
pub struct Head<'t> {
    /// The proposed id of the statement.
    pub id: &'t str,
    /// The language of the text.
    pub language: Language,
    /// What an editor has to know, one comment each.
    pub remarks: &'t [String],
}

/// The kinds of clauses.
const KINDS: &str = "report, forecast, declaration, recital, decision, deadline, commitment, condition, purpose, acknowledgement, aspiration, reference";
/// What a draft cannot propose, as comments.
const MORE: &str = "
# What a person adds; take the mark # away.
# actors:                       # those that no other statement has introduced; then `actors` of the clauses that name them
#   - {id: …, kind: …, name: {en: …, ar: …}}   # state, body, force, group, person, unnamed_source, medium
# locations:
#   - {id: …, kind: …, name: {en: …, ar: …}}   # country, region, city, district, site
# documents:                    # what is cited; then `citations` of the clauses that cite it
#   - {id: …, kind: …, title: {en: …, ar: …}}  # agreement, constitution, law, joint_statement, press_report
# milestones:                   # the deadlines, events, periods and forecasts that a reader would follow
#   - {id: …, kind: …, title: {en: …, ar: …}, clauses: [1a], date: {clause: 1a, quote: …}}   # deadline, event, period, forecast
";

/// The YAML of a skeleton.
#[must_use]
pub fn write(head: &Head<'_>, original: &Original, skeleton: &Skeleton) -> String {
    let mut yaml = String::with_capacity(original.text().len() * 3);
    for remark in head.remarks {
        let _ = writeln!(yaml, "# {remark}");
    }
    let issued = match skeleton.issue_date {
        Some((number, span)) => {
            let within = original.paragraph(number).unwrap_or_else(|| original.span());
            format!("{{paragraph: {number}, {}}}", quote(original, span, within))
        }
        None => "TODO                    # the words that tell when it was issued; leave it out if the text does not tell".to_owned(),
    };
    let _ = write!(
        yaml,
        "format: 1
id: {id}  # a proposal; it never changes once the statement is published
kind: TODO                      # joint_statement, declaration, agreement, communique
title: {{en: TODO, ar: TODO}}
source:
  publisher: {{en: TODO, ar: TODO}}
  medium: TODO                  # the actor that reports the statement; leave it out if the issuers published the text themselves
  language: {language}
  url: TODO                     # https://…; leave it out if nobody has checked it
  text: {text}
issued: {issued}
issuers: [TODO]

clauses:
",
        id = head.id,
        language = head.language.code(),
        text = block(original.text()),
    );
    for clause in &skeleton.clauses {
        write_clause(&mut yaml, original, skeleton, clause);
    }
    yaml.push_str(MORE);
    yaml
}

fn write_clause(yaml: &mut String, original: &Original, skeleton: &Skeleton, clause: &ProposedClause) {
    let paragraph = original.paragraph(clause.paragraph).unwrap_or_else(|| original.span());
    let _ = writeln!(yaml, "  - label: {}\n    {}", clause.label, quote_lines(original, clause.span, paragraph, 4));
    match &clause.lead_in {
        Some(ProposedLeadIn::New(span, mentions)) => {
            let _ = writeln!(yaml, "    lead_in:\n      {}\n      translation: TODO", quote_lines(original, *span, paragraph, 6));
            write_mentions(yaml, original, *span, mentions, (6, false));
        }
        Some(ProposedLeadIn::Same(label)) => {
            let _ = writeln!(yaml, "    lead_in: {label}");
        }
        None => {}
    }
    let place = if clause.is_quoted { "inside quotation marks" } else { "outside quotation marks" };
    let _ = writeln!(
        yaml,
        "    voice: TODO  # {place}\n    speaker: TODO  # leave it out if the voice is the statement's\n    kind: TODO  # {KINDS}\n    translation: TODO"
    );
    write_mentions(yaml, original, clause.span, &clause.mentions, (4, true));
    if !clause.dates.is_empty() {
        let _ = writeln!(yaml, "    dates:");
    }
    for (span, time) in &clause.dates {
        write_date(yaml, original, skeleton, clause.span, *span, *time);
    }
}

/// The mentions of a clause or of a lead-in, by register. Which role an actor has in a clause, a person decides.
fn write_mentions(yaml: &mut String, original: &Original, within: Span, mentions: &[(Span, Mention)], (indent, has_roles): (usize, bool)) {
    for (register, key) in [(Register::Actor, "actors"), (Register::Location, "locations")] {
        let mut here = mentions.iter().filter(|(_, mention)| mention.register == register).peekable();
        if here.peek().is_some() {
            let _ = writeln!(yaml, "{:indent$}{key}:", "");
        }
        for (span, mention) in here {
            let role = if register == Register::Actor && has_roles { "role: TODO, " } else { "" };
            let quote = quote(original, *span, within);
            let _ = match &mention.ids[..] {
                [id] => writeln!(yaml, "{:indent$}  - {{id: {id}, {role}{quote}}}", ""),
                ids => writeln!(yaml, "{:indent$}  - {{id: TODO, {role}{quote}}}  # {}", "", ids.join(" or ")),
            };
        }
    }
}

fn write_date(yaml: &mut String, original: &Original, skeleton: &Skeleton, within: Span, span: Span, time: Time) {
    let (quote, timex) = (quote(original, span, within), enum_name(&time.timex()));
    match (time.edtf(skeleton.issued), time.basis()) {
        (Some(edtf), Basis::Explicit) => {
            let _ = writeln!(yaml, "      - {{{quote}, type: {timex}, edtf: {edtf}, basis: explicit}}");
        }
        (Some(edtf), _) => {
            let _ = writeln!(
                yaml,
                "      - {quote}\n        type: {timex}\n        edtf: {edtf}\n        basis: relative",
                quote = quote.replace(", occurrence", "\n        occurrence")
            );
            match skeleton.issue_date.filter(|(_, date)| *date != span) {
                Some((number, date)) => {
                    let paragraph = original.paragraph(number).unwrap_or_else(|| original.span());
                    let _ = writeln!(yaml, "        anchor: {{paragraph: {number}, {}}}", self::quote(original, date, paragraph));
                    // Each language has the words of the text, or the day in figures.
                    let words = original.slice(date).replace('\n', " ");
                    let day = skeleton.issued.day.map_or_else(|| words.clone(), |day| day.to_string());
                    let is_arabic = words.chars().any(is_arabic);
                    let (en, ar) = if is_arabic { (day, words) } else { (words, day) };
                    let note = |sentence: &str, words: &str| text(&format!("TODO: {sentence} {words}."));
                    let _ = writeln!(yaml, "        basis_note: {{en: {}, ar: {}}}", note("counted from", &en), note("محسوب من", &ar));
                }
                None => {
                    let _ = writeln!(yaml, "        basis_note: {{en: TODO, ar: TODO}}");
                }
            }
        }
        (None, _) => {
            let words = TokenizedText::new(original.slice(span));
            if let Some((first, last)) = hijri_dates(&Reader::new(&words)).first().and_then(|hijri| hijri.days()) {
                let days = if first == last { first.to_string() } else { format!("{first} to {last}") };
                let _ = writeln!(yaml, "      # a date of the Hijri calendar: about {days}, a day or two earlier or later");
            }
            let _ = writeln!(
                yaml,
                "      - {quote}\n        type: {timex}\n        edtf: TODO\n        basis: TODO\n        basis_note: {{en: TODO, ar: TODO}}",
                quote = quote.replace(", occurrence", "\n        occurrence")
            );
        }
    }
}

/// Words, with their number among the same words of what encloses them if there are several.
fn quote(original: &Original, span: Span, within: Span) -> String {
    let words = original.slice(span);
    match occurrence(original, span, within) {
        Some(number) => format!("quote: {}, occurrence: {number}", text(words)),
        None => format!("quote: {}", text(words)),
    }
}

fn quote_lines(original: &Original, span: Span, within: Span, indent: usize) -> String {
    let words = text(original.slice(span));
    match occurrence(original, span, within) {
        Some(number) => format!("quote: {words}\n{:indent$}occurrence: {number}", ""),
        None => format!("quote: {words}"),
    }
}

/// The number of a place among those of the same words, from 1; `None` if it is the only one.
fn occurrence(original: &Original, span: Span, within: Span) -> Option<usize> {
    let up_to = original.find(original.slice(span), Span { start: within.start, end: span.end }, usize::MAX).len();
    let is_only = up_to == 1 && original.find(original.slice(span), within, 2).len() == 1;
    (!is_only).then_some(up_to)
}

/// Text in quotation marks, as YAML and JSON write it.
fn text(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    for char in value.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // YAML takes these for ends of lines.
            '\u{85}' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(char));
            }
            _ => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

/// A text of several lines: as it is where YAML keeps it so, and otherwise in quotation marks.
fn block(value: &str) -> String {
    let is_plain = |line: &str| line.is_empty() || (!line.starts_with([' ', '\t']) && !line.contains(['\u{85}', '\u{2028}', '\u{2029}', '\t']));
    let body = value.trim_end_matches('\n');
    if body.is_empty() || body.starts_with('\n') || !body.split('\n').all(is_plain) {
        return text(value);
    }
    let chomping = match value.len() - body.len() {
        0 => "|-",
        1 => "|",
        _ => "|+",
    };
    let mut block = String::with_capacity(value.len() + value.len() / 16);
    block.push_str(chomping);
    for line in value.trim_end_matches('\n').split('\n') {
        block.push('\n');
        if !line.is_empty() {
            block.push_str("    ");
            block.push_str(line);
        }
    }
    // The line that follows ends the last one.
    block.push_str(&"\n".repeat((value.len() - body.len()).saturating_sub(1)));
    block
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::parse::{Format, Value, parse};

    #[test]
    fn texts_are_read_as_they_were() {
        for value in
            ["a", "a\n", "a\n\n\nb\n", "a\n\n", "  a\n b", "# a: \"b\" 'c'", "a\tb\\n", "\n\na", "- a\n\u{2028}b", "…“نص”\n|\n>", "a \n \nb", "---\n...\n"]
        {
            let file = format!("x:\n  y: {}\nz: {}\n", block(value), text(value));
            let tree = parse(&file, Format::Yaml).unwrap_or_else(|error| panic!("{file}: {error:?}"));
            let is = |node: Option<&crate::package::parse::Node>| {
                node.is_some_and(|node| matches!(&node.value, Value::Text(read) | Value::Plain(read) if read == value))
            };
            assert!(is(tree.get("x").and_then(|x| x.get("y"))) && is(tree.get("z")), "{file}");
        }
    }
}
