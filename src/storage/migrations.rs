//! The migrations that the program carries: the schema and the data.

use std::{borrow::Cow, sync::LazyLock};

use sha2::{Digest as _, Sha256};
use sqlx::{
    SqlSafeStr, SqliteConnection,
    migrate::{Migration, MigrationType, Migrator},
};

use crate::storage::checksum::Digest;

/// The files in `migrations/`: the version, the description, and the SQL of each. They are listed here and not collected by
/// `sqlx::migrate!`, which would have `SQLite`, tokio and sqlx built a second time, for the compiler.
const FILES: &[(i64, &str, &str)] =
    &[(1, "schema", include_str!("../../migrations/1_schema.sql")), (2, "iq us 2024 09 27", include_str!("../../migrations/2_iq_us_2024_09_27.sql"))];

/// The migrations. The builder holds a lock of its own, since sqlx has none for `SQLite`.
static MIGRATIONS: LazyLock<Migrator> = LazyLock::new(|| Migrator {
    locking: false,
    migrations: FILES
        .iter()
        .map(|&(version, description, sql)| Migration::new(version, Cow::Borrowed(description), MigrationType::Simple, sql.into_sql_str(), false))
        .collect(),
    ..Migrator::DEFAULT
});

/// The version of the schema and the data that the program carries: the version of its last migration.
#[must_use]
pub fn schema_version() -> i64 {
    FILES.iter().map(|&(version, ..)| version).max().unwrap_or_default()
}

/// The digest of the migrations that the program carries.
pub fn digest() -> Digest {
    let mut digest = Sha256::new();
    MIGRATIONS.iter().for_each(|migration| digest.update(&migration.checksum));
    digest.finalize().into()
}

/// Whether every migration that built a database is one of these.
pub async fn has_all_of(database: &mut SqliteConnection) -> sqlx::Result<bool> {
    let applied: Vec<(i64, Vec<u8>)> = sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations").fetch_all(database).await?;
    let is_ours = |(version, checksum): &(i64, Vec<u8>)| MIGRATIONS.iter().any(|own| own.version == *version && *own.checksum == **checksum);
    Ok(applied.iter().all(is_ours))
}

/// Applies the migrations that a database does not have yet.
pub async fn run(database: &mut SqliteConnection) -> sqlx::Result<()> {
    MIGRATIONS.run(database).await.map_err(|cause| match cause {
        sqlx::migrate::MigrateError::Execute(cause) | sqlx::migrate::MigrateError::ExecuteMigration(cause, _) => cause,
        other => sqlx::Error::Migrate(Box::new(other)),
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[tokio::test]
    async fn every_file_of_the_folder_is_carried_as_sqlx_reads_it() {
        let read = Migrator::new(Path::new("migrations")).await.unwrap();
        let parts = |migrator: &Migrator| {
            let part = |migration: &Migration| (migration.version, migration.description.to_string(), migration.checksum.to_vec(), migration.no_tx);
            migrator.iter().map(part).collect::<Vec<_>>()
        };
        assert_eq!(parts(&MIGRATIONS), parts(&read));
        assert_eq!(std::fs::read_dir("migrations").unwrap().count(), FILES.len(), "no file has a name that sqlx passes over");
    }
}
