//! Which statements of a large corpus a text may quote: those that have runs of its words.

use std::collections::{BTreeSet, HashMap};

use crate::{corpus::Corpus, text::matcher::AnalyzedText};

/// How many statements quotations are compared with at most. A corpus with no more is compared as a whole.
pub const MAX_STATEMENTS: usize = 32;
/// How many words a run has. Two find a quotation of which every third word differs.
const RUN_LENGTHS: [usize; 2] = [3, 2];
/// How many runs are looked up at most, for all quotations together.
const MAX_RUNS: usize = 128;
/// How many runs of one quotation are looked up.
const RUNS_PER_QUOTATION: std::ops::RangeInclusive<usize> = 2..=16;
/// How many clauses with a run are read: a run that more clauses have says little about where the quotation is from.
const MAX_CLAUSES: i64 = 64;

const CLAUSES: &str = "SELECT c.statement FROM search_index CROSS JOIN items AS i ON i.number = search_index.rowid JOIN clauses AS c ON c.id = i.id \
    WHERE search_index MATCH ? AND i.resource = 'clauses' LIMIT ? + 0";

/// The ids of the statements whose clauses share most with these quotations, sorted: at most [`MAX_STATEMENTS`].
///
/// # Errors
/// When a database query fails.
pub async fn preselect(corpus: &Corpus, quotations: &[&str]) -> sqlx::Result<Vec<String>> {
    let per_quotation = (MAX_RUNS / quotations.len().max(1)).clamp(*RUNS_PER_QUOTATION.start(), *RUNS_PER_QUOTATION.end());
    let mut weights: HashMap<String, f64> = HashMap::new();
    for quotation in quotations.iter().take(MAX_RUNS / RUNS_PER_QUOTATION.start()) {
        let words = AnalyzedText::new(quotation);
        for length in RUN_LENGTHS {
            let found = statements(corpus, &spread(words.runs(length), per_quotation)).await?;
            let is_found = !found.is_empty();
            for (statement, weight) in found {
                *weights.entry(statement).or_default() += weight;
            }
            if is_found {
                break;
            }
        }
    }
    let mut ranked: Vec<(String, f64)> = weights.into_iter().collect();
    ranked.sort_by(|(one, of_one), (other, of_other)| of_other.total_cmp(of_one).then_with(|| one.cmp(other)));
    let mut ids: Vec<String> = ranked.into_iter().take(MAX_STATEMENTS).map(|(id, _)| id).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// The statements that have these runs, each with a weight: a run that few have weighs most.
async fn statements(corpus: &Corpus, runs: &[Vec<Vec<String>>]) -> sqlx::Result<HashMap<String, f64>> {
    let mut weights: HashMap<String, f64> = HashMap::new();
    for run in runs {
        let found: Vec<String> = sqlx::query_scalar(CLAUSES).bind(expression(run)).bind(MAX_CLAUSES).fetch_all(&corpus.pool).await?;
        let distinct: BTreeSet<String> = found.into_iter().collect();
        #[expect(clippy::cast_precision_loss, reason = "at most 64")]
        let weight = 1.0 / distinct.len().max(1) as f64;
        for statement in distinct {
            *weights.entry(statement).or_default() += weight;
        }
    }
    Ok(weights)
}

/// The FTS5 expression of a run. The index does not have the order of words; the comparison has.
fn expression(run: &[Vec<String>]) -> String {
    let any = |stems: &Vec<String>| format!("({})", stems.iter().map(|stem| format!("\"{stem}\"")).collect::<Vec<_>>().join(" OR "));
    format!("{{ar en lead_in}} : ({})", run.iter().map(any).collect::<Vec<_>>().join(" AND "))
}

/// At most so many of these runs, evenly spread.
fn spread<T>(runs: Vec<T>, most: usize) -> Vec<T> {
    let length = runs.len();
    let is_kept = |at: usize| length <= most || (at * most) / length != ((at + 1) * most) / length;
    runs.into_iter().enumerate().filter(|(at, _)| is_kept(*at)).map(|(_, run)| run).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_spread_evenly_and_short_texts_keep_all() {
        assert_eq!(spread((0..10).collect(), 3).len(), 3);
        assert_eq!(spread((0..5).collect(), 16), [0, 1, 2, 3, 4]);
        assert!(spread(Vec::<u8>::new(), 3).is_empty());
    }

    #[test]
    fn an_expression_has_only_quoted_stems() {
        let run = [vec!["one".to_owned(), "first".to_owned()], vec!["two".to_owned()]];
        assert_eq!(expression(&run), r#"{ar en lead_in} : (("one" OR "first") AND ("two"))"#);
    }
}
