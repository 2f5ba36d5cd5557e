//! Reading lists and single items.

use sqlx::{QueryBuilder, Row, sqlite::SqliteRow};

use crate::corpus::{
    corpus::Corpus,
    day::Day,
    facet_counts::count_facets,
    filter::{Filter, push_from_where},
    page::{CursorPosition, Page, PageParams},
    push_in::push_in,
    read_item::{ItemRow, LISTED_COLUMNS, WHOLE_COLUMNS, read_whole},
    resource::Resource,
    search,
    slug::Slug,
    sort::Direction,
    stored_json::StoredJson,
};

/// Reads a page of the list that a filter selects. `today` is the day on which dates are compared.
///
/// # Errors
/// When the query fails.
pub async fn list<F: Filter>(corpus: &Corpus, filter: &F, page: &PageParams, today: Day) -> sqlx::Result<Page<F::Item>> {
    if let Some(search) = filter.search() {
        return search::list(corpus, filter, search, page, today).await;
    }
    let order = filter.sort_order();
    let (column, descending) = (order.column(), order.direction == Direction::Descending);
    // Select the keys of the page first and join the items to them: sorting whole items would move far more bytes.
    let mut query = QueryBuilder::new("SELECT ");
    query.push(LISTED_COLUMNS).push(", p.key FROM (SELECT i.number, i.").push(column).push(" AS key, i.id");
    push_from_where(filter, &mut query, today);
    if let Some(after) = &page.after {
        query.push(" AND (i.").push(column).push(", i.id) ").push(if descending { "<" } else { ">" });
        query.push(" (").push_bind(after.key.clone()).push(", ").push_bind(after.id.clone()).push(")");
    }
    let direction = if descending { " DESC" } else { "" };
    query.push(" ORDER BY i.").push(column).push(direction).push(", i.id").push(direction);
    // One item more than the limit shows whether there is a next page. The addition is done in SQL because SQLite
    // prepares a statement again whenever a bare `LIMIT ?` is bound, which costs as much as running it.
    query.push(" LIMIT ").push_bind(i64::from(page.limit)).push(" + 1) AS p CROSS JOIN items AS i ON i.number = p.number");
    query.push(" ORDER BY p.key").push(direction).push(", p.id").push(direction);

    let mut rows = query.build().fetch_all(&corpus.pool).await?;
    let limit = page.limit as usize;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let item = |row: &SqliteRow| Ok(with_computed_members(filter, ItemRow::read(corpus, F::RESOURCE, row)?, today));
    let items = rows.iter().map(item).collect::<sqlx::Result<_>>()?;
    let next = match rows.last() {
        Some(row) if more => Some(CursorPosition { key: row.try_get(5)?, id: row.try_get(0)? }),
        _ => None,
    };
    let total = if page.count { Some(count(corpus, filter, today).await?) } else { None };
    let facets = if page.facets.is_empty() { None } else { Some(count_facets(corpus, filter, &page.facets, None, today).await?) };
    Ok(Page { items, next, total, facets })
}

/// Counts the items that a filter selects.
async fn count<F: Filter>(corpus: &Corpus, filter: &F, today: Day) -> sqlx::Result<i64> {
    let mut query = QueryBuilder::new("SELECT count(*)");
    push_from_where(filter, &mut query, today);
    query.build_query_scalar().fetch_one(&corpus.pool).await
}

/// Reads the item with this id, if there is one. Of the filter, only the day is used, not its conditions.
///
/// # Errors
/// When the query fails.
pub async fn get<F: Filter>(corpus: &Corpus, filter: &F, id: &Slug, today: Day) -> sqlx::Result<Option<StoredJson<F::Item>>> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(WHOLE_COLUMNS).push(" FROM items AS i WHERE i.resource = ").push_bind(F::RESOURCE.name());
    query.push(" AND i.id = ").push_bind(id.to_string());
    let Some(row) = query.build().fetch_optional(&corpus.pool).await? else { return Ok(None) };
    let item = read_whole(corpus, F::RESOURCE, &row)?;
    // A damaged index may lead to another item.
    if item.id != id.as_str() {
        return Err(corpus.damaged_value());
    }
    Ok(Some(with_computed_members(filter, item, today)))
}

/// An item with the members that depend on the day.
fn with_computed_members<F: Filter>(filter: &F, item: ItemRow<'_>, today: Day) -> StoredJson<F::Item> {
    let json = StoredJson::new(item.json);
    match filter.computed_members(item.bounds, today) {
        Some(members) => json.append_members(&members),
        None => json,
    }
}

/// The ids that no item of the resource has.
///
/// # Errors
/// When the query fails.
pub async fn missing_ids<'a>(corpus: &Corpus, resource: Resource, ids: &'a [Slug]) -> sqlx::Result<Vec<&'a Slug>> {
    let mut query = QueryBuilder::new("SELECT id FROM items AS i WHERE i.resource = ");
    query.push_bind(resource.name());
    push_in(&mut query, "i.id", ids.iter().map(Slug::to_string));
    let known: Vec<String> = query.build_query_scalar().fetch_all(&corpus.pool).await?;
    Ok(ids.iter().filter(|id| !known.iter().any(|known| known == id.as_str())).collect())
}

/// The version of `SQLite`.
///
/// # Errors
/// When the database does not respond.
pub async fn sqlite_version(corpus: &Corpus) -> sqlx::Result<String> {
    sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&corpus.pool).await
}

/// Checks that the database responds. A busy pool counts as ready: a probe is never queued.
///
/// # Errors
/// When the database does not respond.
pub async fn check_ready(corpus: &Corpus) -> sqlx::Result<()> {
    if corpus.pool.num_idle() == 0 && !corpus.pool.is_closed() {
        return Ok(());
    }
    sqlx::query("SELECT 1 FROM statements LIMIT 1").fetch_optional(&corpus.pool).await.map(|_| ())
}
