//! Statements as citations and pages name them: their titles, and the names of their issuers.

use std::collections::{BTreeSet, HashMap};

use crate::corpus::{
    bilingual_text::BilingualText,
    corpus::Corpus,
    milestones::MilestoneRecord,
    read_item::read_by_id,
    references::{ClauseReference, NamedReference, NoteReference, TitledReference},
    resource::Resource,
    slug::Slug,
    statements::Statement,
};

/// How many critical notes of a work are read: a card has no space for more.
const MAX_CRITICAL_NOTES: u32 = 50;
/// How many of the dates that it sets.
const MAX_KEY_DATES: u32 = 2;

/// A statement as a citation needs it: with the names of its issuers, without the text of the article.
#[derive(Clone, Debug)]
pub struct Work {
    /// The statement.
    pub statement: Statement,
    /// Its issuers, in the order in which it names them.
    pub issuers: Vec<NamedReference>,
    /// What its card shows; `None` unless [`read_card_details`] has read it.
    pub card_details: Option<CardDetails>,
}

/// What the card of a statement shows beside its title.
#[derive(Clone, Debug)]
pub struct CardDetails {
    /// The first critical notes on it, in reading order.
    pub critical_notes: Vec<NoteReference>,
    /// The last of the dates that it sets, in their order.
    pub key_dates: Vec<MilestoneRecord>,
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
    let work = |statement: Statement| {
        let issuers = statement.issuers.iter().filter_map(|id| issuers.get(id).copied().cloned()).collect();
        Work { statement, issuers, card_details: None }
    };
    Ok(statements.into_iter().map(work).collect())
}

/// Reads what only the card of a work shows. The dates that a statement sets are its deadlines, and the ends of periods that have no
/// other bound. A card does not depend on the day, so it has the last of them, which come next until all but one are over.
///
/// # Errors
/// When a query fails.
pub async fn read_card_details(corpus: &Corpus, work: &mut Work) -> sqlx::Result<()> {
    let select = "SELECT id FROM notes WHERE severity = 'critical' AND statement = ? ORDER BY position LIMIT ?";
    let ids: Vec<String> = sqlx::query_scalar(select).bind(work.statement.id.as_str()).bind(MAX_CRITICAL_NOTES).fetch_all(&corpus.pool).await?;
    let mut notes: Vec<NoteReference> = read_by_id(corpus, Resource::Notes, ids.clone()).await?;
    notes.sort_by_key(|note| ids.iter().position(|id| note.id.as_str() == id));
    let select = "SELECT id FROM milestones WHERE statement = ? AND voice = 'statement' AND latest IS NOT NULL \
        AND (kind = 'deadline' OR (kind = 'period' AND earliest IS NULL)) ORDER BY latest DESC, position LIMIT ?";
    let ids: Vec<String> = sqlx::query_scalar(select).bind(work.statement.id.as_str()).bind(MAX_KEY_DATES).fetch_all(&corpus.pool).await?;
    let mut key_dates: Vec<MilestoneRecord> = read_by_id(corpus, Resource::Milestones, ids).await?;
    key_dates.sort_by_key(|milestone| milestone.date.latest);
    work.card_details = Some(CardDetails { critical_notes: notes, key_dates });
    Ok(())
}

/// The words of the clauses with these ids.
///
/// # Errors
/// When the query fails.
pub async fn clause_texts(corpus: &Corpus, ids: impl IntoIterator<Item = &Slug>) -> sqlx::Result<HashMap<Slug, BilingualText>> {
    let ids: BTreeSet<String> = ids.into_iter().map(Slug::to_string).collect();
    let clauses: Vec<ClauseReference> = read_by_id(corpus, Resource::Clauses, ids.into_iter().collect()).await?;
    Ok(clauses.into_iter().map(|clause| (clause.id, clause.text)).collect())
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
