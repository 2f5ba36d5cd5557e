//! The one error type that clients see, as RFC 9457 problem details.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// What can go wrong with a request. The text is the `detail` of the problem: a sentence for the client.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The query is invalid; each entry names one parameter.
    #[error("The query is invalid{}{}", first_reason(.0), renamed_value(.0))]
    InvalidQuery(Vec<InvalidParam>),
    /// The request is malformed or ambiguous.
    #[error("{0}")]
    BadRequest(&'static str),
    /// No resource has this URL.
    #[error("{0}")]
    NotFound(String),
    /// The item was withdrawn.
    #[error("{0}")]
    Gone(String),
    /// The resource does not support the method. The `Allow` header has those that it does.
    #[error("This URL does not support the request method. The Allow header lists those that it supports.")]
    MethodNotAllowed,
    /// None of the available media types is acceptable.
    #[error("No available media type is acceptable. Available: {}.", .0.join(", "))]
    NotAcceptable(Vec<&'static str>),
    /// The request body did not arrive within this number of seconds.
    #[error("The request body did not arrive within {0} s.")]
    RequestTimeout(f64),
    /// The current representation does not match `If-Match` or `If-Unmodified-Since`.
    #[error("The current representation does not match the precondition (If-Match or If-Unmodified-Since).")]
    PreconditionFailed,
    /// The request has a body, and its method takes none.
    #[error("A request with this method must not have a body.")]
    UnexpectedBody,
    /// The request body is longer than this number of bytes.
    #[error("The request body is longer than {0} bytes.")]
    BodyTooLarge(usize),
    /// The request body has none of these media types.
    #[error("The request body has an unsupported media type. Supported: {0}.")]
    UnsupportedMediaType(&'static str),
    /// The representation has this number of bytes, and none of those that `Range` asks for.
    #[error("The requested range is not satisfiable: the representation has {0} bytes.")]
    RangeNotSatisfiable(usize),
    /// The URI is longer than this number of bytes.
    #[error("The URI is longer than {0} bytes.")]
    UriTooLong(usize),
    /// The client exceeds its rate limit; it may try again after this number of seconds.
    #[error("Too many requests from this address. Try again in {0} s.")]
    TooManyRequests(u64),
    /// The request's header section is longer than this number of bytes.
    #[error("The request's header section is longer than {0} bytes.")]
    HeaderFieldsTooLarge(usize),
    /// The service does not have what the request asks for.
    #[error("{0}")]
    NotImplemented(&'static str),
    /// The service failed. The cause is in the log only.
    #[error("The service failed. The request is not at fault.")]
    Internal,
    /// The service is overloaded, stopping, or without readable data.
    #[error("The service is temporarily unavailable. Try again in a moment.")]
    Unavailable,
}

/// One invalid parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct InvalidParam {
    /// The parameter's name, as the client sent it.
    #[schema(example = "voice")]
    pub parameter: String,
    /// The value, as the client sent it; null where the parameter itself is unknown or missing.
    #[schema(example = "oficer")]
    pub value: Option<String>,
    /// What is allowed: the values of a closed set, otherwise one sentence.
    #[schema(value_type = Vec<String>, example = json!(["statement", "agency", "third_party"]))]
    pub allowed: Allowed,
}

/// What a parameter may be. In a response it is an array: the values of a closed set, or one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// One of these values.
    Values(Vec<String>),
    /// The id of an item in this list.
    IdFrom(&'static str),
    /// The day of `from`, which this is, or a later one.
    DayFrom(String),
    /// One value: the parameter is given more than once.
    OneValue,
    /// What this sentence says.
    Sentence(String),
}

impl Allowed {
    /// These names.
    pub fn values(names: impl IntoIterator<Item = impl ToString>) -> Self {
        Self::Values(names.into_iter().map(|name| name.to_string()).collect())
    }

    /// The words of the response.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        match self {
            Self::Values(values) => values.clone(),
            Self::IdFrom(list) => vec![format!("an id from /v1/{list}")],
            Self::DayFrom(from) => vec![format!("the day of `from` ({from}) or a later one")],
            Self::OneValue => vec!["one value; this parameter is given once".to_owned()],
            Self::Sentence(sentence) => vec![sentence.clone()],
        }
    }
}

impl From<&str> for Allowed {
    fn from(sentence: &str) -> Self {
        Self::Sentence(sentence.to_owned())
    }
}

impl Serialize for Allowed {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.words().serialize(serializer)
    }
}

impl InvalidParam {
    /// A parameter that has this value, or that is unknown or missing, and what is allowed.
    pub fn new(parameter: &str, value: Option<&str>, allowed: impl Into<Allowed>) -> Self {
        Self { parameter: parameter.to_owned(), value: value.map(str::to_owned), allowed: allowed.into() }
    }
}

/// The first invalid parameter, as the end of a sentence.
fn first_reason(params: &[InvalidParam]) -> String {
    match params.first() {
        Some(InvalidParam { parameter, value: Some(value), allowed }) => {
            format!(": {parameter}={value} is not allowed. Allowed: {}.", allowed.words().join(", "))
        }
        Some(InvalidParam { parameter, value: None, allowed }) => format!(": {parameter}. Allowed: {}.", allowed.words().join(", ")),
        None => ".".to_owned(),
    }
}

/// Values that have a new name: the parameter, the value, and a sentence that says what replaced it.
const RENAMED_VALUES: [(&str, &str, &str); 1] =
    [("voice", "officer", " The value `officer` is now `third_party`, with the parameter `speaker` for who that is (`speaker=senior-iraqi-officer`).")];

/// What replaced the first value that has a new name; empty if none has.
fn renamed_value(params: &[InvalidParam]) -> &'static str {
    let is_renamed = |parameter: &str, value: &str| params.iter().any(|param| param.parameter == parameter && param.value.as_deref() == Some(value));
    RENAMED_VALUES.iter().find(|(parameter, value, _)| is_renamed(parameter, value)).map_or("", |(.., sentence)| sentence)
}

/// Problem details, RFC 9457.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The problem type: always `about:blank`, so that the status has its usual meaning.
    #[schema(example = "about:blank")]
    pub r#type: &'static str,
    /// The status in words.
    #[schema(example = "Bad Request")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 400)]
    pub status: u16,
    /// What went wrong, and what to do.
    pub detail: String,
    /// The path of the request, as clients of the public URL send it.
    #[schema(example = "/v1/clauses")]
    pub instance: String,
    /// The invalid parameters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<InvalidParam>,
    /// The value of `Retry-After`, in seconds.
    #[serde(skip)]
    retry_after: Option<u64>,
    /// The number of bytes of the representation, for the `Content-Range` of a 416.
    #[serde(skip)]
    complete_length: Option<usize>,
}

impl Error {
    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::InvalidQuery(_) | Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Gone(_) => StatusCode::GONE,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable(_) => StatusCode::NOT_ACCEPTABLE,
            Self::RequestTimeout(_) => StatusCode::REQUEST_TIMEOUT,
            Self::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
            Self::UnexpectedBody | Self::BodyTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::RangeNotSatisfiable(_) => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::UriTooLong(_) => StatusCode::URI_TOO_LONG,
            Self::TooManyRequests(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::HeaderFieldsTooLarge(_) => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::NotImplemented(_) => StatusCode::NOT_IMPLEMENTED,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The problem details. [`Problem::into_response`] adds the path of the request.
    #[must_use]
    pub fn problem(self) -> Problem {
        let (status, detail) = (self.status(), self.to_string());
        let retry_after = match self {
            Self::TooManyRequests(seconds) => Some(seconds),
            Self::Unavailable => Some(1),
            _ => None,
        };
        let complete_length = if let Self::RangeNotSatisfiable(length) = self { Some(length) } else { None };
        let errors = if let Self::InvalidQuery(params) = self { params } else { Vec::new() };
        Problem { errors, retry_after, complete_length, ..Problem::new(status, detail) }
    }
}

impl From<sqlx::Error> for Error {
    fn from(cause: sqlx::Error) -> Self {
        tracing::error!(%cause, "a database query failed");
        // SQLITE_INTERRUPT: the query exceeded its timeout (sqlite.org/rescode.html).
        let interrupted = matches!(&cause, sqlx::Error::Database(error) if error.code().is_some_and(|code| code == "9"));
        if interrupted || matches!(cause, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) { Self::Unavailable } else { Self::Internal }
    }
}

impl From<crate::formats::RenderError> for Error {
    fn from(cause: crate::formats::RenderError) -> Self {
        tracing::error!(%cause, "a response could not be rendered");
        Self::Internal
    }
}

impl From<serde_json::Error> for Error {
    fn from(cause: serde_json::Error) -> Self {
        tracing::error!(%cause, "a response could not be serialized");
        Self::Internal
    }
}

impl IntoResponse for Error {
    /// A response without a body: the middleware that knows the request's path renders the problem in its extensions.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self.problem());
        response
    }
}

impl Problem {
    fn new(status: StatusCode, detail: String) -> Self {
        let title = status.canonical_reason().unwrap_or("Error").to_owned();
        // With `about:blank` the title is that of the status (RFC 9457, section 4.2.1).
        Self {
            r#type: "about:blank",
            title,
            status: status.as_u16(),
            detail,
            instance: String::new(),
            errors: Vec::new(),
            retry_after: None,
            complete_length: None,
        }
    }

    /// The problem of a bare status, which the router or a library returned.
    #[must_use]
    pub fn from_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Error::NotFound("No resource has this URL. /v1 lists what there is.".to_owned()).problem(),
            StatusCode::METHOD_NOT_ALLOWED => Error::MethodNotAllowed.problem(),
            StatusCode::SERVICE_UNAVAILABLE => Error::Unavailable.problem(),
            StatusCode::URI_TOO_LONG | StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => {
                Self::new(status, "The URI or the header section is too long.".to_owned())
            }
            _ if status.is_client_error() => Self::new(status, "The request is malformed.".to_owned()),
            _ => Error::Internal.problem(),
        }
    }

    /// The response, as JSON, to the request for this path.
    #[must_use]
    pub fn into_response(mut self, instance: &str) -> Response {
        instance.clone_into(&mut self.instance);
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let (headers, body) = self.parts();
        (status, headers, body).into_response()
    }

    /// The headers and the JSON body of the response.
    #[must_use]
    pub fn parts(&self) -> (HeaderMap, Vec<u8>) {
        let body = serde_json::to_vec(self).unwrap_or_default();
        let mut headers = self.headers(body.len());
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        (headers, body)
    }

    /// The headers of a response with a body of `length` bytes, except its `Content-Type`.
    #[must_use]
    pub fn headers(&self, length: usize) -> HeaderMap {
        let mut headers = HeaderMap::from_iter([(header::CONTENT_LENGTH, HeaderValue::from(length))]);
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(length) = self.complete_length {
            // RFC 9110, section 15.5.17.
            headers.extend(HeaderValue::try_from(format!("bytes */{length}")).map(|range| (header::CONTENT_RANGE, range)));
        }
        if self.status == StatusCode::NOT_ACCEPTABLE {
            // The response depends on Accept: another value may be acceptable.
            headers.insert(header::VARY, HeaderValue::from_static("accept"));
        }
        headers
    }
}
