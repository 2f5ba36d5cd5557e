//! The keys of the search index: names and dates of items, which are indexed beside the stems of their words.

use std::{
    cell::RefCell,
    collections::{HashMap, hash_map::Entry},
};

use sqlx::{Row, SqliteConnection};

use crate::{
    corpus::{BilingualText, edtf::Edtf},
    storage::{
        materialize::{Batch, Grouped, Sources, fetch_grouped},
        search_index::dates::date_tokens,
    },
    text::{alias_key::alias_key, calendar, date_keys::month_name_key},
};

/// The names of the actors and locations that the clauses of a batch of statements mention, or the lead-ins that introduce
/// them.
const NAMES: &str = "WITH mentions AS ( \
        SELECT m.clause, 0 AS lead_in, m.start, m.\"end\", m.actor, NULL AS location \
        FROM clauses AS c JOIN actor_mentions AS m ON m.clause = c.id WHERE c.statement BETWEEN ?1 AND ?2 \
        UNION ALL SELECT m.clause, 0, m.start, m.\"end\", NULL, m.location \
        FROM clauses AS c JOIN location_mentions AS m ON m.clause = c.id WHERE c.statement BETWEEN ?1 AND ?2 \
        UNION ALL SELECT c.id, 1, m.start, m.\"end\", m.actor, NULL \
        FROM clauses AS c JOIN lead_ins AS l ON l.id = c.lead_in JOIN actor_mentions AS m \
            ON m.clause IS NULL AND m.statement = l.statement AND m.start >= l.start AND m.\"end\" <= l.\"end\" \
        WHERE c.statement BETWEEN ?1 AND ?2) \
    SELECT clause, lead_in, start, \"end\", name_ar AS name FROM mentions JOIN actors ON id = mentions.actor \
    UNION SELECT clause, lead_in, start, \"end\", name_en FROM mentions JOIN actors ON id = mentions.actor \
    UNION SELECT clause, lead_in, start, \"end\", alias FROM mentions JOIN actor_aliases USING (actor) \
    UNION SELECT clause, lead_in, start, \"end\", name_ar FROM mentions JOIN locations ON id = mentions.location \
    UNION SELECT clause, lead_in, start, \"end\", name_en FROM mentions JOIN locations ON id = mentions.location \
    UNION SELECT clause, lead_in, start, \"end\", alias FROM mentions JOIN location_aliases USING (location)";
/// The temporal expressions in the clauses of a batch of statements, each with the one that it is counted from.
const CLAUSE_DATES: &str = "SELECT d.clause, d.edtf, a.edtf AS anchor, d.statement, d.start, d.\"end\" FROM dates AS d LEFT JOIN dates AS a ON a.id = d.anchor \
    WHERE d.statement BETWEEN ? AND ?";
const MILESTONE_DATES: &str = "SELECT m.id, m.edtf, a.edtf AS anchor FROM milestones AS m LEFT JOIN dates AS d ON d.id = m.expression \
    LEFT JOIN dates AS a ON a.id = d.anchor WHERE m.statement BETWEEN ? AND ?";
const STATEMENT_DATES: &str = "SELECT s.id, d.edtf, NULL AS anchor FROM statements AS s JOIN dates AS d ON d.id = s.issued WHERE s.id BETWEEN ? AND ?";

/// A key that an item is found by.
#[derive(Clone, Debug)]
pub struct Key {
    /// The token.
    pub token: String,
    /// Its kind.
    pub kind: KeyKind,
    /// The offsets of the words of the source that it stands for; `None` if the item itself has the name or the date.
    pub span: Option<(u32, u32)>,
    /// Whether it occurs in the lead-in that introduces the item.
    pub in_lead_in: bool,
}

/// The kind of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// A name of the item, or of what it mentions.
    Alias,
    /// A date that an expression of time resolves to.
    Date,
}

impl Key {
    /// An item's own name.
    pub fn own_name(name: &str) -> Self {
        Self { token: alias_key(name), kind: KeyKind::Alias, span: None, in_lead_in: false }
    }

    /// An item's own name, in both languages.
    pub fn own_names(name: &BilingualText) -> Vec<Self> {
        [&name.ar, &name.en].map(|name| Self::own_name(name)).into()
    }
}

/// The keys of the clauses of a batch of statements: the names of what they mention, and their months and dates.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_clauses(database: &mut SqliteConnection, batch: &Batch, sources: &Sources) -> sqlx::Result<Grouped<Key>> {
    // Each name is mentioned many times.
    let tokens: RefCell<HashMap<String, String>> = RefCell::default();
    let token = |name: &str| match tokens.borrow_mut().entry(name.to_owned()) {
        Entry::Occupied(known) => known.get().clone(),
        Entry::Vacant(new) => new.insert(alias_key(name)).clone(),
    };
    let mut keys = fetch_grouped(database, NAMES, batch, |row| {
        let span = Some((row.try_get("start")?, row.try_get("end")?));
        Ok(Key { token: token(row.try_get("name")?), kind: KeyKind::Alias, span, in_lead_in: row.try_get("lead_in")? })
    })
    .await?;
    let dates = fetch_grouped(database, CLAUSE_DATES, batch, |row| {
        let (start, end): (u32, u32) = (row.try_get("start")?, row.try_get("end")?);
        let expression = sources.quote(row.try_get("statement")?, start, end)?.exact;
        let month = |(month, span): (u32, crate::text::span::Span)| {
            #[expect(clippy::cast_possible_truncation, reason = "a span of a quotation is short")]
            let span = (start + span.start as u32, start + span.end as u32);
            Key { token: month_name_key(month), kind: KeyKind::Date, span: Some(span), in_lead_in: false }
        };
        let months = calendar::months(&expression).into_iter().map(month);
        Ok(months.chain(date_keys(row, Some((start, end)))?).collect::<Vec<_>>())
    })
    .await?;
    for (clause, dates) in dates {
        keys.entry(clause).or_default().extend(dates.into_iter().flatten());
    }
    Ok(keys)
}

/// The keys of the milestones of a batch of statements: their dates.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_milestones(database: &mut SqliteConnection, batch: &Batch) -> sqlx::Result<Grouped<Key>> {
    fetch_grouped(database, MILESTONE_DATES, batch, |row| date_keys(row, None)).await.map(flatten)
}

/// The keys of a batch of statements: the day on which each was issued.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_statements(database: &mut SqliteConnection, batch: &Batch) -> sqlx::Result<Grouped<Key>> {
    fetch_grouped(database, STATEMENT_DATES, batch, |row| date_keys(row, None)).await.map(flatten)
}

/// The keys of the date in the column `edtf`, counted from the one in `anchor`.
fn date_keys(row: &sqlx::sqlite::SqliteRow, span: Option<(u32, u32)>) -> sqlx::Result<Vec<Key>> {
    let date = |column: &str| Ok::<_, sqlx::Error>(row.try_get::<Option<&str>, _>(column)?.and_then(|edtf| edtf.parse::<Edtf>().ok()));
    let Some(edtf) = date("edtf")? else { return Ok(Vec::new()) };
    let anchor = date("anchor")?.and_then(|anchor| anchor.earliest());
    Ok(date_tokens(&edtf, anchor).into_iter().map(|token| Key { token, kind: KeyKind::Date, span, in_lead_in: false }).collect())
}

fn flatten(grouped: Grouped<Vec<Key>>) -> Grouped<Key> {
    grouped.into_iter().map(|(id, keys)| (id, keys.into_iter().flatten().collect())).collect()
}
