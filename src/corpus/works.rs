//! Statements as citations and pages name them: their titles, and the names of their issuers.

use std::collections::{BTreeSet, HashMap};

use sqlx::QueryBuilder;

use crate::corpus::{
    bilingual_text::BilingualText,
    corpus::Corpus,
    push_in::push_in,
    read_item::read_by_id,
    references::{NamedReference, NoteReference, TitledReference},
    resource::Resource,
    slug::Slug,
    statements::Statement,
};

/// A statement as a citation needs it: with the names of its issuers, without the text of the article.
#[derive(Clone, Debug)]
pub struct Work {
    /// The statement.
    pub statement: Statement,
    /// Its issuers, in the order in which it names them.
    pub issuers: Vec<NamedReference>,
    /// The critical notes on it, in reading order.
    pub critical_notes: Vec<NoteReference>,
}

/// Reads the works with these ids, in the order of the ids.
///
/// # Errors
/// When a query fails.
pub async fn works(corpus: &Corpus, ids: impl IntoIterator<Item = &Slug>) -> sqlx::Result<Vec<Work>> {
    let statements: Vec<Statement> = read_by_id(corpus, Resource::Statements, ids.into_iter().map(Slug::to_string).collect()).await?;
    let issuers: BTreeSet<String> = statements.iter().flat_map(|statement| &statement.issuers).map(Slug::to_string).collect();
    let issuers: Vec<NamedReference> = read_by_id(corpus, Resource::Actors, issuers.into_iter().collect()).await?;
    let issuers: HashMap<&Slug, &NamedReference> = issuers.iter().map(|issuer| (&issuer.id, issuer)).collect();
    let mut notes = critical_notes(corpus, statements.iter().map(|statement| &statement.id)).await?;
    let work = |statement: Statement| {
        let issuers = statement.issuers.iter().filter_map(|id| issuers.get(id).copied().cloned()).collect();
        let critical_notes = notes.extract_if(.., |note| note.statement == statement.id).collect();
        Work { statement, issuers, critical_notes }
    };
    Ok(statements.into_iter().map(work).collect())
}

/// The critical notes on statements, in reading order.
async fn critical_notes(corpus: &Corpus, statements: impl Iterator<Item = &Slug>) -> sqlx::Result<Vec<NoteReference>> {
    let statements: Vec<String> = statements.map(Slug::to_string).collect();
    if statements.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new("SELECT id FROM notes WHERE severity = 'critical'");
    push_in(&mut query, "statement", statements);
    query.push(" ORDER BY statement, position");
    let ids: Vec<String> = query.build_query_scalar().fetch_all(&corpus.pool).await?;
    let mut notes: Vec<NoteReference> = read_by_id(corpus, Resource::Notes, ids.clone()).await?;
    notes.sort_by_key(|note| ids.iter().position(|id| note.id.as_str() == id));
    Ok(notes)
}

/// The titles of the statements with these ids.
///
/// # Errors
/// When a query fails.
pub async fn titles(corpus: &Corpus, ids: impl IntoIterator<Item = &Slug>) -> sqlx::Result<HashMap<Slug, BilingualText>> {
    let ids: BTreeSet<String> = ids.into_iter().map(Slug::to_string).collect();
    let titled: Vec<TitledReference> = read_by_id(corpus, Resource::Statements, ids.into_iter().collect()).await?;
    Ok(titled.into_iter().map(|statement| (statement.id, statement.title)).collect())
}

/// The number of statements, or two if there are more: whether there is none, one or several.
///
/// # Errors
/// When the query fails.
pub async fn count_up_to_two(corpus: &Corpus) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM (SELECT 1 FROM statements LIMIT 2)").fetch_one(&corpus.pool).await
}
