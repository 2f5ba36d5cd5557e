//! The one error that clients see: RFC 9457 problem details, whatever went wrong.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// What can go wrong with a request.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The query is not understood: what is wrong, parameter by parameter.
    #[error("the query is not understood")]
    Parameters(Vec<InvalidParam>),
    /// Nothing has this address.
    #[error("{0}")]
    NotFound(String),
    /// The method is none of those allowed here.
    #[error("only GET and HEAD are answered here")]
    Method,
    /// None of the formats that are offered is acceptable.
    #[error("this can be had as {}", .0.join(", "))]
    NotAcceptable(Vec<&'static str>),
    /// The address is too long.
    #[error("the address is longer than {0} bytes")]
    AddressTooLong(usize),
    /// The request's head is too large.
    #[error("the head of the request is longer than {0} bytes")]
    HeadTooLarge(usize),
    /// What the client has, or the time that it knows of, is not that of the answer.
    #[error("the answer is another one than If-Match or If-Unmodified-Since asks for")]
    Precondition,
    /// The request could be taken for another.
    #[error("{0}")]
    Malformed(&'static str),
    /// The request has a body.
    #[error("requests have no body here")]
    Body,
    /// The client asks too often; how long it should wait, in seconds.
    #[error("too many requests from this address; ask again in {0} s")]
    TooMany(u64),
    /// The service cannot answer now, and may soon.
    #[error("the service cannot answer now; try again in a moment")]
    Unavailable,
    /// The service is at fault. The cause is for the log only.
    #[error("the service failed to answer; the fault is not in the request")]
    Internal,
}

/// What is wrong with one parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct InvalidParam {
    /// Its name, as it was given.
    #[schema(example = "voice")]
    pub parameter: String,
    /// Its value, as it was given; null where the parameter itself is the fault.
    #[schema(example = "oficer")]
    pub value: Option<String>,
    /// What is allowed: the values of a closed set, else one sentence.
    #[schema(example = json!(["statement", "officer", "agency"]))]
    pub allowed: Vec<String>,
}

/// Problem details, RFC 9457.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The kind of problem: always `about:blank`, that which the status stands for.
    #[schema(example = "about:blank")]
    pub r#type: &'static str,
    /// The status in words.
    #[schema(example = "Bad Request")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 400)]
    pub status: u16,
    /// What happened, and what to do.
    pub detail: String,
    /// The address that was asked for.
    #[schema(example = "/v1/clauses")]
    pub instance: String,
    /// What is wrong, parameter by parameter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<InvalidParam>,
    /// In how many seconds the client may ask again; said in a header.
    #[serde(skip)]
    retry_after: Option<u64>,
}

impl Problem {
    fn new(status: StatusCode, detail: String, errors: Vec<InvalidParam>) -> Self {
        let title = status.canonical_reason().unwrap_or("Error").to_owned();
        // The status says all that there is to say of the kind (RFC 9457, section 4.2.1).
        Self { r#type: "about:blank", title, status: status.as_u16(), detail, instance: String::new(), errors, retry_after: None }
    }

    /// What a bare status stands for: one that the router or a library gave.
    #[must_use]
    pub fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Error::NotFound("nothing has this address; /v1 lists what there is".to_owned()).problem(),
            StatusCode::METHOD_NOT_ALLOWED => Error::Method.problem(),
            StatusCode::SERVICE_UNAVAILABLE => Error::Unavailable.problem(),
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE | StatusCode::URI_TOO_LONG => {
                Self::new(status, "the address and the headers are too long".to_owned(), Vec::new())
            }
            _ if status.is_client_error() => Self::new(status, "the request is not understood".to_owned(), Vec::new()),
            _ => Error::Internal.problem(),
        }
    }
}

impl Error {
    /// The HTTP status that stands for it.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Parameters(_) | Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable(_) => StatusCode::NOT_ACCEPTABLE,
            Self::AddressTooLong(_) => StatusCode::URI_TOO_LONG,
            Self::HeadTooLarge(_) => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::Precondition => StatusCode::PRECONDITION_FAILED,
            Self::Body => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The problem details; the address is filled in where the request is known.
    #[must_use]
    pub fn problem(self) -> Problem {
        let (status, detail) = (self.status(), self.to_string());
        let retry_after = match self {
            Self::TooMany(seconds) => Some(seconds),
            Self::Unavailable => Some(1),
            _ => None,
        };
        let errors = if let Self::Parameters(faults) = self { faults } else { Vec::new() };
        let detail = match errors.first() {
            Some(InvalidParam { parameter, value: Some(value), allowed }) => {
                format!("{detail}: {parameter}={value} is not allowed; allowed: {}", allowed.join(", "))
            }
            Some(InvalidParam { parameter, value: None, allowed }) => format!("{detail}: {parameter}; allowed: {}", allowed.join(", ")),
            None => detail,
        };
        Problem { retry_after, ..Problem::new(status, detail, errors) }
    }
}

impl From<sqlx::Error> for Error {
    fn from(cause: sqlx::Error) -> Self {
        tracing::error!(%cause, "the database did not answer");
        // SQLITE_INTERRUPT: the query was at its deadline (sqlite.org/rescode.html).
        let interrupted = matches!(&cause, sqlx::Error::Database(error) if error.code().is_some_and(|code| code == "9"));
        if interrupted || matches!(cause, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) { Self::Unavailable } else { Self::Internal }
    }
}

impl From<crate::formats::RenderError> for Error {
    fn from(cause: crate::formats::RenderError) -> Self {
        tracing::error!(%cause);
        Self::Internal
    }
}

impl From<serde_json::Error> for Error {
    fn from(cause: serde_json::Error) -> Self {
        tracing::error!(%cause, "an answer could not be written");
        Self::Internal
    }
}

impl IntoResponse for Error {
    /// The body is written by [`crate::http::problems`], which knows the address that was asked for.
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = status.into_response();
        response.extensions_mut().insert(self.problem());
        response
    }
}

impl Problem {
    /// The answer to the request for this address.
    #[must_use]
    pub fn answer(mut self, instance: &str) -> Response {
        instance.clone_into(&mut self.instance);
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let (head, body) = self.parts();
        (status, head, body).into_response()
    }

    /// The headers and the body of an answer.
    #[must_use]
    pub fn parts(&self) -> (HeaderMap, Vec<u8>) {
        let body = serde_json::to_vec(self).unwrap_or_default();
        let mut head = self.head(body.len());
        head.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        (head, body)
    }

    /// The headers of an answer, whatever its body of so many bytes is written in.
    #[must_use]
    pub fn head(&self, length: usize) -> HeaderMap {
        let mut head =
            HeaderMap::from_iter([(header::CONTENT_LENGTH, HeaderValue::from(length)), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))]);
        if let Some(seconds) = self.retry_after {
            head.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::NOT_ACCEPTABLE {
            // Another Accept would have had another answer.
            head.insert(header::VARY, HeaderValue::from_static("accept"));
        }
        head
    }
}
