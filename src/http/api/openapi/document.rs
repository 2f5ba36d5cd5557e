//! The OpenAPI document before the routes are added: what the API is, its tags and the schemas of its parameters.

use utoipa::{OpenApi as _, openapi::OpenApi};

use crate::{
    corpus::{ByDate, ById, ByPosition, Country, Language, Match, MentionSort, ParagraphNumber, SearchedResource, changes, milestones, statements},
    formats::Theme,
};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Bayan",
        description = "Diplomatic statements that can be queried, polled and cited: every clause, date, actor and location, each tied to the exact words of the source.\n\n\
            Offsets are Unicode code points, 0-based and half-open, into the whole text of the source. A null bound of a date means that the text does not say. \
            Parameters are strict: an unknown parameter or value is a 400 that names it and lists what is allowed. A repeated parameter means any of its values; different parameters must all hold.",
        license(name = "MIT", identifier = "MIT"),
    ),
    security(),
    // utoipa does not collect the schemas that only parameters use.
    components(schemas(ByDate, ById, ByPosition, MentionSort, changes::Sort, milestones::Sort, statements::Sort, Country, Language, Match, ParagraphNumber, SearchedResource, Theme)),
    tags(
        (name = "statements", description = "Statements and the articles that report them."),
        (name = "clauses", description = "The smallest units of the source that can be cited."),
        (name = "dates", description = "Temporal expressions, with the bounds that each allows."),
        (name = "milestones", description = "Deadlines, events, periods and forecasts."),
        (name = "actors", description = "States, bodies, persons and media that are named."),
        (name = "locations", description = "Places that are named."),
        (name = "notes", description = "Editors' notes on the source."),
        (name = "changes", description = "Changes to the data."),
        (name = "service", description = "The service itself."),
    )
)]
struct Document;

/// The document before the routes are added.
#[must_use]
pub fn document() -> OpenApi {
    Document::openapi()
}
