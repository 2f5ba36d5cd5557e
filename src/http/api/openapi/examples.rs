//! Example responses, which a test compares with those of the service.

/// Responses of the service: the path of the operation, the request, and the body.
pub const EXAMPLES: [(&str, &str, &str); 21] = [
    ("/v1", "/v1", include_str!("examples/index.json")),
    ("/v1/statements", "/v1/statements?lang=en", include_str!("examples/statements.json")),
    ("/v1/statements/{id}", "/v1/statements/iq-us-2024-09-27?lang=en", include_str!("examples/statement.json")),
    ("/v1/clauses", "/v1/clauses?voice=statement&kind=deadline&limit=1", include_str!("examples/clauses.json")),
    ("/v1/clauses/{id}", "/v1/clauses/iq-us-2024-09-27-6b", include_str!("examples/clause.json")),
    ("/v1/search", "/v1/search?q=Baghdad&resource=locations&lang=en", include_str!("examples/search.json")),
    ("/v1/verify", "/v1/verify?text=no+later+than+the+end+of+October+2025&lang=en", include_str!("examples/verify.json")),
    ("/v1/dates", "/v1/dates?from=2026-01-01&match=certain", include_str!("examples/dates.json")),
    ("/v1/dates/{id}", "/v1/dates/iq-us-2024-09-27-6c-d1", include_str!("examples/date.json")),
    ("/v1/milestones", "/v1/milestones?status=open&kind=deadline&limit=1&as_of=2024-10-01", include_str!("examples/milestones.json")),
    ("/v1/milestones/{id}", "/v1/milestones/iq-us-2024-09-27-mission-in-syria-continues?as_of=2024-10-01", include_str!("examples/milestone.json")),
    ("/v1/actors", "/v1/actors?kind=unnamed_source", include_str!("examples/actors.json")),
    ("/v1/actors/{id}", "/v1/actors/higher-military-commission", include_str!("examples/actor.json")),
    ("/v1/actors/{id}/mentions", "/v1/actors/daesh/mentions?limit=1", include_str!("examples/actor_mentions.json")),
    ("/v1/locations", "/v1/locations?unspecified=true&limit=1&count=true", include_str!("examples/locations.json")),
    ("/v1/locations/{id}", "/v1/locations/baghdad", include_str!("examples/location.json")),
    ("/v1/locations/{id}/mentions", "/v1/locations/iraq/mentions?limit=1", include_str!("examples/location_mentions.json")),
    ("/v1/notes", "/v1/notes?kind=error_in_source&severity=critical", include_str!("examples/notes.json")),
    ("/v1/notes/{id}", "/v1/notes/iq-us-2024-09-27-10f-n1", include_str!("examples/note.json")),
    ("/v1/changes", "/v1/changes?resource=statements", include_str!("examples/changes.json")),
    ("/v1/changes/{id}", "/v1/changes/r1-statements-iq-us-2024-09-27", include_str!("examples/change.json")),
];

/// A problem: the request, and the body of the response.
pub const PROBLEM_EXAMPLE: (&str, &str) = ("/v1/clauses?voice=oficer", include_str!("examples/problem.json"));

/// Values of parameters whose types allow too many to list them, where the parameter itself declares none.
pub const PARAMETER_EXAMPLES: [(&str, &str); 6] =
    [("from", "2025-01-01"), ("to", "2026-12-31"), ("as_of", "2025-09-30"), ("country", "IQ"), ("paragraph", "6"), ("limit", "10")];
