//! Statements as citations and pages name them: their titles, and the names of their issuers.

use std::collections::{BTreeSet, HashMap};

use sqlx::{QueryBuilder, Row, sqlite::SqliteRow};

use crate::corpus::{
    bilingual_text::BilingualText,
    corpus::Corpus,
    filter::Filter,
    push_in::push_in,
    references::NamedReference,
    slug::Slug,
    statements::{Statement, StatementFilter},
};

/// A statement as a citation needs it: with the names of its issuers, without the text of the article.
#[derive(Clone, Debug)]
pub struct Work {
    /// The statement.
    pub statement: Statement,
    /// Its issuers, in the order in which it names them.
    pub issuers: Vec<NamedReference>,
}

/// Reads the works with these ids, in the order of the ids.
///
/// # Errors
/// When a query fails.
pub async fn works(corpus: &Corpus, ids: impl IntoIterator<Item = &Slug>) -> sqlx::Result<Vec<Work>> {
    let ids: Vec<String> = ids.into_iter().map(Slug::to_string).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new("SELECT r.statement, r.actor, a.name_ar, a.name_en FROM issuers AS r JOIN actors AS a ON a.id = r.actor WHERE true");
    push_in(&mut query, "r.statement", ids.iter().cloned());
    query.push(" ORDER BY r.statement, r.position");
    let mut issuers: HashMap<Slug, Vec<NamedReference>> = HashMap::new();
    for row in query.build().fetch_all(&corpus.pool).await? {
        let id: Slug = row.try_get("actor")?;
        let name = BilingualText { ar: row.try_get("name_ar")?, en: row.try_get("name_en")? };
        issuers.entry(row.try_get("statement")?).or_default().push(NamedReference { url: format!("actors/{id}"), id, name });
    }
    let mut query = QueryBuilder::new("SELECT ");
    query.push(StatementFilter::LIST_PROJECTION).push(" FROM items AS i WHERE i.resource = 'statements'");
    push_in(&mut query, "i.id", ids);
    query.push(" ORDER BY i.id");
    let items: Vec<String> = query.build_query_scalar().fetch_all(&corpus.pool).await?;
    let work = |item: String| {
        let statement: Statement = serde_json::from_str(&item).map_err(|cause| sqlx::Error::Decode(cause.into()))?;
        Ok(Work { issuers: issuers.remove(&statement.id).unwrap_or_default(), statement })
    };
    items.into_iter().map(work).collect()
}

/// The titles of the statements with these ids.
///
/// # Errors
/// When a query fails.
pub async fn titles(corpus: &Corpus, ids: impl IntoIterator<Item = &Slug>) -> sqlx::Result<HashMap<Slug, BilingualText>> {
    let ids: BTreeSet<&str> = ids.into_iter().map(Slug::as_str).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut query = QueryBuilder::new("SELECT id, title_ar, title_en FROM statements WHERE true");
    push_in(&mut query, "id", ids.into_iter().map(str::to_owned));
    let title = |row: &SqliteRow| Ok((row.try_get(0)?, BilingualText { ar: row.try_get(1)?, en: row.try_get(2)? }));
    query.build().fetch_all(&corpus.pool).await?.iter().map(title).collect()
}

/// The number of statements, or two if there are more: whether there is none, one or several.
///
/// # Errors
/// When the query fails.
pub async fn count_up_to_two(corpus: &Corpus) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM (SELECT 1 FROM statements LIMIT 2)").fetch_one(&corpus.pool).await
}
