//! Statements and their source articles.

use sqlx::{Row, SqliteConnection};

use crate::{
    corpus::{
        Resource, Searchable, Slug,
        statements::{Article, CitingClause, MAX_CITING_CLAUSES, Paragraph, Statement, Version},
    },
    storage::{
        materialize::{
            batch::Batch,
            entry::Entry,
            mentions,
            rows::{Grouped, bilingual, enum_value, fetch, fetch_grouped, uncertain_date, url},
        },
        search_index::{IndexedItem, Key},
    },
};

const STATEMENTS: &str = "SELECT s.*, length(s.text) AS length, d.edtf, d.earliest, d.latest, coalesce(d.precision, 'unknown') AS precision, d.basis \
    FROM statements AS s LEFT JOIN dates AS d ON d.id = s.issued WHERE s.id BETWEEN ? AND ? ORDER BY s.id";
const ISSUERS: &str = "SELECT statement, actor FROM issuers WHERE statement BETWEEN ? AND ? ORDER BY statement, position";
const PARAGRAPHS: &str = "SELECT statement, number, start, \"end\", exact FROM paragraphs JOIN quotes USING (statement, start, \"end\") \
    WHERE statement BETWEEN ? AND ? ORDER BY statement, number";
const VERSIONS: &str = "SELECT * FROM versions WHERE statement BETWEEN ? AND ? ORDER BY statement, position";
// A statement may cite its own report under its own id; that is no citation by another.
const CITED_BY: &str = "SELECT r.document, c.id, c.label, c.statement, s.title_ar, s.title_en FROM ( \
        SELECT document, clause, row_number() OVER (PARTITION BY document ORDER BY statement, clause) AS number \
        FROM (SELECT DISTINCT document, clause, statement FROM citations WHERE document BETWEEN ?1 AND ?2 AND statement <> document) \
    ) AS r JOIN clauses AS c ON c.id = r.clause JOIN statements AS s ON s.id = c.statement WHERE r.number <= ?3 ORDER BY r.document, r.number";
const CITATION_COUNTS: &str =
    "SELECT document, count(DISTINCT clause) FROM citations WHERE document BETWEEN ? AND ? AND statement <> document GROUP BY document";

/// Reads the statements of a batch.
pub async fn read(database: &mut SqliteConnection, batch: &Batch) -> sqlx::Result<Vec<Statement>> {
    let mut issuers = fetch_grouped(database, ISSUERS, batch, |row| row.try_get::<Slug, _>("actor")).await?;
    let mut paragraphs = fetch_grouped(database, PARAGRAPHS, batch, |row| {
        Ok(Paragraph { number: row.try_get("number")?, start: row.try_get("start")?, end: row.try_get("end")?, text: row.try_get("exact")? })
    })
    .await?;
    let mut versions = fetch_grouped(database, VERSIONS, batch, |row| {
        Ok(Version {
            publisher: bilingual(row, "publisher")?,
            language: enum_value(row, "language")?,
            url: row.try_get("url")?,
            published: row.try_get("published")?,
            description: bilingual(row, "description")?,
        })
    })
    .await?;
    let mut cited_by = cited_by(database, batch).await?;
    let citation_counts = mentions::counts(database, CITATION_COUNTS, batch).await?;
    let mut statements = Vec::new();
    for row in fetch(database, STATEMENTS, batch).await? {
        let id: Slug = row.try_get("id")?;
        statements.push(Statement {
            url: url(Resource::Statements, &id),
            kind: enum_value(&row, "kind")?,
            title: bilingual(&row, "title")?,
            issued: uncertain_date(&row)?,
            issuers: issuers.remove(id.as_str()).unwrap_or_default(),
            source: Article {
                publisher: bilingual(&row, "publisher")?,
                medium: row.try_get("medium")?,
                language: enum_value(&row, "language")?,
                url: row.try_get("url")?,
                sha256: row.try_get("sha256")?,
                length: row.try_get("length")?,
                text: row.try_get("text")?,
                paragraphs: Some(paragraphs.remove(id.as_str()).unwrap_or_default()),
            },
            versions: versions.remove(id.as_str()).unwrap_or_default(),
            developments_checked: row.try_get("developments_checked")?,
            license_note: bilingual(&row, "license_note")?,
            citation_count: citation_counts.get(id.as_str()).copied().unwrap_or_default(),
            cited_by: Some(cited_by.remove(id.as_str()).unwrap_or_default()),
            hit: None,
            id,
        });
    }
    Ok(statements)
}

/// The rows of statements. A list has neither their text nor what cites them.
pub fn entries(statements: &[Statement]) -> sqlx::Result<Vec<Entry>> {
    let entry = |whole: &Statement| {
        let source = Article { text: None, paragraphs: None, ..whole.source.clone() };
        let listed = Statement { source, cited_by: None, ..whole.clone() };
        Entry::dated(&listed.id, listed.id.to_string(), &listed.issued, &listed)?.with_detail(whole)
    };
    statements.iter().map(entry).collect()
}

/// What statements are searched by.
pub fn indexed(first: u32, statements: &[Statement], mut keys: Grouped<Key>) -> Vec<IndexedItem<'_>> {
    let indexed = (first..).zip(statements).map(|(number, statement)| IndexedItem {
        number: number.into(),
        fields: statement.search_fields(),
        keys: keys.remove(statement.id.as_str()).unwrap_or_default(),
        paragraph: None,
    });
    indexed.collect()
}

/// The first clauses of other statements that cite each statement of a batch.
async fn cited_by(database: &mut SqliteConnection, batch: &Batch) -> sqlx::Result<Grouped<CitingClause>> {
    let mut citing: Grouped<CitingClause> = Grouped::new();
    for row in sqlx::query(CITED_BY).bind(&batch.first).bind(&batch.last).bind(MAX_CITING_CLAUSES).fetch_all(database).await? {
        let id: Slug = row.try_get("id")?;
        let clause = CitingClause {
            url: url(Resource::Clauses, &id),
            id,
            label: row.try_get("label")?,
            statement: row.try_get("statement")?,
            title: bilingual(&row, "title")?,
        };
        citing.entry(row.try_get(0)?).or_default().push(clause);
    }
    Ok(citing)
}
