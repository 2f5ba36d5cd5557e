//! Rows that wait to be inserted: those of a statement go to the database many at a time.

use sqlx::{Database, Encode, QueryBuilder, Sqlite, SqliteConnection, Type, encode::IsNull, error::BoxDynError, sqlite::SqliteTypeInfo};

/// How many rows one statement inserts at most: `SQLite` binds at most 32,766 values.
const MAX_ROWS_PER_INSERT: usize = 256;

/// A table, and how its rows are inserted.
pub struct Table<const COLUMNS: usize> {
    /// The statement up to its values.
    pub insert: &'static str,
    /// What follows the values.
    pub on_conflict: &'static str,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    /// A table in which no row may be twice.
    pub const fn new(insert: &'static str) -> Self {
        Self { insert, on_conflict: "" }
    }

    /// A table in which the first of two rows stays.
    pub const fn or_ignore(insert: &'static str) -> Self {
        Self { insert, on_conflict: " ON CONFLICT DO NOTHING" }
    }
}

/// A value of a row.
#[derive(Debug)]
pub enum Value {
    /// NULL.
    Null,
    /// A whole number.
    Integer(i64),
    /// A real number.
    Real(f64),
    /// A text.
    Text(String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

impl From<bool> for Value {
    fn from(is_true: bool) -> Self {
        Self::Integer(is_true.into())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl Type<Sqlite> for Value {
    fn type_info() -> SqliteTypeInfo {
        <String as Type<Sqlite>>::type_info()
    }
}

impl Encode<'_, Sqlite> for Value {
    fn encode(self, arguments: &mut <Sqlite as Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        match self {
            Self::Text(text) => text.encode(arguments),
            other => other.encode_by_ref(arguments),
        }
    }

    fn encode_by_ref(&self, arguments: &mut <Sqlite as Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Integer(number) => number.encode_by_ref(arguments),
            Self::Real(number) => number.encode_by_ref(arguments),
            Self::Text(text) => text.encode_by_ref(arguments),
        }
    }
}

/// The rows of one table.
struct Waiting {
    insert: &'static str,
    on_conflict: &'static str,
    columns: usize,
    values: Vec<Value>,
}

/// Rows of several tables.
#[derive(Default)]
pub struct Rows(Vec<Waiting>);

impl Rows {
    /// Adds a row.
    pub fn add<const COLUMNS: usize>(&mut self, table: &Table<COLUMNS>, row: [Value; COLUMNS]) {
        let waiting = if let Some(at) = self.0.iter().position(|waiting| waiting.insert == table.insert) {
            &mut self.0[at]
        } else {
            self.0.push(Waiting { insert: table.insert, on_conflict: table.on_conflict, columns: COLUMNS, values: Vec::new() });
            let last = self.0.len() - 1;
            &mut self.0[last]
        };
        waiting.values.extend(row);
    }

    /// Inserts the rows: the tables in the order in which each got its first one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn insert(self, database: &mut SqliteConnection) -> sqlx::Result<()> {
        for table in self.0 {
            let mut left = table.values.len() / table.columns;
            let mut values = table.values.into_iter();
            while left > 0 {
                // Powers of two, so that few statements serve all numbers of rows, and stay prepared.
                let rows = MAX_ROWS_PER_INSERT.min(1 << left.ilog2());
                let mut query = QueryBuilder::new(table.insert);
                query.push(" ").push_values(0..rows, |mut row, _| {
                    for value in values.by_ref().take(table.columns) {
                        row.push_bind(value);
                    }
                });
                query.push(table.on_conflict).build().execute(&mut *database).await?;
                left -= rows;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use sqlx::Connection;

    use super::*;

    #[tokio::test]
    async fn all_rows_are_inserted_whatever_their_number() {
        const TABLE: Table<3> = Table::or_ignore("INSERT INTO t (a, b, c)");
        let mut database = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        sqlx::raw_sql("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c REAL) STRICT").execute(&mut database).await.unwrap();
        let mut rows = Rows::default();
        for number in 0..777_i64 {
            rows.add(&TABLE, [number.into(), (number % 2 == 0).then(|| number.to_string()).into(), 0.5.into()]);
        }
        rows.add(&TABLE, [1_i64.into(), "twice".into(), Value::Null]);
        rows.insert(&mut database).await.unwrap();
        let found: (i64, i64, i64, f64) =
            sqlx::query_as("SELECT count(*), count(b), sum(CAST(b AS INTEGER)), sum(c) FROM t").fetch_one(&mut database).await.unwrap();
        assert_eq!(found, (777, 389, (0..777).filter(|number| number % 2 == 0).sum(), 388.5));
    }
}
