//! The entries of registers that a package introduces. An entry that another statement has introduced stays as it is.

use crate::{
    package::document::{Aliases, Document},
    storage::{
        import::{
            inserter::{Inserter, both, name, needed, text},
            rows::Table,
        },
        validate::ValidationError,
    },
};

const ACTORS: Table<8> = Table::or_ignore("INSERT INTO actors (id, statement, kind, name_ar, name_en, parent, country, wikidata)");
const LOCATIONS: Table<13> = Table::or_ignore(
    "INSERT INTO locations (id, statement, kind, name_ar, name_en, parent, country, subdivision, wikidata, lat, lon, \
     precision_km, unspecified)",
);
const DOCUMENTS: Table<6> = Table::or_ignore("INSERT INTO documents (id, statement, kind, title_ar, title_en, issued)");
const ACTOR_ALIASES: Table<4> = Table::or_ignore("INSERT INTO actor_aliases (actor, language, alias, statement)");
const LOCATION_ALIASES: Table<4> = Table::or_ignore("INSERT INTO location_aliases (location, language, alias, statement)");

/// Inserts the registers of a package.
pub fn insert(inserter: &mut Inserter<'_>, document: &Document) -> Result<(), ValidationError> {
    for actor in &document.actors {
        let id = needed(actor.id.as_ref())?.as_str();
        if actor.kind.is_some() {
            let names = both(actor.name.as_ref())?;
            let row = [
                id.into(),
                inserter.statement.into(),
                name(actor.kind.as_ref())?.into(),
                names.0.into(),
                names.1.into(),
                text(actor.parent.as_ref()).into(),
                actor.country.as_ref().map(|country| country.value.to_string()).into(),
                text(actor.wikidata.as_ref()).into(),
            ];
            inserter.rows.add(&ACTORS, row);
        }
        aliases(inserter, &ACTOR_ALIASES, id, &actor.aliases);
    }
    for location in &document.locations {
        let id = needed(location.id.as_ref())?.as_str();
        if location.kind.is_some() {
            let (names, point) = (both(location.name.as_ref())?, location.point.as_ref().map(|point| point.value));
            let row = [
                id.into(),
                inserter.statement.into(),
                name(location.kind.as_ref())?.into(),
                names.0.into(),
                names.1.into(),
                text(location.parent.as_ref()).into(),
                location.country.as_ref().map(|country| country.value.to_string()).into(),
                text(location.subdivision.as_ref()).into(),
                text(location.wikidata.as_ref()).into(),
                point.map(|point| point.lat).into(),
                point.map(|point| point.lon).into(),
                point.map(|point| point.precision_km).into(),
                point.is_none().into(),
            ];
            inserter.rows.add(&LOCATIONS, row);
        }
        aliases(inserter, &LOCATION_ALIASES, id, &location.aliases);
    }
    for cited in &document.documents {
        let title = both(cited.title.as_ref())?;
        let row = [
            needed(cited.id.as_ref())?.as_str().into(),
            inserter.statement.into(),
            name(cited.kind.as_ref())?.into(),
            title.0.into(),
            title.1.into(),
            cited.issued.as_ref().map(|day| day.value.to_string()).into(),
        ];
        inserter.rows.add(&DOCUMENTS, row);
    }
    Ok(())
}

fn aliases(inserter: &mut Inserter<'_>, table: &Table<4>, id: &str, aliases: &Aliases) {
    let all = aliases.ar.iter().map(|alias| ("ar", alias)).chain(aliases.en.iter().map(|alias| ("en", alias)));
    for (language, alias) in all {
        inserter.rows.add(table, [id.into(), language.into(), alias.as_str().into(), inserter.statement.into()]);
    }
}
