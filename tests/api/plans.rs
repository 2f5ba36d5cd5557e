//! How SQLite finds what requests ask for: each statement that a request executes searches by key.

use std::{
    collections::BTreeSet,
    fmt::Debug,
    sync::{Arc, Mutex},
};

use axum::http::Method;
use bayan::{AppState, clock::Clock, storage};
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};
use tracing::{
    Event, Instrument, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
    registry::LookupSpan,
    util::SubscriberInitExt,
};

use crate::{packages, send};

/// The span of the requests whose statements are collected: other tests run at the same time.
const SPAN: &str = "planned";

/// Collects the statements that sqlx logs.
#[derive(Clone, Default)]
struct Statements(Arc<Mutex<BTreeSet<String>>>);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let is_planned = || context.event_scope(event).is_some_and(|mut scope| scope.any(|span| span.name() == SPAN));
        if event.metadata().target() == "sqlx::query" && is_planned() {
            let mut statement = Statement::default();
            event.record(&mut statement);
            // sqlx logs a short statement as its summary alone.
            let sql = if statement.sql.trim().is_empty() { statement.summary } else { statement.sql };
            self.0.lock().unwrap().insert(sql.trim().to_owned());
        }
    }
}

#[derive(Default)]
struct Statement {
    summary: String,
    sql: String,
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.sql),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

/// Requests that use every parameter, order and facet of every list, searches, verdicts and pages.
const REQUESTS: &[&str] = &[
    "/v1/clauses?limit=5",
    "/v1/clauses?sort=-position&limit=5",
    "/v1/clauses?statement=iq-us-2024-09-27&paragraph=6&voice=statement&kind=commitment&role=bound&actor=iraq&from=2024-01-01&to=2026-12-31&count=true",
    "/v1/clauses?speaker=shafaq-news&location=iraq&exact=true&match=certain&from=2024-01-01&facets=statement,paragraph,voice,speaker,kind,actor,role,location,milestone",
    "/v1/clauses?facets=statement,actor",
    "/v1/clauses?milestone=iq-us-2024-09-27-mission-in-iraq-ends",
    "/v1/clauses?cites=iq-us-2024-09-27",
    "/v1/clauses.csv?actor=iraq",
    "/v1/clauses/iq-us-2024-09-27-6c",
    "/v1/dates?sort=earliest&limit=3",
    "/v1/dates?sort=-latest&limit=3",
    "/v1/dates?clause=iq-us-2024-09-27-6c&type=DATE&basis=explicit&sort=latest&facets=statement,type,basis,voice,speaker",
    "/v1/milestones?status=upcoming&status=undated&as_of=2025-01-01&facets=status,statement,actor,location&count=true",
    "/v1/milestones?limit=2&sort=-earliest",
    "/v1/milestones?limit=2&sort=position&actor=iraq&location=iraq",
    "/v1/milestones.ics",
    "/v1/statements?issuer=iraq&language=ar&actor=iraq&location=iraq&from=2024-01-01&facets=kind,language,issuer&count=true",
    "/v1/statements/iq-us-2024-09-27.csl.json",
    "/v1/actors?statement=iq-us-2024-09-27&kind=state&country=IQ&facets=kind,country,parent&limit=1",
    "/v1/actors?parent=iraq&sort=-id",
    "/v1/actors/iraq/mentions?limit=2",
    "/v1/actors/iraq/mentions?limit=2&statement=iq-us-2024-09-27&sort=-position&count=true&facets=statement",
    "/v1/locations?unspecified=true&statement=iq-us-2024-09-27&facets=unspecified",
    "/v1/locations/iraq/mentions?limit=2",
    "/v1/notes?target=iq-us-2024-09-27-10f&severity=major&facets=statement,kind,severity",
    "/v1/notes?limit=2",
    "/v1/changes?limit=2&facets=resource&count=true",
    "/v1/changes?since=0&resource=milestones",
    "/v1/changes?since=2020-01-01T00:00:00Z&sort=at",
    "/v1/changes.atom",
    "/v1/clauses/iq-us-2024-09-27-99z",
    "/v1/search?q=العراق&limit=3",
    "/v1/search?q=\"coalition forces in Iraq\"&resource=clauses&facets=statement&count=true",
    "/v1/search?q=September 2025&statement=iq-us-2024-09-27&lang=en",
    "/v1/clauses?q=coalition&actor=iraq&from=2024-01-01&facets=voice,actor&sort=-position&limit=3",
    "/v1/clauses?q=mission&limit=2",
    "/v1/clauses?q=mission&limit=2&sort=position",
    "/v1/notes?q=mission&target=iq-us-2024-09-27-10f",
    "/v1/notes?q=coalition&limit=1",
    "/v1/actors?q=iraq",
    "/v1/verify?text=في موعد أقصاه نهاية سبتمبر 2025&voice=statement",
    "/v1/verify?text=no later than the end of September 2025&statement=iq-us-2024-09-27&speaker=iraq",
    "/en/",
    "/ar/statements",
    "/en/statements/iq-us-2024-09-27",
    "/en/milestones",
    "/en/milestones/iq-us-2024-09-27-mission-in-iraq-ends",
    "/en/locations",
    "/en/locations/iraq",
    "/en/actors",
    "/ar/actors/iraq",
    "/en/notes",
    "/en/search?q=coalition",
];

/// What scans a few rows: whether there are two statements, and the entries of registers that the candidates of a verdict name.
const SCANS: [&str; 2] = ["FROM statements LIMIT 2)", "WITH RECURSIVE s (id)"];
/// What sorts a few rows: the issuers of the statements that a page cites, the mentions of one entry of a register, the hits of a
/// search up to 4,096, the clauses of the candidates of a verdict, and the milestones of one statement.
const SORTS: [&str; 5] = ["FROM issuers AS r", "GROUP BY 1", "SELECT r.rank FROM json_each(?", "WITH RECURSIVE s (id)", "FROM milestones WHERE statement = ?"];

#[tokio::test]
async fn every_statement_of_a_request_searches_by_key_and_sorts_little() {
    let statements = Statements::default();
    // sqlx logs on the thread of the connection, where a subscriber of this test alone is not known.
    tracing_subscriber::registry().with(statements.clone()).init();
    let (_folder, database) = packages::copy().await;
    // Each page from another service: none has cached where the page before ended.
    let mut services = Vec::new();
    for _ in 0..2 {
        let corpus = storage::open(&database).await.unwrap();
        services.push(bayan::app(AppState::new(corpus, Clock::system(Some("2024-10-01".parse().unwrap())), None)));
    }
    for request in REQUESTS {
        let mut next = Some((*request).to_owned());
        for service in &services {
            let Some(path) = next else { break };
            let response = send(service, Method::GET, &path.replace(' ', "%20").replace('"', "%22"), &[]).instrument(tracing::info_span!("planned")).await;
            assert!(response.status.is_redirection() || [200, 404].contains(&response.status.as_u16()), "{path}: {}", String::from_utf8_lossy(&response.body));
            next = serde_json::from_slice(&response.body).ok().and_then(|page: serde_json::Value| Some(page["next"].as_str()?.to_owned()));
        }
    }
    // Without statistics, SQLite assumes large tables.
    let mut database = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(&database)).await.unwrap();
    sqlx::raw_sql("DELETE FROM sqlite_stat1; ANALYZE sqlite_schema").execute(&mut database).await.unwrap();
    let statements = statements.0.lock().unwrap().clone();
    assert!(statements.len() > 15, "{statements:#?}");
    let mut slow = Vec::new();
    for statement in &statements {
        let plan = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"))).fetch_all(&mut database).await.unwrap();
        let is = |parts: &[&str]| parts.iter().any(|part| statement.contains(part));
        for step in plan.iter().map(|row| row.get::<String, _>("detail")) {
            let is_given = step.contains("VIRTUAL TABLE") || step == "SCAN CONSTANT ROW";
            let is_slow = (step.starts_with("SCAN") && !is_given && !is(&SCANS)) || (step.contains("TEMP B-TREE") && !is(&SORTS));
            slow.extend(is_slow.then(|| format!("{step}: {statement}")));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
