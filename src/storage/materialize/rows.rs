//! Reading table rows.

use std::collections::HashMap;

use serde::de::DeserializeOwned;
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use crate::{
    corpus::{BilingualText, NamedReference, Resource, Slug, Source, TitledReference, UncertainDate, parse_enum},
    storage::materialize::batch::Batch,
};

/// Values by the id of the row that they belong to.
pub type Grouped<T> = HashMap<String, Vec<T>>;

/// Fetches the rows of a batch; the query binds its first and its last id.
pub async fn fetch(database: &mut SqliteConnection, sql: &'static str, batch: &Batch) -> sqlx::Result<Vec<SqliteRow>> {
    sqlx::query(sql).bind(&batch.first).bind(&batch.last).fetch_all(database).await
}

/// Fetches the rows of a batch, grouped by the id in their first column, in the order of the query.
pub async fn fetch_grouped<T>(
    database: &mut SqliteConnection,
    sql: &'static str,
    batch: &Batch,
    read: impl Fn(&SqliteRow) -> sqlx::Result<T>,
) -> sqlx::Result<Grouped<T>> {
    let mut grouped: Grouped<T> = HashMap::new();
    for row in fetch(database, sql, batch).await? {
        grouped.entry(row.try_get(0)?).or_default().push(read(&row)?);
    }
    Ok(grouped)
}

/// The URL of an item, relative to the root of the API.
pub fn url(resource: Resource, id: &Slug) -> String {
    format!("{}/{id}", resource.name())
}

/// The sort key of the reading order within a statement.
pub fn position(statement: &Slug, position: u32) -> String {
    format!("{statement} {position:05}")
}

/// The value of a closed set in a column.
pub fn enum_value<T: DeserializeOwned>(row: &SqliteRow, column: &str) -> sqlx::Result<T> {
    parse_enum(row.try_get(column)?).map_err(|cause| column_error(column, cause))
}

/// A value in a column that is not one of its closed set.
fn column_error(column: &str, cause: serde::de::value::Error) -> sqlx::Error {
    sqlx::Error::ColumnDecode { index: column.to_owned(), source: cause.into() }
}

/// The date in the columns `edtf`, `earliest`, `latest`, `precision` and `basis`.
pub fn uncertain_date(row: &SqliteRow) -> sqlx::Result<UncertainDate> {
    let basis: Option<&str> = row.try_get("basis")?;
    Ok(UncertainDate {
        edtf: row.try_get("edtf")?,
        earliest: row.try_get("earliest")?,
        latest: row.try_get("latest")?,
        precision: enum_value(row, "precision")?,
        basis: basis.map(parse_enum).transpose().map_err(|cause| column_error("basis", cause))?,
    })
}

/// The text in the columns `{column}_ar` and `{column}_en`.
pub fn bilingual(row: &SqliteRow, column: &str) -> sqlx::Result<BilingualText> {
    Ok(BilingualText { ar: row.try_get(format!("{column}_ar").as_str())?, en: row.try_get(format!("{column}_en").as_str())? })
}

/// A reference to the item with the columns `id` and `name_…`.
pub fn named(row: &SqliteRow, resource: Resource) -> sqlx::Result<NamedReference> {
    let id: Slug = row.try_get("id")?;
    Ok(NamedReference { url: url(resource, &id), id, name: bilingual(row, "name")? })
}

/// A reference to the item with the columns `id` and `title_…`.
pub fn titled(row: &SqliteRow, resource: Resource) -> sqlx::Result<TitledReference> {
    let id: Slug = row.try_get("id")?;
    Ok(TitledReference { url: url(resource, &id), id, title: bilingual(row, "title")? })
}

/// The publication in the columns `publisher_…`, `title`, `url` and `published`.
pub fn source(row: &SqliteRow) -> sqlx::Result<Source> {
    Ok(Source { publisher: bilingual(row, "publisher")?, title: row.try_get("title")?, url: row.try_get("url")?, published: row.try_get("published")? })
}

/// The speaker in the columns `speaker` and `speaker_…`: the id and the name; `None` if the voice is the statement's.
pub fn speaker(row: &SqliteRow) -> sqlx::Result<(Option<Slug>, Option<BilingualText>)> {
    let id: Option<Slug> = row.try_get("speaker")?;
    let name = if id.is_some() { Some(bilingual(row, "speaker")?) } else { None };
    Ok((id, name))
}
