//! Selections in several chunks, compared with a plain scan.

use std::collections::BTreeMap;

use sqlx::{ConnectOptions, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::corpus::{
    bitmaps::{
        bounds::BoundSet,
        chunks::{CHUNK_BITS, ChunkedSet, chunk_of},
        conditions::{Conditions, Term},
        keys::{Bound, bitmap_key, bound_key, set_place},
        selection::Selection,
    },
    connection_pool::ConnectionPool,
    corpus::Corpus,
    resource::Resource,
    sort::{Direction, SortKey},
};

/// The first of the places, and how many there are: of several chunks, the last of which is not full.
const FIRST: u32 = 3 << CHUNK_BITS;
const COUNT: u32 = 300_000;

/// The values of an item, and the bounds of its dates.
fn item(at: u32) -> (Vec<&'static str>, Vec<(u32, u32)>) {
    let random = at.wrapping_mul(2_654_435_761) >> 8;
    let mut values = vec![["a", "b", "c"][random as usize % 3]];
    values.extend((random % 20_000 == 7).then_some("rare"));
    values.extend((at > 290_000).then_some("last"));
    let starts = 735_000 + random % 4_000;
    let mut dates = if at.is_multiple_of(4) { Vec::new() } else { vec![(starts, starts + at % 40)] };
    dates.extend((at % 9 == 1).then_some((0, starts + 1_000)));
    (values, dates)
}

async fn write(database: &mut SqliteConnection, table: &str, key: i64, bytes: Vec<u8>) {
    let insert = if table == "bitmaps" { "INSERT INTO bitmaps VALUES (?, ?, ?)" } else { "INSERT INTO bound_sets VALUES (?, ?, ?)" };
    let digest = set_place(table, key).digest(&bytes);
    sqlx::query(insert).bind(key).bind(bytes).bind(digest).execute(database).await.unwrap();
}

async fn corpus() -> Corpus {
    let file = tempfile::NamedTempFile::new().unwrap();
    let options = SqliteConnectOptions::new().filename(file.path());
    let mut database = options.clone().connect().await.unwrap();
    let schema = "CREATE TABLE extents (resource, first, count, dates); CREATE TABLE filter_parameters (resource, name, number, \"values\"); \
        CREATE TABLE filter_values (number, parameter, value); CREATE TABLE bitmaps (key INTEGER PRIMARY KEY, bytes, digest); \
        CREATE TABLE bound_sets (key INTEGER PRIMARY KEY, bytes, digest); CREATE TABLE dictionaries (resource, dictionary, digest); \
        CREATE TABLE revisions (revision, at); INSERT INTO revisions VALUES (1, '2030-05-02T12:00:00Z'); INSERT INTO filter_parameters VALUES ('clauses', 'kind', 1, 5)";
    sqlx::raw_sql(schema).execute(&mut database).await.unwrap();
    sqlx::query("INSERT INTO extents VALUES ('clauses', ?, ?, 2)").bind(FIRST).bind(COUNT).execute(&mut database).await.unwrap();
    let mut values: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut bounds: BTreeMap<(u32, bool, u32), Vec<(u32, u32)>> = BTreeMap::new();
    for at in 0..COUNT {
        let (of_item, dates) = item(at);
        for value in of_item {
            values.entry(value).or_default().push(FIRST + at);
        }
        let place = FIRST + at;
        for (date, (starts, ends)) in (0..).zip(dates) {
            bounds.entry((date, false, chunk_of(place))).or_default().push((starts, place));
            bounds.entry((date, true, chunk_of(place))).or_default().push((ends, place));
        }
    }
    for (number, (value, places)) in (1..).zip(&values) {
        sqlx::query("INSERT INTO filter_values VALUES (?, 1, ?)").bind(number).bind(*value).execute(&mut database).await.unwrap();
        for (chunk, of_chunk) in ChunkedSet::from_sorted(places.iter().copied()).chunks() {
            let mut bytes = Vec::new();
            of_chunk.serialize_into(&mut bytes).unwrap();
            write(&mut database, "bitmaps", bitmap_key(number, SortKey::Position, chunk), bytes).await;
        }
    }
    for ((date, is_end, chunk), of_chunk) in bounds {
        let bound = if is_end { Bound::Ends } else { Bound::Starts };
        for segment in BoundSet::segments(of_chunk).unwrap() {
            let key = bound_key(Resource::Clauses, SortKey::Position, bound, date, chunk, segment.first_day);
            write(&mut database, "bound_sets", key, segment.as_bytes().to_vec()).await;
        }
    }
    Corpus::open(ConnectionPool::for_tests(options).await).await.unwrap()
}

#[tokio::test]
async fn places_of_several_chunks_are_those_of_a_plain_scan() {
    let corpus = corpus().await;
    let value = |value: &str| Term::Value("kind", value.to_owned());
    let date = |until: u32, not_until: Option<u32>| Term::Date { until: (Bound::Starts, until), not_until: not_until.map(|day| (Bound::Ends, day)) };
    let cases = [
        vec![],
        vec![vec![value("a")]],
        vec![vec![value("rare")], vec![value("b"), value("c")]],
        vec![vec![value("last")]],
        vec![vec![value("rare")], vec![value("unknown")]],
        vec![vec![date(736_000, Some(735_990))]],
        vec![vec![value("c")], vec![date(735_000, None)]],
        vec![vec![value("a"), value("last")], vec![date(738_990, Some(738_000)), value("rare")]],
    ];
    for case in cases {
        let meets = |(values, dates): &(Vec<&str>, Vec<(u32, u32)>), term: &Term| match term {
            Term::Value(_, value) => values.contains(&value.as_str()),
            Term::Date { until, not_until } => dates.iter().any(|(starts, ends)| *starts <= until.1 && not_until.is_none_or(|(_, day)| *ends > day)),
            Term::Referring(..) => false,
        };
        let is_found = |at: &u32| {
            let item = item(*at);
            case.iter().all(|terms| terms.iter().any(|term| meets(&item, term)))
        };
        let expected: Vec<u32> = (0..COUNT).filter(is_found).map(|at| FIRST + at).collect();
        let selection = || {
            let conditions = case.iter().fold(Conditions::default(), |conditions, terms| conditions.any(terms.clone()));
            Selection::new(&corpus, Resource::Clauses, SortKey::Position, conditions)
        };
        assert_eq!(selection().count().await.unwrap(), expected.len() as u64, "{case:?}");
        assert_eq!(selection().all().await.unwrap().places().collect::<Vec<_>>(), expected, "{case:?}");
        for after in [None, Some(FIRST), Some(FIRST + 65_535), Some(FIRST + 65_536), Some(FIRST + 250_000), Some(FIRST + COUNT - 1), Some(0), Some(u32::MAX)] {
            for limit in [1, 51, 70_000] {
                let later = expected.iter().copied().filter(|place| after.is_none_or(|after| *place > after)).take(limit);
                let earlier = expected.iter().rev().copied().filter(|place| after.is_none_or(|after| *place < after)).take(limit);
                let found = selection().first(limit, Direction::Ascending, after).await.unwrap();
                assert_eq!(found, later.collect::<Vec<_>>(), "{case:?} after {after:?}");
                let found = selection().first(limit, Direction::Descending, after).await.unwrap();
                assert_eq!(found, earlier.collect::<Vec<_>>(), "{case:?} before {after:?}");
            }
        }
        let last = selection().from_place(FIRST + 100_000).first(usize::MAX, Direction::Ascending, None).await.unwrap();
        assert_eq!(last, expected.into_iter().filter(|place| *place >= FIRST + 100_000).collect::<Vec<_>>(), "{case:?}");
    }
}
