//! Clauses and lead-ins, with what nests in them.

use std::collections::{HashMap, HashSet, VecDeque};

use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use crate::{
    corpus::clauses::RoleKind,
    package::{
        document::{ActorEntry, Citation, Clause, Date, DateRef, LeadIn, Mention, NewLeadIn, Note, Publication, QuoteSelector},
        export::rows::{bilingual, choice, fetch, local_id, parsed, quote, span, text},
        original::Original,
        spanned::{Spanned, Text},
    },
    text::span::Span,
};

const CLAUSES: &str = "SELECT * FROM clauses WHERE statement = ? ORDER BY position";
const LEAD_INS: &str = "SELECT * FROM lead_ins WHERE statement = ? ORDER BY position";
const DATES: &str = "SELECT * FROM dates WHERE statement = ? ORDER BY position";
const ROLES: &str = "SELECT r.* FROM clauses AS c JOIN clause_actors AS r ON r.clause = c.id WHERE c.statement = ? ORDER BY r.clause, r.actor, r.role";
const MENTIONS: &str = "SELECT m.* FROM actor_mentions AS m WHERE m.statement = ? ORDER BY m.start, m.\"end\", m.actor";
const PLACES: &str = "SELECT m.* FROM location_mentions AS m WHERE m.statement = ? ORDER BY m.start, m.\"end\", m.location";
const CITATIONS: &str =
    "SELECT r.* FROM clauses AS c JOIN citations AS r ON r.clause = c.id WHERE c.statement = ? ORDER BY r.clause, r.start, r.\"end\", r.document";
const NOTES: &str = "SELECT * FROM notes WHERE statement = ? ORDER BY position";
const NOTE_SOURCES: &str = "SELECT s.* FROM notes AS n JOIN note_sources AS s ON s.note = n.id WHERE n.statement = ? ORDER BY s.note, s.position";
const NOTE_ACTORS: &str = "SELECT note, actor AS id FROM note_actors WHERE statement = ? ORDER BY note, actor";
const NOTE_LOCATIONS: &str = "SELECT note, location AS id FROM note_locations WHERE statement = ? ORDER BY note, location";

/// The clauses of a statement, by id: their labels and their words.
pub type ClauseSpans = HashMap<String, (String, Span)>;

/// What the clauses of a statement are read with.
pub struct Context<'a> {
    /// The id of the statement.
    pub statement: &'a str,
    /// Its text.
    pub original: &'a Original,
    /// Its clauses.
    pub clauses: ClauseSpans,
    /// Its dates, by id: the clause of each, and its words.
    pub dates: HashMap<String, (String, Span)>,
}

impl<'a> Context<'a> {
    /// Reads where the clauses and the dates are.
    pub async fn read(database: &mut SqliteConnection, statement: &'a str, original: &'a Original) -> sqlx::Result<Self> {
        let clauses = fetch(database, CLAUSES, statement).await?;
        let dates = fetch(database, DATES, statement).await?;
        Ok(Self {
            statement,
            original,
            clauses: clauses.iter().map(|row| Ok((row.try_get("id")?, (row.try_get("label")?, span(row)?)))).collect::<sqlx::Result<_>>()?,
            dates: dates.iter().map(|row| Ok((row.try_get("id")?, (row.try_get("clause")?, span(row)?)))).collect::<sqlx::Result<_>>()?,
        })
    }

    /// The label of a clause.
    pub fn label(&self, clause: &str) -> Text {
        Text::from(self.clauses.get(clause).map_or_else(|| local_id(clause, self.statement).value, |(label, _)| label.clone()))
    }

    /// A reference to a date.
    pub fn date(&self, id: &str) -> Option<DateRef> {
        let (clause, span) = self.dates.get(id)?;
        let (label, within) = self.clauses.get(clause)?;
        Some(DateRef { clause: Some(Text::from(label.clone())), paragraph: None, words: quote(self.original, *span, *within) })
    }

    fn within(&self, clause: &str) -> Span {
        self.clauses.get(clause).map_or_else(|| self.original.span(), |(_, span)| *span)
    }

    fn paragraph_of(&self, span: Span) -> Span {
        self.original.paragraph(self.original.paragraph_at(span.start)).unwrap_or_else(|| self.original.span())
    }
}

/// Rows, by the id in one of their columns.
type Grouped = HashMap<String, Vec<SqliteRow>>;

fn group(rows: Vec<SqliteRow>, column: &str) -> sqlx::Result<Grouped> {
    let mut grouped = Grouped::new();
    for row in rows {
        grouped.entry(row.try_get::<Option<String>, _>(column)?.unwrap_or_default()).or_default().push(row);
    }
    Ok(grouped)
}

/// The clauses, in reading order.
pub async fn clauses(database: &mut SqliteConnection, context: &Context<'_>) -> sqlx::Result<Vec<Clause>> {
    let statement = context.statement;
    let mut roles = group(fetch(database, ROLES, statement).await?, "clause")?;
    let mut mentions = group(fetch(database, MENTIONS, statement).await?, "clause")?;
    let mut places = group(fetch(database, PLACES, statement).await?, "clause")?;
    let mut dates = group(fetch(database, DATES, statement).await?, "clause")?;
    let mut citations = group(fetch(database, CITATIONS, statement).await?, "clause")?;
    let mut notes = notes(database, context).await?;
    let mut lead_ins = lead_ins(fetch(database, LEAD_INS, statement).await?, &mentions, &places, context)?;
    // The label of the first clause of each lead-in.
    let mut introduced: HashMap<String, Text> = HashMap::new();
    let mut clauses = Vec::new();
    for row in fetch(database, CLAUSES, statement).await? {
        let (id, label): (String, String) = (row.try_get("id")?, row.try_get("label")?);
        let (words, take) = (span(&row)?, |rows: &mut Grouped| rows.remove(&id).unwrap_or_default());
        let lead_in: Option<String> = row.try_get("lead_in")?;
        let lead_in = match lead_in.as_ref().and_then(|lead_in| introduced.get(lead_in)) {
            Some(first) => Some(LeadIn::Same(first.clone())),
            None => lead_in.as_ref().and_then(|lead_in| lead_ins.remove(lead_in)).map(|(paragraph, mut own)| {
                let is_same = paragraph == context.original.paragraph_at(words.start);
                own.paragraph = u32::try_from(paragraph).ok().filter(|_| !is_same).map(Spanned::from);
                LeadIn::New(Box::new(own))
            }),
        };
        if let (Some(LeadIn::New(_)), Some(id)) = (&lead_in, row.try_get("lead_in")?) {
            introduced.insert(id, Text::from(label.clone()));
        }
        let parent: Option<String> = row.try_get("parent")?;
        clauses.push(Clause {
            place: Spanned::default(),
            label: Some(label.into()),
            words: quote(context.original, words, context.paragraph_of(words)),
            lead_in,
            voice: choice(&row, "voice")?,
            speaker: text(&row, "speaker")?,
            kind: choice(&row, "kind")?,
            parent: parent.map(|parent| context.label(&parent)),
            translation: text(&row, "translation")?,
            actors: actors(&take(&mut roles), &take(&mut mentions), words, context)?,
            locations: locations(&take(&mut places), words, context)?,
            dates: take(&mut dates).iter().map(|row| date(row, &id, words, context)).collect::<sqlx::Result<_>>()?,
            citations: take(&mut citations)
                .iter()
                .map(|row| Ok(Citation { document: text(row, "document")?, words: quote(context.original, span(row)?, words) }))
                .collect::<sqlx::Result<_>>()?,
            notes: notes.remove(&id).unwrap_or_default(),
        });
    }
    Ok(clauses)
}

/// The lead-ins by id, each with the number of its paragraph. Mentions in lead-ins have no clause.
fn lead_ins(rows: Vec<SqliteRow>, mentions: &Grouped, places: &Grouped, context: &Context<'_>) -> sqlx::Result<HashMap<String, (usize, NewLeadIn)>> {
    let outside = |grouped: &Grouped| {
        grouped.get("").map_or(Ok(Vec::new()), |rows| rows.iter().map(|row| Ok((span(row)?, row.try_get::<String, _>(0)?))).collect::<sqlx::Result<Vec<_>>>())
    };
    let (actors, locations) = (outside(mentions)?, outside(places)?);
    let mut lead_ins = HashMap::new();
    for row in rows {
        let words = span(&row)?;
        let inside = |all: &[(Span, String)]| -> Vec<Mention> {
            let inside = all.iter().filter(|(span, _)| words.start <= span.start && span.end <= words.end);
            inside.map(|(span, id)| Mention { id: Some(Text::from(id.clone())), words: quote(context.original, *span, words) }).collect()
        };
        let lead_in = NewLeadIn {
            paragraph: None,
            words: quote(context.original, words, context.paragraph_of(words)),
            speaker: text(&row, "speaker")?,
            translation: text(&row, "translation")?,
            actors: inside(&actors),
            locations: inside(&locations),
        };
        lead_ins.insert(row.try_get("id")?, (context.original.paragraph_at(words.start), lead_in));
    }
    Ok(lead_ins)
}

/// The roles and the mentions of the actors of a clause, one entry for both where that is possible.
fn actors(roles: &[SqliteRow], mentions: &[SqliteRow], within: Span, context: &Context<'_>) -> sqlx::Result<Vec<ActorEntry>> {
    let mut words: HashMap<String, VecDeque<QuoteSelector>> = HashMap::new();
    for row in mentions {
        words.entry(row.try_get("actor")?).or_default().push_back(quote(context.original, span(row)?, within));
    }
    let named: HashSet<String> = words.keys().cloned().collect();
    let mut entries: Vec<(String, ActorEntry)> = Vec::new();
    for row in roles {
        let actor: String = row.try_get("actor")?;
        let inferred: bool = row.try_get("inferred")?;
        let own = if inferred { None } else { words.get_mut(&actor).and_then(VecDeque::pop_front) };
        // By default a role is inferred where the clause does not name its actor.
        let unusual = inferred == named.contains(&actor);
        let entry = ActorEntry {
            id: Some(Text::from(actor.clone())),
            role: choice::<RoleKind>(row, "role")?,
            inferred: (inferred || unusual).then(|| inferred.into()),
            words: own.unwrap_or_default(),
        };
        entries.push((actor, entry));
    }
    for (actor, rest) in words {
        let entry = |words| ActorEntry { id: Some(Text::from(actor.clone())), role: None, inferred: None, words };
        entries.extend(rest.into_iter().map(|words| (actor.clone(), entry(words))));
    }
    // Of one actor, the roles come first, and mentions are in reading order.
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

fn locations(rows: &[SqliteRow], within: Span, context: &Context<'_>) -> sqlx::Result<Vec<Mention>> {
    rows.iter().map(|row| Ok(Mention { id: text(row, "location")?, words: quote(context.original, span(row)?, within) })).collect()
}

fn date(row: &SqliteRow, clause: &str, within: Span, context: &Context<'_>) -> sqlx::Result<Date> {
    let anchor: Option<&str> = row.try_get("anchor")?;
    Ok(Date {
        place: Spanned::default(),
        id: Some(local_id(row.try_get("id")?, clause)),
        words: quote(context.original, span(row)?, within),
        timex: choice(row, "type")?,
        edtf: text(row, "edtf")?,
        earliest: None,
        latest: None,
        precision: None,
        basis: choice(row, "basis")?,
        anchor: anchor.and_then(|anchor| context.date(anchor)),
        basis_note: bilingual(row, "basis_note")?,
    })
}

/// The notes, by their clause.
async fn notes(database: &mut SqliteConnection, context: &Context<'_>) -> sqlx::Result<HashMap<String, Vec<Note>>> {
    let mut sources = group(fetch(database, NOTE_SOURCES, context.statement).await?, "note")?;
    let mut actors = group(fetch(database, NOTE_ACTORS, context.statement).await?, "note")?;
    let mut locations = group(fetch(database, NOTE_LOCATIONS, context.statement).await?, "note")?;
    let ids = |rows: Vec<SqliteRow>| rows.iter().filter_map(|row| text(row, "id").transpose()).collect::<sqlx::Result<Vec<_>>>();
    let mut notes: HashMap<String, Vec<Note>> = HashMap::new();
    for row in fetch(database, NOTES, context.statement).await? {
        let (id, clause): (String, String) = (row.try_get("id")?, row.try_get("clause")?);
        let note = Note {
            id: Some(local_id(&id, &clause)),
            words: quote(context.original, span(&row)?, context.within(&clause)),
            kind: choice(&row, "kind")?,
            severity: choice(&row, "severity")?,
            text: bilingual(&row, "text")?,
            sources: sources.remove(&id).unwrap_or_default().iter().map(publication).collect::<sqlx::Result<_>>()?,
            actors: ids(actors.remove(&id).unwrap_or_default())?,
            locations: ids(locations.remove(&id).unwrap_or_default())?,
        };
        notes.entry(clause).or_default().push(note);
    }
    Ok(notes)
}

/// The publication in the columns `publisher_…`, `title`, `url` and `published`.
pub fn publication(row: &SqliteRow) -> sqlx::Result<Publication> {
    Ok(Publication { publisher: bilingual(row, "publisher")?, title: text(row, "title")?, url: text(row, "url")?, published: parsed(row, "published")? })
}
