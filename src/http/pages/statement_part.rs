//! The parts of a long statement: a page shows one, so that no page grows with the statement.

use crate::{
    corpus::{
        self, PageParams, ParagraphNumber, Slug,
        clauses::{Clause, ClauseFilter},
        statements::Paragraph,
    },
    error::Error,
    http::{
        extract::query::first_value,
        pages::{html::not_found, request::PageRequest, view::layout::PageLayout},
    },
};

/// The maximum number of clauses of a part. A clause takes about 4.3 KB of its page, and no page is longer than 300 KB.
const MAX_CLAUSES: usize = 60;

/// A part: some clauses of consecutive paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The first paragraph.
    pub first: u32,
    /// The last paragraph; the last part goes on to the end of the text.
    pub last: u32,
    /// How many clauses of the first paragraph are in the parts before.
    skipped: usize,
    /// The number of clauses.
    pub clauses: usize,
}

/// The parts of a statement, and the one that a page shows.
#[derive(Clone, Debug)]
pub struct Parts {
    all: Vec<Part>,
    /// The number of the part, from 1.
    pub number: usize,
}

impl Parts {
    /// Reads which part of a statement a query asks for: `part=2`, or that with a clause, `clause=300b`; else the first.
    ///
    /// # Errors
    /// When there is no such part, or a database query fails.
    pub async fn read(request: &PageRequest, statement: &Slug) -> Result<Self, Error> {
        let given = |name: &str| first_value(request.query.as_bytes(), name);
        let mut parts = Self { all: divide(&count_clauses(request, statement).await?), number: 1 };
        if let Some(part) = given("part") {
            parts.number = part.parse().ok().filter(|number| (1..=parts.count()).contains(number)).ok_or_else(not_found)?;
        } else if let Some(label) = given("clause").filter(|_| parts.count() > 1) {
            parts.number = parts.with_clause(request, statement, &label).await?.unwrap_or(1);
        }
        Ok(parts)
    }

    /// How many parts there are.
    pub const fn count(&self) -> usize {
        self.all.len()
    }

    /// How many clauses the statement has.
    pub fn clause_count(&self) -> usize {
        self.all.iter().map(|part| part.clauses).sum()
    }

    /// The part that the page shows.
    pub fn shown(&self) -> Part {
        self.all[self.number - 1]
    }

    /// Whether the part has the end of the text.
    pub const fn is_last(&self) -> bool {
        self.number == self.count()
    }

    /// Whether a paragraph is in the part.
    pub fn has(&self, paragraph: &Paragraph) -> bool {
        let part = self.shown();
        part.first <= paragraph.number && (paragraph.number <= part.last || self.is_last())
    }

    /// Where labels in texts on the page lead to: the URL of statements and the statement, both empty if all clauses are on the page.
    pub fn clauses_at(&self, layout: &PageLayout, statement: &Slug) -> (String, String) {
        if self.count() == 1 { (String::new(), String::new()) } else { (layout.page_url("statements/"), statement.to_string()) }
    }

    /// The canonical query of the part, with its question mark; empty for the first.
    pub fn query(&self) -> String {
        query_of(self.number)
    }

    /// The numbers of the parts that a page links to, each with its query: the first, the last, and those near the shown one.
    pub fn links(&self) -> Vec<(usize, String)> {
        let is_near = |number: usize| number == 1 || number == self.count() || number.abs_diff(self.number) <= 3;
        (1..=self.count()).filter(|number| is_near(*number)).map(|number| (number, query_of(number))).collect()
    }

    /// The clauses of the part.
    ///
    /// # Errors
    /// When a database query fails.
    pub async fn load(&self, request: &PageRequest, statement: &Slug) -> Result<Vec<Clause>, Error> {
        let part = self.shown();
        let paragraph = (part.first..=part.last).filter_map(|number| number.to_string().parse::<ParagraphNumber>().ok()).collect();
        let filter = ClauseFilter { statement: vec![statement.clone()], paragraph, ..ClauseFilter::default() };
        let limit = u32::try_from(part.skipped + part.clauses).unwrap_or(u32::MAX);
        let (clauses, _) = request.first(&filter, limit).await?;
        Ok(clauses.into_iter().skip(part.skipped).collect())
    }

    /// The number of the part with a clause.
    async fn with_clause(&self, request: &PageRequest, statement: &Slug, label: &str) -> Result<Option<usize>, Error> {
        let Ok(id) = format!("{statement}-{label}").parse::<Slug>() else { return Ok(None) };
        let Some(clause) = request.get::<ClauseFilter>(&id).await? else { return Ok(None) };
        let candidates = (1..=self.count()).filter(|number| (self.all[number - 1].first..=self.all[number - 1].last).contains(&clause.paragraph));
        for number in candidates {
            let part = Self { all: self.all.clone(), number };
            // A paragraph in several parts must be read to know in which the clause is.
            if part.shown().first < part.shown().last || part.load(request, statement).await?.iter().any(|other| other.id == id) {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }
}

fn query_of(number: usize) -> String {
    if number == 1 { String::new() } else { format!("?part={number}") }
}

/// The paragraphs of a statement that have clauses, each with how many.
async fn count_clauses(request: &PageRequest, statement: &Slug) -> Result<Vec<(u32, usize)>, Error> {
    let filter = ClauseFilter { statement: vec![statement.clone()], ..ClauseFilter::default() };
    let params = PageParams { limit: 1, after: None, count: false, facets: vec!["paragraph".to_owned()] };
    let page = request.app.timed_query(corpus::list(request.corpus(), &filter, &params, request.today())).await?;
    let counted = page.facets.and_then(|mut facets| facets.by_name.remove("paragraph")).unwrap_or_default();
    let mut counts: Vec<(u32, usize)> = counted.into_iter().filter_map(|facet| Some((facet.value.parse().ok()?, facet.count))).collect();
    counts.sort_unstable();
    Ok(counts)
}

/// Divides paragraphs into parts. A paragraph stays whole unless it is too long for one.
fn divide(counts: &[(u32, usize)]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for &(paragraph, count) in counts {
        if let Some(last) = parts.last_mut().filter(|last| last.clauses + count <= MAX_CLAUSES) {
            last.last = paragraph;
            last.clauses += count;
            continue;
        }
        for skipped in (0..count).step_by(MAX_CLAUSES) {
            parts.push(Part { first: paragraph, last: paragraph, skipped, clauses: (count - skipped).min(MAX_CLAUSES) });
        }
    }
    if parts.is_empty() {
        parts.push(Part { first: 1, last: 1, skipped: 0, clauses: 0 });
    }
    parts[0].first = 1;
    parts
}

#[cfg(test)]
mod tests {
    use super::{MAX_CLAUSES, Part, divide};

    #[test]
    fn parts_have_every_clause_once_and_no_more_than_fit() {
        for counts in [&[(1, 4), (2, 50), (3, 6), (4, 1)][..], &[(2, 150), (5, 3)], &[(1, 59), (2, 2)], &[(7, 60), (8, 60)], &[]] {
            let parts = divide(counts);
            assert_eq!(parts.iter().map(|part| part.clauses).sum::<usize>(), counts.iter().map(|(_, count)| count).sum::<usize>());
            assert!(parts.iter().all(|part| part.clauses <= MAX_CLAUSES && part.first <= part.last), "{parts:?}");
            assert_eq!(parts[0].first, 1, "the text before the first clause is in the first part");
        }
        assert_eq!(
            divide(&[(1, 4), (2, 50), (3, 6), (4, 1)]),
            [Part { first: 1, last: 3, skipped: 0, clauses: 60 }, Part { first: 4, last: 4, skipped: 0, clauses: 1 }]
        );
        assert_eq!(divide(&[(2, 150)]).iter().map(|part| (part.skipped, part.clauses)).collect::<Vec<_>>(), [(0, 60), (60, 60), (120, 30)]);
    }
}
