//! The problems that operations respond with, as the OpenAPI document lists them.

use utoipa::IntoResponses;

use crate::error::Problem;

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
