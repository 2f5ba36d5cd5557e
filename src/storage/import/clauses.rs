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
        import::{
            inserter::{Inserter, both, name, needed, text},
            rows::Table,
        },
        validate::ValidationError,
    },
    text::span::Span,
};

const CLAUSES: Table<13> = Table::new(
    "INSERT INTO clauses (id, statement, label, paragraph, position, parent, voice, speaker, lead_in, kind, start, \"end\", \
     translation)",
);
const CITATIONS: Table<5> = Table::new("INSERT INTO citations (clause, document, start, statement, \"end\")");
const LEAD_INS: Table<7> = Table::new("INSERT INTO lead_ins (id, statement, position, speaker, start, \"end\", translation)");
const CLAUSE_ACTORS: Table<5> = Table::or_ignore("INSERT INTO clause_actors (clause, actor, role, statement, inferred)");
const DATES: Table<15> = Table::new(
    "INSERT INTO dates (id, statement, clause, position, type, edtf, earliest, latest, precision, basis, anchor, \
     basis_note_ar, basis_note_en, start, \"end\")",
);
const NOTES: Table<10> = Table::new("INSERT INTO notes (id, statement, clause, position, kind, severity, text_ar, text_en, start, \"end\")");
const NOTE_ACTORS: Table<3> = Table::new("INSERT INTO note_actors (note, actor, statement)");
const NOTE_LOCATIONS: Table<3> = Table::new("INSERT INTO note_locations (note, location, statement)");
const ACTOR_MENTIONS: Table<5> = Table::new("INSERT INTO actor_mentions (actor, statement, start, \"end\", clause)");
const LOCATION_MENTIONS: Table<5> = Table::new("INSERT INTO location_mentions (location, statement, start, \"end\", clause)");
const NOTE_SOURCES: Table<8> = Table::new("INSERT INTO note_sources (note, position, statement, publisher_ar, publisher_en, title, url, published)");

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
pub fn insert(inserter: &mut Inserter<'_>, document: &Document, places: &Places) -> Result<(), ValidationError> {
    let medium = document.source.as_ref().and_then(|source| source.medium.as_ref());
    lead_ins(inserter, document, places, medium)?;
    let (mut date_position, mut note_position) = (0, 0);
    for ((position, clause), place) in (1_i64..).zip(&document.clauses).zip(&places.clauses) {
        let (start, end) = inserter.quote(place.span)?;
        let id = inserter.id(clause.label());
        let row = [
            (&id).into(),
            inserter.statement.into(),
            clause.label().into(),
            i64::try_from(place.paragraph).unwrap_or(i64::MAX).into(),
            position.into(),
            clause.parent.as_ref().map(|label| inserter.id(label.as_str())).into(),
            name(clause.voice.as_ref())?.into(),
            speaker(clause, medium).into(),
            place.lead_in.map(|at| inserter.id(&format!("l{}", at + 1))).into(),
            name(clause.kind.as_ref())?.into(),
            start.into(),
            end.into(),
            needed(clause.translation.as_ref())?.as_str().into(),
        ];
        inserter.rows.add(&CLAUSES, row);
        actors(inserter, &id, clause, place)?;
        for (mention, span) in clause.locations.iter().zip(&place.locations) {
            location(inserter, Some(&id), mention.id.as_ref(), *span)?;
        }
        dates(inserter, document, (&id, clause, place), &mut date_position)?;
        for (citation, span) in clause.citations.iter().zip(&place.citations) {
            let (start, end) = inserter.quote(*span)?;
            let row = [(&id).into(), needed(citation.document.as_ref())?.as_str().into(), start.into(), inserter.statement.into(), end.into()];
            inserter.rows.add(&CITATIONS, row);
        }
        notes(inserter, &id, clause, place, &mut note_position)?;
    }
    Ok(())
}

fn lead_ins(inserter: &mut Inserter<'_>, document: &Document, places: &Places, medium: Option<&Text>) -> Result<(), ValidationError> {
    for (position, place) in (1_i64..).zip(&places.lead_ins) {
        let Some(LeadIn::New(lead_in)) = &document.clauses[place.clause].lead_in else { continue };
        let (start, end) = inserter.quote(place.span)?;
        let row = [
            inserter.id(&format!("l{position}")).into(),
            inserter.statement.into(),
            position.into(),
            text(lead_in.speaker.as_ref().or(medium)).into(),
            start.into(),
            end.into(),
            needed(lead_in.translation.as_ref())?.as_str().into(),
        ];
        inserter.rows.add(&LEAD_INS, row);
        for (entry, span) in lead_in.actors.iter().zip(&place.actors) {
            actor(inserter, None, entry.id.as_ref(), *span)?;
        }
        for (mention, span) in lead_in.locations.iter().zip(&place.locations) {
            location(inserter, None, mention.id.as_ref(), *span)?;
        }
    }
    Ok(())
}

/// Inserts the mentions and the roles of a clause. An actor that is only mentioned has the role `mentioned`.
fn actors(inserter: &mut Inserter<'_>, id: &str, clause: &Clause, place: &ClausePlaces) -> Result<(), ValidationError> {
    let mentioned: HashSet<&str> =
        clause.actors.iter().zip(&place.actors).filter(|(_, span)| span.is_some()).filter_map(|(entry, _)| text(entry.id.as_ref())).collect();
    let with_role: HashSet<&str> = clause.actors.iter().filter(|entry| entry.role.is_some()).filter_map(|entry| text(entry.id.as_ref())).collect();
    for (entry, span) in clause.actors.iter().zip(&place.actors) {
        let own = needed(entry.id.as_ref())?.as_str();
        if span.is_some() {
            actor(inserter, Some(id), entry.id.as_ref(), *span)?;
        }
        let role = match &entry.role {
            Some(role) => enum_name(&role.value),
            None if with_role.contains(own) => continue,
            None => "mentioned".to_owned(),
        };
        let inferred = entry.inferred.as_ref().map_or_else(|| !mentioned.contains(own), |inferred| inferred.value);
        let row = [id.into(), own.into(), role.into(), inserter.statement.into(), inferred.into()];
        inserter.rows.add(&CLAUSE_ACTORS, row);
    }
    Ok(())
}

fn actor(inserter: &mut Inserter<'_>, clause: Option<&str>, id: Option<&Text>, span: Option<Span>) -> Result<(), ValidationError> {
    mention(inserter, &ACTOR_MENTIONS, clause, id, span)
}

fn location(inserter: &mut Inserter<'_>, clause: Option<&str>, id: Option<&Text>, span: Option<Span>) -> Result<(), ValidationError> {
    mention(inserter, &LOCATION_MENTIONS, clause, id, span)
}

fn mention(inserter: &mut Inserter<'_>, table: &Table<5>, clause: Option<&str>, id: Option<&Text>, span: Option<Span>) -> Result<(), ValidationError> {
    let (start, end) = inserter.quote(span)?;
    inserter.rows.add(table, [needed(id)?.as_str().into(), inserter.statement.into(), start.into(), end.into(), clause.into()]);
    Ok(())
}

fn dates(
    inserter: &mut Inserter<'_>,
    document: &Document,
    (id, clause, place): (&str, &Clause, &ClausePlaces),
    position: &mut i64,
) -> Result<(), ValidationError> {
    for (at, (date, span)) in clause.dates.iter().zip(&place.dates).enumerate() {
        *position += 1;
        let (start, end) = inserter.quote(*span)?;
        let columns = DateColumns::of(text(date.edtf.as_ref()))?;
        let note = date.basis_note.as_ref().map(|note| &note.value);
        let anchor = place.anchors.get(at).copied().flatten().map(|anchor| date_id(document, anchor, inserter.statement));
        let row = [
            format!("{id}-{}", local_date_id(date, at)).into(),
            inserter.statement.into(),
            id.into(),
            (*position).into(),
            name(date.timex.as_ref())?.into(),
            columns.edtf.into(),
            columns.earliest.into(),
            columns.latest.into(),
            columns.precision.into(),
            date.basis.as_ref().map(|basis| enum_name(&basis.value)).into(),
            anchor.into(),
            note.map(|note| note.ar.as_str()).into(),
            note.map(|note| note.en.as_str()).into(),
            start.into(),
            end.into(),
        ];
        inserter.rows.add(&DATES, row);
    }
    Ok(())
}

fn notes(inserter: &mut Inserter<'_>, clause_id: &str, clause: &Clause, place: &ClausePlaces, position: &mut i64) -> Result<(), ValidationError> {
    for (at, (note, span)) in clause.notes.iter().zip(&place.notes).enumerate() {
        *position += 1;
        let (start, end) = inserter.quote(*span)?;
        let words = both(note.text.as_ref())?;
        let id = format!("{clause_id}-{}", note.id.as_ref().map_or_else(|| format!("n{}", at + 1), |id| id.value.clone()));
        let row = [
            (&id).into(),
            inserter.statement.into(),
            clause_id.into(),
            (*position).into(),
            name(note.kind.as_ref())?.into(),
            name(note.severity.as_ref())?.into(),
            words.0.into(),
            words.1.into(),
            start.into(),
            end.into(),
        ];
        inserter.rows.add(&NOTES, row);
        inserter.publications(&NOTE_SOURCES, &id, &note.sources)?;
        let ids = |ids: &[Text]| ids.iter().map(|id| id.value.clone()).collect::<Vec<_>>();
        inserter.pairs(&NOTE_ACTORS, &id, ids(&note.actors));
        inserter.pairs(&NOTE_LOCATIONS, &id, ids(&note.locations));
    }
    Ok(())
}
