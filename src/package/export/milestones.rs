//! Milestones, with what was later reported about them.

use std::collections::HashMap;

use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use crate::package::{
    document::{Development, Milestone, MilestoneDate, Publication},
    export::{
        clauses::{Context, publication},
        rows::{bilingual, choice, fetch, local_id, text},
    },
    spanned::Text,
};

const MILESTONES: &str = "SELECT m.*, d.edtf AS expression_edtf, d.basis AS expression_basis \
    FROM milestones AS m LEFT JOIN dates AS d ON d.id = m.expression WHERE m.statement = ? ORDER BY m.position";
const CLAUSES: &str = "SELECT r.milestone, r.clause AS id, c.voice, c.speaker FROM milestones AS m JOIN milestone_clauses AS r ON r.milestone = m.id \
    JOIN clauses AS c ON c.id = r.clause WHERE m.statement = ? ORDER BY r.milestone, c.position";
const CONDITIONS: &str = "SELECT r.milestone, r.clause AS id FROM milestones AS m JOIN milestone_conditions AS r ON r.milestone = m.id \
    JOIN clauses AS c ON c.id = r.clause WHERE m.statement = ? ORDER BY r.milestone, c.position";
const ACTORS: &str = "SELECT r.milestone, r.actor AS id FROM milestones AS m JOIN milestone_actors AS r ON r.milestone = m.id \
    WHERE m.statement = ? ORDER BY r.milestone, r.actor";
const LOCATIONS: &str = "SELECT r.milestone, r.location AS id FROM milestones AS m JOIN milestone_locations AS r ON r.milestone = m.id \
    WHERE m.statement = ? ORDER BY r.milestone, r.location";
const DEVELOPMENTS: &str = "SELECT d.* FROM milestones AS m JOIN developments AS d ON d.milestone = m.id \
    WHERE m.statement = ? ORDER BY d.milestone, d.earliest, d.latest, d.id";
const SOURCES: &str = "SELECT s.* FROM milestones AS m JOIN developments AS d ON d.milestone = m.id JOIN development_sources AS s ON s.development = d.id \
    WHERE m.statement = ? ORDER BY s.development, s.position";

/// The milestones, in their order.
pub async fn milestones(database: &mut SqliteConnection, context: &Context<'_>) -> sqlx::Result<Vec<Milestone>> {
    let statement = context.statement;
    let clauses = fetch(database, CLAUSES, statement).await?;
    let mut voices: HashMap<String, (String, Option<String>)> = HashMap::new();
    for row in clauses.iter().rev() {
        voices.insert(row.try_get("milestone")?, (row.try_get("voice")?, row.try_get("speaker")?));
    }
    let (mut clauses, mut conditions) = (ids(&clauses)?, ids(&fetch(database, CONDITIONS, statement).await?)?);
    let (mut actors, mut locations) = (ids(&fetch(database, ACTORS, statement).await?)?, ids(&fetch(database, LOCATIONS, statement).await?)?);
    let mut developments = developments(database, statement).await?;
    let labels = |ids: Vec<String>| ids.iter().map(|id| context.label(id)).collect();
    let texts = |ids: Vec<String>| ids.into_iter().map(Text::from).collect();
    let mut milestones = Vec::new();
    for row in fetch(database, MILESTONES, statement).await? {
        let id: String = row.try_get("id")?;
        let own: (String, Option<String>) = (row.try_get("voice")?, row.try_get("speaker")?);
        let is_usual = voices.get(&id) == Some(&own);
        milestones.push(Milestone {
            id: Some(local_id(&id, statement)),
            kind: choice(&row, "kind")?,
            voice: if is_usual { None } else { choice(&row, "voice")? },
            speaker: if is_usual { None } else { text(&row, "speaker")? },
            title: bilingual(&row, "title")?,
            clauses: labels(clauses.remove(&id).unwrap_or_default()),
            conditions: labels(conditions.remove(&id).unwrap_or_default()),
            date: date(&row, context)?,
            actors: texts(actors.remove(&id).unwrap_or_default()),
            locations: texts(locations.remove(&id).unwrap_or_default()),
            developments: developments.remove(&id).unwrap_or_default(),
        });
    }
    Ok(milestones)
}

fn ids(rows: &[SqliteRow]) -> sqlx::Result<HashMap<String, Vec<String>>> {
    let mut grouped: HashMap<String, Vec<String>> = HashMap::new();
    for row in rows {
        grouped.entry(row.try_get("milestone")?).or_default().push(row.try_get("id")?);
    }
    Ok(grouped)
}

/// The date of a milestone: what is that of its expression is left out.
fn date(row: &SqliteRow, context: &Context<'_>) -> sqlx::Result<Option<MilestoneDate>> {
    let expression: Option<&str> = row.try_get("expression")?;
    let expression = expression.and_then(|id| context.date(id));
    let differs = |own: &str, there: &str| Ok::<_, sqlx::Error>(row.try_get::<Option<&str>, _>(own)? != row.try_get::<Option<&str>, _>(there)?);
    let (edtf, basis) = (differs("edtf", "expression_edtf")?, differs("basis", "expression_basis")?);
    if expression.is_none() && row.try_get::<Option<&str>, _>("edtf")?.is_none() {
        return Ok(None);
    }
    Ok(Some(MilestoneDate {
        expression: expression.unwrap_or_default(),
        edtf: if edtf { text(row, "edtf")? } else { None },
        basis: if basis { choice(row, "basis")? } else { None },
    }))
}

/// What was later reported, by milestone, oldest first.
async fn developments(database: &mut SqliteConnection, statement: &str) -> sqlx::Result<HashMap<String, Vec<Development>>> {
    let mut sources: HashMap<String, Vec<Publication>> = HashMap::new();
    for row in fetch(database, SOURCES, statement).await? {
        sources.entry(row.try_get("development")?).or_default().push(publication(&row)?);
    }
    let mut developments: HashMap<String, Vec<Development>> = HashMap::new();
    for row in fetch(database, DEVELOPMENTS, statement).await? {
        let id: String = row.try_get("id")?;
        developments.entry(row.try_get("milestone")?).or_default().push(Development {
            id: Some(local_id(&id, statement)),
            edtf: text(&row, "edtf")?,
            text: bilingual(&row, "text")?,
            sources: sources.remove(&id).unwrap_or_default(),
        });
    }
    Ok(developments)
}
