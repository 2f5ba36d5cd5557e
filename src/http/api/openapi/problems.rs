//! The problems that operations respond with, as the OpenAPI document lists them.

use utoipa::IntoResponses;

use crate::error::Problem;

/// The problems of operations without parameters and formats.
#[derive(IntoResponses)]
pub enum PlainProblems {
    /// The URL supports only GET and HEAD.
    #[response(status = 405, content_type = "application/problem+json")]
    MethodNotAllowed(Problem),
    /// The request has a body, and must not have one.
    #[response(status = 413, content_type = "application/problem+json")]
    UnexpectedBody(Problem),
}

/// The problems of lists and items.
#[derive(IntoResponses)]
pub enum Problems {
    /// A parameter is unknown, malformed, repeated where it may not be, or names an id that does not exist; `errors` lists it.
    #[response(status = 400, content_type = "application/problem+json")]
    InvalidQuery(Problem),
    /// The URL supports only GET and HEAD.
    #[response(status = 405, content_type = "application/problem+json")]
    MethodNotAllowed(Problem),
    /// No available media type is acceptable; `detail` lists those that are available.
    #[response(status = 406, content_type = "application/problem+json")]
    NotAcceptable(Problem),
    /// The current representation does not match `If-Match` or `If-Unmodified-Since`.
    #[response(status = 412, content_type = "application/problem+json")]
    PreconditionFailed(Problem),
    /// The request has a body, and must not have one.
    #[response(status = 413, content_type = "application/problem+json")]
    UnexpectedBody(Problem),
    /// The URI is too long.
    #[response(status = 414, content_type = "application/problem+json")]
    UriTooLong(Problem),
    /// The representation has no byte of the requested `Range`.
    #[response(status = 416, content_type = "application/problem+json")]
    RangeNotSatisfiable(Problem),
    /// The client exceeds its rate limit; `Retry-After` says when to try again.
    #[response(status = 429, content_type = "application/problem+json")]
    TooManyRequests(Problem),
    /// The service failed.
    #[response(status = 500, content_type = "application/problem+json")]
    Internal(Problem),
    /// The service is temporarily unavailable; try again in a moment.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}

/// The problems of a request with a draft.
#[derive(IntoResponses)]
pub enum DraftProblems {
    /// The body or a parameter is malformed, or names an id that does not exist; `errors` lists it.
    #[response(status = 400, content_type = "application/problem+json")]
    InvalidQuery(Problem),
    /// No available media type is acceptable; `detail` lists those that are available.
    #[response(status = 406, content_type = "application/problem+json")]
    NotAcceptable(Problem),
    /// The body does not arrive in time.
    #[response(status = 408, content_type = "application/problem+json")]
    RequestTimeout(Problem),
    /// The draft is too long.
    #[response(status = 413, content_type = "application/problem+json")]
    BodyTooLarge(Problem),
    /// The media type of the body is not supported; `detail` lists those that are.
    #[response(status = 415, content_type = "application/problem+json")]
    UnsupportedMediaType(Problem),
    /// The client exceeds its rate limit, which counts a long draft as several requests; `Retry-After` says when to try again.
    #[response(status = 429, content_type = "application/problem+json")]
    TooManyRequests(Problem),
    /// The service failed.
    #[response(status = 500, content_type = "application/problem+json")]
    Internal(Problem),
    /// The service is temporarily unavailable; try again in a moment.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}
