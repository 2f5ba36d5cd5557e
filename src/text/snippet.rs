//! Snippets: the context of a match.

use crate::text::span::Span;

/// The approximate length of a snippet, in code points.
const SNIPPET_CHARS: usize = 240;

/// The text around the first span, with `<mark>` around each span; everything else is escaped for HTML.
#[must_use]
pub fn snippet(text: &str, spans: &[Span]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (from, to) = window(&chars, spans.first());
    // A span that crosses the edge of the window is not marked, so that every `<mark>` is closed.
    let shown = || spans.iter().filter(|span| from <= span.start && span.end <= to);
    let mut snippet = String::from(if from > 0 { "…" } else { "" });
    for (at, char) in chars.iter().enumerate().take(to).skip(from) {
        if shown().any(|span| span.start == at) {
            snippet.push_str("<mark>");
        }
        match char {
            '<' => snippet.push_str("&lt;"),
            '>' => snippet.push_str("&gt;"),
            '&' => snippet.push_str("&amp;"),
            '"' => snippet.push_str("&quot;"),
            other => snippet.push(*other),
        }
        if shown().any(|span| span.end == at + 1) {
            snippet.push_str("</mark>");
        }
    }
    snippet.push_str(if to < chars.len() { "…" } else { "" });
    snippet
}

/// The range of a snippet: all of a short text, else the surroundings of the first span, cut between words and not in a span.
fn window(chars: &[char], first: Option<&Span>) -> (usize, usize) {
    if chars.len() <= SNIPPET_CHARS {
        return (0, chars.len());
    }
    let first = first.copied().unwrap_or(Span { start: 0, end: 0 });
    let from = first.start.saturating_sub(SNIPPET_CHARS / 3);
    let from = if from == 0 { 0 } else { (from..first.start).find(|at| chars[*at] == ' ').map_or(first.start, |at| at + 1) };
    let to = (from + SNIPPET_CHARS).max(first.end).min(chars.len());
    let to = if to == chars.len() { to } else { (first.end..to).rev().find(|at| chars[*at] == ' ').unwrap_or(to) };
    (from, to)
}
