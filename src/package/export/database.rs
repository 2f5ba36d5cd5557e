//! Documents, and what a database has besides them.

use sqlx::{Row, SqliteConnection};

use crate::{
    corpus::Corpus,
    package::{
        document::{Document, Withdrawal},
        export::{
            clauses::{Context, clauses},
            milestones::milestones,
            registers,
            rows::{bilingual, choice, fetch, parsed, text},
            statement,
        },
        known::Known,
        original::Original,
        spanned::Spanned,
    },
};

const STATEMENT: &str = "SELECT * FROM statements WHERE id = ?";
const WITHDRAWAL: &str = "SELECT * FROM withdrawals WHERE statement = ?";

/// The document of a statement; `None` if the database does not have it.
///
/// # Errors
/// When the database fails, or has a value that no document has.
pub async fn export(database: &mut SqliteConnection, id: &str) -> sqlx::Result<Option<Document>> {
    let Some(row) = fetch(database, STATEMENT, id).await?.pop() else { return withdrawn(database, id).await };
    let original = Original::new(row.try_get("text")?);
    let context = Context::read(database, id, &original).await?;
    let issued: Option<&str> = row.try_get("issued")?;
    Ok(Some(Document {
        head: Spanned::default(),
        format: 1,
        id: Some(id.to_owned().into()),
        withdrawn: None,
        kind: choice(&row, "kind")?,
        title: bilingual(&row, "title")?,
        summary: None,
        source: Some(statement::source(&row)?),
        license_note: bilingual(&row, "license_note")?,
        issued: issued.and_then(|date| context.date(date)),
        issuers: statement::issuers(database, id).await?,
        developments_checked: parsed(&row, "developments_checked")?,
        versions: statement::versions(database, id).await?,
        actors: registers::actors(database, id).await?,
        locations: registers::locations(database, id).await?,
        documents: registers::documents(database, id).await?,
        clauses: clauses(database, &context).await?,
        milestones: milestones(database, &context).await?,
        changes: statement::changes(database, id).await?,
    }))
}

/// The document of a statement that was withdrawn: its history alone.
async fn withdrawn(database: &mut SqliteConnection, id: &str) -> sqlx::Result<Option<Document>> {
    let Some(row) = fetch(database, WITHDRAWAL, id).await?.pop() else { return Ok(None) };
    Ok(Some(Document {
        id: Some(id.to_owned().into()),
        withdrawn: Some(Withdrawal { reason: bilingual(&row, "reason")?, sha256: text(&row, "sha256")? }),
        changes: statement::changes(database, id).await?,
        ..Document::empty(0..0)
    }))
}

/// What an open database has.
///
/// # Errors
/// As [`known`].
pub async fn known_from(corpus: &Corpus) -> sqlx::Result<Known> {
    known(corpus.pool.acquire().await?.connection()?).await
}

/// The ids of the statements of an open database, in order, of those that were withdrawn as well.
///
/// # Errors
/// When the database fails.
pub async fn statement_ids(corpus: &Corpus) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("SELECT statement FROM packages ORDER BY statement").fetch_all(&corpus.pool).await
}

/// A document as JSON: the bytes that `bayan export` prints.
#[must_use]
pub fn to_json(document: &Document) -> String {
    // A document has no maps whose keys are not text, so it is always JSON.
    let mut json = serde_json::to_string_pretty(document).unwrap_or_default();
    json.push('\n');
    json
}

/// A document as a line of JSON Lines.
#[must_use]
pub fn to_json_line(document: &Document) -> String {
    let mut json = serde_json::to_string(document).unwrap_or_default();
    json.push('\n');
    json
}

/// What a database has: its statements, and the entries of its registers.
///
/// # Errors
/// When the database fails, or has a value that no document has.
pub async fn known(database: &mut SqliteConnection) -> sqlx::Result<Known> {
    let rows = sqlx::query("SELECT id, sha256, NULL AS reason FROM statements UNION ALL SELECT statement, sha256, reason_en FROM withdrawals ORDER BY id");
    let mut known = Known::default();
    for row in rows.fetch_all(&mut *database).await? {
        let (id, sha256): (String, String) = (row.try_get("id")?, row.try_get("sha256")?);
        match row.try_get("reason")? {
            Some(reason) => {
                known.withdrawn.insert(id.clone(), reason);
            }
            None => {
                known.texts.entry(sha256.clone()).or_insert_with(|| id.clone());
            }
        }
        known.statements.insert(id, sha256);
    }
    registers::add_all(database, &mut known).await?;
    Ok(known)
}
