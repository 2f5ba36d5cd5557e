//! The FTS5 MATCH expressions of a query. They contain only quoted stems and keys, which consist of letters, digits and
//! underscores.

use crate::text::{
    matcher::MatchLevel,
    query::{Alternative, By, Group, Query, Term},
};

/// The columns of `search_index`: the item's own words.
const WORDS: &str = "{ar en}";
/// The keys of the names in it, and the words of its other names.
const ALIAS: &str = "alias";
/// The words and keys of its lead-in.
const LEAD_IN: &str = "lead_in";
/// The keys of its dates.
const DATE: &str = "date";

/// Selects the items that have every required term at this level or a better one; none for a query without words.
pub fn at_level(query: &Query, level: MatchLevel) -> Option<String> {
    terms(query, " AND ", &|group, at, term| term_at_level(group, at, term, level))
}

/// Selects the paragraphs that have every required term.
pub fn of_paragraphs(query: &Query) -> Option<String> {
    let term = |group: &Group, at: usize, term: &Term| {
        let mut ways = vec![any(&term.stems)];
        for alternative in covering(group, at) {
            match &alternative.by {
                By::Alias(keys) | By::Date(keys) => ways.push(any(keys)),
                By::Words(words) => ways.push(words.iter().map(|stems| format!("({})", any(stems))).collect::<Vec<_>>().join(" AND ")),
            }
        }
        ways.iter().map(|way| format!("({way})")).collect::<Vec<_>>().join(" OR ")
    };
    terms(query, " AND ", &term)
}

/// Selects the items that have any of the required terms in their own words, names or dates.
pub fn any_term(query: &Query) -> Option<String> {
    terms(query, " OR ", &|group, at, term| term_at_level(group, at, term, MatchLevel::Date))
}

fn terms(query: &Query, operator: &str, write: &dyn Fn(&Group, usize, &Term) -> String) -> Option<String> {
    let of_group = |group: &Group| {
        let required = group.terms.iter().enumerate().filter(|(_, term)| term.required);
        required.map(|(at, term)| format!("({})", write(group, at, term))).collect::<Vec<_>>()
    };
    let terms: Vec<String> = query.groups.iter().flat_map(of_group).collect();
    (!terms.is_empty()).then(|| terms.join(operator))
}

fn term_at_level(group: &Group, at: usize, term: &Term, level: MatchLevel) -> String {
    let column = |column: &str, tokens: &[String]| format!("{column} : ({})", any(tokens));
    let mut ways = vec![column(WORDS, &term.stems)];
    if level >= MatchLevel::Alias {
        ways.push(column(ALIAS, &term.stems));
    }
    if level >= MatchLevel::LeadIn {
        ways.push(column(LEAD_IN, &term.stems));
    }
    for alternative in covering(group, at) {
        match &alternative.by {
            By::Alias(keys) => {
                ways.extend((level >= MatchLevel::Alias).then(|| column(ALIAS, keys)));
                ways.extend((level >= MatchLevel::LeadIn).then(|| column(LEAD_IN, keys)));
            }
            By::Words(words) => {
                let together = |name: &str| format!("({})", words.iter().map(|stems| column(name, stems)).collect::<Vec<_>>().join(" AND "));
                ways.extend((level >= MatchLevel::Alias).then(|| together(WORDS)));
                ways.extend((level >= MatchLevel::LeadIn).then(|| together(LEAD_IN)));
            }
            By::Date(keys) => ways.extend((level >= MatchLevel::Date).then(|| column(DATE, keys))),
        }
    }
    ways.join(" OR ")
}

/// The alternatives that cover a term.
fn covering(group: &Group, at: usize) -> impl Iterator<Item = &Alternative> {
    group.alternatives.iter().filter(move |alternative| (alternative.first..alternative.end).contains(&at))
}

fn any(tokens: &[String]) -> String {
    tokens.iter().map(|token| format!("\"{token}\"")).collect::<Vec<_>>().join(" OR ")
}
