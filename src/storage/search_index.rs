//! The search index of a new database file: the tokens of each item.

use std::collections::HashSet;

use sqlx::{QueryBuilder, Sqlite, SqliteConnection, query_builder::Separated};

use crate::{
    corpus::{FieldKind, SearchField, Slug},
    storage::search_keys::{Key, KeyKind},
    text::alias_key::alias_key,
};

/// How many rows one statement inserts: SQLite binds at most 32,766 values.
const ROWS_PER_INSERT: usize = 4_000;

/// An item to be indexed.
#[derive(Debug)]
pub struct IndexedItem<'a> {
    /// Its number in `items`.
    pub number: i64,
    /// Its texts.
    pub fields: Vec<SearchField<'a>>,
    /// Its keys: names and dates that its words do not spell out.
    pub keys: Vec<Key>,
    /// The statement and the paragraph that it is a part of, if it is a clause.
    pub paragraph: Option<(Slug, u32)>,
}

/// A paragraph to be indexed.
#[derive(Debug)]
struct Paragraph {
    id: (Slug, u32),
    /// The number of its first clause.
    first: i64,
    words: String,
}

/// Indexes items, and the paragraphs of clauses. All clauses of a paragraph are passed together, one after the other.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert(database: &mut SqliteConnection, items: Vec<IndexedItem<'_>>) -> sqlx::Result<()> {
    let (mut tokens, mut paragraphs, mut keys) = (Vec::with_capacity(items.len()), Vec::<Paragraph>::new(), Vec::new());
    for item in items {
        let columns = columns(&item);
        if let Some(id) = item.paragraph {
            if paragraphs.last().is_none_or(|last| last.id != id) {
                paragraphs.push(Paragraph { id, first: item.number, words: String::new() });
            }
            if let Some(paragraph) = paragraphs.last_mut() {
                for tokens in &columns {
                    push(&mut paragraph.words, tokens);
                }
            }
        }
        let own = item.fields.iter().filter(|field| field.kind == FieldKind::Alias).map(|field| Key::own_name(field.text));
        keys.extend(item.keys.into_iter().chain(own).map(|key| (item.number, key)));
        tokens.push((item.number, columns));
    }
    let rows = "INSERT INTO search_index (rowid, ar, en, alias, lead_in, date) ";
    insert_rows(database, rows, tokens, |row, (number, columns)| {
        row.push_bind(number);
        for tokens in columns {
            row.push_bind(tokens);
        }
    })
    .await?;
    let rows = "INSERT INTO search_paragraphs (rowid, words) ";
    insert_rows(database, rows, paragraphs, |row, paragraph| {
        row.push_bind(paragraph.first).push_bind(paragraph.words);
    })
    .await?;
    let rows = "INSERT INTO search_keys (item, key, lead_in, start, \"end\") ";
    insert_rows(database, rows, keys, |row, (number, key)| {
        let (start, end) = key.span.unzip();
        row.push_bind(number).push_bind(key.token).push_bind(key.in_lead_in).push_bind(start).push_bind(end);
    })
    .await
}

/// Inserts rows, many with one statement.
async fn insert_rows<T>(
    database: &mut SqliteConnection,
    insert: &'static str,
    rows: Vec<T>,
    bind: impl Fn(&mut Separated<'_, Sqlite, &'static str>, T),
) -> sqlx::Result<()> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut query = QueryBuilder::new(insert);
        query.push_values(rows.by_ref().take(ROWS_PER_INSERT), |mut row, values| bind(&mut row, values));
        query.build().execute(&mut *database).await?;
    }
    Ok(())
}

/// The tokens of an item by the columns of the index: the stems of its fields, and its keys.
fn columns(item: &IndexedItem<'_>) -> [String; 5] {
    let [mut arabic, mut english, mut alias, mut lead_in, mut date] = <[String; 5]>::default();
    for field in &item.fields {
        let column = match field.kind {
            FieldKind::Arabic => &mut arabic,
            FieldKind::English => &mut english,
            FieldKind::Alias => {
                push(&mut alias, &alias_key(field.text));
                &mut alias
            }
            FieldKind::LeadInArabic | FieldKind::LeadInEnglish => &mut lead_in,
        };
        field.analyze().stems().for_each(|stem| push(column, stem));
    }
    let mut seen = HashSet::new();
    for key in item.keys.iter().filter(|key| seen.insert((&key.token, key.in_lead_in))) {
        let column = match key.kind {
            _ if key.in_lead_in => &mut lead_in,
            KeyKind::Alias => &mut alias,
            KeyKind::Date => &mut date,
        };
        push(column, &key.token);
    }
    [arabic, english, alias, lead_in, date]
}

/// Appends tokens, separated by a space.
fn push(column: &mut String, tokens: &str) {
    if !(column.is_empty() || tokens.is_empty()) {
        column.push(' ');
    }
    column.push_str(tokens);
}
