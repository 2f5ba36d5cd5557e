//! The statement itself: its source, paragraphs, other publications and issuers.

use sha2::{Digest, Sha256};

use crate::{
    package::{document::Document, resolve::Places},
    storage::{
        import::{
            clauses::date_id,
            inserter::{Inserter, both, name, needed, text},
        },
        validate::ValidationError,
    },
};

/// What is said of the licence of a text where its package says nothing.
const LICENSE_NOTE: (&str, &str) = (
    "نص المصدر لناشره، وهو مقتبس هنا حرفياً للتوثيق والتحقق. الترجمة غير رسمية، وهي والملاحظات والشروح لمحرري الحزمة.",
    "The text is its publisher's and is quoted here verbatim for documentation and verification. The translation is unofficial; it, the notes and the annotations are the package's editors'.",
);

/// Inserts a statement.
pub async fn insert(inserter: &mut Inserter<'_>, document: &Document, places: &Places) -> Result<(), ValidationError> {
    let source = needed(document.source.as_ref())?;
    let (title, publisher) = (both(document.title.as_ref())?, both(source.publisher.as_ref())?);
    let license_note = both(document.license_note.as_ref()).unwrap_or(LICENSE_NOTE);
    let issued = places.issued.map(|date| date_id(document, date, inserter.statement));
    let original = inserter.original;
    sqlx::query(
        "INSERT INTO statements (id, kind, title_ar, title_en, issued, publisher_ar, publisher_en, medium, language, url, text, sha256, \
         license_note_ar, license_note_en, developments_checked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(inserter.statement)
    .bind(name(document.kind.as_ref())?)
    .bind(title.0)
    .bind(title.1)
    .bind(issued)
    .bind(publisher.0)
    .bind(publisher.1)
    .bind(text(source.medium.as_ref()))
    .bind(name(source.language.as_ref())?)
    .bind(text(source.url.as_ref()))
    .bind(original.text())
    .bind(format!("{:x}", Sha256::digest(original.text())))
    .bind(license_note.0)
    .bind(license_note.1)
    .bind(document.developments_checked.as_ref().map(|day| day.value.to_string()))
    .execute(&mut *inserter.database)
    .await?;
    for (number, paragraph) in (1_i64..).zip(original.paragraphs()) {
        let (start, end) = inserter.quote(Some(*paragraph)).await?;
        sqlx::query("INSERT INTO paragraphs (statement, number, start, \"end\") VALUES (?, ?, ?, ?)")
            .bind(inserter.statement)
            .bind(number)
            .bind(start)
            .bind(end)
            .execute(&mut *inserter.database)
            .await?;
    }
    for (position, version) in (1_i64..).zip(&document.versions) {
        let (publisher, description) = (both(version.publisher.as_ref())?, both(version.description.as_ref())?);
        sqlx::query(
            "INSERT INTO versions (statement, position, publisher_ar, publisher_en, language, url, published, description_ar, description_en) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(inserter.statement)
        .bind(position)
        .bind(publisher.0)
        .bind(publisher.1)
        .bind(name(version.language.as_ref())?)
        .bind(text(version.url.as_ref()))
        .bind(version.published.as_ref().map(|day| day.value.to_string()))
        .bind(description.0)
        .bind(description.1)
        .execute(&mut *inserter.database)
        .await?;
    }
    for (position, issuer) in (1_i64..).zip(&document.issuers) {
        sqlx::query("INSERT INTO issuers (statement, actor, position) VALUES (?, ?, ?)")
            .bind(inserter.statement)
            .bind(issuer.as_str())
            .bind(position)
            .execute(&mut *inserter.database)
            .await?;
    }
    Ok(())
}
