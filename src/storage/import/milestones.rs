//! Milestones, with what was later reported about them.

use crate::{
    corpus::enum_name,
    package::{
        Text,
        document::{Development, Document, Milestone},
        resolve::{DatePlace, Places},
    },
    storage::{
        import::{
            clauses::{DateColumns, date_id, speaker},
            inserter::{Inserter, both, name, needed, text},
            rows::Table,
        },
        validate::ValidationError,
    },
};

const MILESTONES: Table<14> = Table::new(
    "INSERT INTO milestones (id, statement, position, kind, voice, speaker, title_ar, title_en, expression, edtf, earliest, \
     latest, precision, basis)",
);
const DEVELOPMENTS: Table<9> = Table::new("INSERT INTO developments (id, statement, milestone, edtf, earliest, latest, precision, text_ar, text_en)");
const DEVELOPMENT_SOURCES: Table<8> =
    Table::new("INSERT INTO development_sources (development, position, statement, publisher_ar, publisher_en, title, url, published)");
const MILESTONE_CLAUSES: Table<3> = Table::new("INSERT INTO milestone_clauses (milestone, clause, statement)");
const MILESTONE_CONDITIONS: Table<3> = Table::new("INSERT INTO milestone_conditions (milestone, clause, statement)");
const MILESTONE_ACTORS: Table<3> = Table::new("INSERT INTO milestone_actors (milestone, actor, statement)");
const MILESTONE_LOCATIONS: Table<3> = Table::new("INSERT INTO milestone_locations (milestone, location, statement)");

/// Inserts the milestones.
pub fn insert(inserter: &mut Inserter<'_>, document: &Document, places: &Places) -> Result<(), ValidationError> {
    for ((position, milestone), date) in (1_i64..).zip(&document.milestones).zip(&places.milestones) {
        let id = inserter.id(needed(milestone.id.as_ref())?.as_str());
        insert_one(inserter, document, places, (&id, position, milestone, *date))?;
        let labels = |inserter: &Inserter<'_>, labels: &[Text]| labels.iter().map(|label| inserter.id(label.as_str())).collect::<Vec<_>>();
        let (clauses, conditions) = (labels(inserter, &milestone.clauses), labels(inserter, &milestone.conditions));
        inserter.pairs(&MILESTONE_CLAUSES, &id, clauses);
        inserter.pairs(&MILESTONE_CONDITIONS, &id, conditions);
        let ids = |ids: &[Text]| ids.iter().map(|id| id.value.clone()).collect::<Vec<_>>();
        inserter.pairs(&MILESTONE_ACTORS, &id, ids(&milestone.actors));
        inserter.pairs(&MILESTONE_LOCATIONS, &id, ids(&milestone.locations));
        for development in &milestone.developments {
            insert_development(inserter, &id, development)?;
        }
    }
    Ok(())
}

fn insert_one(
    inserter: &mut Inserter<'_>,
    document: &Document,
    places: &Places,
    (id, position, milestone, date): (&str, i64, &Milestone, Option<DatePlace>),
) -> Result<(), ValidationError> {
    let first = milestone.clauses.first().and_then(|label| places.clause(label.as_str())).map(|at| &document.clauses[at]);
    let medium = document.source.as_ref().and_then(|source| source.medium.as_ref());
    let (voice, speaker) = match &milestone.voice {
        Some(voice) => (enum_name(&voice.value), text(milestone.speaker.as_ref())),
        None => (name(needed(first)?.voice.as_ref())?, first.and_then(|clause| speaker(clause, medium))),
    };
    let expression = date.map(|date| &document.clauses[date.clause].dates[date.date]);
    let own = milestone.date.as_ref();
    let edtf = own.and_then(|date| date.edtf.as_ref()).or_else(|| expression.and_then(|date| date.edtf.as_ref()));
    let columns = DateColumns::of(text(edtf))?;
    let basis = own.and_then(|date| date.basis.as_ref()).or_else(|| expression.and_then(|date| date.basis.as_ref())).filter(|_| edtf.is_some());
    let title = both(milestone.title.as_ref())?;
    let row = [
        id.into(),
        inserter.statement.into(),
        position.into(),
        name(milestone.kind.as_ref())?.into(),
        voice.into(),
        speaker.into(),
        title.0.into(),
        title.1.into(),
        date.map(|date| date_id(document, date, inserter.statement)).into(),
        columns.edtf.into(),
        columns.earliest.into(),
        columns.latest.into(),
        columns.precision.into(),
        basis.map(|basis| enum_name(&basis.value)).into(),
    ];
    inserter.rows.add(&MILESTONES, row);
    Ok(())
}

fn insert_development(inserter: &mut Inserter<'_>, milestone: &str, development: &Development) -> Result<(), ValidationError> {
    let id = inserter.id(needed(development.id.as_ref())?.as_str());
    let (words, columns) = (both(development.text.as_ref())?, DateColumns::of(text(development.edtf.as_ref()))?);
    let row = [
        (&id).into(),
        inserter.statement.into(),
        milestone.into(),
        columns.edtf.into(),
        columns.earliest.into(),
        columns.latest.into(),
        columns.precision.into(),
        words.0.into(),
        words.1.into(),
    ];
    inserter.rows.add(&DEVELOPMENTS, row);
    inserter.publications(&DEVELOPMENT_SOURCES, &id, &development.sources)?;
    Ok(())
}
