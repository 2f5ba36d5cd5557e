//! The entries of registers that a statement introduces, and the names that it adds to others.

use std::collections::BTreeMap;

use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use crate::package::{
    document::{Actor, Aliases, CitedDocument, Location, Point},
    export::rows::{bilingual, choice, fetch, parsed, text},
    spanned::{Spanned, Text},
};

const ACTORS: &str = "SELECT * FROM actors WHERE statement = ? ORDER BY id";
const ACTOR_ALIASES: &str = "SELECT actor AS id, language, alias FROM actor_aliases WHERE statement = ? ORDER BY actor, language, alias";
const LOCATIONS: &str = "SELECT * FROM locations WHERE statement = ? ORDER BY id";
const LOCATION_ALIASES: &str = "SELECT location AS id, language, alias FROM location_aliases WHERE statement = ? ORDER BY location, language, alias";
const DOCUMENTS: &str = "SELECT * FROM documents WHERE statement = ? ORDER BY id";

/// The actors, by id.
pub async fn actors(database: &mut SqliteConnection, statement: &str) -> sqlx::Result<Vec<Actor>> {
    let mut aliases = aliases(fetch(database, ACTOR_ALIASES, statement).await?)?;
    let mut actors = Vec::new();
    for row in fetch(database, ACTORS, statement).await? {
        let id: String = row.try_get("id")?;
        actors.push(Actor {
            aliases: aliases.remove(&id).unwrap_or_default(),
            id: Some(id.into()),
            kind: choice(&row, "kind")?,
            name: bilingual(&row, "name")?,
            parent: text(&row, "parent")?,
            country: parsed(&row, "country")?,
            wikidata: text(&row, "wikidata")?,
        });
    }
    let added = aliases.into_iter().map(|(id, aliases)| Actor { id: Some(id.into()), aliases, kind: None, name: None, parent: None, country: None, wikidata: None });
    actors.extend(added);
    Ok(actors)
}

/// The locations, by id.
pub async fn locations(database: &mut SqliteConnection, statement: &str) -> sqlx::Result<Vec<Location>> {
    let mut aliases = aliases(fetch(database, LOCATION_ALIASES, statement).await?)?;
    let mut locations = Vec::new();
    for row in fetch(database, LOCATIONS, statement).await? {
        let id: String = row.try_get("id")?;
        locations.push(Location {
            aliases: aliases.remove(&id).unwrap_or_default(),
            id: Some(id.into()),
            kind: choice(&row, "kind")?,
            name: bilingual(&row, "name")?,
            parent: text(&row, "parent")?,
            country: parsed(&row, "country")?,
            subdivision: text(&row, "subdivision")?,
            wikidata: text(&row, "wikidata")?,
            point: point(&row)?,
        });
    }
    let unset = |id: String, aliases| Location {
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
    locations.extend(aliases.into_iter().map(|(id, aliases)| unset(id, aliases)));
    Ok(locations)
}

/// The documents, by id.
pub async fn documents(database: &mut SqliteConnection, statement: &str) -> sqlx::Result<Vec<CitedDocument>> {
    let document = |row: &SqliteRow| {
        Ok(CitedDocument { id: text(row, "id")?, kind: choice(row, "kind")?, title: bilingual(row, "title")?, issued: parsed(row, "issued")? })
    };
    fetch(database, DOCUMENTS, statement).await?.iter().map(document).collect()
}

/// Other names, by the id of the entry.
fn aliases(rows: Vec<SqliteRow>) -> sqlx::Result<BTreeMap<String, Aliases>> {
    let mut aliases: BTreeMap<String, Aliases> = BTreeMap::new();
    for row in rows {
        let alias = Text::from(row.try_get::<String, _>("alias")?);
        let entry = aliases.entry(row.try_get("id")?).or_default();
        if row.try_get::<&str, _>("language")? == "ar" { entry.ar.push(alias) } else { entry.en.push(alias) }
    }
    Ok(aliases)
}

fn point(row: &SqliteRow) -> sqlx::Result<Option<Spanned<Point>>> {
    let (lat, lon, precision_km): (Option<f64>, Option<f64>, Option<f64>) = (row.try_get("lat")?, row.try_get("lon")?, row.try_get("precision_km")?);
    Ok(lat.zip(lon).zip(precision_km).map(|((lat, lon), precision_km)| Point { lat, lon, precision_km }.into()))
}
