//! The migrations that the program carries: the schema and the data.

use sha2::{Digest as _, Sha256};
use sqlx::{SqliteConnection, migrate::Migrator};

use crate::storage::checksum::Digest;

/// The migrations. The builder holds a lock of its own, since sqlx has none for `SQLite`.
static MIGRATIONS: Migrator = Migrator { locking: false, ..sqlx::migrate!() };

/// The version of the schema and the data that the program carries: the version of its last migration.
#[must_use]
pub fn schema_version() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// The digest of the migrations that the program carries.
pub fn digest() -> Digest {
    let mut digest = Sha256::new();
    MIGRATIONS.iter().for_each(|migration| digest.update(&migration.checksum));
    digest.finalize().into()
}

/// Applies the migrations that a database does not have yet.
pub async fn run(database: &mut SqliteConnection) -> sqlx::Result<()> {
    MIGRATIONS.run(database).await.map_err(|cause| match cause {
        sqlx::migrate::MigrateError::Execute(cause) | sqlx::migrate::MigrateError::ExecuteMigration(cause, _) => cause,
        other => sqlx::Error::Migrate(Box::new(other)),
    })
}
