//! Clauses and lead-ins, with what nests in them.

use std::collections::HashSet;

use crate::{
    corpus::{Precision, Voice, edtf::Edtf, enum_name},
    package::{
        Text,
        document::{Clause, Date, Document, LeadIn},
        resolve::{ClausePlaces, DatePlace, Places},
    },
    storage::{
        import::inserter::{Inserter, both, name, needed, text},
        validate::ValidationError,
    },
    text::span::Span,
};

/// The id of a date.
pub fn date_id(document: &Document, date: DatePlace, statement: &str) -> String {
    let clause = &document.clauses[date.clause];
    format!("{statement}-{}-{}", clause.label(), local_date_id(&clause.dates[date.date], date.date))
}

/// The id of a date within its clause: by default its number.
fn local_date_id(date: &Date, at: usize) -> String {
    date.id.as_ref().map_or_else(|| format!("d{}", at + 1), |id| id.value.clone())
}

/// An EDTF with its bounds and its precision, as columns.
#[derive(Debug, Default)]
pub struct DateColumns {
    /// The EDTF.
    pub edtf: Option<String>,
    /// The first possible day.
    pub earliest: Option<String>,
    /// The last possible day.
    pub latest: Option<String>,
    /// The coarsest unit.
    pub precision: String,
}

impl DateColumns {
    /// The columns of an EDTF; without one the date is open.
    pub fn of(edtf: Option<&str>) -> Result<Self, ValidationError> {
        let Some(text) = edtf else { return Ok(Self { precision: enum_name(&Precision::Unknown), ..Self::default() }) };
        let edtf: Edtf = needed(text.parse().ok())?;
        Ok(Self {
            edtf: Some(text.to_owned()),
            earliest: edtf.earliest().map(|day| day.to_string()),
            latest: edtf.latest().map(|day| day.to_string()),
            precision: enum_name(&edtf.precision()),
        })
    }
}

/// Whose words a clause is: its own speaker, or the medium.
pub fn speaker<'d>(clause: &'d Clause, medium: Option<&'d Text>) -> Option<&'d str> {
    let own = text(clause.speaker.as_ref());
    match clause.voice.as_ref().map(|voice| voice.value) {
        Some(Voice::Agency) => own.or(text(medium)),
        _ => own,
    }
}

/// Inserts the clauses and the lead-ins.
pub async fn insert(inserter: &mut Inserter<'_>, document: &Document, places: &Places) -> Result<(), ValidationError> {
    let medium = document.source.as_ref().and_then(|source| source.medium.as_ref());
    lead_ins(inserter, document, places, medium).await?;
    let (mut date_position, mut note_position) = (0, 0);
    for ((position, clause), place) in (1_i64..).zip(&document.clauses).zip(&places.clauses) {
        let (start, end) = inserter.quote(place.span).await?;
        let id = inserter.id(clause.label());
        sqlx::query(
            "INSERT INTO clauses (id, statement, label, paragraph, position, parent, voice, speaker, lead_in, kind, start, \"end\", translation) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&id)
        .bind(inserter.statement)
        .bind(clause.label())
        .bind(i64::try_from(place.paragraph).unwrap_or(i64::MAX))
        .bind(position)
        .bind(clause.parent.as_ref().map(|label| inserter.id(label.as_str())))
        .bind(name(clause.voice.as_ref())?)
        .bind(speaker(clause, medium))
        .bind(place.lead_in.map(|at| inserter.id(&format!("l{}", at + 1))))
        .bind(name(clause.kind.as_ref())?)
        .bind(start)
        .bind(end)
        .bind(needed(clause.translation.as_ref())?.as_str())
        .execute(&mut *inserter.database)
        .await?;
        actors(inserter, &id, clause, place).await?;
        for (mention, span) in clause.locations.iter().zip(&place.locations) {
            location(inserter, Some(&id), mention.id.as_ref(), *span).await?;
        }
        dates(inserter, document, (&id, clause, place), &mut date_position).await?;
        for (citation, span) in clause.citations.iter().zip(&place.citations) {
            let (start, end) = inserter.quote(*span).await?;
            sqlx::query("INSERT INTO citations (clause, document, start, statement, \"end\") VALUES (?, ?, ?, ?, ?)")
                .bind(&id)
                .bind(needed(citation.document.as_ref())?.as_str())
                .bind(start)
                .bind(inserter.statement)
                .bind(end)
                .execute(&mut *inserter.database)
                .await?;
        }
        notes(inserter, &id, clause, place, &mut note_position).await?;
    }
    Ok(())
}

async fn lead_ins(inserter: &mut Inserter<'_>, document: &Document, places: &Places, medium: Option<&Text>) -> Result<(), ValidationError> {
    for (position, place) in (1_i64..).zip(&places.lead_ins) {
        let Some(LeadIn::New(lead_in)) = &document.clauses[place.clause].lead_in else { continue };
        let (start, end) = inserter.quote(place.span).await?;
        sqlx::query("INSERT INTO lead_ins (id, statement, position, speaker, start, \"end\", translation) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .bind(inserter.id(&format!("l{position}")))
            .bind(inserter.statement)
            .bind(position)
            .bind(text(lead_in.speaker.as_ref().or(medium)))
            .bind(start)
            .bind(end)
            .bind(needed(lead_in.translation.as_ref())?.as_str())
            .execute(&mut *inserter.database)
            .await?;
        for (entry, span) in lead_in.actors.iter().zip(&place.actors) {
            actor(inserter, None, entry.id.as_ref(), *span).await?;
        }
        for (mention, span) in lead_in.locations.iter().zip(&place.locations) {
            location(inserter, None, mention.id.as_ref(), *span).await?;
        }
    }
    Ok(())
}

/// Inserts the mentions and the roles of a clause. An actor that is only mentioned has the role `mentioned`.
async fn actors(inserter: &mut Inserter<'_>, id: &str, clause: &Clause, place: &ClausePlaces) -> Result<(), ValidationError> {
    let mentioned: HashSet<&str> =
        clause.actors.iter().zip(&place.actors).filter(|(_, span)| span.is_some()).filter_map(|(entry, _)| text(entry.id.as_ref())).collect();
    let with_role: HashSet<&str> = clause.actors.iter().filter(|entry| entry.role.is_some()).filter_map(|entry| text(entry.id.as_ref())).collect();
    for (entry, span) in clause.actors.iter().zip(&place.actors) {
        let own = needed(entry.id.as_ref())?.as_str();
        if span.is_some() {
            actor(inserter, Some(id), entry.id.as_ref(), *span).await?;
        }
        let role = match &entry.role {
            Some(role) => enum_name(&role.value),
            None if with_role.contains(own) => continue,
            None => "mentioned".to_owned(),
        };
        let inferred = entry.inferred.as_ref().map_or_else(|| !mentioned.contains(own), |inferred| inferred.value);
        sqlx::query("INSERT INTO clause_actors (clause, actor, role, statement, inferred) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(id)
            .bind(own)
            .bind(role)
            .bind(inserter.statement)
            .bind(inferred)
            .execute(&mut *inserter.database)
            .await?;
    }
    Ok(())
}

async fn actor(inserter: &mut Inserter<'_>, clause: Option<&str>, id: Option<&Text>, span: Option<Span>) -> Result<(), ValidationError> {
    let sql = "INSERT INTO actor_mentions (actor, statement, start, \"end\", clause) VALUES (?, ?, ?, ?, ?)";
    mention(inserter, sql, clause, id, span).await
}

async fn location(inserter: &mut Inserter<'_>, clause: Option<&str>, id: Option<&Text>, span: Option<Span>) -> Result<(), ValidationError> {
    let sql = "INSERT INTO location_mentions (location, statement, start, \"end\", clause) VALUES (?, ?, ?, ?, ?)";
    mention(inserter, sql, clause, id, span).await
}

async fn mention(inserter: &mut Inserter<'_>, sql: &'static str, clause: Option<&str>, id: Option<&Text>, span: Option<Span>) -> Result<(), ValidationError> {
    let (start, end) = inserter.quote(span).await?;
    let query = sqlx::query(sql).bind(needed(id)?.as_str()).bind(inserter.statement).bind(start).bind(end).bind(clause);
    query.execute(&mut *inserter.database).await?;
    Ok(())
}

async fn dates(
    inserter: &mut Inserter<'_>,
    document: &Document,
    (id, clause, place): (&str, &Clause, &ClausePlaces),
    position: &mut i64,
) -> Result<(), ValidationError> {
    for (at, (date, span)) in clause.dates.iter().zip(&place.dates).enumerate() {
        *position += 1;
        let (start, end) = inserter.quote(*span).await?;
        let columns = DateColumns::of(text(date.edtf.as_ref()))?;
        let note = date.basis_note.as_ref().map(|note| &note.value);
        let anchor = place.anchors.get(at).copied().flatten().map(|anchor| date_id(document, anchor, inserter.statement));
        sqlx::query(
            "INSERT INTO dates (id, statement, clause, position, type, edtf, earliest, latest, precision, basis, anchor, basis_note_ar, basis_note_en, \
             start, \"end\") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(format!("{id}-{}", local_date_id(date, at)))
        .bind(inserter.statement)
        .bind(id)
        .bind(*position)
        .bind(name(date.timex.as_ref())?)
        .bind(columns.edtf)
        .bind(columns.earliest)
        .bind(columns.latest)
        .bind(columns.precision)
        .bind(date.basis.as_ref().map(|basis| enum_name(&basis.value)))
        .bind(anchor)
        .bind(note.map(|note| note.ar.as_str()))
        .bind(note.map(|note| note.en.as_str()))
        .bind(start)
        .bind(end)
        .execute(&mut *inserter.database)
        .await?;
    }
    Ok(())
}

async fn notes(inserter: &mut Inserter<'_>, clause_id: &str, clause: &Clause, place: &ClausePlaces, position: &mut i64) -> Result<(), ValidationError> {
    for (at, (note, span)) in clause.notes.iter().zip(&place.notes).enumerate() {
        *position += 1;
        let (start, end) = inserter.quote(*span).await?;
        let words = both(note.text.as_ref())?;
        let id = format!("{clause_id}-{}", note.id.as_ref().map_or_else(|| format!("n{}", at + 1), |id| id.value.clone()));
        sqlx::query(
            "INSERT INTO notes (id, statement, clause, position, kind, severity, text_ar, text_en, start, \"end\") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&id)
        .bind(inserter.statement)
        .bind(clause_id)
        .bind(*position)
        .bind(name(note.kind.as_ref())?)
        .bind(name(note.severity.as_ref())?)
        .bind(words.0)
        .bind(words.1)
        .bind(start)
        .bind(end)
        .execute(&mut *inserter.database)
        .await?;
        let sources = "INSERT INTO note_sources (note, position, statement, publisher_ar, publisher_en, title, url, published) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        inserter.publications(sources, &id, &note.sources).await?;
        let ids = |ids: &[Text]| ids.iter().map(|id| id.value.clone()).collect::<Vec<_>>();
        inserter.pairs("INSERT INTO note_actors (note, actor, statement) VALUES (?, ?, ?)", &id, ids(&note.actors)).await?;
        inserter.pairs("INSERT INTO note_locations (note, location, statement) VALUES (?, ?, ?)", &id, ids(&note.locations)).await?;
    }
    Ok(())
}
