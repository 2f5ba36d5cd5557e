//! Requests that two readers could take for different ones are refused before anything is done with them, and so are
//! those with a body, since nothing here reads one.

use axum::{
    extract::Request,
    http::{Version, header},
};

use crate::{config::limits::Limits, error::Error};

/// Checks what hyper leaves open.
///
/// # Errors
/// When the host is missing, doubled, malformed or two different ones (RFC 9112, section 3.2), a body is announced, or the
/// head is larger than it may be.
pub fn check(request: &Request, limits: &Limits) -> Result<(), Error> {
    let headers = request.headers();
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        // An address that names a host as well names the same.
        (Some(host), None)
            if is_host(host.as_bytes()) && request.uri().authority().is_none_or(|named| host.as_bytes().eq_ignore_ascii_case(named.as_str().as_bytes())) => {}
        (None, _) if request.version() < Version::HTTP_11 => {}
        _ => return Err(Error::BadRequest("a request has one Host header, with the name or the address of this service")),
    }
    // hyper lets a head grow to twice its bound where it comes in one piece.
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    let lines = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len());
    if address + lines.sum::<usize>() > limits.head_size {
        return Err(Error::HeaderFieldsTooLarge(limits.head_size));
    }
    // With a Content-Length beside it, which hyper has dropped by now, this is how requests are smuggled (RFC 9112, section 6.1).
    if headers.contains_key(header::TRANSFER_ENCODING) {
        return Err(Error::BadRequest("requests have no body here, and so no Transfer-Encoding"));
    }
    if headers.get(header::CONTENT_LENGTH).is_some_and(|length| length != "0") {
        return Err(Error::UnexpectedBody);
    }
    Ok(())
}

/// Whether this is a host and perhaps a port (RFC 3986, section 3.2.2); no user, no path.
fn is_host(text: &[u8]) -> bool {
    let name = |text: &[u8]| !text.is_empty() && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=%".contains(byte));
    let port = |text: &[u8]| text.first().is_none_or(|colon| *colon == b':') && text.iter().skip(1).all(u8::is_ascii_digit);
    if let Some(rest) = text.strip_prefix(b"[") {
        let Some(end) = rest.iter().position(|byte| *byte == b']') else { return false };
        return str::from_utf8(&rest[..end]).is_ok_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok()) && port(&rest[end + 1..]);
    }
    let colon = text.iter().position(|byte| *byte == b':').unwrap_or(text.len());
    name(&text[..colon]) && port(&text[colon..])
}

#[cfg(test)]
mod tests {
    use super::is_host;

    #[test]
    fn hosts_are_names_or_addresses() {
        for host in ["bayan.example", "bayan.example:8080", "127.0.0.1:1", "localhost", "[::1]", "[::1]:80", "x:"] {
            assert!(is_host(host.as_bytes()), "{host}");
        }
        for other in ["", ":80", "a b", "user@host", "host/path", "host:80:80", "host:http", "[::1", "[x]", "[::1]x", "h\u{f6}st", "a\\b", "<a>"] {
            assert!(!is_host(other.as_bytes()), "{other}");
        }
    }
}
