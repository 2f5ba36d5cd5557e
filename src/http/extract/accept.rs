//! Which format an answer is written in: the suffix decides, else `Accept`, else JSON (RFC 9110, section 12.5.1).

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, Uri, header, request::Parts, uri::PathAndQuery},
};

use crate::{error::Error, formats::Format};

/// The format that a suffix asked for.
#[derive(Clone, Copy, Debug)]
struct Suffix(Format);

/// Takes a known suffix off the path, so that one route answers in every format.
///
/// Ids have no dots, so a suffix is never part of one. This runs around the router, which cannot match `/{id}.json`.
pub fn take_suffix(mut request: Request) -> Request {
    if let Some((uri, format)) = without_suffix(request.uri()) {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(Suffix(format));
    }
    request
}

/// The address without its suffix, and the format that the suffix names.
fn without_suffix(uri: &Uri) -> Option<(Uri, Format)> {
    let without = |format: Format| uri.path().strip_suffix(format.extension())?.strip_suffix('.');
    // The longest: `.csl.json` ends in `.json`.
    let known = Format::ALL.into_iter().filter_map(|format| Some((without(format)?, format)));
    let (path, format) = known.min_by_key(|(path, _)| path.len())?;
    // `/v1/.json` has no name before its suffix, and /openapi.json is no resource.
    if !(path == "/v1" || path.starts_with("/v1/")) || path.ends_with('/') {
        return None;
    }
    let rewritten = uri.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(rewritten).ok()?);
    Some((Uri::from_parts(parts).ok()?, format))
}

/// The format that a request wants, of those that are offered.
#[derive(Clone, Debug)]
pub struct Negotiated {
    /// The format.
    pub format: Format,
    /// Whether the address says so.
    pub suffixed: bool,
    /// What is offered.
    pub offered: Vec<Format>,
}

impl Negotiated {
    /// Chooses among the formats that are offered, the preferred one first.
    ///
    /// # Errors
    /// When none of them is acceptable.
    pub fn among(parts: &Parts, offered: Vec<Format>) -> Result<Self, Error> {
        let suffix = parts.extensions.get::<Suffix>().map(|Suffix(format)| *format);
        let chosen = match suffix {
            Some(format) => offered.contains(&format).then_some(format),
            None => acceptable(&parts.headers, &offered),
        };
        let wanted = Self { format: chosen.unwrap_or(Format::Json), suffixed: suffix.is_some(), offered };
        if chosen.is_some() { Ok(wanted) } else { Err(wanted.refused()) }
    }

    /// The refusal that lists what there is.
    #[must_use]
    pub fn refused(&self) -> Error {
        Error::NotAcceptable(self.offered.iter().map(|format| format.media_type()).collect())
    }
}

/// The offered format with the highest quality; of equals, the first.
fn acceptable(headers: &HeaderMap, offered: &[Format]) -> Option<Format> {
    let ranges: Vec<(&str, u16)> = members(headers, &header::ACCEPT).filter_map(weighted).collect();
    if ranges.is_empty() {
        return offered.first().copied();
    }
    let quality = |format: &Format| {
        let media_type = format.media_type();
        let kind = media_type.split_once('/').map_or(media_type, |(kind, _)| kind);
        // The most specific range that matches decides.
        let exact = ranges.iter().find(|(range, _)| range.eq_ignore_ascii_case(media_type));
        let of_kind = || ranges.iter().find(|(range, _)| range.strip_suffix("/*").is_some_and(|range| range.eq_ignore_ascii_case(kind)));
        let any = || ranges.iter().find(|(range, _)| *range == "*/*");
        exact.or_else(of_kind).or_else(any).map_or(0, |(_, quality)| *quality)
    };
    offered.iter().copied().rev().max_by_key(quality).filter(|format| quality(format) > 0)
}

/// The members of a header that is a list, be it in one line or in several (RFC 9110, section 5.6.1).
pub fn members<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    headers.get_all(name).into_iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(','))
}

/// A media range or a coding, and its quality in thousandths; parameters other than `q` are passed over.
pub fn weighted(text: &str) -> Option<(&str, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?;
    let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    // A quality that cannot be read counts as given at its best: the client named the type, after all.
    let quality = quality.and_then(|quality| quality.parse::<f32>().ok()).filter(|quality| quality.is_finite()).unwrap_or(1.0).clamp(0.0, 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=1")]
    Some((range, (quality * 1000.0) as u16))
}
