//! The entries of registers that a statement introduces, and the names that it adds to others.

use std::collections::BTreeMap;

use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use crate::package::{
    document::{Actor, Aliases, CitedDocument, Location, Point},
    export::rows::{bilingual, choice, fetch, parsed, text},
    known::{Introduced, Known},
    spanned::{Spanned, Text},
};

const ACTORS: &str = "SELECT * FROM actors WHERE statement = ? ORDER BY id";
const ACTOR_ALIASES: &str = "SELECT actor AS id, language, alias FROM actor_aliases WHERE statement = ? ORDER BY actor, language, alias";
const LOCATIONS: &str = "SELECT * FROM locations WHERE statement = ? ORDER BY id";
const LOCATION_ALIASES: &str = "SELECT location AS id, language, alias FROM location_aliases WHERE statement = ? ORDER BY location, language, alias";
const DOCUMENTS: &str = "SELECT * FROM documents WHERE statement = ? ORDER BY id";
const ALL_ACTORS: &str = "SELECT * FROM actors";
/// The names that an entry has from the statement that introduces it.
const ALL_ACTOR_ALIASES: &str = "SELECT e.id, language, alias FROM actors AS e JOIN actor_aliases AS a ON a.actor = e.id AND a.statement = e.statement \
    ORDER BY e.id, language, alias";
const ALL_LOCATIONS: &str = "SELECT * FROM locations";
const ALL_LOCATION_ALIASES: &str = "SELECT e.id, language, alias FROM locations AS e JOIN location_aliases AS a ON a.location = e.id AND a.statement = e.statement \
    ORDER BY e.id, language, alias";
const ALL_DOCUMENTS: &str = "SELECT * FROM documents";

/// Other names, by the id of the entry.
type AliasesById = BTreeMap<String, Aliases>;

/// The actors, by id.
pub async fn actors(database: &mut SqliteConnection, statement: &str) -> sqlx::Result<Vec<Actor>> {
    let mut aliases = aliases(&fetch(database, ACTOR_ALIASES, statement).await?)?;
    let rows = fetch(database, ACTORS, statement).await?;
    let mut actors = rows.iter().map(|row| actor(row, &mut aliases)).collect::<sqlx::Result<Vec<_>>>()?;
    let added = |(id, aliases): (String, _)| Actor {
        is_introduced: false,
        id: Some(id.into()),
        aliases,
        kind: None,
        name: None,
        parent: None,
        country: None,
        wikidata: None,
    };
    actors.extend(aliases.into_iter().map(added));
    Ok(actors)
}

/// The locations, by id.
pub async fn locations(database: &mut SqliteConnection, statement: &str) -> sqlx::Result<Vec<Location>> {
    let mut aliases = aliases(&fetch(database, LOCATION_ALIASES, statement).await?)?;
    let rows = fetch(database, LOCATIONS, statement).await?;
    let mut locations = rows.iter().map(|row| location(row, &mut aliases)).collect::<sqlx::Result<Vec<_>>>()?;
    let added = |(id, aliases): (String, _)| Location {
        is_introduced: false,
        id: Some(id.into()),
        aliases,
        kind: None,
        name: None,
        parent: None,
        country: None,
        subdivision: None,
        wikidata: None,
        point: None,
    };
    locations.extend(aliases.into_iter().map(added));
    Ok(locations)
}

/// The documents, by id.
pub async fn documents(database: &mut SqliteConnection, statement: &str) -> sqlx::Result<Vec<CitedDocument>> {
    fetch(database, DOCUMENTS, statement).await?.iter().map(document).collect()
}

/// Adds the entries of all statements to what is known.
pub async fn add_all(database: &mut SqliteConnection, known: &mut Known) -> sqlx::Result<()> {
    let mut names = aliases(&sqlx::query(ALL_ACTOR_ALIASES).fetch_all(&mut *database).await?)?;
    for row in sqlx::query(ALL_ACTORS).fetch_all(&mut *database).await? {
        known.registers.actors.insert(row.try_get("id")?, Introduced::by(row.try_get("statement")?, actor(&row, &mut names)?));
    }
    let mut names = aliases(&sqlx::query(ALL_LOCATION_ALIASES).fetch_all(&mut *database).await?)?;
    for row in sqlx::query(ALL_LOCATIONS).fetch_all(&mut *database).await? {
        known.registers.locations.insert(row.try_get("id")?, Introduced::by(row.try_get("statement")?, location(&row, &mut names)?));
    }
    for row in sqlx::query(ALL_DOCUMENTS).fetch_all(&mut *database).await? {
        known.registers.documents.insert(row.try_get("id")?, Introduced::by(row.try_get("statement")?, document(&row)?));
    }
    Ok(())
}

fn actor(row: &SqliteRow, aliases: &mut AliasesById) -> sqlx::Result<Actor> {
    Ok(Actor {
        is_introduced: true,
        id: text(row, "id")?,
        kind: choice(row, "kind")?,
        name: bilingual(row, "name")?,
        aliases: aliases.remove(row.try_get::<&str, _>("id")?).unwrap_or_default(),
        parent: text(row, "parent")?,
        country: parsed(row, "country")?,
        wikidata: text(row, "wikidata")?,
    })
}

fn location(row: &SqliteRow, aliases: &mut AliasesById) -> sqlx::Result<Location> {
    Ok(Location {
        is_introduced: true,
        id: text(row, "id")?,
        kind: choice(row, "kind")?,
        name: bilingual(row, "name")?,
        aliases: aliases.remove(row.try_get::<&str, _>("id")?).unwrap_or_default(),
        parent: text(row, "parent")?,
        country: parsed(row, "country")?,
        subdivision: text(row, "subdivision")?,
        wikidata: text(row, "wikidata")?,
        point: point(row)?,
    })
}

fn document(row: &SqliteRow) -> sqlx::Result<CitedDocument> {
    Ok(CitedDocument { id: text(row, "id")?, kind: choice(row, "kind")?, title: bilingual(row, "title")?, issued: parsed(row, "issued")? })
}

fn aliases(rows: &[SqliteRow]) -> sqlx::Result<AliasesById> {
    let mut aliases = AliasesById::new();
    for row in rows {
        let alias = Text::from(row.try_get::<String, _>("alias")?);
        let entry = aliases.entry(row.try_get("id")?).or_default();
        let names = if row.try_get::<&str, _>("language")? == "ar" { &mut entry.ar } else { &mut entry.en };
        names.push(alias);
    }
    Ok(aliases)
}

fn point(row: &SqliteRow) -> sqlx::Result<Option<Spanned<Point>>> {
    let (lat, lon, precision_km): (Option<f64>, Option<f64>, Option<f64>) = (row.try_get("lat")?, row.try_get("lon")?, row.try_get("precision_km")?);
    Ok(lat.zip(lon).zip(precision_km).map(|((lat, lon), precision_km)| Point { lat, lon, precision_km }.into()))
}
