//! The interface described: `/openapi.json`, generated from the code, and `/docs`, served from the binary.

use axum::{
    Router,
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    routing::get,
};
use chrono::DateTime;
use serde_json::{Value, json};
use utoipa::{
    IntoResponses, OpenApi as _,
    openapi::{Content, ObjectBuilder, OpenApi, RefOr, Type, schema::SchemaType},
};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::http::{
    AppState,
    cache::response::{Answer, CachedResponse, Freshness},
    extract::pagination::Bom,
};
use crate::{
    corpus::{ByDate, ById, ByPosition, Country, Language, Match, ParagraphNumber, Resource, changes},
    error::Problem,
    formats::{Format, available_formats},
};

/// The methods that are answered.
pub const METHODS: [Method; 2] = [Method::GET, Method::HEAD];
/// The headers that a script of another site may read.
pub const EXPOSED: [HeaderName; 8] = [
    header::ETAG,
    header::LINK,
    header::LAST_MODIFIED,
    header::CONTENT_LOCATION,
    header::RETRY_AFTER,
    HeaderName::from_static("ratelimit"),
    HeaderName::from_static("ratelimit-policy"),
    HeaderName::from_static("x-request-id"),
];

/// What can go wrong with what has neither parameters nor formats.
#[derive(IntoResponses)]
pub enum PlainProblems {
    /// Only GET and HEAD are answered.
    #[response(status = 405, content_type = "application/problem+json")]
    Method(Problem),
    /// A request here has no body.
    #[response(status = 413, content_type = "application/problem+json")]
    Body(Problem),
}

/// What can go wrong with a list or an item.
#[derive(IntoResponses)]
pub enum Problems {
    /// A parameter is unknown, malformed, repeated where it may not be, or names what does not exist; `errors` says which.
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(Problem),
    /// Only GET and HEAD are answered.
    #[response(status = 405, content_type = "application/problem+json")]
    Method(Problem),
    /// None of the formats that are offered is acceptable.
    #[response(status = 406, content_type = "application/problem+json")]
    NotAcceptable(Problem),
    /// The answer is another one than the request's condition asks for.
    #[response(status = 412, content_type = "application/problem+json")]
    Precondition(Problem),
    /// The address is too long.
    #[response(status = 414, content_type = "application/problem+json")]
    AddressTooLong(Problem),
    /// A request here has no body.
    #[response(status = 413, content_type = "application/problem+json")]
    Body(Problem),
    /// The client asked too often; `Retry-After` says when it may ask again.
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(Problem),
    /// The service is at fault.
    #[response(status = 500, content_type = "application/problem+json")]
    Internal(Problem),
    /// The service cannot answer now, and may soon.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Bayan",
        description = "A diplomatic statement that can be queried, polled and cited: every clause, date, actor and location, each tied to the exact words of the source.\n\n\
            Offsets are Unicode code points, 0-based and half-open, into the whole text of the source. A null bound of a date means that the text does not say. \
            Parameters are strict: what is not understood is a 400 that names it. A repeated parameter means any of its values; different parameters must all hold.",
        license(name = "MIT", identifier = "MIT"),
    ),
    servers((url = "/", description = "This host.")),
    security(),
    // The schemas that only parameters use are not collected from them.
    components(schemas(ByDate, ById, ByPosition, changes::Sort, Bom, Country, Language, Match, ParagraphNumber)),
    tags(
        (name = "statements", description = "Statements and the articles that report them."),
        (name = "clauses", description = "Citable units of what is said."),
        (name = "dates", description = "Expressions of time."),
        (name = "milestones", description = "Deadlines, events, periods and forecasts."),
        (name = "actors", description = "Who is named."),
        (name = "locations", description = "Where."),
        (name = "notes", description = "What the editors say beside the source."),
        (name = "changes", description = "What was done to the data."),
        (name = "service", description = "The service itself."),
    )
)]
struct Document;

/// The document before the routes are added.
#[must_use]
pub fn document() -> OpenApi {
    Document::openapi()
}

/// Real answers of the service, shown as examples: the path, the request, the answer. A test asks for each again.
pub const EXAMPLES: [(&str, &str, &str); 18] = [
    ("/v1", "/v1", include_str!("examples/index.json")),
    ("/v1/statements", "/v1/statements?lang=en", include_str!("examples/statements.json")),
    ("/v1/statements/{id}", "/v1/statements/iq-us-2024-09-27?lang=en", include_str!("examples/statement.json")),
    ("/v1/clauses", "/v1/clauses?voice=statement&kind=deadline&limit=1", include_str!("examples/clauses.json")),
    ("/v1/clauses/{id}", "/v1/clauses/iq-us-2024-09-27-6b", include_str!("examples/clause.json")),
    ("/v1/verify", "/v1/verify?text=no+later+than+the+end+of+October+2025&lang=en", include_str!("examples/verify.json")),
    ("/v1/dates", "/v1/dates?from=2026-01-01&match=certain", include_str!("examples/dates.json")),
    ("/v1/dates/{id}", "/v1/dates/iq-us-2024-09-27-6c-d1", include_str!("examples/date.json")),
    ("/v1/milestones", "/v1/milestones?status=open&kind=deadline&limit=1&as_of=2024-10-01", include_str!("examples/milestones.json")),
    ("/v1/milestones/{id}", "/v1/milestones/iq-us-2024-09-27-mission-in-syria-continues?as_of=2024-10-01", include_str!("examples/milestone.json")),
    ("/v1/actors", "/v1/actors?kind=unnamed_source", include_str!("examples/actors.json")),
    ("/v1/actors/{id}", "/v1/actors/higher-military-commission", include_str!("examples/actor.json")),
    ("/v1/locations", "/v1/locations?unspecified=true&limit=1&count=true", include_str!("examples/locations.json")),
    ("/v1/locations/{id}", "/v1/locations/baghdad", include_str!("examples/location.json")),
    ("/v1/notes", "/v1/notes?kind=error_in_source&severity=critical", include_str!("examples/notes.json")),
    ("/v1/notes/{id}", "/v1/notes/iq-us-2024-09-27-10f-n1", include_str!("examples/note.json")),
    ("/v1/changes", "/v1/changes?resource=statements", include_str!("examples/changes.json")),
    ("/v1/changes/{id}", "/v1/changes/r1-statements-iq-us-2024-09-27", include_str!("examples/change.json")),
];

/// Completes the document with what the code knows and the annotations do not say: the other formats of lists and
/// items, and the examples.
fn completed(mut document: OpenApi) -> OpenApi {
    for (path, item) in &mut document.paths.paths {
        let Some(RefOr::T(answer)) = item.get.as_mut().and_then(|operation| operation.responses.responses.get_mut("200")) else { continue };
        for format in offered(path).into_iter().filter(|format| *format != Format::Json) {
            let schema_type = if format.media_type().ends_with("json") { SchemaType::AnyValue } else { SchemaType::new(Type::String) };
            let whole = if path.ends_with("{id}") { "The item" } else { "The whole list" };
            let schema = ObjectBuilder::new().schema_type(schema_type).description(Some(format!("{whole}, also at `{path}.{}`.", format.extension())));
            answer.content.insert(format.media_type().to_owned(), RefOr::T(Content::new(Some(schema))));
        }
        let example = EXAMPLES.iter().find(|(example, _, _)| example == path);
        if let Some(RefOr::T(content)) = answer.content.get_mut("application/json")
            && let Some((_, request, answer)) = example
        {
            let value: Value = serde_json::from_str(answer).unwrap_or_default();
            let example = json!({"summary": format!("GET {request}"), "value": value});
            content.examples.insert("answer".to_owned(), RefOr::T(serde_json::from_value(example).unwrap_or_default()));
        }
    }
    document
}

/// What a path can be had as; of what is no list and no item, nothing is known here.
fn offered(path: &str) -> Vec<Format> {
    let Some(name) = path.strip_prefix("/v1/") else { return Vec::new() };
    let resource = |name: &str| Resource::ALL.into_iter().find(|resource| resource.name() == name).map(available_formats).unwrap_or_default();
    name.strip_suffix("/{id}").map_or_else(|| resource(name).list, |name| resource(name).item)
}

/// The routes of the documentation.
pub fn routes(document: OpenApi) -> Router<AppState> {
    let body = completed(document).to_pretty_json().unwrap_or_default();
    let expiry = Freshness { published: DateTime::UNIX_EPOCH, day: None };
    let head = HeaderMap::from_iter([
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ]);
    let answer = Answer::kept(CachedResponse::new(0, expiry, head, body.into()));
    let swagger: Router<AppState> = SwaggerUi::new("/docs").config(Config::new(["../openapi.json"]).try_it_out_enabled(true).use_base_layout()).into();
    Router::new().route("/openapi.json", get(move || std::future::ready(answer))).merge(swagger)
}
