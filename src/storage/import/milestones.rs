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
        },
        validate::ValidationError,
    },
};

/// Inserts the milestones.
pub async fn insert(inserter: &mut Inserter<'_>, document: &Document, places: &Places) -> Result<(), ValidationError> {
    for ((position, milestone), date) in (1_i64..).zip(&document.milestones).zip(&places.milestones) {
        let id = inserter.id(needed(milestone.id.as_ref())?.as_str());
        insert_one(inserter, document, places, (&id, position, milestone, *date)).await?;
        let labels = |inserter: &Inserter<'_>, labels: &[Text]| labels.iter().map(|label| inserter.id(label.as_str())).collect::<Vec<_>>();
        let (clauses, conditions) = (labels(inserter, &milestone.clauses), labels(inserter, &milestone.conditions));
        inserter.pairs("INSERT INTO milestone_clauses (milestone, clause, statement) VALUES (?, ?, ?)", &id, clauses).await?;
        inserter.pairs("INSERT INTO milestone_conditions (milestone, clause, statement) VALUES (?, ?, ?)", &id, conditions).await?;
        let ids = |ids: &[Text]| ids.iter().map(|id| id.value.clone()).collect::<Vec<_>>();
        inserter.pairs("INSERT INTO milestone_actors (milestone, actor, statement) VALUES (?, ?, ?)", &id, ids(&milestone.actors)).await?;
        inserter.pairs("INSERT INTO milestone_locations (milestone, location, statement) VALUES (?, ?, ?)", &id, ids(&milestone.locations)).await?;
        for development in &milestone.developments {
            insert_development(inserter, &id, development).await?;
        }
    }
    Ok(())
}

async fn insert_one(
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
    sqlx::query(
        "INSERT INTO milestones (id, statement, position, kind, voice, speaker, title_ar, title_en, expression, edtf, earliest, latest, precision, basis) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(id)
    .bind(inserter.statement)
    .bind(position)
    .bind(name(milestone.kind.as_ref())?)
    .bind(voice)
    .bind(speaker)
    .bind(title.0)
    .bind(title.1)
    .bind(date.map(|date| date_id(document, date, inserter.statement)))
    .bind(columns.edtf)
    .bind(columns.earliest)
    .bind(columns.latest)
    .bind(columns.precision)
    .bind(basis.map(|basis| enum_name(&basis.value)))
    .execute(&mut *inserter.database)
    .await?;
    Ok(())
}

async fn insert_development(inserter: &mut Inserter<'_>, milestone: &str, development: &Development) -> Result<(), ValidationError> {
    let id = inserter.id(needed(development.id.as_ref())?.as_str());
    let (words, columns) = (both(development.text.as_ref())?, DateColumns::of(text(development.edtf.as_ref()))?);
    sqlx::query("INSERT INTO developments (id, statement, milestone, edtf, earliest, latest, precision, text_ar, text_en) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(&id)
        .bind(inserter.statement)
        .bind(milestone)
        .bind(columns.edtf)
        .bind(columns.earliest)
        .bind(columns.latest)
        .bind(columns.precision)
        .bind(words.0)
        .bind(words.1)
        .execute(&mut *inserter.database)
        .await?;
    let sources = "INSERT INTO development_sources (development, position, statement, publisher_ar, publisher_en, title, url, published) \
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    inserter.publications(sources, &id, &development.sources).await
}
