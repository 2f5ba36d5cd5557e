//! Rejects requests that hyper accepts but that two parsers could read differently (request smuggling), and requests that are
//! too large.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, Version, header},
};

use crate::{config::Limits, error::Error, http::edge::request_body::BodyRule};

/// What RFC 3986 allows in no path, and what browsers percent-encode there (URL Standard, path percent-encode set). Proxies
/// read some of these differently. Browsers send `|`, `[` and `]` as they are, and some clients send UTF-8.
const INVALID_IN_PATH: [char; 8] = ['"', '<', '>', '\\', '^', '`', '{', '}'];

/// Validates the header section of a request.
///
/// # Errors
/// When the path has characters that no client sends; when the host is missing, repeated, malformed or contradicts the URI
/// (RFC 9112, section 3.2); when the length of the body is ambiguous, or the body is too long or not allowed; when the header
/// section is too long.
pub fn validate_request(request: &Request, limits: &Limits) -> Result<(), Error> {
    if request.uri().path().contains(INVALID_IN_PATH) {
        return Err(Error::BadRequest("The path has a character that must be percent-encoded."));
    }
    if !has_valid_host(request) {
        return Err(Error::BadRequest("A request must have exactly one Host header, with the host and port of this service."));
    }
    // hyper accepts a header section of up to twice its limit in one read.
    let uri = request.uri().path_and_query().map_or(0, |uri| uri.as_str().len());
    let fields = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len());
    if uri + fields.sum::<usize>() > limits.max_header_bytes {
        return Err(Error::HeaderFieldsTooLarge(limits.max_header_bytes));
    }
    validate_body_length(request.method(), request.headers(), limits.max_body_bytes)
}

/// The length of the body in bytes that the header section declares. `None` for a chunked body, which declares none.
pub fn declared_body_bytes(headers: &HeaderMap) -> Option<u64> {
    if headers.contains_key(header::TRANSFER_ENCODING) {
        return None;
    }
    // hyper has already rejected a value that is not a number.
    let length = |value: &axum::http::HeaderValue| value.to_str().ok()?.parse().ok();
    Some(headers.get(header::CONTENT_LENGTH).map_or(0, |value| length(value).unwrap_or(u64::MAX)))
}

/// Whether the request names one host, and the same one as an absolute URI.
fn has_valid_host(request: &Request) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => {
            let matches_uri = request.uri().authority().is_none_or(|authority| host.as_bytes().eq_ignore_ascii_case(authority.as_str().as_bytes()));
            is_valid_host(host.as_bytes()) && matches_uri
        }
        // HTTP/1.0 needs no Host.
        (None, _) => request.version() < Version::HTTP_11,
        (Some(_), Some(_)) => false,
    }
}

/// The length of a body is that of `Content-Length`, or found while reading a chunked one; [`BodyRule`] says what it may be.
fn validate_body_length(method: &Method, headers: &HeaderMap, max_body_bytes: usize) -> Result<(), Error> {
    let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
    if let Some(coding) = codings.next() {
        if codings.next().is_some() || !coding.as_bytes().eq_ignore_ascii_case(b"chunked") {
            return Err(Error::BadRequest("The only supported Transfer-Encoding is chunked."));
        }
        return Ok(());
    }
    match declared_body_bytes(headers) {
        Some(1..) if BodyRule::of(method) == BodyRule::Empty => Err(Error::UnexpectedBody),
        Some(_) if BodyRule::of(method) == BodyRule::Unread => Ok(()),
        Some(length) if usize::try_from(length).is_ok_and(|length| length <= max_body_bytes) => Ok(()),
        _ => Err(Error::BodyTooLarge(max_body_bytes)),
    }
}

/// Whether this is a host with an optional port (RFC 3986, section 3.2.2), without user information or a path.
fn is_valid_host(text: &[u8]) -> bool {
    let is_name = |text: &[u8]| !text.is_empty() && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=%".contains(byte));
    let is_port = |text: &[u8]| text.first().is_none_or(|colon| *colon == b':') && text.iter().skip(1).all(u8::is_ascii_digit);
    if let Some(rest) = text.strip_prefix(b"[") {
        let Some(end) = rest.iter().position(|byte| *byte == b']') else { return false };
        return str::from_utf8(&rest[..end]).is_ok_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok()) && is_port(&rest[end + 1..]);
    }
    let colon = text.iter().position(|byte| *byte == b':').unwrap_or(text.len());
    is_name(&text[..colon]) && is_port(&text[colon..])
}

#[cfg(test)]
mod tests {
    use super::is_valid_host;

    #[test]
    fn a_host_is_a_name_or_an_address_with_an_optional_port() {
        for host in ["bayan.example", "bayan.example:8080", "127.0.0.1:1", "localhost", "[::1]", "[::1]:80", "x:"] {
            assert!(is_valid_host(host.as_bytes()), "{host}");
        }
        for other in ["", ":80", "a b", "user@host", "host/path", "host:80:80", "host:http", "[::1", "[x]", "[::1]x", "h\u{f6}st", "a\\b", "<a>"] {
            assert!(!is_valid_host(other.as_bytes()), "{other}");
        }
    }
}
