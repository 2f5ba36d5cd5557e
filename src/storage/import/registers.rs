//! The entries of registers that a package introduces. An entry that another statement has introduced stays as it is.

use crate::{
    package::{
        Text,
        document::{Aliases, Document},
    },
    storage::{
        import::inserter::{Inserter, both, name, needed, text},
        validate::ValidationError,
    },
};

/// Inserts the registers of a package.
pub async fn insert(inserter: &mut Inserter<'_>, document: &Document) -> Result<(), ValidationError> {
    for actor in &document.actors {
        let id = needed(actor.id.as_ref())?.as_str();
        if actor.kind.is_some() {
            let names = both(actor.name.as_ref())?;
            sqlx::query(
                "INSERT INTO actors (id, statement, kind, name_ar, name_en, parent, country, wikidata) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )
            .bind(id)
            .bind(inserter.statement)
            .bind(name(actor.kind.as_ref())?)
            .bind(names.0)
            .bind(names.1)
            .bind(text(actor.parent.as_ref()))
            .bind(actor.country.as_ref().map(|country| country.value.to_string()))
            .bind(text(actor.wikidata.as_ref()))
            .execute(&mut *inserter.database)
            .await?;
        }
        let sql = "INSERT INTO actor_aliases (actor, language, alias, statement) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
        aliases(inserter, sql, id, &actor.aliases).await?;
    }
    for location in &document.locations {
        let id = needed(location.id.as_ref())?.as_str();
        if location.kind.is_some() {
            let (names, point) = (both(location.name.as_ref())?, location.point.as_ref().map(|point| point.value));
            sqlx::query(
                "INSERT INTO locations (id, statement, kind, name_ar, name_en, parent, country, subdivision, wikidata, lat, lon, precision_km, unspecified) \
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )
            .bind(id)
            .bind(inserter.statement)
            .bind(name(location.kind.as_ref())?)
            .bind(names.0)
            .bind(names.1)
            .bind(text(location.parent.as_ref()))
            .bind(location.country.as_ref().map(|country| country.value.to_string()))
            .bind(text(location.subdivision.as_ref()))
            .bind(text(location.wikidata.as_ref()))
            .bind(point.map(|point| point.lat))
            .bind(point.map(|point| point.lon))
            .bind(point.map(|point| point.precision_km))
            .bind(point.is_none())
            .execute(&mut *inserter.database)
            .await?;
        }
        let sql = "INSERT INTO location_aliases (location, language, alias, statement) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
        aliases(inserter, sql, id, &location.aliases).await?;
    }
    for cited in &document.documents {
        let title = both(cited.title.as_ref())?;
        sqlx::query("INSERT INTO documents (id, statement, kind, title_ar, title_en, issued) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(needed(cited.id.as_ref())?.as_str())
            .bind(inserter.statement)
            .bind(name(cited.kind.as_ref())?)
            .bind(title.0)
            .bind(title.1)
            .bind(cited.issued.as_ref().map(|day| day.value.to_string()))
            .execute(&mut *inserter.database)
            .await?;
    }
    Ok(())
}

async fn aliases(inserter: &mut Inserter<'_>, sql: &'static str, id: &str, aliases: &Aliases) -> Result<(), ValidationError> {
    let all = aliases.ar.iter().map(|alias| ("ar", alias)).chain(aliases.en.iter().map(|alias| ("en", alias)));
    for (language, alias) in all {
        sqlx::query(sql).bind(id).bind(language).bind(Text::as_str(alias)).bind(inserter.statement).execute(&mut *inserter.database).await?;
    }
    Ok(())
}
