//! Header fields: values of our own, lists with weights, and dates (RFC 9110, section 5.6).

use std::time::{Duration, SystemTime};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// The last second that has an HTTP date: the end of the year 9999, in seconds since 1970.
const LAST_HTTP_DATE: u64 = 253_402_300_799;

/// A header value made by this service; empty where the text has a character that no header may have.
pub fn header_value(text: &str) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// The members of a header that is a list, in one line or in several (RFC 9110, section 5.6.1). A member that is not ASCII is
/// ignored; the others on its line count.
pub fn list_members<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> + use<'a> {
    raw_list_members(headers, name).filter_map(|member| str::from_utf8(member).ok().filter(|member| member.is_ascii()))
}

/// The members of a header that is a list, as bytes, without the white space around them.
pub fn raw_list_members<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl DoubleEndedIterator<Item = &'a [u8]> + use<'a> {
    headers.get_all(name).into_iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b',')).map(<[u8]>::trim_ascii)
}

/// The value of a header that is no list; `None` if the header is absent, or ambiguous since it is repeated (RFC 9110,
/// section 5.3).
pub fn single_value<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a HeaderValue> {
    let mut lines = headers.get_all(name).into_iter();
    lines.next().filter(|_| lines.next().is_none())
}

/// A media range, coding or language range and its quality in thousandths (RFC 9110, section 12.4.2). Parameters other
/// than `q` are ignored; a malformed quality counts as 1, since the client did list the member.
pub fn parse_qvalue(member: &str) -> Option<(&str, u16)> {
    let mut parts = member.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?;
    let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    let quality = quality.and_then(|quality| quality.parse::<f32>().ok()).filter(|quality| quality.is_finite()).unwrap_or(1.0).clamp(0.0, 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=1")]
    Some((range, (quality * 1000.0) as u16))
}

/// The date in a header; `None` if the header is absent, repeated or malformed (RFC 9110, section 5.6.7).
pub fn http_date(headers: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(single_value(headers, name)?.to_str().ok()?).ok()
}

/// A date as a header value, to the second. A time before 1970 or after 9999, which a broken clock shows, becomes the nearest
/// one that `httpdate` can write.
pub fn format_http_date(time: SystemTime) -> HeaderValue {
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    header_value(&httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.min(LAST_HTTP_DATE))))
}
