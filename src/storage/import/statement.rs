//! The statement itself: its source, paragraphs, other publications and issuers.

use sha2::{Digest, Sha256};

use crate::{
    package::{document::Document, resolve::Places},
    storage::{
        import::{
            clauses::date_id,
            inserter::{Inserter, both, name, needed, text},
            rows::Table,
        },
        validate::ValidationError,
    },
};

const STATEMENTS: Table<15> = Table::new(
    "INSERT INTO statements (id, kind, title_ar, title_en, issued, publisher_ar, publisher_en, medium, language, url, text, \
     sha256, license_note_ar, license_note_en, developments_checked)",
);
const PARAGRAPHS: Table<4> = Table::new("INSERT INTO paragraphs (statement, number, start, \"end\")");
const VERSIONS: Table<9> = Table::new(
    "INSERT INTO versions (statement, position, publisher_ar, publisher_en, language, url, published, description_ar, \
     description_en)",
);
const ISSUERS: Table<3> = Table::new("INSERT INTO issuers (statement, actor, position)");

/// What is said of the licence of a text where its package says nothing.
const LICENSE_NOTE: (&str, &str) = (
    "نص المصدر لناشره، وهو مقتبس هنا حرفياً للتوثيق والتحقق. الترجمة غير رسمية، وهي والملاحظات والشروح لمحرري الحزمة.",
    "The text is its publisher’s and is quoted here verbatim for documentation and verification. The translation is unofficial; it, the notes and the annotations are those of the package’s editors.",
);

/// Inserts a statement.
pub fn insert(inserter: &mut Inserter<'_>, document: &Document, places: &Places) -> Result<(), ValidationError> {
    let source = needed(document.source.as_ref())?;
    let (title, publisher) = (both(document.title.as_ref())?, both(source.publisher.as_ref())?);
    let license_note = both(document.license_note.as_ref()).unwrap_or(LICENSE_NOTE);
    let issued = places.issued.map(|date| date_id(document, date, inserter.statement));
    let original = inserter.original;
    let row = [
        inserter.statement.into(),
        name(document.kind.as_ref())?.into(),
        title.0.into(),
        title.1.into(),
        issued.into(),
        publisher.0.into(),
        publisher.1.into(),
        text(source.medium.as_ref()).into(),
        name(source.language.as_ref())?.into(),
        text(source.url.as_ref()).into(),
        original.text().into(),
        format!("{:x}", Sha256::digest(original.text())).into(),
        license_note.0.into(),
        license_note.1.into(),
        document.developments_checked.as_ref().map(|day| day.value.to_string()).into(),
    ];
    inserter.rows.add(&STATEMENTS, row);
    for (number, paragraph) in (1_i64..).zip(original.paragraphs()) {
        let (start, end) = inserter.quote(Some(*paragraph))?;
        let row = [inserter.statement.into(), number.into(), start.into(), end.into()];
        inserter.rows.add(&PARAGRAPHS, row);
    }
    for (position, version) in (1_i64..).zip(&document.versions) {
        let (publisher, description) = (both(version.publisher.as_ref())?, both(version.description.as_ref())?);
        let row = [
            inserter.statement.into(),
            position.into(),
            publisher.0.into(),
            publisher.1.into(),
            name(version.language.as_ref())?.into(),
            text(version.url.as_ref()).into(),
            version.published.as_ref().map(|day| day.value.to_string()).into(),
            description.0.into(),
            description.1.into(),
        ];
        inserter.rows.add(&VERSIONS, row);
    }
    for (position, issuer) in (1_i64..).zip(&document.issuers) {
        let row = [inserter.statement.into(), issuer.as_str().into(), position.into()];
        inserter.rows.add(&ISSUERS, row);
    }
    Ok(())
}
